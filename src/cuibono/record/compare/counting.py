"""The counts that a comparison needs, taken from the events of a store."""

from dataclasses import replace
from datetime import date
from typing import Final

import ibis.expr.types as ir

from cuibono.claims.records import Case
from cuibono.errors import UsageError
from cuibono.events.actors.match import spans
from cuibono.events.conventions.records import Convention
from cuibono.events.figures import Extract, Figures, Placebo, months_between
from cuibono.events.plan import RecordPlan
from cuibono.events.queries.acting import filed_actors
from cuibono.events.queries.figures import figures
from cuibono.events.queries.pool import placebo_dyads
from cuibono.record.compare.compare import wanted_dyads
from cuibono.record.compare.observable import from_plan
from cuibono.record.compare.placebo import change_at

DRAWN: Final = 300


def counted(
    case: Case,
    plan: RecordPlan,
    events: ir.Table,
    convention: Convention,
    extract: Extract,
    *,
    seed: int,
) -> Figures:
    """Counts of every dyad that the claims or the plan of a case name.

    Raises
    ------
    UsageError
        If the case has no actor map, or the convention does not fit the codes.
    """
    if plan.actor_map is None:
        raise UsageError(
            "the case has no actor map: write record/actors.csv with the columns "
            "pattern, actor, from, to, note, where actor is a node of the case"
        )
    both = [pair for a, b in plan.pairs for pair in ((a, b), (b, a))]
    found = figures(
        events,
        plan.actor_map,
        (*wanted_dyads(case, from_plan(case, plan)), *both),
        convention=convention,
        extract=extract,
        part_of={node.id: node.part_of for node in case.nodes if node.part_of},
    )
    placed = spans(plan.actor_map, filed_actors(events, plan.actor_map))
    named = frozenset(span.filed.code for span in placed)
    dates = sorted({asked.on for asked in plan.asked})
    trials = tuple(_at_dates(dates, named, events, convention, extract, seed))
    return replace(found, placebo=trials)


def _at_dates(
    dates: list[date],
    named: frozenset[str],
    events: ir.Table,
    convention: Convention,
    extract: Extract,
    seed: int,
) -> list[Placebo]:
    """Change test at each named date, on dyads that the case does not name."""
    months = months_between(extract.first, extract.last)
    return [
        replace(
            change_at(
                placebo_dyads(
                    events,
                    convention,
                    months,
                    on,
                    without=named,
                    number=DRAWN,
                    seed=seed,
                ),
                months,
                on,
            ),
            seed=seed,
        )
        for on in dates
        if extract.first < on < extract.last
    ]
