"""Small cases to send through other tools' files: emoji, Arabic and Persian texts."""

from dataclasses import replace

from cuibono.claims.identity import claim_id
from cuibono.claims.quotes import anchor_at, text_sha256
from cuibono.claims.records import (
    AUTHOR,
    Case,
    Claim,
    EdgeOverride,
    Node,
    Prov,
    Source,
    TimeStated,
    Voice,
)
from cuibono.claims.words import (
    Layer,
    Method,
    Modality,
    NodeKind,
    Polarity,
    Role,
    Sign,
    Stance,
    Strength,
)
from cuibono.formats.codebook_toml import PLAIN_CODEBOOK
from cuibono.formats.exchange.outgoing import Outgoing

LETTER = (
    "😊 Arda, it is said, opposes Brun 🏴‍☠️; Cor supports Brun.\nآردا با برون مخالف است."
)
SPEECH = "قال كور إن أردا يدعم برون 😊 سرًا. Brun depends on the levee."
TEXTS = {"letter": LETTER, "speech": SPEECH}
NODES = (
    Node(id="arda", label="Arda", kind=NodeKind.ACTOR, aliases=("آردا", "أردا")),
    Node(
        id="brun",
        label="Brun",
        kind=NodeKind.ACTOR,
        aliases=("برون",),
        qid="Q794",
        codes=(("iso3", "BRN"),),
        note="a state",
    ),
    Node(id="cor", label="Cor's Guard", kind=NodeKind.ACTOR, part_of="brun"),
    Node(id="levee", label="the levee", kind=NodeKind.FACTOR),
)


def quoted(source: str, words: str, *, keep: bool = True, **fields: object) -> Claim:
    """Claim at the first place of some words."""
    start = TEXTS[source].index(words)
    anchor = anchor_at(TEXTS[source], start, start + len(words), keep=keep)
    plain = Claim(
        id="",
        source=source,
        subject="arda",
        predicate="opposes",
        object="brun",
        sign=Sign.MINUS,
        anchor=anchor,
    )
    claim = replace(plain, **fields)  # type: ignore[arg-type]
    return replace(claim, id=claim_id(claim))


def small_case(*, keep: bool = True) -> Case:
    """Case of five claims of two coders over two texts."""
    said = (AUTHOR, Voice(who="cor", role=Role.SPEAKER, verb="said"))
    claims = (
        quoted(
            "letter",
            "opposes Brun 🏴‍☠️",
            keep=keep,
            hedge="it is said",
            coder="ana",
            tags=("wider", "=odd"),
            paraphrase="The author reports that Arda [sic] opposes #Brun.",
        ),
        quoted(
            "letter",
            "Cor supports Brun",
            keep=keep,
            subject="cor",
            predicate="supports",
            sign=Sign.PLUS,
            coder="ben",
            coded_at="2026-11-21T10:00:00+00:00",
            layer=Layer.DECLARED,
        ),
        quoted("letter", "آردا با برون مخالف است", keep=keep, notes="به فارسی"),
        quoted(
            "speech",
            "أردا يدعم برون 😊 سرًا",
            keep=keep,
            predicate="supports",
            sign=Sign.PLUS,
            voice=said,
            stance=Stance.REPORTS,
            layer=Layer.COVERT,
            modality=Modality.REPORTED,
            strength=Strength.MAIN,
            prov=Prov(method=Method.HUMAN, tool="paper"),
        ),
        quoted(
            "speech",
            "Brun depends on the levee",
            keep=keep,
            subject="brun",
            predicate="depends-on",
            object="levee",
            sign=Sign.NOT_STATED,
            polarity=Polarity.DENIED,
            time=TimeStated(stated="for now", start="2014", end="2015/2016"),
            edge=EdgeOverride(tail="levee", head="brun", sign=Sign.PLUS),
        ),
    )
    sources = (
        Source(
            id="letter",
            title="A letter",
            author="Ana",
            date="2014-09-10",
            url="https://example.org/letter?a=1",
            sha256=text_sha256(LETTER.encode()),
        ),
        Source(id="speech", date="2014~", sha256=text_sha256(SPEECH.encode())),
    )
    return Case(
        id="small",
        title="A small case",
        sources=sources,
        nodes=NODES,
        codebook=PLAIN_CODEBOOK,
        claims=claims,
    )


def small_out(*, keep: bool = True) -> Outgoing:
    """Small case on its way out, with its texts."""
    return Outgoing(small_case(keep=keep), dict(TEXTS))


def by_place(claims: tuple[Claim, ...]) -> list[Claim]:
    """Claims in a fixed order."""
    return sorted(claims, key=lambda claim: (claim.source, claim.coder, claim.id))
