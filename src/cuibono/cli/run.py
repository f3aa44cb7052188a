"""cuibono run: test a case and write its report."""

from pathlib import Path

import click

from cuibono.claims.records import Case
from cuibono.cli.progress import Progress
from cuibono.cli.run_document import is_document, started_case, tell
from cuibono.errors import CaseFileError
from cuibono.files.atomic import write_text
from cuibono.formats.case import inspect_case
from cuibono.formats.record.read import read_record
from cuibono.study.run import DRAWS, SEED


@click.command(
    "run",
    epilog="""\b
Examples:
  cuibono run cases/enemy-of-my-enemy
  cuibono run my-case -o report-folder --texts ~/texts
  cuibono run claims.csv --seed 7 --json > study.json
  cuibono run op-ed.txt                          proposals, accepted by nobody""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for report.html, report.txt, study.json. [default: build/CASE]",
)
@click.option("--texts", type=click.Path(path_type=Path), help="Folder with the texts.")
@click.option("--reading", help="Only this reading.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=SEED)
@click.option(
    "--draws",
    type=click.IntRange(20, 100_000),
    default=DRAWS,
    show_default=True,
    help="Models drawn for each prior.",
)
@click.option(
    "--deep",
    is_flag=True,
    help="Also what takes minutes: sets of claims, what lasts in time, mixtures.",
)
@click.option(
    "--max-size",
    type=click.IntRange(1, 3),
    default=3,
    help="Of --deep: sets of so many claims.",
)
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="Print the study as JSON.")
def command(
    case: Path,
    output: Path | None,
    texts: Path | None,
    reading: str | None,
    seed: int,
    draws: int,
    deep: bool,
    max_size: int,
    quiet: bool,
    as_json: bool,
) -> int:
    """Test a case: does each conclusion follow, and what does it hang on.

    Writes one self-contained HTML file, the same as text and as JSON, and prints the
    findings. With --json alone nothing is written but stdout. Of a bare document a case
    is started, with claims proposed by rule; the report says that nobody accepted them.

    Raises
    ------
    CaseFileError
        If the case has problems.
    """
    from cuibono.report.html import html_report
    from cuibono.report.text import findings_text, text_report
    from cuibono.study.document import document_text
    from cuibono.study.run import run_study

    bare = is_document(case)
    if bare:
        name = case.stem.lower().replace(" ", "-")
        folder = (output or Path("build") / name) / "case"
        found, record = started_case(case, folder), None
        at_hand: dict[str, str] = {}
        tell(found, folder)
    else:
        found, at_hand = _read(case, texts)
        record = read_record(case, found) if case.is_dir() else None
    study = run_study(
        found,
        seed=seed,
        draws=draws,
        reading=reading,
        texts=at_hand,
        record=record,
        deep=deep,
        max_size=max_size,
        progress=Progress(quiet=quiet),
    )
    folder = output or Path("build") / (name if bare else found.id)
    if as_json:
        click.echo(document_text(study), nl=False)
    if as_json and output is None:
        return 0
    write_text(folder / "report.html", html_report(study))
    write_text(folder / "report.txt", text_report(study))
    write_text(folder / "study.json", document_text(study))
    if not as_json:
        click.echo(findings_text(study), nl=False)
        click.echo(f"\nreport: {folder / 'report.html'}")
        click.echo(f"also:   {folder / 'report.txt'}, {folder / 'study.json'}")
    return 0


def _read(case: Path, texts: Path | None) -> tuple[Case, dict[str, str]]:
    """Case with its texts at hand.

    Raises
    ------
    CaseFileError
        If it has problems.
    """
    from cuibono.study.validate import question_problems

    read = inspect_case(case, texts)
    if not read.problems:
        read.problems.extend(question_problems(read.case))
    if read.problems:
        raise CaseFileError(tuple(read.problems))
    return read.case, read.texts
