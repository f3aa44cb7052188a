"""Signed networks of the reference data folder, symmetrised by *drop*."""

import csv
import gzip

from cuibono.model.graph import SignedGraph, graph
from tests.reference import reference


def signed_network(name: str, *, where: dict[str, str] | None = None) -> SignedGraph:
    """Read a network; a pair is kept if all its statements agree on one sign.

    Only rows with the values in `where` are read.
    """
    path = reference("signed", name)
    wanted = (where or {}).items()
    stated: dict[tuple[str, str], set[int]] = {}
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, second = sorted((row["source"], row["target"]))
            if first != second and wanted <= row.items():
                stated.setdefault((first, second), set()).add(int(row["sign"]))
    return graph(
        [
            (a, b, next(iter(signs)))
            for (a, b), signs in sorted(stated.items())
            if signs in ({1}, {-1})
        ]
    )
