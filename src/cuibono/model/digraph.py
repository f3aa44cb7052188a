"""The signed digraph: directed effects between nodes, and who claims each of them."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Signs = NDArray[np.int8]
Positions = NDArray[np.intp]


def _frozen(array: NDArray[np.generic]) -> None:
    array.setflags(write=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SignedDigraph:
    """Directed effects between `n` nodes; edge k says that `tail[k]` acts on `head[k]`.

    An edge is unique per (tail, head, sign): a disputed pair has one edge of each
    sign, tied together by `disputed`. Self-limitation is no claim: nodes in
    `self_limited` get a negative self-effect as the tool's own assumption.

    Attributes
    ----------
    names : (n,) tuple of str
        Node ids, in order of position.
    tail, head : (m,) intp
        Position of the acting node and of the node acted on; in a community
        matrix the edge stands at ``a[head, tail]``.
    sign : (m,) int8
        1 raises, -1 lowers, 0 unknown sign.
    group : (m,) int64
        0 certain; above 0 an uncertain edge of that group (present or absent).
    pair : (m,) int64
        Uncertain edges that share a number above 0 are kept or dropped together;
        0 stands alone.
    disputed : (m,) int64
        Edges that share a number above 0 are the two signs of one disputed tie:
        exactly one of them is present in any one model; 0 is not disputed.
    self_limited : (n,) bool
        Nodes given a negative self-effect by assumption; False where the node
        has a self-edge of its own.
    claims : (m,) tuple of tuples of str
        Claim ids behind each edge; empty for a model that did not come from claims.
    """

    names: tuple[str, ...]
    tail: Positions
    head: Positions
    sign: Signs
    group: NDArray[np.int64]
    pair: NDArray[np.int64]
    disputed: NDArray[np.int64]
    self_limited: NDArray[np.bool_]
    claims: tuple[tuple[str, ...], ...] = field(default=())

    def __post_init__(self) -> None:
        """Freeze the arrays.

        Raises
        ------
        ValueError
            If the arrays do not have one entry for each edge or node.
        """
        m = len(self.sign)
        for name in ("tail", "head", "sign", "group", "pair", "disputed"):
            array = getattr(self, name)
            if array.shape != (m,):
                raise ValueError(f"{name} must have shape ({m},), got {array.shape}")
            _frozen(array)
        if self.self_limited.shape != (len(self.names),):
            raise ValueError("self_limited must have one entry for each node")
        _frozen(self.self_limited)
        if self.claims and len(self.claims) != m:
            raise ValueError(f"claims must have {m} entries, got {len(self.claims)}")

    @property
    def n(self) -> int:
        """Count of nodes."""
        return len(self.names)

    @property
    def m(self) -> int:
        """Count of edges, self-limitation apart."""
        return len(self.sign)

    def position(self, name: str) -> int:
        """Position of a node.

        Raises
        ------
        ValueError
            If there is no node of that name.
        """
        try:
            return self.names.index(name)
        except ValueError:
            raise ValueError(f"no node {name!r} in this model") from None

    def without_edges(self, drop: NDArray[np.bool_]) -> "SignedDigraph":
        """Return the same nodes with the edges under `drop` (m,) bool left out.

        A tie whose other sign is dropped is no longer disputed.
        """
        keep = np.flatnonzero(~drop)
        disputed = self.disputed[keep]
        ids, counts = np.unique(disputed, return_counts=True)
        lone = ids[counts == 1]
        return SignedDigraph(
            names=self.names,
            tail=self.tail[keep],
            head=self.head[keep],
            sign=self.sign[keep],
            group=self.group[keep],
            pair=self.pair[keep],
            disputed=np.where(np.isin(disputed, lone), 0, disputed),
            self_limited=self.self_limited.copy(),
            claims=tuple(self.claims[k] for k in keep) if self.claims else (),
        )

    def without_limits(self) -> "SignedDigraph":
        """Return the same nodes and edges, no node limiting itself by assumption."""
        return replace(self, self_limited=np.zeros(self.n, dtype=np.bool_))


def digraph(
    edges: "list[tuple[str, str, int]]",
    *,
    names: "tuple[str, ...] | None" = None,
    group: "list[int] | None" = None,
    pair: "list[int] | None" = None,
    claims: "tuple[tuple[str, ...], ...]" = (),
    self_limitation: bool = True,
) -> SignedDigraph:
    """Signed digraph from (tail, head, sign) triples of names.

    Nodes are in order of first mention unless `names` gives them. With
    `self_limitation` every node without a self-edge is self-limited by assumption.
    Both signs on one ordered pair make the tie disputed.

    Raises
    ------
    ValueError
        If a sign is not 1, -1 or 0, or the same (tail, head, sign) comes twice.

    Examples
    --------
    >>> pair = digraph([("Arda", "Brun", 1), ("Brun", "Arda", -1)])
    >>> pair.names, pair.sign.tolist()
    (('Arda', 'Brun'), [1, -1])
    """
    if names is None:
        names = tuple(dict.fromkeys(name for t, h, _ in edges for name in (t, h)))
    at = {name: i for i, name in enumerate(names)}
    seen: dict[tuple[str, str], list[int]] = {}
    for k, (tail, head, sign) in enumerate(edges):
        if sign not in (-1, 0, 1):
            raise ValueError(f"sign must be 1, -1 or 0, got {sign}")
        seen.setdefault((tail, head), []).append(k)
    disputed = np.zeros(len(edges), dtype=np.int64)
    number = 0
    for members in seen.values():
        signs = [edges[k][2] for k in members]
        if len(set(signs)) != len(signs):
            tail, head, _ = edges[members[0]]
            raise ValueError(f"edge {tail} -> {head} is given twice")
        if len(members) > 1:
            number += 1
            disputed[members] = number
    own = {tail for tail, head, _ in edges if tail == head}
    return SignedDigraph(
        names=names,
        tail=np.array([at[t] for t, _, _ in edges], dtype=np.intp),
        head=np.array([at[h] for _, h, _ in edges], dtype=np.intp),
        sign=np.array([s for _, _, s in edges], dtype=np.int8),
        group=np.array(group or [0] * len(edges), dtype=np.int64),
        pair=np.array(pair or [0] * len(edges), dtype=np.int64),
        disputed=disputed,
        self_limited=np.array([self_limitation and x not in own for x in names]),
        claims=claims,
    )
