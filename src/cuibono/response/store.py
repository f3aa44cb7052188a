"""Cells that were drawn once are not drawn again, in whatever model they stand."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from cuibono.response.cells import Cell
from cuibono.response.priors import Prior
from cuibono.response.rules import Rule
from cuibono.response.samples import Drawn, pattern

Key = tuple[object, ...]


def cell_key(cell: Cell) -> bytes:
    """Bytes that tell patterns of cells apart, wherever in a model they stand."""
    arrays = [
        part for part in pattern(cell, Rule.QPRESS) if isinstance(part, np.ndarray)
    ]
    sizes = (len(cell.units), len(cell.nodes), int(cell.reinforcing))
    lengths = np.array([*sizes, *(len(part) for part in arrays)], dtype=np.int64)
    return lengths.tobytes() + b"".join(part.tobytes() for part in arrays)


def cell_generator(entropy: int, cell: Cell) -> np.random.Generator:
    """Generator that belongs to a pattern: equal cells are drawn alike in all models."""
    return np.random.default_rng([entropy, zlib.crc32(cell_key(cell))])


@dataclass(slots=True)
class CellStore:
    """What was drawn for each pattern, prior and length; shared by several models."""

    held: dict[Key, Drawn] = field(default_factory=dict)

    def drawn(
        self, cell: Cell, prior: Prior, told: Key, make: Callable[[], Drawn]
    ) -> Drawn:
        """What a cell yields, made if it is new; `told` is whatever else decides it."""
        key = (cell_key(cell), prior, told)
        if key not in self.held:
            self.held[key] = make()
        found = self.held[key]
        nodes = tuple(sorted(cell.nodes.tolist()))
        return replace(
            found, report=replace(found.report, nodes=nodes, joint=cell.joint)
        )
