"""What a case asks of event records, as people wrote it down."""

from dataclasses import dataclass
from datetime import date

from cuibono.events.actors.records import ActorMap
from cuibono.events.figures import Figures
from cuibono.events.principle import Principle


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person says should be seen in a record if some claims hold.

    Attributes
    ----------
    claims : tuple of str
        Claims whose observable part it is.
    source, target : str
        Nodes: who acts towards whom.
    sign : int
        1 or -1, or 0 for all acts.
    rises : bool
        Whether such acts should become more after `on`, or fewer.
    on : date
        First day of the time after.
    why, misses : str
        What licenses the translation, and what it leaves out.
    """

    claims: tuple[str, ...]
    source: str
    target: str
    sign: int
    rises: bool
    on: date
    why: str
    misses: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPlan:
    """What a case asks of event records.

    Attributes
    ----------
    on : date or None
        Date before and after which every pair is told.
    on_why : str
        Why that date.
    asked : tuple of Asked
        Observable parts of claims.
    pairs : tuple of (str, str)
        Pairs of nodes told whatever the claims are, in both directions.
    actor_map : ActorMap or None
        Which filed actors stand for which nodes.
    figures : tuple of Figures
        Counts that the case ships.
    principles : tuple of (str, Principle)
        What the four rules show in an extract, by the id of the extract.
    principle_claims : tuple of str
        Claims that speak of the rules themselves.
    """

    on: date | None = None
    on_why: str = ""
    asked: tuple[Asked, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    actor_map: ActorMap | None = None
    figures: tuple[Figures, ...] = ()
    principles: tuple[tuple[str, Principle], ...] = ()
    principle_claims: tuple[str, ...] = ()
