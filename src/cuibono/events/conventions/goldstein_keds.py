"""Sign in the CAMEO scale of the KEDS project, in which five codes mean something else."""

from collections.abc import Mapping

from cuibono.events.codes.read import code_table
from cuibono.events.conventions.records import Convention, Signed, sign_of


def _table(scheme: str) -> Mapping[str, Signed]:
    """Sign and score of every code of that scale."""
    return {
        code.code: Signed(sign=sign_of(code.keds_tenths), tenths=code.keds_tenths)
        for code in code_table(scheme).values()
        if code.keds_tenths is not None
    }


CONVENTION = Convention(
    name="goldstein-keds",
    title="Sign of the KEDS scale for CAMEO",
    source="CAMEO scale v0.5B1 of the KEDS project; for KEDS files, whose codes "
    "016, 124, 163, 164 and 166 differ from those of ICEWS",
    schemes=("cameo",),
    of=_table,
)
