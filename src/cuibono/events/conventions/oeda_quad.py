"""OEDA's quad classes (Phoenix): roots 01 and 02 are neutral, 09 and 16 verbal conflict."""

from collections.abc import Mapping
from typing import Final

from cuibono.events.codes.read import code_table
from cuibono.events.conventions.records import Convention, Signed

_CLASS: Final[Mapping[int, tuple[str, ...]]] = {
    0: ("01", "02"),
    1: ("03", "04", "05"),
    2: ("06", "07", "08"),
    3: ("09", "10", "11", "12", "13", "16"),
    4: ("14", "15", "17", "18", "19", "20"),
}
_QUAD: Final = {root: quad for quad, roots in _CLASS.items() for root in roots}
_SIGN: Final = {0: 0, 1: 1, 2: 1, 3: -1, 4: -1}


def _table(scheme: str) -> Mapping[str, Signed]:
    """Sign and quad of every code."""
    return {
        code.code: Signed(sign=_SIGN[_QUAD[code.root]], quad=_QUAD[code.root])
        for code in code_table(scheme).values()
    }


CONVENTION = Convention(
    name="oeda-quad",
    title="Open Event Data Alliance quad classes",
    source="the Phoenix pipeline of the Open Event Data Alliance",
    schemes=("cameo",),
    of=_table,
)
