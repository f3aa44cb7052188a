"""ACLED's event types: violence and protest conflict, agreements cooperate."""

from collections.abc import Mapping

from cuibono.events.conventions.records import Convention, Signed


def _table(_scheme: str) -> Mapping[str, Signed]:
    """Sign and quad of event types, and of the sub-types that differ."""
    return {
        "Battles": Signed(sign=-1, quad=4),
        "Explosions/Remote violence": Signed(sign=-1, quad=4),
        "Violence against civilians": Signed(sign=-1, quad=4),
        "Riots": Signed(sign=-1, quad=4),
        "Protests": Signed(sign=-1, quad=3),
        "Strategic developments": Signed(sign=0, quad=0),
        "Strategic developments/Agreement": Signed(sign=1, quad=2),
    }


CONVENTION = Convention(
    name="acled",
    title="ACLED event types",
    source="event types of the ACLED codebook; the order of its actors implies no "
    "direction, and other strategic developments count as neutral",
    schemes=("acled",),
    of=_table,
)
