"""cuibono events signs: how a result changes with the sign convention."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from cuibono.cli.event_options import (
    acting,
    actor_options,
    day,
    opened,
    store_argument,
)
from cuibono.cli.output import emit_json, emit_table
from cuibono.events.conventions import CONVENTIONS


@click.command(
    "signs",
    epilog="""\b
Examples:
  cuibono events signs STORE --actors country
  cuibono events signs STORE --actors map.csv --by year --json""",
)
@store_argument
@actor_options
@click.option(
    "--by",
    type=click.Choice(["day", "week", "month", "year"]),
    default="month",
    show_default=True,
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    store: Path,
    engine: str,
    actors: str | None,
    start: datetime | None,
    end: datetime | None,
    by: str,
    as_json: bool,
) -> int:
    """Compare every sign convention that fits the store's codes.

    Two tables: what each convention makes of the events, and for each pair how many
    events and how many net signs of dyads (with five events or more in a period)
    differ.
    """
    _, events = opened(store, engine)
    from cuibono.events.queries.cleaning import within
    from cuibono.events.queries.differ import code_counts, differences
    from cuibono.events.queries.dyads import Period, Plan

    events = within(events, day(start), day(end))
    schemes = {scheme for scheme, _ in code_counts(events)}
    fit = tuple(one for one in CONVENTIONS.values() if schemes <= set(one.schemes))
    if not fit:
        click.echo(
            f"no convention fits {', '.join(sorted(schemes))} together", err=True
        )
        return 0
    plan = Plan(convention=fit[0], by=Period(by))
    found = differences(acting(events, actors), fit, plan)
    if as_json:
        emit_json("events-signs", asdict(found))
        return 0
    emit_table(
        ("convention", "positive", "negative", "neutral", "no sign", "made from"),
        [
            (
                one.convention,
                _percent(one.positive, one.rows),
                _percent(one.negative, one.rows),
                _percent(one.neutral, one.rows),
                _percent(one.unsigned, one.rows),
                CONVENTIONS[one.convention].source,
            )
            for one in found.shares
        ],
    )
    click.echo()
    emit_table(
        ("pair", "events differ", "opposite", "net signs differ", "opposite"),
        [
            (
                f"{one.first} / {one.second}",
                _percent(one.other, one.rows),
                _percent(one.opposite, one.rows),
                _percent(one.net_other, one.dyads),
                f"{_percent(one.net_opposite, one.dyads)} of {one.dyads}",
            )
            for one in found.pairs
        ],
    )
    return 0


def _percent(part: int, whole: int) -> str:
    """Share in percent."""
    return f"{100 * part / whole:.1f} %" if whole else "-"
