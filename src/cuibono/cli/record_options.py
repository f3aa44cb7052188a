"""Options that the verbs of the record share."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cuibono.record.settings import Memory

Command = Callable[..., Any]


def events_argument(function: Command) -> Command:
    """EVENTS."""
    return click.argument("events", type=click.Path(path_type=Path))(function)


def memory_options(function: Command) -> Command:
    """How the past counts."""
    options = (
        click.option(
            "--half-life-days",
            type=click.FloatRange(0, min_open=True),
            help="Days until a past event weighs half as much.  [default: 30]",
        ),
        click.option(
            "--config",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="An eventnet configuration: half-life, trimming, weights, triad "
            "function and time handling are taken from it.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def chosen_memory(half_life_days: float | None, config: Path | None) -> "Memory":
    """Settings from the options; a half-life given on the line wins."""
    from cuibono.record.settings import Memory

    memory = Memory()
    if config is not None:
        from cuibono.cli.record_config import read_memory

        memory = read_memory(config)
    if half_life_days is not None:
        memory = replace(memory, half_life_days=half_life_days)
    return memory
