"""Whether an actor is in an extract at all: what every zero has to pass first."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import ibis.expr.types as ir

from cuibono.events.actors.records import ActorMap
from cuibono.events.queries.acting import Acting, mapped
from cuibono.events.queries.dyads import Period, period_of
from cuibono.events.queries.small import fetched


class Presence(StrEnum):
    """How far an actor is covered by an extract."""

    COVERED = "covered"
    BY_OTHER_NAMES = "not covered: its main names are absent"
    ABSENT = "not covered: absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """How often an actor is on either side in one period."""

    actor: str
    period: date
    as_source: int
    as_target: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorCoverage:
    """What an extract holds of one actor.

    Attributes
    ----------
    actor : str
        As named in the map.
    presence : Presence
        Whether it counts as covered.
    as_source, as_target : int
        Events.
    first, last : date or None
        First day of the first and of the last period with an event.
    names : tuple of (str, int)
        Filed names that stand for it, with their mentions.
    missing : tuple of str
        Patterns of the map, principal ones first, that fit nobody.
    """

    actor: str
    presence: Presence
    as_source: int
    as_target: int
    first: date | None
    last: date | None
    names: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Coverage of every actor of a map, by period, with the volume of the extract."""

    actors: tuple[ActorCoverage, ...]
    mentions: tuple[Mentions, ...]
    volume: tuple[tuple[date, int], ...]
    by: Period

    def of(self, actor: str) -> ActorCoverage:
        """Coverage of an actor.

        Raises
        ------
        KeyError
            If the map does not name it.
        """
        for one in self.actors:
            if one.actor == actor:
                return one
        raise KeyError(actor)


def coverage(
    events: ir.Table, actor_map: ActorMap, by: Period = Period.MONTH
) -> Coverage:
    """How each actor of a map is covered by some events."""
    acting = mapped(events, actor_map)
    mentions = _mentions(acting, by)
    names = _names(acting)
    return Coverage(
        actors=tuple(
            _of_actor(actor, actor_map, acting, mentions, names)
            for actor in actor_map.actors
        ),
        mentions=tuple(mentions),
        volume=volume(events, by),
        by=by,
    )


def volume(events: ir.Table, by: Period) -> tuple[tuple[date, int], ...]:
    """Events of each period, whoever acts: thin periods look like peace."""
    keyed = events.mutate(period=period_of(events, by))
    rows = fetched(keyed.group_by("period").aggregate(n=keyed.count())).to_pylist()
    return tuple(sorted((row["period"], row["n"]) for row in rows))


def _mentions(acting: Acting, by: Period) -> list[Mentions]:
    """Mentions of each actor in each period and role."""
    counts: defaultdict[tuple[str, date], Counter[str]] = defaultdict(Counter)
    for column in ("actor", "counterpart"):
        keyed = acting.table.filter(acting.table[column].notnull())
        keyed = keyed.mutate(who=keyed[column], period=period_of(keyed, by))
        grouped = keyed.group_by("who", "period").aggregate(n=keyed.count())
        for row in fetched(grouped).to_pylist():
            counts[row["who"], row["period"]][column] += row["n"]
    return [
        Mentions(
            actor=actor,
            period=period,
            as_source=sides["actor"],
            as_target=sides["counterpart"],
        )
        for (actor, period), sides in sorted(counts.items())
    ]


def _names(acting: Acting) -> dict[str, Counter[str]]:
    """Filed names of each actor, with their mentions."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for column, role in (("actor", "source"), ("counterpart", "target")):
        keyed = acting.table.filter(acting.table[column].notnull())
        keyed = keyed.mutate(who=keyed[column], name=keyed[f"{role}_name"])
        grouped = keyed.group_by("who", "name").aggregate(n=keyed.count())
        for row in fetched(grouped).to_pylist():
            found[row["who"]][row["name"] or ""] += row["n"]
    return found


def _of_actor(
    actor: str,
    actor_map: ActorMap,
    acting: Acting,
    mentions: list[Mentions],
    names: dict[str, Counter[str]],
) -> ActorCoverage:
    """Coverage of one actor."""
    own = [one for one in mentions if one.actor == actor]
    rows = [row for row in actor_map.rows if row.actor == actor]
    used = {span.row for span in acting.spans}
    missing = [row for row in rows if row.row not in used]
    principal = [row for row in rows if row.principal]
    by_name = sorted(names.get(actor, Counter()).items(), key=lambda p: (-p[1], p[0]))
    return ActorCoverage(
        actor=actor,
        presence=_presence(
            bool(own), principal and all(r in missing for r in principal)
        ),
        as_source=sum(one.as_source for one in own),
        as_target=sum(one.as_target for one in own),
        first=min((one.period for one in own), default=None),
        last=max((one.period for one in own), default=None),
        names=tuple(by_name),
        missing=tuple(
            row.pattern for row in sorted(missing, key=lambda row: not row.principal)
        ),
    )


def _presence(there: bool, main_absent: object) -> Presence:
    """Whether an actor counts as covered."""
    if not there:
        return Presence.ABSENT
    return Presence.BY_OTHER_NAMES if main_absent else Presence.COVERED
