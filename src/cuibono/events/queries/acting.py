"""Events between the actors that a map names, whoever they are filed under."""

from dataclasses import dataclass
from typing import Final

import ibis.expr.types as ir

from cuibono.events.actors.match import FIRST, LAST, spans, unused_rows
from cuibono.events.actors.records import ActorMap, Field, Filed, MapRow, Span
from cuibono.events.queries.small import fetched, small_table

ROLES: Final = ("source", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Events with the columns `actor` and `counterpart`, both null where unmapped.

    Attributes
    ----------
    table : ibis.Table
        The events.
    spans : tuple of Span
        Which filed actor was taken for whom, and when.
    unused : tuple of MapRow
        Rows of the map that fit nobody in these events.
    """

    table: ir.Table
    spans: tuple[Span, ...] = ()
    unused: tuple[MapRow, ...] = ()


def as_filed(events: ir.Table) -> Acting:
    """Events between actors as the provider identifies them."""
    return Acting(table=events.mutate(actor=events.source, counterpart=events.target))


def by_country(events: ir.Table) -> Acting:
    """Events between the countries under which actors are filed.

    Armed groups are then taken for the state that they are filed under.
    """
    return Acting(
        table=events.mutate(
            actor=events.source_country, counterpart=events.target_country
        )
    )


def mapped(events: ir.Table, actor_map: ActorMap) -> Acting:
    """Events between the actors of a map."""
    filed = filed_actors(events, actor_map)
    found = spans(actor_map, filed)
    table = events
    for role, column in zip(ROLES, ("actor", "counterpart"), strict=True):
        table = _joined(table, found, role, column, _asked(actor_map))
    return Acting(table=table, spans=found, unused=unused_rows(actor_map, found))


def filed_actors(events: ir.Table, actor_map: ActorMap) -> tuple[Filed, ...]:
    """Every distinct filed actor of the events, by what the map asks of it."""
    found: set[Filed] = set()
    keys = _asked(actor_map)
    for role in ROLES:
        columns = [_column(role, key) for key in keys]
        for row in fetched(events.select(*columns).distinct()).to_pylist():
            cells = (row[column] or "" for column in columns)
            found.add(Filed(**dict(zip(keys, cells, strict=True))))
    return tuple(sorted(found))


def _asked(actor_map: ActorMap) -> tuple[str, ...]:
    """What a map is matched on: fewer columns make fewer distinct actors."""
    fields = {row.field for row in actor_map.rows}
    country = ("country",) if Field.COUNTRY in fields else ()
    sectors = ("sectors",) if Field.SECTOR in fields else ()
    return ("code", "name", *country, *sectors)


def _column(role: str, key: str) -> str:
    """Column of the events that holds a filed actor's code, name, country or sectors."""
    return role if key == "code" else f"{role}_{key}"


def _joined(
    table: ir.Table,
    found: tuple[Span, ...],
    role: str,
    column: str,
    keys: tuple[str, ...],
) -> ir.Table:
    """Table with one more column: for whom the actor in a role stands."""
    rows = [
        (*(getattr(span.filed, key) for key in keys), span.start, span.end, span.actor)
        for span in found
    ]
    names = (*(f"m_{key}" for key in keys), "m_start", "m_end", column)
    kinds = (*("string",) * len(keys), "date", "date", "string")
    known = small_table(table, tuple(zip(names, kinds, strict=True)), rows)
    match = [
        table[_column(role, key)].fill_null("") == known[f"m_{key}"] for key in keys
    ]
    if any(span.start != FIRST or span.end != LAST for span in found):
        match += [table["date"] >= known["m_start"], table["date"] <= known["m_end"]]
    return table.left_join(known, match).drop(*names[:-1])
