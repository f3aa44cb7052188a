"""One thread for matrix work: on small matrices more threads cost time."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np

_GET = ("scipy_openblas_get_num_threads64_", "openblas_get_num_threads")
_SET = ("scipy_openblas_set_num_threads64_", "openblas_set_num_threads")


@contextmanager
def one_thread() -> Iterator[None]:
    """Let numpy's linear algebra use one thread for a while.

    Where numpy was built with something else than its usual OpenBLAS, nothing changes.
    """
    library = _openblas()
    if library is None:
        yield
        return
    before = int(_first(library, _GET)())
    _first(library, _SET)(1)
    try:
        yield
    finally:
        _first(library, _SET)(before)


@cache
def _openblas() -> ctypes.CDLL | None:
    """Return the OpenBLAS that came with numpy, if it did."""
    home = Path(np.__file__).parent
    for folder in (home.parent / "numpy.libs", home / ".dylibs"):
        for path in sorted(folder.glob("*openblas*")):
            library = ctypes.CDLL(str(path))
            if any(hasattr(library, n) for n in _GET) and any(
                hasattr(library, n) for n in _SET
            ):
                return library
    return None


def _first(library: ctypes.CDLL, names: tuple[str, ...]) -> "ctypes._NamedFuncPointer":
    """Return the first of these functions that the library has."""
    name = next(name for name in names if hasattr(library, name))
    function: ctypes._NamedFuncPointer = getattr(library, name)
    return function
