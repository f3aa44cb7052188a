"""Sign conventions: how an event code becomes a sign. One module each, listed here."""

from types import MappingProxyType
from typing import Final

from cuibono.events.conventions import (
    acled,
    gdelt_quad,
    goldstein,
    goldstein_keds,
    oeda_quad,
    plover,
    ucdp,
)
from cuibono.events.conventions.records import Convention

CONVENTIONS: Final[MappingProxyType[str, Convention]] = MappingProxyType(
    {
        convention.name: convention
        for convention in (
            gdelt_quad.CONVENTION,
            oeda_quad.CONVENTION,
            goldstein.CONVENTION,
            goldstein_keds.CONVENTION,
            plover.CONVENTION,
            acled.CONVENTION,
            ucdp.CONVENTION,
        )
    }
)
"""Name to convention."""
