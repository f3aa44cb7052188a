"""cuibono suggest eval: precision and recall of suggestions, beside a baseline."""

from pathlib import Path

import click

from cuibono.cli.output import emit_json, emit_table
from cuibono.coding.suggest.evaluate import Score, evaluate
from cuibono.coding.suggest.plover import (
    Half,
    PloverScore,
    evaluate_plover,
    read_records,
)
from cuibono.errors import UsageError
from cuibono.formats.case import inspect_case

DEVELOPMENT = "enemy-of-my-enemy"
"""The rules were written with this case in sight."""

CAUTION = (
    "This case is the development set: the rules were written with it in sight, so "
    "expect less on other texts."
)


@click.command(
    "eval",
    epilog="""\b
Examples:
  cuibono suggest eval my-case --texts texts
  cuibono suggest eval my-case --texts texts --json
  cuibono suggest eval --plover plover_gsr_cameo.json --half develop""",
)
@click.argument(
    "case",
    required=False,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
@click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with the sources' texts, where the case may not keep them.",
)
@click.option(
    "--plover",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The PLOVER gold standard records, instead of a case.",
)
@click.option(
    "--half",
    type=click.Choice([half.value for half in Half]),
    help="Of the PLOVER sentences, by a hash of each: the rules saw one half only.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    case: Path | None,
    texts: Path | None,
    plover: Path | None,
    half: str | None,
    as_json: bool,
) -> int:
    """Compare suggestions with coded claims, or with the PLOVER records.

    Raises
    ------
    UsageError
        If there is nothing to compare with, or both a case and records are named.
    """
    if (case is None) == (plover is None):
        raise UsageError("name a case, or records with --plover; one of them")
    if half and plover is None:
        raise UsageError("--half is about the PLOVER records: name them with --plover")
    if plover is not None:
        wanted = Half(half) if half else None
        score = evaluate_plover(read_records(plover, wanted), half or "both")
        _plover(score, as_json=as_json)
        return 0
    if case is None:  # for the type checker: one of the two is given
        return 2
    read = inspect_case(case, texts)
    read.problems.raise_if_any()
    if not read.texts:
        raise UsageError(f"{case}: no text is at hand. --texts names their folder")
    scores = evaluate(read.case, read.texts)
    caution = CAUTION if read.case.id == DEVELOPMENT else ""
    if as_json:
        emit_json(
            "suggest-eval",
            {"caution": caution, "scores": [_record(score) for score in scores]},
        )
        return 0
    _print(scores, caution)
    return 0


def _record(score: Score) -> dict[str, object]:
    """JSON object of a score."""
    return {
        "name": score.name,
        "suggested": score.suggested,
        "matched": score.matched,
        "sign_right": score.sign_right,
        "claims": score.claims,
        "found": score.found,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "recall_of_signed": round(score.signed_recall, 4),
        "sign": round(score.sign, 4),
    }


def _print(scores: tuple[Score, ...], caution: str) -> None:
    """Print a table of scores."""
    if caution:
        click.echo(caution)
    first = scores[0]
    click.echo(
        f"{first.claims} claims with a place, {first.signed} of them with a sign "
        "between two nodes"
    )
    rows = [
        [
            score.name,
            str(score.suggested),
            f"{score.precision:.2f}",
            f"{score.recall:.2f}",
            f"{score.signed_recall:.2f}",
            f"{score.sign:.2f} of {score.matched}",
        ]
        for score in scores
    ]
    header = ["what", "suggested", "precision", "recall", "of signed", "sign right"]
    emit_table(header, rows)


def _plover(score: PloverScore, *, as_json: bool) -> None:
    """Print a score on the PLOVER records."""
    if as_json:
        emit_json(
            "suggest-eval-plover",
            {
                "half": score.half,
                "records": score.records,
                "pairs": score.pairs,
                "matched": score.matched,
                "reversed": score.reversed,
                "sign_right": score.sign_right,
                "sign": round(score.sign, 4),
                "recall_with_sign": round(score.recall_with_sign, 4),
                "majority": round(score.majority, 4),
            },
        )
        return
    click.echo(
        f"{score.half}: {score.records} sentences, {score.pairs} pairs; "
        f"{score.matched} matched, {score.reversed} the other way round"
    )
    click.echo(
        f"sign right in {score.sign:.2f} of the matched ({score.majority:.2f} by always "
        f"saying the commoner sign); recall with sign {score.recall_with_sign:.2f}"
    )
