"""The closed sets of words that a claim is coded in."""

from enum import StrEnum


class Sign(StrEnum):
    """Whether one thing helps or harms another."""

    PLUS = "+"
    MINUS = "-"
    NEITHER = "0"
    NOT_STATED = "?"

    @property
    def value_in_model(self) -> int:
        """1, -1, or 0 for neither and for not stated."""
        return {"+": 1, "-": -1}.get(self.value, 0)

    def reversed(self) -> "Sign":
        """Return the opposite sign; `0` and `?` stay."""
        return {Sign.PLUS: Sign.MINUS, Sign.MINUS: Sign.PLUS}.get(self, self)


# Spreadsheets turn a bare + or - into a formula: these words and numbers are read too.
SIGN_WORDS: dict[str, Sign] = {
    "+": Sign.PLUS,
    "1": Sign.PLUS,
    "+1": Sign.PLUS,
    "1.0": Sign.PLUS,
    "helps": Sign.PLUS,
    "raises": Sign.PLUS,
    "positive": Sign.PLUS,
    "plus": Sign.PLUS,
    "-": Sign.MINUS,
    "−": Sign.MINUS,
    "–": Sign.MINUS,
    "-1": Sign.MINUS,
    "−1": Sign.MINUS,
    "-1.0": Sign.MINUS,
    "harms": Sign.MINUS,
    "lowers": Sign.MINUS,
    "negative": Sign.MINUS,
    "minus": Sign.MINUS,
    "0": Sign.NEITHER,
    "0.0": Sign.NEITHER,
    "neither": Sign.NEITHER,
    "none": Sign.NEITHER,
    "?": Sign.NOT_STATED,
    "unknown": Sign.NOT_STATED,
    "not stated": Sign.NOT_STATED,
}


class Layer(StrEnum):
    """How open a tie is said to be."""

    DECLARED = "declared"
    COVERT = "covert"
    EFFECT = "effect"


class Stance(StrEnum):
    """What the outermost voice does with the proposition."""

    ENDORSES = "endorses"
    REJECTS = "rejects"
    CONCEDES = "concedes"
    REPORTS = "reports"


class Polarity(StrEnum):
    """Whether the proposition itself is asserted or negated."""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Modality(StrEnum):
    """How the proposition is put forward."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    PREDICTED = "predicted"
    CONDITIONAL = "conditional"
    RECOMMENDED = "recommended"
    QUESTIONED = "questioned"

    @property
    def is_premise(self) -> bool:
        """Whether claims of this modality may build a model."""
        return self in {Modality.ASSERTED, Modality.REPORTED}


class NodeKind(StrEnum):
    """What a node is."""

    ACTOR = "actor"
    FACTOR = "factor"
    EVENT = "event"
    POLICY = "policy"
    BELIEF = "belief"
    PLACE = "place"


class Role(StrEnum):
    """In what capacity a voice speaks."""

    AUTHOR = "author"
    SPEAKER = "speaker"
    REPORTED = "reported"
    UNNAMED = "unnamed"
    PUBLISHER = "publisher"


class Strength(StrEnum):
    """How large a part the text gives the subject."""

    MAIN = "main"
    PARTIAL = "partial"
    UNSPECIFIED = "unspecified"


class Status(StrEnum):
    """Where a claim stands in its coder's work."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class Method(StrEnum):
    """What made a claim; `unstated` where nobody said."""

    HUMAN = "human"
    RULE = "rule"
    LLM = "llm"
    IMPORT = "import"
    UNSTATED = "unstated"


class Arrow(StrEnum):
    """Which way a predicate's effect runs between subject and object."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"
    NONE = "none"
