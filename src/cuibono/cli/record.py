"""cuibono record: what a record of events shows; a group of verbs, found when asked for."""

import importlib
import inspect

import click

from cuibono.claims.names import nearest

VERBS: dict[str, tuple[str, str]] = {
    "compare": ("record_compare", "Hold the claims of a case against counts."),
    "figures": ("record_figures", "Counts that a case may ship in place of events."),
    "statistics": ("record_statistics", "One row of statistics for each event."),
    "fit": ("record_fit", "Fit the sign, the weight or the rate of events."),
    "rules": ("record_rules", "Whether the four rules hold, against two nulls."),
}
"""Verb: module that holds it, and its line in the help."""


class RecordVerbs(click.Group):
    """Verbs of the record, imported only when they run or are asked for help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Verbs in the order of use."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the verb's command, or None."""
        del ctx
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"cuibono.cli.{VERBS[cmd_name][0]}")
        command: click.Command = module.command
        told = inspect.cleandoc(command.help or "")
        command.help = told.partition("Raises\n---")[0].rstrip()
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the list of verbs without importing them."""
        del ctx
        with formatter.section("Verbs"):
            formatter.write_dl([(name, says) for name, (_, says) in VERBS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or suggest the nearest one."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            hint = nearest(args[0], VERBS)
            ctx.fail(f'no verb "{args[0]}". {hint[:1].upper()}{hint[1:]}'.strip())
        return super().resolve_command(ctx, args)


@click.command(
    "record",
    cls=RecordVerbs,
    epilog="""\b
EVENTS is a table (.csv, .csv.gz) with the columns time, source, target, type (pos, neg
or neu) and, if there is one, weight. Time is a number of days or a date.
\b
Examples:
  cuibono record statistics events.csv -o statistics.csv
  cuibono record fit events.csv
  cuibono record rules events.csv --null 199 --seed 7
""",
)
def command() -> None:
    """Ask a record of events what it shows: statistics, fits, the four rules.

    What is printed is what this record shows under the settings named with it, as its
    makers coded the events; it does not say how things were.
    """
