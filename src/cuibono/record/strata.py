"""Strata of events and controls: their likelihood, and errors by cluster."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.record.events import Floats, Ints
from cuibono.record.kernels.likelihood import strata_products, strata_sums
from cuibono.record.newton import Derived, maximum
from cuibono.record.pairs import numbered_pairs

Flags = NDArray[np.bool_]

SPARSE = 16
"""Of many strata one in so many is fitted first: a start near the estimate of all."""
MANY_STRATA = 20_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Strata:
    """Cases, and controls with any term above zero; of the others only their sum.

    Attributes
    ----------
    x : (r, p) float64
        Terms of the rows that are kept.
    case : (r,) bool
        Whether the row is an event.
    offset : (r,) float64
        Added to the linear predictor.
    begin : (s + 1,) int64
        Where each stratum starts.
    rest : (s,) float64
        What the controls left out add to each denominator: their exp(offset).
    scale : (p,) float64
        Standard deviation of each term over all rows.
    live_controls : float
        Share of the controls that are kept.
    """

    x: Floats
    case: Flags
    offset: Floats
    begin: Ints
    rest: Floats
    scale: Floats
    live_controls: float

    @classmethod
    def of(cls, x: Floats, case: Flags, begin: Ints, offset: Floats) -> "Strata":
        """Leave out the controls whose terms are all zero."""
        used = case | x.any(axis=1)
        left = np.where(used, 0.0, np.exp(offset))
        kept = np.add.reduceat(used.astype(np.int64), begin[:-1])
        some = np.ascontiguousarray(x[used])
        # Of all rows, those left out included: their terms are 0.
        middle = some.sum(axis=0) / len(x)
        square = np.einsum("ij,ij->j", some, some) / len(x)
        cases = int(case.sum())
        controls = len(x) - cases
        return cls(
            x=some,
            case=case[used],
            offset=offset[used],
            begin=np.r_[0, np.cumsum(kept)].astype(np.int64),
            rest=np.add.reduceat(left, begin[:-1]),
            scale=np.sqrt(np.maximum(square - middle**2, 0.0)),
            live_controls=(len(some) - cases) / controls if controls else 1.0,
        )

    def sparse(self, step: int) -> "Strata":
        """Return one stratum in `step`."""
        sizes = np.diff(self.begin)
        chosen = np.arange(len(sizes)) % step == 0
        used = np.repeat(chosen, sizes)
        return Strata(
            x=self.x[used],
            case=self.case[used],
            offset=self.offset[used],
            begin=np.r_[0, np.cumsum(sizes[chosen])].astype(np.int64),
            rest=self.rest[chosen],
            scale=self.scale,
            live_controls=self.live_controls,
        )

    def sums(self, beta: Floats, ties: int, penalty: Floats) -> Derived:
        """Penalised log-likelihood with gradient and negative second derivatives."""
        p = len(beta)
        grad, curve = np.empty(p), np.empty((p, p))
        value = strata_sums(
            self.x, self.case, self.begin, self.offset, self.rest, beta, ties,
            np.empty(len(self.x)), grad, curve,
        )  # fmt: skip
        value -= float(penalty @ beta**2) / 2
        return value, grad - penalty * beta, curve + np.diag(penalty)

    def near_maximum(self, ties: int, penalty: Floats) -> Floats | None:
        """Estimate from one stratum in `SPARSE`; nothing where there are few.

        Where events are told from controls almost perfectly, Newton's method takes
        many steps from 0, and few from here.
        """
        if len(self.begin) <= MANY_STRATA:
            return None
        some = self.sparse(SPARSE)
        found = maximum(
            lambda beta: some.sums(beta, ties, penalty / SPARSE), np.zeros(len(penalty))
        )
        return found.coefficient if found.converged else None


def levelled(offset: Floats, begin: Ints) -> Floats:
    """Offsets less the largest of their stratum, which cancels."""
    top = np.maximum.reduceat(offset, begin[:-1])
    return np.asarray(offset - np.repeat(top, np.diff(begin)), np.float64)


def strata_errors(
    strata: tuple[Floats, Flags, Ints, Floats, Floats, int],
    bread: Floats,
    source: Ints,
    target: Ints,
) -> tuple[Floats, Floats]:
    """Standard errors as of `fit.robust_errors`, without an array of all scores."""
    p = len(bread)
    n = int(max(source.max(initial=0), target.max(initial=0))) + 1
    pair, pairs = numbered_pairs(n, source, target)
    several = np.bincount(pair, minlength=pairs) > 1
    row = np.where(several, np.cumsum(several) - 1, -1).astype(np.int32)
    many = int(several.sum())
    alone = np.zeros((p, p))
    by_pair, by_way = np.zeros((many, p)), np.zeros((2 * many, p))
    by_source, by_target = np.zeros((n, p)), np.zeros((n, p))
    strata_products(
        *strata, source, target, row[pair], alone, by_pair, by_way, by_source, by_target
    )
    dyad = alone + _squares(by_pair)
    two = _squares(by_source) + _squares(by_target) - alone - _squares(by_way)
    # The difference can fall below zero where dependence is negative.
    found = [np.maximum(np.diag(bread @ meat @ bread), 0.0) for meat in (dyad, two)]
    return np.sqrt(found[0]), np.sqrt(found[1])


def _squares(sums: Floats) -> Floats:
    """Sum of the outer products of the rows, in the same order on any machine."""
    return np.asarray(np.einsum("ij,ik->jk", sums, sums), np.float64)
