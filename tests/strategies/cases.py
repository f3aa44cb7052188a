"""Random cases: a few claims of any voice, stance, layer and sign, each in its place."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from cuibono.claims.records import (
    AUTHOR,
    Action,
    Anchor,
    Case,
    Claim,
    Conclusion,
    EdgeOverride,
    LinkChange,
    Node,
    Reading,
    Selector,
    Source,
    Voice,
)
from cuibono.claims.words import (
    Layer,
    Modality,
    NodeKind,
    Polarity,
    Role,
    Sign,
    Stance,
)
from cuibono.formats.codebook_toml import PLAIN_CODEBOOK

NAMES = ("arda", "brun", "cor", "dana")
SOURCES = ("letter", "speech")
ONE_WAY = ("affects", "supports", "opposes", "causes", "depends-on", "uses")
BOTH_WAYS = ("cooperates",)
NO_EDGE = ("labels", "is-part-of", "recommends")
NODES = tuple(
    Node(id=name, label=name.title(), kind=kind)
    for name, kind in zip(
        NAMES,
        (NodeKind.ACTOR, NodeKind.ACTOR, NodeKind.FACTOR, NodeKind.ACTOR),
        strict=True,
    )
)


def affirmed(at: int, *fields: str, **others: object) -> Claim:
    """Claim number `at`, of `subject, predicate, object, sign`, in its own place."""
    subject, predicate, object_, sign = fields
    claim = Claim(
        id=f"c{at}",
        source="letter",
        subject=subject,
        predicate=predicate,
        object=object_,
        sign=Sign(sign),
        anchor=Anchor(start=10 * at, end=10 * at + 5),
    )
    return replace(claim, **others)  # type: ignore[arg-type]


def case_of(*claims: Claim, readings: tuple[Reading, ...] = ()) -> Case:
    """Case of some claims over four nodes, under the plain codebook."""
    return Case(
        id="case",
        sources=tuple(Source(id=name) for name in SOURCES),
        nodes=NODES,
        codebook=PLAIN_CODEBOOK,
        claims=claims,
        readings=readings or (EVERYTHING,),
    )


EVERYTHING = Reading(id="open", include=(Selector(layer=tuple(Layer)),))
"""Every affirmed premise, whoever makes it."""

AUTHORS = Reading(id="author", include=(Selector(stance=(Stance.ENDORSES,)),))
"""What the outermost voice endorses."""


@st.composite
def random_claims(
    draw: st.DrawFn, *, predicates: tuple[str, ...] = (*ONE_WAY, *BOTH_WAYS, *NO_EDGE)
) -> tuple[Claim, ...]:
    """Draw up to eight claims; each stands at a place of its own."""
    found = []
    for at in range(draw(st.integers(0, 8))):
        reported = draw(st.sampled_from((None, None, *NAMES)))
        voice: tuple[Voice, ...] = (AUTHOR,)
        if reported:
            voice = (AUTHOR, Voice(who=reported, role=Role.REPORTED))
        override = st.builds(
            EdgeOverride,
            tail=st.sampled_from(NAMES),
            head=st.sampled_from(NAMES),
            sign=st.sampled_from(Sign),
        )
        found.append(
            affirmed(
                at,
                draw(st.sampled_from(NAMES)),
                draw(st.sampled_from(predicates)),
                draw(st.sampled_from(NAMES)),
                draw(st.sampled_from(Sign)).value,
                source=draw(st.sampled_from(SOURCES)),
                voice=voice,
                stance=draw(st.sampled_from(Stance)),
                polarity=draw(st.sampled_from(Polarity)),
                layer=draw(st.sampled_from(Layer)),
                modality=draw(st.sampled_from(Modality)),
                edge=draw(st.one_of(st.none(), st.none(), override)),
            )
        )
    return tuple(found)


def random_premises(
    *, predicates: tuple[str, ...] = (*ONE_WAY, *BOTH_WAYS)
) -> st.SearchStrategy[tuple[Claim, ...]]:
    """Claims that all build the model: affirmed, asserted and endorsed."""
    return random_claims(predicates=predicates).map(
        lambda claims: tuple(
            replace(
                claim,
                polarity=Polarity.AFFIRMED,
                modality=Modality.ASSERTED,
                stance=Stance.ENDORSES,
            )
            for claim in claims
        )
    )


def renamed_claim(claim: Claim, names: Mapping[str, str]) -> Claim:
    """Claim with its nodes and voices under other names; its id stays."""
    edge = claim.edge
    if edge:
        edge = replace(
            edge,
            tail=names.get(edge.tail, edge.tail),
            head=names.get(edge.head, edge.head),
        )
    return replace(
        claim,
        subject=names.get(claim.subject, claim.subject),
        object=names.get(claim.object, claim.object),
        voice=tuple(
            replace(step, who=names.get(step.who, step.who)) for step in claim.voice
        ),
        edge=edge,
    )


def _renamed_action(action: Action, names: Mapping[str, str]) -> Action:
    """Action on nodes under other names."""

    def link(item: LinkChange) -> LinkChange:
        return replace(item, tail=names[item.tail], head=names[item.head])

    return Action(
        press=tuple((names[node], size) for node, size in action.press),
        pulse=tuple((names[node], size) for node, size in action.pulse),
        remove=tuple(names[node] for node in action.remove),
        clamp=tuple(names[node] for node in action.clamp),
        add=tuple(link(item) for item in action.add),
        cut=tuple(link(item) for item in action.cut),
    )


def _renamed_conclusion(item: Conclusion, names: Mapping[str, str]) -> Conclusion:
    """Conclusion about nodes under other names."""
    return replace(
        item,
        do=_renamed_action(item.do, names),
        expect=tuple((names[node], word) for node, word in item.expect),
        alternatives=tuple(
            replace(other, do=_renamed_action(other.do, names))
            for other in item.alternatives
        ),
    )


def renamed_case(case: Case, names: Mapping[str, str]) -> Case:
    """Case in which every node has another id, and nothing else is different.

    Inputs of questions are rewritten word by word.
    """

    def words(text: str) -> str:
        for old, new in names.items():
            text = text.replace(old, new)
        return text

    return replace(
        case,
        nodes=tuple(
            replace(
                node, id=names[node.id], part_of=names.get(node.part_of, node.part_of)
            )
            for node in case.nodes
        ),
        claims=tuple(renamed_claim(claim, names) for claim in case.claims),
        coded=tuple(renamed_claim(claim, names) for claim in case.coded),
        conclusions=tuple(_renamed_conclusion(c, names) for c in case.conclusions),
        questions=tuple(
            replace(item, inputs=tuple((key, words(text)) for key, text in item.inputs))
            for item in case.questions
        ),
        pairs=tuple((names[one], names[other]) for one, other in case.pairs),
    )
