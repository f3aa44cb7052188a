"""The signed graph: undirected ties between actors, and who claims each of them."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SignedGraph:
    """Undirected signed ties between `n` actors; one entry per unordered pair.

    Attributes
    ----------
    names : (n,) tuple of str
        Actor ids, in order of position.
    ends : (m, 2) intp
        Positions of the two ends, the lower first; sorted, no pair twice, no loops.
    sign : (m,) int8
        1 friendly, -1 hostile, 0 disputed (claimed with both signs).
    weight : (m,) float64
        Cost of a frustrated tie; 1 unless stated.
    claims : (m,) tuple of tuples of str
        Claim ids behind each tie; empty for a network that did not come from claims.
    """

    names: tuple[str, ...]
    ends: NDArray[np.intp]
    sign: NDArray[np.int8]
    weight: NDArray[np.float64]
    claims: tuple[tuple[str, ...], ...] = field(default=())

    def __post_init__(self) -> None:
        """Freeze the arrays.

        Raises
        ------
        ValueError
            If an array does not have one entry for each tie.
        """
        m = len(self.sign)
        if self.ends.shape != (m, 2):
            raise ValueError(f"ends must have shape ({m}, 2), got {self.ends.shape}")
        if self.weight.shape != (m,):
            raise ValueError(f"weight must have shape ({m},), got {self.weight.shape}")
        if m and not bool(np.all(self.ends[:, 0] < self.ends[:, 1])):
            raise ValueError("each tie must have its lower end first, and no loops")
        for array in (self.ends, self.sign, self.weight):
            array.setflags(write=False)
        if self.claims and len(self.claims) != m:
            raise ValueError(f"claims must have {m} entries, got {len(self.claims)}")

    @property
    def n(self) -> int:
        """Count of actors."""
        return len(self.names)

    @property
    def m(self) -> int:
        """Count of ties."""
        return len(self.sign)

    def with_sign(self, sign: NDArray[np.int8]) -> "SignedGraph":
        """Return the same ties under other signs (m,) int8."""
        return SignedGraph(
            names=self.names,
            ends=self.ends.copy(),
            sign=sign.astype(np.int8),
            weight=self.weight.copy(),
            claims=self.claims,
        )


def graph(
    ties: "list[tuple[str, str, int]]",
    *,
    names: "tuple[str, ...] | None" = None,
    weights: "list[float] | None" = None,
    claims: "tuple[tuple[str, ...], ...]" = (),
) -> SignedGraph:
    """Signed graph from (actor, actor, sign) triples of names.

    Raises
    ------
    ValueError
        If a pair comes twice, a tie is a loop, or a sign is not 1, -1 or 0.

    Examples
    --------
    >>> trio = graph([("Arda", "Brun", 1), ("Brun", "Cor", -1)])
    >>> trio.n, trio.m
    (3, 2)
    """
    if names is None:
        names = tuple(dict.fromkeys(x for a, b, _ in ties for x in (a, b)))
    at = {name: i for i, name in enumerate(names)}
    rows: dict[tuple[int, int], int] = {}
    for k, (a, b, sign) in enumerate(ties):
        if sign not in (-1, 0, 1):
            raise ValueError(f"sign must be 1, -1 or 0, got {sign}")
        i, j = sorted((at[a], at[b]))
        if i == j:
            raise ValueError(f"tie from {a} to itself")
        if (i, j) in rows:
            raise ValueError(f"tie {a} - {b} is given twice")
        rows[i, j] = k
    order = sorted(rows)
    kept = [rows[pair] for pair in order]
    return SignedGraph(
        names=names,
        ends=np.array(order, dtype=np.intp).reshape(-1, 2),
        sign=np.array([ties[k][2] for k in kept], dtype=np.int8),
        weight=np.array([weights[k] if weights else 1.0 for k in kept], dtype=float),
        claims=tuple(claims[k] for k in kept) if claims else (),
    )
