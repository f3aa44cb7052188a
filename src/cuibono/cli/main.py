"""The command `cuibono`: finds the verb, imports only it, turns errors into exits."""

import os
import sys
from collections.abc import Sequence

import click

from cuibono import __version__
from cuibono.cli.group import LazyVerbs
from cuibono.errors import CuibonoError

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("run", "Test a case and write its report: the main job."),
    "demo": ("demo", "Write the worked case to a folder and test it."),
    "init": ("init", "Start a case from a four-column table."),
    "check": ("check", "Name every problem of a case at once."),
    "ask": ("ask", "Ask a case one question."),
    "follows": ("follows", "Whether each conclusion follows, and what carries it."),
    "compare": ("compare", "Two readings of a case side by side."),
    "carries": ("carries", "Say which claims carry the answer to a conclusion."),
    "balance": ("balance", "How far a signed network is from balance, with proof."),
    "response": ("response", "Who rises and falls when something is pushed and held."),
    "record": ("record", "What a record of events shows, and whether the rules hold."),
    "add": ("add", "Add a document to a case: text, Markdown, HTML, PDF, DOCX."),
    "reanchor": ("reanchor", "Find the claims' quotes again after a text changed."),
    "claims": ("claims", "List a case's claims, by voice, stance, layer or pair."),
    "agree": ("agree", "Say how far two coders agree, and where they do not."),
    "suggest": ("suggest", "Suggest claims from texts, for a person to accept."),
    "review": ("review", "Accept, edit or reject suggestions, one at a time."),
    "adjudicate": ("adjudicate", "Decide what two coders coded differently."),
    "export": ("export", "Write a case as csv, xlsx, jsonl, graphml or json."),
    "import": ("import_", "Make a case from a table, workbook or GraphML file."),
    "events": ("events", "Event data: import files into a store, and query it."),
    "upgrade": ("upgrade", "Bring a case folder to this release's layout."),
}
"""Verb: module that holds it, and its line in the help."""

EXAMPLES = """\b
Start here:
  cuibono demo                            the worked case, with its report
  cuibono init my-case                    a case of your own, from four columns
  cuibono run my-case                     test it and write the report
  cuibono ask my-case benefits --press "islamic-state=+1"

Every verb has --help with examples, and --json for programs.
"""


@click.command(
    cls=LazyVerbs,
    verbs=COMMANDS,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="cuibono")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def cli(debug: bool) -> None:
    """Test arguments about conflict: who benefits, does the conclusion follow.

    Attributed claims become a signed model; the sources' own conclusions are asked of
    it. Nothing that cuibono prints says that a claim is true.
    """
    os.environ["CUIBONO_DEBUG"] = "1" if debug else os.environ.get("CUIBONO_DEBUG", "")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit 0 done, 1 unmet, 2 misuse, 4 a bound, 130 stopped."""
    sys.exit(exit_status(arguments))


def exit_status(arguments: Sequence[str] | None = None) -> int:
    """Exit status of a command line, its messages written to stderr.

    Raises
    ------
    CuibonoError
        Only under `--debug`, to show where it came from.
    OSError
        The same.
    """
    try:
        result = cli.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="cuibono",
            standalone_mode=False,
        )
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return 130
    except CuibonoError as error:
        if os.environ.get("CUIBONO_DEBUG"):
            raise
        click.echo(str(error), err=True)
        return 2
    except BrokenPipeError:
        # The reader of our output has gone; nothing is left to say.
        sys.stderr.close()
        return 0
    except OSError as error:
        if os.environ.get("CUIBONO_DEBUG"):
            raise
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"{place}{error.strerror or error}", err=True)
        return 2
    return result if isinstance(result, int) else 0
