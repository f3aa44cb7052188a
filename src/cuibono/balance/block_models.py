"""Which kind of groups tells the signs in the fewest bits: balanced ones, or any."""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from cuibono.balance.frustration import frustration
from cuibono.balance.kernels.codes import BALANCED, FREE, coded
from cuibono.balance.kernels.walks import rows_of
from cuibono.model.graph import SignedGraph

_SWEEPS = 120


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BlockModel:
    """Groups of one kind, and the bits that they need.

    Attributes
    ----------
    name : str
        ``none`` (one group), ``free``, ``strong`` or ``weak``.
    bits : float
        Length of the description; the least found.
    groups : (n,) intp
        Group of each actor, numbered from 0 in order of first member.
    """

    name: str
    bits: float
    groups: NDArray[np.intp]

    def __post_init__(self) -> None:
        """Freeze the array."""
        self.groups.setflags(write=False)

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(np.unique(self.groups))


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockModels:
    """The models, that of the fewest bits first; none with more groups than actors."""

    models: tuple[BlockModel, ...]

    @property
    def best(self) -> BlockModel:
        """The model of the fewest bits."""
        return self.models[0]

    @property
    def ahead(self) -> float:
        """By how many bits it is ahead of the next; each bit doubles the odds."""
        return self.models[1].bits - self.models[0].bits if self.models[1:] else inf

    def __getitem__(self, name: str) -> BlockModel:
        """Return a model by name.

        Raises
        ------
        KeyError
            If there is none of that name.
        """
        for model in self.models:
            if model.name == name:
                return model
        raise KeyError(name)


def block_models(
    g: SignedGraph,
    *,
    rng: np.random.Generator,
    most_groups: int = 6,
    restarts: int = 6,
) -> BlockModels:
    r"""Return four ways to tell the signs by groups, and the bits that each needs.

    Who is tied to whom is given; weights are left aside. Signs are independent given the
    groups: a tie between groups c and d is positive with chance q_cd. A model needs

    .. math:: \sum_B H(m^+_B, m^-_B) + \frac{p}{2} \log_2 m
              + \log_2 n + \log_2 \binom{n-1}{k-1} + \log_2 \frac{n!}{\prod_r n_r!}

    bits for n actors in k groups of sizes n_r and m ties: the signs under the likeliest
    chances, with H(a, b) = -a log2(a/(a+b)) - b log2(b/(a+b)) over its p sets B of ties
    that share a chance; these p chances, each as exactly as m ties can tell it (BIC);
    and the groups (how many, how large, who).

    - ``none``: one group, p = 1.
    - ``free``: two groups or more, a chance for each pair of them, p = k (k + 1) / 2.
    - ``strong``: two groups, one chance of at least a half within and one of at most a
      half between, p = 2.
    - ``weak``: the same with three groups or more.

    The balanced kinds are special cases of ``free`` that save chances: they win where
    the groups explain the signs, and explain them in the way of the theory.

    Parameters
    ----------
    g : SignedGraph
        Ties between actors; disputed ones (sign 0) are left out.
    rng : numpy.random.Generator
        For the restarts of the search.
    most_groups : int
        At most so many groups, 3 or more.
    restarts : int
        Annealings for each number of groups.

    Raises
    ------
    ValueError
        If `most_groups` is below 3.

    References
    ----------
    The comparison is that of Gallo, Garlaschelli and Squartini (2024), arXiv
    2404.15914; the formula is derived here. Groups as Peixoto (2017), Nonparametric
    Bayesian inference of the microcanonical stochastic block model, Physical Review E
    95. Schwarz (1978), Estimating the dimension of a model, Annals of Statistics 6.
    """
    if most_groups < 3:
        raise ValueError(f"most_groups must be at least 3, got {most_groups}")
    search = _Search(g, rng, restarts)
    sides = (frustration(g, most_nodes=0).partition < 0).astype(np.int64)
    models = [
        search.best("none", FREE, 1, 1, sides),
        search.best("free", FREE, 2, most_groups, sides),
        search.best("strong", BALANCED, 2, 2, sides),
        search.best("weak", BALANCED, 3, most_groups, sides),
    ]
    found = [model for model in models if model.count <= g.n]
    return BlockModels(models=tuple(sorted(found, key=lambda model: model.bits)))


class _Search:
    """Looks for groups of few bits, over the stated ties of one graph."""

    def __init__(self, g: SignedGraph, rng: np.random.Generator, restarts: int) -> None:
        """Keep the ties in the kernel's types."""
        stated = g.sign != 0
        self._n, self._rng, self._restarts = g.n, rng, restarts
        self._ends = np.ascontiguousarray(g.ends[stated], dtype=np.int64)
        self._sign = np.ascontiguousarray(g.sign[stated])
        self._rows = rows_of(g.n, self._ends)
        self._state = np.array([rng.integers(2**32)], dtype=np.uint64)

    def best(
        self, name: str, kind: int, least: int, most: int, sides: NDArray[np.int64]
    ) -> BlockModel:
        """Return the best found of a kind with `least` to `most` groups.

        Not all numbers of groups suit one start: each is tried, from `sides` (n,) and
        from random groups.
        """
        bits, groups = inf, np.arange(least)
        for count in range(least, min(most, self._n) + 1):
            for turn in range(self._restarts if most > 1 else 1):
                label = self._rng.permutation(np.arange(self._n) % count)
                if not turn:
                    label = _split(np.minimum(sides, count - 1), count, self._rng)
                sweeps = _SWEEPS if turn else 0
                found = coded(
                    *self._rows,
                    self._ends,
                    self._sign,
                    label,
                    least,
                    count,
                    kind,
                    sweeps,
                    self._state,
                )
                if found < bits:
                    bits, groups = found, label
        return BlockModel(name=name, bits=bits, groups=_renumbered(groups))


def _split(
    label: NDArray[np.int64], count: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return groups (n,) of which single actors are put apart until there are `count`."""
    label = np.unique(label, return_inverse=True)[1].astype(np.int64)
    while (groups := int(label.max(initial=-1)) + 1) < count:
        largest = int(np.bincount(label).argmax())
        label[rng.choice(np.flatnonzero(label == largest))] = groups
    return label


def _renumbered(label: NDArray[np.int64]) -> NDArray[np.intp]:
    """Number the groups from 0 in order of their first member."""
    number = {old: new for new, old in enumerate(dict.fromkeys(label.tolist()))}
    return np.array([number[old] for old in label.tolist()], dtype=np.intp)
