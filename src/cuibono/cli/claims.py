"""cuibono claims: who says what, filtered."""

from pathlib import Path

import click

from cuibono.claims.names import alias_table, folded_name, nearest
from cuibono.claims.records import SCHEMA, Case, Claim, voice_text
from cuibono.claims.words import Layer, Stance
from cuibono.cli.output import emit_json, emit_table
from cuibono.errors import CaseFileError, UsageError
from cuibono.formats.case import inspect_case
from cuibono.formats.jsonl import claim_record


@click.command(
    "claims",
    epilog="""\b
Examples:
  cuibono claims cases/enemy-of-my-enemy --layer declared
  cuibono claims cases/enemy-of-my-enemy --pair "Iran,Islamic State"
  cuibono claims cases/enemy-of-my-enemy --voice "author > *" --json""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--voice", help='A chain such as "author > javad-zarif", or "author > *".'
)
@click.option("--stance", type=click.Choice([word.value for word in Stance]))
@click.option("--layer", type=click.Choice([word.value for word in Layer]))
@click.option("--pair", help="Two nodes parted by a comma; ids, labels or aliases.")
@click.option("--source", help="Only this source.")
@click.option("--texts", type=click.Path(path_type=Path), help="Folder with the texts.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    case: Path,
    voice: str | None,
    stance: str | None,
    layer: str | None,
    pair: str | None,
    source: str | None,
    texts: Path | None,
    as_json: bool,
) -> int:
    """List the claims in force, with who says each.

    All adjudicated claims are listed unless they are filtered.

    Raises
    ------
    CaseFileError
        If the case has problems.
    UsageError
        If the case has no such source.
    """
    read = inspect_case(case, texts)
    if read.problems:
        raise CaseFileError(tuple(read.problems))
    found = read.case
    both = _pair(pair, found) if pair else None
    known = [item.id for item in found.sources]
    if source is not None and source not in known:
        raise UsageError(f'no source "{source}"; this case has: {", ".join(known)}')
    kept = [
        claim
        for claim in found.claims
        if (voice is None or _voiced(claim, voice))
        and (stance is None or claim.stance.value == stance)
        and (layer is None or claim.layer.value == layer)
        and (source is None or claim.source == source)
        and (both is None or {claim.subject, claim.object} == both)
    ]
    if as_json:
        emit_json("claims", {"claims": [_record(c, read.texts) for c in kept]})
        return 0
    emit_table(
        ["id", "source", "voice", "layer", "modality", "claim"],
        [
            [
                claim.id,
                claim.source,
                voice_text(claim.voice),
                claim.layer.value,
                claim.modality.value,
                _said(claim, read.texts),
            ]
            for claim in kept
        ],
    )
    click.echo(f"{len(kept)} of {len(found.claims)} claims", err=True)
    return 0


def _record(claim: Claim, texts: dict[str, str]) -> dict[str, object]:
    """JSON object of a claim; voice as text, the whole chain beside it."""
    record = claim_record(claim)
    anchor = claim.anchor
    full: dict[str, object] = {
        "id": claim.id,
        "source": claim.source,
        "anchor": {"start": anchor.start, "end": anchor.end} if anchor else None,
        "voice": voice_text(claim.voice),
        "voice_chain": record.pop("voice"),
    }
    if anchor and (anchor.exact or claim.source in texts):
        text = texts.get(claim.source, "")
        full["quote"] = text[anchor.start : anchor.end] if text else anchor.exact
    for name in ("id", "source", "anchor"):
        record.pop(name, None)
    return {**full, **record, "schema": SCHEMA}


def _said(claim: Claim, texts: dict[str, str]) -> str:
    """What a claim says, for people; its quote where the text is at hand."""
    denied = "not: " if claim.polarity.value == "denied" else ""
    bare = f"{denied}{claim.subject} {claim.predicate} {claim.object}"
    text = f"({claim.sign.value}) {bare}"
    if claim.paraphrase:
        text += f". {claim.paraphrase}"
    anchor = claim.anchor
    if anchor and claim.source in texts:
        text += f' "{texts[claim.source][anchor.start : anchor.end]}"'
    return text


def _voiced(claim: Claim, pattern: str) -> bool:
    """Whether a claim's chain is the one asked for; `*` ends an open chain."""
    text = voice_text(claim.voice)
    head, star, _ = pattern.partition("*")
    return text == pattern.strip() or bool(star and text.startswith(head))


def _pair(text: str, case: Case) -> set[str]:
    """Two node ids from the names of a pair.

    Raises
    ------
    UsageError
        If a name is not of this case.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) != 2:
        raise UsageError(f'--pair "{text}": give two nodes parted by a comma')
    table = alias_table(case.nodes)
    ids = set()
    for part in parts:
        if folded_name(part) not in table:
            hint = nearest(folded_name(part), table)
            raise UsageError(f'--pair: no node "{part}" in this case. {hint}'.strip())
        ids.add(table[folded_name(part)])
    return ids
