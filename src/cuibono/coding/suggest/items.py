"""A sentence as a row of items: parties, verbs, nouns and the words between them."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from cuibono.coding.suggest.lexicon import Form

PRETEXTS: Final = frozenset("pretext excuse banner guise cloak mantle".split())
"""Nouns after which an act is only avowed: "under the guise of fighting Brun"."""


class Kind(StrEnum):
    """What an item is in its clause."""

    NODE = "node"
    VERB = "verb"
    NOUN = "noun"
    PART = "part"
    HELPER = "helper"
    SAY = "say"
    AUX = "aux"
    NOT = "not"
    TO = "to"
    PREP = "prep"
    CONJ = "conj"
    COMMA = "comma"
    STOP = "stop"
    QUOTE = "quote"
    DET = "det"
    REL = "rel"
    SUB = "sub"
    OWN = "own"
    ADV = "adv"
    WORD = "word"


ACTING: Final = frozenset({Kind.VERB, Kind.HELPER})
"""Words of a verb group."""
BOUNDS: Final = frozenset({Kind.STOP, Kind.SUB})
"""Where a clause ends."""
SHUT: Final = ACTING | BOUNDS | {Kind.SAY}
"""What a noun phrase does not reach beyond."""


class By(StrEnum):
    """How a node is named where it is not by its name: a doubt, in plain words."""

    NAME = ""
    HEAD = "named by a part of its label"
    KIND = "named by a word of its kind"
    ADJECTIVE = "named by an adjective"
    CONTEXT = "taken from what was said before"
    COMPOUND = "named within a compound"


@dataclass(frozen=True, slots=True)
class Item:
    """One or more words of a sentence with what they are.

    Attributes
    ----------
    node : str
        Of a node: its id.
    forms : tuple of Form
        Of verbs and nouns: the lexicon's entries that fit.
    safe : bool
        Of what is vague: whether only one party can be meant.
    owner : bool
        Of a possessive pronoun that stands for a node.
    said : str
        Of a word of the lexicon: as it stands in the text, not as it is listed.
    vague : bool
        Whether a node is meant by a pronoun or a common noun only.
    inert : bool
        Of a place: it is no subject.
    by : By
        Of what is named loosely: how; nothing for a name or a pronoun.
    """

    kind: Kind
    word: str
    start: int
    end: int
    node: str = ""
    forms: tuple[Form, ...] = field(default=())
    vague: bool = False
    safe: bool = False
    owner: bool = False
    said: str = ""
    by: By = By.NAME
    inert: bool = False

    @property
    def form(self) -> str:
        """Inflection of a verb."""
        return self.forms[0].form if self.forms else ""
