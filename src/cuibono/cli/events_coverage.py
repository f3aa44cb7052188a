"""cuibono events coverage: whether actors are in a store at all."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cuibono.cli.event_options import day, opened, store_argument
from cuibono.cli.output import emit_json, emit_table
from cuibono.events.actors.read import read_actor_map


@click.command(
    "coverage",
    epilog="""\b
Examples:
  cuibono events coverage STORE --actors map.csv
  cuibono events coverage STORE --actors map.csv --by year --json""",
)
@store_argument
@click.option("--actors", type=click.Path(path_type=Path), required=True)
@click.option("--from", "start", type=click.DateTime(["%Y-%m-%d"]), help="First day.")
@click.option("--to", "end", type=click.DateTime(["%Y-%m-%d"]), help="Last day.")
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
    actors: Path,
    start: datetime | None,
    end: datetime | None,
    by: str,
    as_json: bool,
) -> int:
    """Say which actors of a map a store holds, under which names, how often.

    An actor none of whose main names (column "principal" of the map) occur counts as
    not covered: what the store does not hold, it cannot deny.
    """
    _, events = opened(store, engine)
    from cuibono.events.queries.cleaning import within
    from cuibono.events.queries.coverage import coverage
    from cuibono.events.queries.dyads import Period

    events = within(events, day(start), day(end))
    found = coverage(events, read_actor_map(actors), Period(by))
    if as_json:
        emit_json("events-coverage", document(found))
        return 0
    emit_table(
        ("actor", "coverage", "as source", "as target", "names"),
        [
            (
                one.actor,
                one.presence.value,
                str(one.as_source),
                str(one.as_target),
                _names(one),
            )
            for one in found.actors
        ],
    )
    volumes = [number for _, number in found.volume]
    if volumes:
        thin = [period for period, number in found.volume if number * 10 < max(volumes)]
        told = f"; thin, as at a truncated end: {', '.join(map(str, thin[:6]))}"
        click.echo(
            f"{sum(volumes)} events in {len(volumes)} periods{told if thin else ''}",
            err=True,
        )
    return 0


def _names(one: Any) -> str:
    """Names found and looked for in vain."""
    there = ", ".join(f"{name} ({number})" for name, number in one.names[:4])
    missing = ", ".join(one.missing[:3])
    return f"{there}{'; ' if there and missing else ''}" + (
        f"not found: {missing}" if missing else ""
    )


def document(found: Any) -> dict[str, object]:
    """Coverage for programs."""
    return {
        "by": found.by.value,
        "volume": [[str(period), number] for period, number in found.volume],
        "actors": [
            {
                "actor": one.actor,
                "coverage": one.presence.value,
                "as_source": one.as_source,
                "as_target": one.as_target,
                "first": str(one.first) if one.first else None,
                "last": str(one.last) if one.last else None,
                "names": dict(one.names),
                "not_found": list(one.missing),
                "periods": [
                    [str(mention.period), mention.as_source, mention.as_target]
                    for mention in found.mentions
                    if mention.actor == one.actor
                ],
            }
            for one in found.actors
        ],
    }
