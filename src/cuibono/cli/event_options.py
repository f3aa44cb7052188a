"""Options that the verbs on event stores share, and what they open."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from cuibono.errors import UsageError
from cuibono.events.actors.read import read_actor_map
from cuibono.events.store.reading import Store, filled_store

if TYPE_CHECKING:
    from cuibono.events.queries.acting import Acting

ENGINES: Final = ("duckdb", "spark")
BY_COUNTRY: Final = "country"


def store_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """Argument STORE and the option for the engine."""
    function = click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default="duckdb",
        show_default=True,
        help="Where the query runs; both give the same table.",
    )(function)
    return click.argument("store", type=click.Path(path_type=Path))(function)


def actor_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options for actors and days."""
    for option in (
        click.option(
            "--to", "end", type=click.DateTime(["%Y-%m-%d"]), help="Last day."
        ),
        click.option(
            "--from", "start", type=click.DateTime(["%Y-%m-%d"]), help="First day."
        ),
        click.option(
            "--actors",
            help="Actor map (CSV: pattern, actor, from, to, note), or the word "
            '"country". Without it actors are those of the files.',
        ),
    ):
        function = option(function)
    return function


def opened(store: Path, engine: str) -> tuple[Store, Any]:
    """Store and its events on an engine."""
    from cuibono.events.store.backends import duckdb_table, spark_table

    found = filled_store(store)
    return found, (spark_table if engine == "spark" else duckdb_table)(found)


def acting(events: Any, actors: str | None) -> "Acting":
    """Events between the actors that were asked for.

    Raises
    ------
    CaseFileError
        If the map has faults.
    """
    from cuibono.events.queries.acting import as_filed, by_country, mapped

    if actors is None:
        return as_filed(events)
    if actors == BY_COUNTRY:
        click.echo(
            "by country: armed groups are taken for the state they are filed under",
            err=True,
        )
        return by_country(events)
    found = mapped(events, read_actor_map(Path(actors)))
    if found.unused:
        names = ", ".join(row.pattern for row in found.unused[:5])
        more = f" and {len(found.unused) - 5} more" if len(found.unused) > 5 else ""
        click.echo(f"patterns that fit nobody in this store: {names}{more}", err=True)
    return found


def day(moment: datetime | None) -> date | None:
    """Day of a moment."""
    return None if moment is None else moment.date()


def one_output(*flags: bool) -> None:
    """Refuse two forms of output at once.

    Raises
    ------
    UsageError
        If there are two.
    """
    if sum(flags) > 1:
        raise UsageError("name one of --json, --csv and --parquet")
