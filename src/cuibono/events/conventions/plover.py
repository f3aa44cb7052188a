"""PLOVER's categories; CAMEO roots 01 and 02 have none and count as neutral."""

from collections.abc import Mapping
from typing import Final

from cuibono.events.codes.read import Code, code_table
from cuibono.events.conventions.records import Convention, Signed

NEUTRAL = Signed(sign=0, quad=0)
_NO_CATEGORY: Final = ("01", "02")


def _table(scheme: str) -> Mapping[str, Signed]:
    """Sign and quad of every code that PLOVER has a category for."""
    events = code_table("plover")
    return {
        code.code: _signed(events[code.plover]) if code.plover else NEUTRAL
        for code in code_table(scheme).values()
        if code.plover or code.root in _NO_CATEGORY
    }


def _signed(event: Code) -> Signed:
    """Sign and quad of a PLOVER event."""
    return Signed(sign=1 if (event.quad or 0) < 3 else -1, quad=event.quad)


CONVENTION = Convention(
    name="plover",
    title="PLOVER quad classes",
    source="PLOVER manual and CAMEO2PLOVER-2021; sanctions are put under verbal "
    "conflict, as in the manual's quad table (another of its tables says material; "
    "the sign is the same)",
    schemes=("cameo", "plover"),
    of=_table,
)
