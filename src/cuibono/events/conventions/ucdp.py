"""UCDP's types of violence: every event conflicts."""

from collections.abc import Mapping

from cuibono.events.conventions.records import Convention, Signed


def _table(_scheme: str) -> Mapping[str, Signed]:
    """State-based, non-state and one-sided violence."""
    return {kind: Signed(sign=-1, quad=4) for kind in ("1", "2", "3")}


CONVENTION = Convention(
    name="ucdp",
    title="UCDP types of violence",
    source="UCDP GED codebook: 1 state-based, 2 non-state, 3 one-sided; peace and "
    "cooperation are not in these data at all",
    schemes=("ucdp",),
    of=_table,
)
