"""A bound from products of sides: semidefinite, with triangle inequalities."""

from math import ceil

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.ascent import Floats, lowered
from cuibono.balance.blocks import Block
from cuibono.balance.clock import Clock
from cuibono.balance.kernels.triples import sums, violated, weighed_down
from cuibono.balance.threads import one_thread

# Each value takes the spectrum of a (k, k) matrix.
MOST_ACTORS = 500
_BLUNT, _SHARP, _SHARPER = 0.01, 2e-6, 0.5
_STEPS = 40
_TURNS = 6
_FEW = 300
_MOST_NEW = 1500
_TOLERANCE = 0.02
_SLACK = 1e-6
_NEAR = 0.2


def semidefinite_bound(block: Block, *, enough: int, clock: Clock) -> int:
    """Return a lower bound of the frustration index of a block, in units.

    The matrix of all products of two sides is positive semidefinite, has ones on its
    diagonal, and meets four triangle inequalities for every three actors. What a matrix
    of that kind must cost at least is bounded by any multipliers of these conditions,
    with the least eigenvalue of what remains; good multipliers are found on a smoothed
    problem that is sharpened step by step.

    Parameters
    ----------
    block : Block
        With k actors, at most `MOST_ACTORS`.
    enough : int
        Stop at a bound of so much.
    clock : Clock
        Time after which the best bound so far is returned.

    References
    ----------
    Rendl, Rinaldi and Wiegele (2010), Solving max-cut to optimality by intersecting
    semidefinite and polyhedral relaxations, Mathematical Programming 121; smoothing as
    in Krislock, Malick and Roupin (2014), Improved semidefinite bounding procedure for
    solving max-cut problems to optimality, Mathematical Programming 143.
    """
    with one_thread():
        return _sharpened(_Multipliers(block), enough, clock)


def _sharpened(work: "_Multipliers", enough: int, clock: Clock) -> int:
    """Return the best bound met while the problem is sharpened step by step."""
    best, sharp, turns = 0, _BLUNT, 0
    while not clock.over and sharp > _SHARP:
        most = work.improve(sharp)
        best = max(best, work.bound())
        if best >= enough:
            break
        new = work.extend()
        turns += 1
        if new < _FEW or turns >= _TURNS:
            # The sharp problem attains less than the smoothed one. Where even that is not
            # enough, the bound still rises, until most of the way to it is done.
            short = enough - ceil(most - _SLACK)
            if new < _FEW and most - best < _NEAR * short:
                break
            sharp, turns = sharp * _SHARPER, 0
    return best


class _Multipliers:
    """Multipliers of the diagonal and of some triangle inequalities."""

    def __init__(self, block: Block) -> None:
        """Start at zero, without any inequality."""
        k = len(block.nodes)
        self.unit = float(block.cost.mean())
        self.base = float(block.cost.sum()) / self.unit / 2
        self.pull = np.zeros((k, k))
        i, j = block.ends.T
        weight = block.cost * block.sign / self.unit / 4
        self.pull[i, j] = self.pull[j, i] = -weight
        self.k = k
        self.triples = np.zeros((0, 4), dtype=np.int64)
        self.at = np.zeros(k)
        self.point = np.eye(k)

    def improve(self, sharp: float) -> float:
        """Climb on the smoothed problem; return what it attains, in units."""

        def valued(at: Floats) -> tuple[float, Floats]:
            return self._valued(at, sharp)

        self.at = lowered(valued, self.at, self.k, steps=_STEPS)
        value, _ = self._valued(self.at, sharp)
        return (self.base - value) * self.unit

    def bound(self) -> int:
        """Return the bound that the multipliers prove, in units."""
        low = float(np.linalg.eigvalsh(self._rest(self.at))[0])
        # The matrix sought has trace k, so that each unit of eigenvalue counts k times.
        value = self.base + self._stated(self.at) + self.k * low
        return ceil(value * self.unit - _SLACK * (1 + self.base * self.unit))

    def extend(self) -> int:
        """Drop idle inequalities and add violated ones; return how many are new."""
        kept = self.at[self.k :] > 0
        triples = self.triples[kept]
        known = {tuple(row) for row in triples.tolist()}
        found = violated(self.point, _TOLERANCE, _MOST_NEW).tolist()
        new = [row for row in found if tuple(row) not in known]
        rows = np.array(new, dtype=np.int64).reshape(-1, 4)
        self.triples = np.ascontiguousarray(np.concatenate([triples, rows]))
        weight = self.at[self.k :][kept]
        self.at = np.concatenate([self.at[: self.k], weight, np.zeros(len(new))])
        return len(new)

    def _stated(self, at: Floats) -> float:
        """Return what the right-hand sides add up to."""
        return float(at[: self.k].sum() - at[self.k :].sum())

    def _rest(self, at: Floats) -> NDArray[np.float64]:
        """Return the costs less what the multipliers take away."""
        rest = self.pull.copy()
        weighed_down(rest, self.triples, at[self.k :])
        rest[np.diag_indices(self.k)] -= at[: self.k]
        return rest

    def _valued(self, at: Floats, sharp: float) -> tuple[float, Floats]:
        """Return minus the smoothed value and its gradient."""
        level, basis = np.linalg.eigh(self._rest(at))
        count = int((level < 0).sum())
        level, basis = level[:count], basis[:, :count]
        self.point = (basis * (-level / sharp)) @ basis.T
        value = self._stated(at) - float(level @ level) / (2 * sharp)
        slope = np.concatenate(
            [np.diag(self.point) - 1.0, 1.0 + sums(self.point, self.triples)]
        )
        return -value, slope
