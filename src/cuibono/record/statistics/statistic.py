"""What a statistic is: a name, a sentence, a source and a function of cells."""

from collections.abc import Callable
from dataclasses import dataclass

from cuibono.record.cells import Cells
from cuibono.record.events import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One number per dyad and moment, from the events before it.

    Attributes
    ----------
    name : str
        Column name.
    says : str
        The sentence that help texts and reports print.
    source : str
        Key in docs/references.bib.
    cells : tuple of str
        Cells that `value` reads.
    value : callable
        Cells -> (r,) float64.
    logged : bool
        Whether models take log(1 + value): sums and counts, not shares.
    """

    name: str
    says: str
    source: str
    cells: tuple[str, ...]
    value: Callable[[Cells], Floats]
    logged: bool = True


def of_cell(name: str, says: str, source: str = "brandes2009") -> Statistic:
    """Statistic that is one cell of the pass as it stands."""
    return Statistic(
        name=name,
        says=says,
        source=source,
        cells=(name,),
        value=lambda cells: cells[name],
    )
