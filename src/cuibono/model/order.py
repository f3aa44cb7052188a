"""An order of nodes that does not depend on their names, so that renaming changes none.

Draws are made edge by edge; were edges in order of name, another name would mean other
draws. Nodes are told apart by what is claimed of them (where in which text, with which
sign) and by their neighbours, refined until nothing changes. Nodes that stay alike are
in order of name: only such twins could trade places under new names.
"""

from collections.abc import Hashable, Mapping, Sequence

Row = tuple[str, str, int]


def canonical_order(
    rows: Sequence[Row], marks: Mapping[Row, Hashable]
) -> tuple[str, ...]:
    """Nodes of signed edges (tail, head, sign), in an order that ignores their names.

    Parameters
    ----------
    rows : sequence of (tail, head, sign)
        Edges, each once.
    marks : mapping of row to anything sortable
        What tells an edge apart apart from its ends; names no node.

    Examples
    --------
    >>> rows = [("b", "a", 1), ("b", "c", -1)]
    >>> canonical_order(rows, {row: 0 for row in rows})
    ('b', 'c', 'a')
    """
    names = sorted({name for tail, head, _ in rows for name in (tail, head)})
    colour = dict.fromkeys(names, 0)
    seen = 1
    while True:
        keys = {name: _key(name, rows, marks, colour) for name in names}
        ranks = {key: rank for rank, key in enumerate(sorted(set(keys.values())))}
        colour = {name: ranks[keys[name]] for name in names}
        if len(ranks) == seen:
            break
        seen = len(ranks)
    return tuple(sorted(names, key=lambda name: (colour[name], name)))


def _key(
    name: str,
    rows: Sequence[Row],
    marks: Mapping[Row, Hashable],
    colour: Mapping[str, int],
) -> str:
    """What is known of a node: its colour, its edges, the colours at their far ends."""
    out = sorted(
        repr((row[2], marks[row], row[1] == name, colour[row[1]]))
        for row in rows
        if row[0] == name
    )
    into = sorted(
        repr((row[2], marks[row], row[0] == name, colour[row[0]]))
        for row in rows
        if row[1] == name
    )
    # Colours are padded so that their text sorts as their numbers do.
    return repr((f"{colour[name]:06d}", out, into))
