"""A case run as one frozen record: everything a report shows, nothing it must find."""

from dataclasses import dataclass, field

from cuibono.balance.nulls import Null
from cuibono.claims.records import Case, Reading
from cuibono.coding.agree import Agreement
from cuibono.events.principle import Principle
from cuibono.model.build import Constraint, SignedModel
from cuibono.questions.answer import Answer, Sampling
from cuibono.questions.joint import Joint
from cuibono.questions.tension import Tension
from cuibono.study.deep import Deep
from cuibono.study.recorded import Recorded
from cuibono.support.withdraw import Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A tie between two actors: sign 1, -1 or 0 (disputed), with its claims."""

    one: str
    other: str
    sign: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """What a third party lets expect of a pair, by which of the four rules."""

    third: str
    rule: str
    predicts: int
    stated: int | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRules:
    """The four rules for one pair in one layer."""

    one: str
    other: str
    lines: tuple[RuleLine, ...]
    friendly: int
    hostile: int
    stated: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layered:
    """Balance of the ties between actors in one layer.

    Attributes
    ----------
    layer : str
        declared or effective.
    actors : tuple of str
        Who has a tie.
    ties : tuple of Tie
        All of them; sign 0 where the claims give both.
    triads : (int, int, int, int)
        Undisputed triads by their count of negative ties.
    triads_disputed : int
        Triads with a disputed tie.
    strong, weak : (float, float) or None
        Range of the share of balanced triads.
    low, high : float
        Frustration index over the ways to settle disputed ties.
    proved : bool
        Both are exact.
    proof : str
        What proves it.
    balanced : bool
        No tie is frustrated, however disputed ties are settled.
    partitions : int
        Optimal partitions, up to swapping sides.
    partitions_complete : bool
        Whether they were all found.
    factions : tuple of two tuples of str
        Sides of the first optimal partition, of the largest connected part.
    others : tuple of pairs of tuples of str
        Sides of every other optimal partition listed, of that part.
    free : tuple of str
        Actors whose side differs between the optimal partitions listed.
    nulls : tuple of Null
        The index against chance; none where it was not asked.
    always, sometimes : tuple of Tie
        Ties frustrated in all, and in some, optimal partitions.
    pairs : tuple of PairRules
        The four rules for the pairs that the case names.
    """

    layer: str
    actors: tuple[str, ...]
    ties: tuple[Tie, ...]
    triads: tuple[int, int, int, int]
    triads_disputed: int
    strong: tuple[float, float] | None
    weak: tuple[float, float] | None
    low: float
    high: float
    proved: bool
    proof: str
    balanced: bool
    partitions: int
    partitions_complete: bool
    factions: tuple[tuple[str, ...], tuple[str, ...]]
    others: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    free: tuple[str, ...]
    nulls: tuple[Null, ...]
    always: tuple[Tie, ...]
    sometimes: tuple[Tie, ...]
    pairs: tuple[PairRules, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopLine:
    """A loop in words of node ids: sign 1 reinforcing, -1 balancing, 0 unknown."""

    nodes: tuple[str, ...]
    sign: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A strongly connected component: its nodes, and what its loops do."""

    nodes: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Whether the reading's model can rest, and what drives it.

    Attributes
    ----------
    blocks : tuple of Block
        Components in which something acts back on itself.
    loops : tuple of LoopLine
        Loops up to `longest` links, shortest first; `complete` if all of that length.
    reinforcing, balancing, unknown : int
        How many of those listed.
    sign_stable : bool
        Stable whatever the strengths.
    impossible : tuple of str
        Why no equilibrium can exist, by component; empty where one can.
    impossible_loops : tuple of LoopLine
        The loops that cause it.
    sampling : tuple of Sampling
        Share of models with an equilibrium, by prior.
    """

    blocks: tuple[Block, ...]
    loops: tuple[LoopLine, ...]
    longest: int
    complete: bool
    reinforcing: int
    balancing: int
    unknown: int
    sign_stable: bool
    impossible: tuple[str, ...]
    impossible_loops: tuple[LoopLine, ...]
    sampling: tuple[Sampling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A pair of actors that the declared and the effective layer sign differently."""

    one: str
    other: str
    declared: int
    effective: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """What a voice denies, and what the models of the reading give for it.

    `outcome` is gone against, kept, kept: no stated path, open, or not in the model.
    """

    constraint: Constraint
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadingStudy:
    """All that was found under one reading."""

    reading: Reading
    model: SignedModel
    diagnosis: Diagnosis
    declared: Layered
    effective: Layered
    disagreements: tuple[Disagreement, ...]
    denials: tuple[Denial, ...]
    answers: tuple[Answer, ...]
    conclusions: tuple[Answer, ...]
    few_links: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A reading with some of its claims dropped, and what its conclusions become."""

    id: str
    title: str
    reading: str
    dropped: int
    links: int
    conclusions: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a case holds, counted."""

    claims: int
    premises: int
    conclusions: int
    by_layer: tuple[tuple[str, int], ...]
    by_modality: tuple[tuple[str, int], ...]
    by_stance: tuple[tuple[str, int], ...]
    by_voice: tuple[tuple[str, int], ...]
    by_source: tuple[tuple[str, int], ...]
    by_author: tuple[tuple[str, int], ...]
    labels: int
    denials: int
    wider: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """An explicit prediction or conditional, and whether it can be tested as stated."""

    claim: str
    resolves_by: str
    would_count_as: str
    testable: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceComparison:
    """What sources say together and alone: edges by the sources behind them."""

    shared: tuple[tuple[str, str, int], ...]
    alone: tuple[tuple[str, tuple[tuple[str, str, int], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Study:
    """A whole case run.

    Attributes
    ----------
    case : Case
        What was read, with the digests of its files.
    seed, draws : int
        With which everything can be drawn again.
    versions : tuple of (str, str)
        cuibono, Python and the libraries that compute.
    main : str
        Id of the first reading: the one that findings speak of.
    readings : tuple of ReadingStudy
        Every reading of the case.
    support : tuple of Support
        What carries each conclusion under the main reading.
    variants : tuple of Variant
        The main reading without kinds of claims.
    joint : tuple of Joint
        The conclusions in the same models, under the main reading, prior by prior.
    tensions : tuple of Tension
        Links to which one voice gives both signs, under the main reading.
    deep : Deep or None
        What takes longer; None unless asked for.
    record : tuple of Recorded
        The claims held against each event record at hand.
    principles, principle_claims
        What the four rules show in an extract, and the claims that speak of them.
    counts, predictions, sources, agreement
        Of the case as coded; agreement is None without two coders.
    open_questions : tuple of (str, str)
        What stays open, with the reason.
    texts : dict of str to str
        Texts at hand by source id; never written out but as quotes.
    timing : tuple of (str, float)
        Seconds by part; apart from everything that must repeat.
    """

    case: Case
    seed: int
    draws: int
    versions: tuple[tuple[str, str], ...]
    main: str
    readings: tuple[ReadingStudy, ...]
    support: tuple[Support, ...]
    variants: tuple[Variant, ...]
    counts: Counts
    predictions: tuple[Prediction, ...]
    sources: SourceComparison
    agreement: Agreement | None
    open_questions: tuple[tuple[str, str], ...]
    joint: tuple[Joint, ...] = ()
    tensions: tuple[Tension, ...] = ()
    deep: Deep | None = None
    record: tuple[Recorded, ...] = ()
    principles: tuple[tuple[str, Principle], ...] = ()
    principle_claims: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    timing: tuple[tuple[str, float], ...] = ()

    def reading(self, name: str) -> ReadingStudy:
        """Return what was found under a reading.

        Raises
        ------
        KeyError
            If the case has no such reading.
        """
        for part in self.readings:
            if part.reading.id == name:
                return part
        raise KeyError(name)
