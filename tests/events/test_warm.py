"""Set-up compiles what the first import needs."""

from typing import Any

from cuibono.events.importers.intake import kernels as of_intake
from cuibono.events.store import kernels as of_store
from cuibono.events.warm import warm


def test_warming_compiles_every_kernel_that_is_called_from_python() -> None:
    """Those that only kernels call are compiled with these."""
    called: list[Any] = [
        of_intake.split_lines,
        of_intake.distinct_texts,
        of_intake.laid_out,
        of_intake.laid_anew,
        of_intake.gathered,
        of_store.by_year,
        of_store.numbered,
        of_store.listed,
        of_store.stirred_in,
        of_store.settled,
    ]
    warm()
    assert [kernel for kernel in called if not kernel.signatures] == []
