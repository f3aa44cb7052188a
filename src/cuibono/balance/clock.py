"""Time that a solver may still take."""

from math import inf
from threading import Event
from time import monotonic

STOP = Event()
"""Set by whoever wants every clock to be over at once: bounds follow."""
WATCHED = Event()
"""Set by whoever may set `STOP` while a solver runs, so that solvers look at it."""


class Clock:
    """Counts down from a limit; without one it never ends."""

    def __init__(self, seconds: float | None = None) -> None:
        """Start the clock.

        Parameters
        ----------
        seconds : float, optional
            Until the time is over.

        Raises
        ------
        ValueError
            If `seconds` is not positive.
        """
        if seconds is not None and not seconds > 0:
            raise ValueError(f"time_limit must be positive, got {seconds}")
        self._end = inf if seconds is None else monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left, not below 0; none once `STOP` is set."""
        return 0.0 if STOP.is_set() else max(self._end - monotonic(), 0.0)

    def part(self, share: float) -> "Clock":
        """Return a clock for a share, 0 to 1, of the time left."""
        left = self.left()
        return Clock(None if left == inf else max(left * share, 1e-9))

    @property
    def over(self) -> bool:
        """Whether no time is left."""
        return self.left() == 0.0
