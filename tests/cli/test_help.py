"""Help: every verb with an example, quickly, and a hand for a slip of the keyboard."""

import importlib
import re
import shlex
import subprocess
import sys

import click
import pytest

from cuibono import __version__
from cuibono.cli.main import COMMANDS, exit_status
from cuibono.cli.output import emit_table
from cuibono.cli.progress import Progress
from cuibono.formats.export import FORMATS
from cuibono.questions.catalogue import QUESTIONS
from tests.cli.calls import LEVEE, call, done, refused

Capsys = pytest.CaptureFixture[str]


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_has_help_with_an_example(capsys: Capsys, verb: str) -> None:
    """For its users: nothing about what the code raises."""
    out = done(capsys, verb, "--help").out
    assert f"cuibono {verb} " in out.partition("Example")[2]
    assert "Raises" not in out and "----" not in out
    assert out.startswith(f"Usage: cuibono {verb}")
    assert done(capsys, verb, "-h").out == out


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_example_in_a_verbs_help_can_be_parsed(verb: str) -> None:
    """Options, choices and counts of arguments are those of the command."""
    command = importlib.import_module(f"cuibono.cli.{COMMANDS[verb][0]}").command
    found = [
        line.strip()
        for line in re.sub(r"\\\n\s*", " ", command.epilog or "").splitlines()
        if line.strip().startswith("cuibono ")
    ]
    assert found
    for line in found:
        words = shlex.split(line.partition("   ")[0])
        for mark in "<>":
            if mark in words:
                words = words[: words.index(mark)]
        assert words[:2] == ["cuibono", verb]
        with click.Context(command) as context:
            command.parse_args(context, words[2:])


def test_help_lists_every_verb_and_where_to_start(capsys: Capsys) -> None:
    """In the order of use."""
    out = done(capsys, "--help").out
    at = [out.index(f"\n  {verb} ") for verb in COMMANDS]
    assert at == sorted(at)
    assert "Start here:" in out and "cuibono demo" in out
    assert "Nothing that cuibono prints says that a claim is true" in " ".join(
        out.split()
    )


def test_the_help_of_ask_and_export_names_all_that_they_take(capsys: Capsys) -> None:
    """A question or a form that is added turns up there."""
    asked = done(capsys, "ask", "--help").out
    for kind in QUESTIONS:
        assert kind.name in asked
        for name, _ in kind.inputs:
            assert f"--{name}" in asked
    exported = done(capsys, "export", "--help").out
    assert all(form.name in exported for form in FORMATS)


HEAVY = ("numpy", "numba", "jinja2", "highspy", "xlsxwriter", "python_calamine")
SCRIPT = f"""
import sys
from cuibono.cli.main import exit_status
status = exit_status(["--help"])
loaded = [name for name in {HEAVY!r} if name in sys.modules]
print(status, loaded, file=sys.stderr)
"""


def test_help_imports_nothing_that_computes_or_draws() -> None:
    """So that it comes at once."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "0 []"
    assert done.stdout.startswith("Usage: cuibono")


def test_the_version_is_that_of_the_package(capsys: Capsys) -> None:
    """One line."""
    assert done(capsys, "--version").out == f"cuibono, version {__version__}\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("rnu", "run"), ("exprot", "export"), ("claim", "claims"), ("improt", "import")],
)
def test_a_slip_in_a_verb_is_answered_with_the_nearest(
    capsys: Capsys, typed: str, meant: str
) -> None:
    """Exit status 2."""
    message = refused(capsys, typed, LEVEE)
    assert f'no verb "{typed}". Did you mean "{meant}"?' in message


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("xyzzy",), 'no verb "xyzzy".'),
        (("run",), "Missing argument 'CASE'"),
        (("run", "a", "b"), "Got unexpected extra argument"),
        (("run", "a", "--colour"), "No such option"),
        (("--nope",), "No such option"),
        (("ask", "a"), "Missing argument 'QUESTION'"),
        (("import", "a.csv"), "Missing option '--to'"),
    ],
)
def test_misuse_is_one_message(
    capsys: Capsys, arguments: tuple[str, ...], message: str
) -> None:
    """Without a traceback."""
    assert message in refused(capsys, *arguments)


def test_being_stopped_is_not_an_error(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit status 130, one word."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cuibono.cli.claims.inspect_case", stop)
    called = call(capsys, "claims", LEVEE)
    assert (called.status, called.err.strip()) == (130, "stopped")


def test_a_reader_that_goes_away_is_not_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As with `cuibono claims CASE | head`."""

    class Closed:
        """A stream whose other end is gone."""

        closed = False

        def close(self) -> None:
            """Note that it was closed."""
            self.closed = True

    def gone(*_: object) -> None:
        raise BrokenPipeError

    stream = Closed()
    monkeypatch.setattr("cuibono.cli.claims.inspect_case", gone)
    monkeypatch.setattr("cuibono.cli.main.sys.stderr", stream)
    assert exit_status(["claims", str(LEVEE)]) == 0
    assert stream.closed


def test_a_table_is_as_wide_as_its_words(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wide scripts count double, marks that combine not at all."""
    monkeypatch.setenv("COLUMNS", "40")
    emit_table(["a", "b"], [["中国", "x"], ["e\u0301", "y " * 30], ["z", ""]])
    rows = capsys.readouterr().out.splitlines()
    assert (
        rows[0] == "a     b"
        and rows[2] == "中国  x"
        and rows[3].startswith("e\u0301     y")
    )
    assert all(len(row) <= 40 for row in rows)
    assert rows[-1] == "z"


def test_progress_is_told_on_a_terminal_after_a_while_and_nowhere_else(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bar on stderr that ends with the work."""
    now = [0.0]
    monkeypatch.setattr("cuibono.cli.progress.time.monotonic", lambda: now[0])
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    quiet, shown = Progress(quiet=True), Progress(quiet=False)
    quiet("part", 0, 2)
    shown("part", 0, 2)
    assert capsys.readouterr().err == ""
    now[0] = 3.0
    quiet("part", 1, 2)
    shown("next part", 1, 2)
    shown("done", 2, 2)
    err = capsys.readouterr().err
    assert err.startswith("\r[##########..........] 1/2 next part")
    assert err.count("\r") == 2 and err.endswith("\n")
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    assert Progress(quiet=False).quiet
