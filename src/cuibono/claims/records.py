"""Who said what about whom: the frozen records that everything else is built from."""

from dataclasses import dataclass, field

from cuibono.claims.words import (
    Arrow,
    Layer,
    Method,
    Modality,
    NodeKind,
    Polarity,
    Role,
    Sign,
    Stance,
    Status,
    Strength,
)

SCHEMA = 1
"""Version of the case layout that this release writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A place in a source's text, in Unicode code points.

    Attributes
    ----------
    start, end : int
        0-based, end-exclusive.
    exact, prefix, suffix : str
        The quoted words and up to 32 code points around them; empty where the
        text may not be kept.
    exact_sha256 : str
        SHA-256 of the folded quote; stands in where `exact` is empty.
    """

    start: int
    end: int
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    exact_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One step of the chain of who says it."""

    who: str
    role: Role = Role.AUTHOR
    verb: str = ""


AUTHOR = Voice(who="author", role=Role.AUTHOR)


def voice_text(chain: tuple[Voice, ...]) -> str:
    """Voices outermost first, as `author > javad-zarif`.

    Examples
    --------
    >>> voice_text((AUTHOR, Voice(who="arda", role=Role.SPEAKER)))
    'author > arda'
    """
    return " > ".join(step.who for step in chain)


def voice_chain(text: str) -> tuple[Voice, ...]:
    """Chain of voices from its text form; roles follow from the names.

    Examples
    --------
    >>> [step.role.value for step in voice_chain("author > unnamed:some-1")]
    ['author', 'unnamed']
    """
    steps = [part.strip() for part in text.split(">")]
    return tuple(Voice(who=who, role=_role(who)) for who in steps)


def _role(who: str) -> Role:
    """Role that a voice's name implies."""
    if who in {"author", "publisher"}:
        return Role(who)
    return Role.UNNAMED if who.startswith("unnamed:") else Role.REPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStated:
    """When, as the sentence states it; bounds in EDTF (ISO 8601-2)."""

    stated: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeOverride:
    """The arrow of a claim where its predicate's default does not fit."""

    tail: str
    head: str
    sign: Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Prov:
    """What made a claim, in the three words of PROV-O."""

    method: Method = Method.UNSTATED
    tool: str = ""
    version: str = ""
    model: str = ""
    prompt_sha256: str = ""
    derived_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One attributed statement: `source` says that `subject` bears on `object`.

    Ids of nodes, source and predicate are the case's own; see DESIGN for each field.
    `row` and `file` say where the claim was read, for messages; they are no part of it.
    """

    id: str
    source: str
    subject: str
    predicate: str
    object: str
    sign: Sign
    anchor: Anchor | None = None
    context: tuple[Anchor, ...] = ()
    voice: tuple[Voice, ...] = (AUTHOR,)
    stance: Stance = Stance.ENDORSES
    polarity: Polarity = Polarity.AFFIRMED
    layer: Layer = Layer.EFFECT
    modality: Modality = Modality.ASSERTED
    condition: str = ""
    time: TimeStated = TimeStated()
    hedge: str = ""
    strength: Strength = Strength.UNSPECIFIED
    edge: EdgeOverride | None = None
    resolves_by: str = ""
    would_count_as: str = ""
    paraphrase: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    coder: str = ""
    coded_at: str = ""
    prov: Prov = Prov()
    status: Status = Status.SUBMITTED
    supersedes: str = ""
    file: str = field(default="", compare=False)
    row: int = field(default=0, compare=False)

    @property
    def is_premise(self) -> bool:
        """Whether it may build a model: asserted or reported."""
        return self.modality.is_premise

    @property
    def is_conclusion(self) -> bool:
        """Whether it is asked of the model: predicted, conditional or recommended."""
        return self.modality in {
            Modality.PREDICTED,
            Modality.CONDITIONAL,
            Modality.RECOMMENDED,
        }

    @property
    def voiced_by(self) -> str:
        """The innermost voice: whose proposition it is."""
        return self.voice[-1].who


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A party or a condition that claims are about."""

    id: str
    label: str
    kind: NodeKind
    aliases: tuple[str, ...] = ()
    part_of: str = ""
    qid: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that was read; `text_file` and `sha256` find its text."""

    id: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    language: str = ""
    licence: str = ""
    retrieved: str = ""
    text_file: str = ""
    sha256: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """A word of the codebook: what it does to the signed model."""

    id: str
    sign: Sign
    arrow: Arrow
    layer: Layer = Layer.EFFECT
    tie: bool = False
    definition: str = ""
    example: str = ""
    distinction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """The predicates of a case, with the rules for coding the other fields."""

    version: str = ""
    title: str = ""
    predicates: tuple[Predicate, ...] = ()
    unit: str = ""
    anchor: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    rules: tuple[tuple[str, str], ...] = ()

    def predicate(self, name: str) -> Predicate | None:
        """Return the predicate of that id, or None."""
        return next((word for word in self.predicates if word.id == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Chooses claims; every field that is set must hold.

    `voice` holds chains in text form, where a last step `*` stands for any further
    steps. `reported` asks for chains of two or more steps. `undisputed` asks that no
    reported voice says the contrary of the same pair.
    """

    voice: tuple[str, ...] = ()
    stance: tuple[Stance, ...] = ()
    layer: tuple[Layer, ...] = ()
    modality: tuple[Modality, ...] = ()
    polarity: tuple[Polarity, ...] = ()
    source: tuple[str, ...] = ()
    predicate: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    reported: bool | None = None
    undisputed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A named rule that selects which claims build the model."""

    id: str
    title: str = ""
    include: tuple[Selector, ...] = ()
    exclude: tuple[Selector, ...] = ()
    described_by_opponent: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChange:
    """A link that a policy adds or cuts."""

    tail: str
    head: str
    sign: Sign = Sign.PLUS


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What is done to the model: pushes by node, nodes held or taken out, links."""

    press: tuple[tuple[str, float], ...] = ()
    pulse: tuple[tuple[str, float], ...] = ()
    remove: tuple[str, ...] = ()
    clamp: tuple[str, ...] = ()
    add: tuple[LinkChange, ...] = ()
    cut: tuple[LinkChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another policy that the sources name, to compare with."""

    id: str
    title: str = ""
    do: Action = Action()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What a source predicts, makes conditional or recommends, put to the model.

    `expect` maps node to `+`, `-`, `0`, `not +`, `not -` (signs of the equilibrium), `back`
    or `stays` (what is left after the push).
    `untestable` states what is missing where no translation is possible.
    """

    id: str
    title: str
    claims: tuple[str, ...]
    do: Action = Action()
    expect: tuple[tuple[str, str], ...] = ()
    horizon: str = ""
    alternatives: tuple[Alternative, ...] = ()
    why: str = ""
    untestable: str = ""
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that the case asks: which one, with its inputs as text."""

    id: str
    ask: str
    title: str = ""
    inputs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that the case names and cannot answer yet, with the reason."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One argument as coded; `claims` is the set in force, `coded` every coder's own.

    `digests` maps each file that was read to its SHA-256.
    """

    id: str
    title: str = ""
    summary: str = ""
    sources: tuple[Source, ...] = ()
    nodes: tuple[Node, ...] = ()
    codebook: Codebook = Codebook()
    claims: tuple[Claim, ...] = ()
    coded: tuple[Claim, ...] = ()
    readings: tuple[Reading, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    questions: tuple[Question, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    digests: tuple[tuple[str, str], ...] = ()
    defaults_used: tuple[str, ...] = ()
    schema: int = SCHEMA

    def node(self, name: str) -> Node:
        """Return the node of an id.

        Raises
        ------
        KeyError
            If the case has no such node.
        """
        for node in self.nodes:
            if node.id == name:
                return node
        raise KeyError(name)

    def source(self, name: str) -> Source:
        """Return the source of an id.

        Raises
        ------
        KeyError
            If the case has no such source.
        """
        for source in self.sources:
            if source.id == name:
                return source
        raise KeyError(name)
