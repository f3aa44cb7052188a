"""GDELT's quad classes: roots 01-05 and 06-09 cooperate, 10-14 and 15-20 conflict."""

from collections.abc import Mapping

from cuibono.events.codes.read import code_table
from cuibono.events.conventions.records import Convention, Signed


def quad_class(root: str) -> int:
    """Quad class 1 to 4 of a CAMEO root, as in GDELT's rows.

    Examples
    --------
    >>> quad_class("09"), quad_class("16")
    (2, 4)
    """
    number = int(root)
    return 1 + sum(number > last for last in (5, 9, 14))


def _table(scheme: str) -> Mapping[str, Signed]:
    """Sign and quad of every code; no code is neutral."""
    return {
        code.code: Signed(
            sign=1 if quad_class(code.root) < 3 else -1, quad=quad_class(code.root)
        )
        for code in code_table(scheme).values()
    }


CONVENTION = Convention(
    name="gdelt-quad",
    title="GDELT quad classes",
    source="the QuadClass column of GDELT's event files; ICEWS users take the same",
    schemes=("cameo",),
    of=_table,
)
