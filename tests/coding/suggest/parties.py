"""Invented parties and what is suggested of sentences about them."""

from cuibono.claims.records import Node
from cuibono.claims.words import NodeKind
from cuibono.coding.suggest.suggester import suggest

ARDA = Node(id="arda", label="Arda", kind=NodeKind.ACTOR, aliases=("House of Arda",))
BRUN = Node(id="brun", label="Brun", kind=NodeKind.ACTOR, aliases=("Brun group",))
COR = Node(id="cor", label="Cor", kind=NodeKind.ACTOR, aliases=("IS",))
VALLEY = Node(id="valley", label="the valley", kind=NodeKind.PLACE)
RAIDS = Node(
    id="raids", label="Raids of Brun", kind=NodeKind.FACTOR, aliases=("night raids",)
)
FAMINE = Node(id="famine", label="Famine", kind=NodeKind.FACTOR)
PARTIES = (ARDA, BRUN, COR, VALLEY, RAIDS, FAMINE)

Read = tuple[str, str, str, str]


def said(text: str) -> set[Read]:
    """What is suggested of a text: subject, sign, object, tier."""
    return {
        (one.subject, one.sign.value, one.object, one.tier.value)
        for one in suggest(text, PARTIES)
    }


def pairs(text: str) -> set[tuple[str, str, str]]:
    """What is suggested of a text, whatever the tier."""
    return {(subject, sign, other) for subject, sign, other, _ in said(text)}
