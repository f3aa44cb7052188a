"""cuibono record compare: claims of a case held against counts of events."""

from pathlib import Path

import click

from cuibono.claims.records import Case
from cuibono.cli.event_options import opened
from cuibono.cli.output import emit_json, emit_table
from cuibono.cli.record_figures import extract_of
from cuibono.errors import UsageError
from cuibono.events.conventions import CONVENTIONS
from cuibono.events.figures import Figures
from cuibono.events.plan import RecordPlan
from cuibono.formats.case import read_case
from cuibono.formats.record.read import read_record
from cuibono.record.compare.compare import compared
from cuibono.record.compare.describe import comparison_document
from cuibono.record.compare.observable import from_plan
from cuibono.record.compare.records import Comparison, Finding
from cuibono.report.lines import wrapped
from cuibono.report.record_words import (
    NOT_JUDGED,
    caveats,
    finding_words,
    placebo_words,
    proposition,
)


@click.command(
    "compare",
    epilog="""\b
Examples:
  cuibono record compare cases/enemy-of-my-enemy
  cuibono record compare my-case STORE --sign goldstein --rows
  cuibono record compare my-case STORE --sign oeda-quad --json""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("store", type=click.Path(path_type=Path), required=False)
@click.option("--sign", type=click.Choice(list(CONVENTIONS)), default="goldstein")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb")
@click.option("--rows", is_flag=True, help="Show the deciding counts by month.")
@click.option("--seed", default=1, show_default=True, help="For the placebos.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    case: Path,
    store: Path | None,
    sign: str,
    engine: str,
    rows: bool,
    seed: int,
    as_json: bool,
) -> int:
    """Say of each claim whether a record can bear on it, and if so, how it does.

    Without STORE the counts that the case ships in its folder `record/` are used.
    Coverage is asked first: about an actor that a record does not hold it is silent.

    Raises
    ------
    UsageError
        If the case has no folder `record/`, or ships no counts and no store is named.
    """
    found = read_case(case)
    plan = read_record(case, found)
    if plan is None:
        raise UsageError(
            f"{case} has no folder record/: write record/actors.csv with the columns "
            "pattern, actor, from, to, note, where actor is a node of the case"
        )
    figures = _figures(found, plan, store, sign, engine, seed)
    results = [
        compared(found, one, from_plan(found, plan), seed=seed) for one in figures
    ]
    if as_json:
        emit_json(
            "record-compare",
            {"extracts": [comparison_document(one, found) for one in results]},
        )
        return 0
    for one in results:
        _show(one, found, rows)
    return 0


def _figures(
    case: Case,
    plan: RecordPlan,
    store: Path | None,
    sign: str,
    engine: str,
    seed: int,
) -> tuple[Figures, ...]:
    """Counts of the store, or those that the case ships.

    Raises
    ------
    UsageError
        If there are none.
    """
    if store is None:
        if not plan.figures:
            raise UsageError("the case ships no counts: name a store")
        return plan.figures
    found, events = opened(store, engine)
    from cuibono.record.compare.counting import counted

    extract = extract_of(found, events, store.name, sign, {"title": store.name})
    return (counted(case, plan, events, CONVENTIONS[sign], extract, seed=seed),)


def _show(result: Comparison, case: Case, rows: bool) -> None:
    """Print one comparison: what it cannot show first."""
    one = result.extract
    click.echo(f"{one.title}: {one.first} to {one.last}, {one.rows} events")
    click.echo(f"signs by {one.convention}, {one.scheme} codes; terms: {one.terms}")
    for text in caveats(one):
        click.echo(f"  {text}")
    click.echo()
    click.echo(NOT_JUDGED)
    for finding in result.findings:
        _tell(finding, case)
    click.echo()
    for refusal in result.refusals:
        click.echo(
            f"not looked for, {_claims(len(refusal.claims))}: "
            f"{refusal.verdict.value}: {refusal.reason}"
        )
    click.echo()
    for text in placebo_words(result.placebo):
        click.echo(text)
    if rows:
        for finding in result.findings:
            _rows(finding, case)
    click.echo()


def _tell(finding: Finding, case: Case) -> None:
    """Print one verdict with its reason."""
    number = _claims(len(finding.observation.claims))
    what = proposition(finding.observation, case)
    for line in wrapped(f"{finding.verdict.value} ({number}): {what}", "  "):
        click.echo(line)
    for line in wrapped(finding_words(finding), "      "):
        click.echo(line)


def _claims(number: int) -> str:
    """Number of claims in words."""
    return f"{number} claim{'s' if number != 1 else ''}"


def _rows(finding: Finding, case: Case) -> None:
    """Print the counts that decided one finding."""
    if not finding.counts.any():
        return
    click.echo()
    click.echo(proposition(finding.observation, case))
    emit_table(
        ("month", "positive", "negative", "neutral"),
        [
            (f"{month:%Y-%m}", *(str(number) for number in counts))
            for month, counts in zip(finding.months, finding.counts, strict=True)
            if counts.any()
        ],
    )
