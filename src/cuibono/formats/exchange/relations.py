"""Two spans and a named relation, as several tools draw them, taken as one claim."""

from dataclasses import dataclass

from cuibono.claims.records import Anchor, Claim, Prov
from cuibono.claims.words import Method, Sign, Status
from cuibono.formats.codebook_toml import PLAIN_CODEBOOK
from cuibono.formats.exchange.assemble import kind_of
from cuibono.formats.exchange.intake import Intake, Stretch, hull

LONGEST_HULL = 1_000
"""Characters from the first to the last span over which a claim is anchored whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A labelled stretch of a source."""

    source: str
    anchor: Anchor
    labels: tuple[str, ...] = ()


def take_relation(
    one: Span, other: Span, label: str, intake: Intake, *, coder: str, prov: str
) -> None:
    """Take in a relation from one span to another.

    Its label is the predicate, with that predicate's sign, if it is one of the plain
    codebook; any other label goes to the tags, and the sign is not stated.
    """
    word = PLAIN_CODEBOOK.predicate(label.strip().casefold())
    named = word is not None and word.sign is not Sign.NOT_STATED
    if not named:
        intake.mark("relations whose label is no predicate: sign ?, label kept as tag")
    intake.mark(
        "drafts from relations: nobody coded voice, stance, polarity, layer and "
        "modality, and the defaults stand"
    )
    text = intake.texts[one.source]
    start, end = hull(one.anchor, other.anchor)
    whole = end - start <= LONGEST_HULL
    anchor = intake.anchor(one.source, start, end) if whole else one.anchor
    tag = label.replace("|", "/").strip()
    ends = [_node(span, text, intake) for span in (one, other)]
    intake.add(
        Claim(
            id="",
            source=one.source,
            subject=ends[0],
            predicate=word.id if word else "affects",
            object=ends[1],
            sign=word.sign if word else Sign.NOT_STATED,
            anchor=anchor,
            context=(one.anchor, other.anchor),
            tags=(tag,) if tag and not named else (),
            # Without a coder it would stand as adjudicated.
            coder=coder or intake.tool,
            status=Status.DRAFT,
            prov=Prov(method=Method.IMPORT, tool=intake.tool, derived_from=prov),
        )
    )


def _node(span: Span, text: str, intake: Intake) -> str:
    """Node of a span's words; its kind follows from the label."""
    words = text[span.anchor.start : span.anchor.end]
    return intake.node(words, kind_of(span.labels[0] if span.labels else ""))


def take_span(span: Span, intake: Intake, *, coder: str = "", note: str = "") -> None:
    """Take in a span that is part of no relation: a coded stretch."""
    intake.stretches.append(
        Stretch(
            source=span.source,
            anchor=span.anchor,
            codes=span.labels,
            coder=coder,
            note=note,
        )
    )
