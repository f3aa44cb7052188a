"""Compiling ahead."""

from cuibono.response.kernels.batches import count_batch
from cuibono.response.kernels.bounded import run_phase
from cuibono.response.kernels.chain import walk
from cuibono.response.kernels.sampling import reject
from cuibono.response.kernels.solving import flow, solve_many, stable_many
from cuibono.response.warm import warm


def test_warming_compiles_every_kernel_that_is_called_from_python() -> None:
    warm()
    for kernel in (walk, reject, flow, solve_many, stable_many, run_phase, count_batch):
        assert len(kernel.signatures) >= 1


def test_ensembles_of_any_kind_use_one_compiled_form() -> None:
    """A second form would cost seconds in the middle of a question."""
    warm()
    for kernel in (solve_many, stable_many, run_phase, count_batch):
        assert len(kernel.signatures) == 1
