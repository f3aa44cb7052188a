"""Ctrl-C as a request for bounds: what was found so far is told, marked as such."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from cuibono.balance.clock import STOP, WATCHED


@contextmanager
def bounds_on_interrupt() -> Iterator[None]:
    """Let the first Ctrl-C end every search with its bounds; the second stops all."""

    def asked(number: int, frame: FrameType | None) -> None:
        del number, frame
        if STOP.is_set():
            raise KeyboardInterrupt
        STOP.set()
        click.echo("stopping: bounds follow (Ctrl-C again to stop at once)", err=True)

    try:
        before = signal.signal(signal.SIGINT, asked)
    except ValueError:
        # Signals reach the main thread alone; elsewhere nothing is caught.
        yield
        return
    WATCHED.set()
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        WATCHED.clear()
        STOP.clear()
