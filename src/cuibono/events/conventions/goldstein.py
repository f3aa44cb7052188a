"""Sign of the Goldstein value: as ICEWS prints it (CAMEO), of 1992 itself (WEIS)."""

from collections.abc import Mapping

from cuibono.events.codes.read import code_table
from cuibono.events.conventions.records import Convention, Signed, sign_of


def _table(scheme: str) -> Mapping[str, Signed]:
    """Sign and score of every code that has a value; 0 is neutral."""
    return {
        code.code: Signed(sign=sign_of(code.tenths), tenths=code.tenths)
        for code in code_table(scheme).values()
        if code.tenths is not None
    }


CONVENTION = Convention(
    name="goldstein",
    title="Sign of the Goldstein value",
    source="Goldstein (1992) for WEIS; its extension to CAMEO as ICEWS prints it",
    schemes=("cameo", "weis"),
    of=_table,
)
