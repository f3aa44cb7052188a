"""cuibono agree: how far two coders agree, and the list of disagreements."""

from dataclasses import asdict
from pathlib import Path

import click

from cuibono.claims.records import Claim, voice_text
from cuibono.cli.output import emit_json, emit_table
from cuibono.coding.agree import Agreement, SourceAgreement, agreement, coders_of
from cuibono.coding.agree_detail import FieldDetail, field_details
from cuibono.errors import UsageError
from cuibono.formats.case import read_case


@click.command(
    "agree",
    epilog="""\b
Examples:
  cuibono agree cases/enemy-of-my-enemy
  cuibono agree my-case --coders ana ben --brief
  cuibono agree my-case --json""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--coders", nargs=2, help="Two coder ids, where there are more.")
@click.option(
    "--disagreements/--brief",
    default=True,
    help="List every disagreement, or the figures alone.",
)
@click.option(
    "--detail",
    type=click.IntRange(100, 100_000),
    help="Intervals of alpha from so many resamples, and which classes are confused.",
)
@click.option("--seed", default=1, show_default=True, help="For the resamples.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    case: Path,
    coders: tuple[str, str] | None,
    disagreements: bool,
    detail: int | None,
    seed: int,
    as_json: bool,
) -> int:
    """Say how far two coders agree: unit F1, Krippendorff's alpha by field.

    A coder who codes a source a second time, in another file, is compared with himself
    in the same way: name both files' coders.

    Raises
    ------
    UsageError
        If there are not two coders.
    """
    found = read_case(case)
    known = coders_of(found)
    if coders is None and len(known) != 2:
        who = ", ".join(known) or "none"
        raise UsageError(f"agree compares two coders; this case has: {who}. --coders")
    one, other = coders or (known[0], known[1])
    try:
        result = agreement(found, one, other)
    except ValueError as error:
        raise UsageError(str(error)) from error
    details = (
        field_details(found, result.overall, draws=detail, seed=seed) if detail else ()
    )
    if as_json:
        record = agreement_record(result)
        if details:
            record["detail"] = [asdict(one) for one in details]
        emit_json("agree", record)
        return 0
    for part in (*result.sources, result.overall):
        _print(part)
    if result.caution:
        click.echo(result.caution)
    if details:
        _print_details(details)
    if disagreements:
        _print_disagreements(result)
    return 0


def agreement_record(result: Agreement) -> dict[str, object]:
    """JSON object of an agreement with its disagreements."""
    return {
        "coders": list(result.coders),
        "caution": result.caution,
        "sources": [_part(part) for part in result.sources],
        "overall": _part(result.overall),
    }


def _part(part: SourceAgreement) -> dict[str, object]:
    """JSON object of the agreement on one source."""
    return {
        "source": part.source,
        "claims": dict(zip(part.coders, part.counts, strict=True)),
        "span_f1": round(part.span_f1, 4),
        "strict_f1": round(part.strict_f1, 4),
        "pair_f1": round(part.pair_f1, 4),
        "fields": [
            {
                "field": field.field,
                "scale": field.scale,
                "alpha": None if field.alpha is None else round(field.alpha, 4),
                "same": field.same,
                "matched": field.matched,
            }
            for field in part.fields
        ],
        "disagreements": [
            {"fields": list(d.fields), "claims": [_brief(d.one), _brief(d.other)]}
            for d in part.disagreements
        ],
        "only": {
            part.coders[0]: [_brief(claim) for claim in part.only_one],
            part.coders[1]: [_brief(claim) for claim in part.only_other],
        },
    }


def _brief(claim: Claim) -> dict[str, object]:
    """A claim in short."""
    anchor = claim.anchor
    return {
        "id": claim.id,
        "source": claim.source,
        "start": anchor.start if anchor else None,
        "end": anchor.end if anchor else None,
        "voice": voice_text(claim.voice),
        "stance": claim.stance.value,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "sign": claim.sign.value,
        "polarity": claim.polarity.value,
        "layer": claim.layer.value,
        "modality": claim.modality.value,
    }


def _print(part: SourceAgreement) -> None:
    """Print the agreement on one source."""
    one, other = part.coders
    click.echo(f"{part.source}: {part.counts[0]} by {one}, {part.counts[1]} by {other}")
    click.echo(
        f"  unit F1 {part.span_f1:.2f} (spans overlap by half of the shorter), "
        f"{part.strict_f1:.2f} (by half of their union), "
        f"{part.pair_f1:.2f} (and the same two nodes)"
    )
    rows = [
        [
            f"  {field.field}",
            field.scale,
            "not defined" if field.alpha is None else f"{field.alpha:.2f}",
            f"{field.same} of {field.matched} alike",
        ]
        for field in part.fields
    ]
    emit_table(["  field", "scale", "alpha", "raw"], rows)
    click.echo("")


def _print_details(details: tuple[FieldDetail, ...]) -> None:
    """Print alpha with its interval, and the pairs of classes that differ."""
    click.echo()
    emit_table(
        ("field", "alpha", "95 % interval", "where they part, how often"),
        [
            (
                one.field,
                "not defined" if one.alpha is None else f"{one.alpha:.2f}",
                "-" if one.low is None else f"{one.low:.2f} to {one.high:.2f}",
                "; ".join(
                    f"{cell.first} / {cell.second} {cell.count}"
                    for cell in one.table
                    if cell.first != cell.second
                )
                or "nowhere",
            )
            for one in details
        ],
    )


def _print_disagreements(result: Agreement) -> None:
    """Print every matched claim that differs, and those that one coder alone has."""
    part = result.overall
    for pair in part.disagreements:
        click.echo(f"differ in {', '.join(pair.fields)}")
        for claim in (pair.one, pair.other):
            click.echo(f"  {_line(claim)}")
    for claims in (part.only_one, part.only_other):
        for claim in claims:
            click.echo(f"only {_line(claim)}")


def _line(claim: Claim) -> str:
    """One line for a claim."""
    anchor = claim.anchor
    place = f"{anchor.start}-{anchor.end}" if anchor else "no place"
    return (
        f"{claim.coder} {claim.source} {place}: {voice_text(claim.voice)} "
        f"[{claim.stance.value}, {claim.polarity.value}, {claim.layer.value}, "
        f"{claim.modality.value}] {claim.subject} {claim.predicate} {claim.object} "
        f"({claim.sign.value})"
    )
