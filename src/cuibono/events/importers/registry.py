"""Every importer, and which of them fits a file."""

from typing import Final

from cuibono.claims.names import nearest
from cuibono.errors import UsageError
from cuibono.events.importers.acled import ACLED
from cuibono.events.importers.gdelt import GDELT1, GDELT2
from cuibono.events.importers.icews import ICEWS
from cuibono.events.importers.intake.sample import Sample
from cuibono.events.importers.keds import KEDS_CAMEO, KEDS_WEIS
from cuibono.events.importers.phoenix import PHOENIX
from cuibono.events.importers.polecat import POLECAT
from cuibono.events.importers.records import Asked, Importer, Layout
from cuibono.events.importers.tkg import TKG, TKG_IDS
from cuibono.events.importers.ucdp import UCDP

IMPORTERS: Final[tuple[Importer, ...]] = (
    ICEWS,
    GDELT2,
    GDELT1,
    POLECAT,
    ACLED,
    UCDP,
    PHOENIX,
    KEDS_WEIS,
    KEDS_CAMEO,
    TKG,
    TKG_IDS,
)
"""The first that recognises a file reads it."""


def by_name(name: str) -> Importer:
    """Importer of a format.

    Raises
    ------
    UsageError
        If there is none of that name.
    """
    known = {importer.name: importer for importer in IMPORTERS}
    if name not in known:
        hint = nearest(name, known) or f"known: {', '.join(known)}"
        raise UsageError(f'no format "{name}"; {hint}')
    return known[name]


def recognised(
    sample: Sample, asked: Asked, forced: str = ""
) -> tuple[Importer, Layout]:
    """Importer and layout of a file.

    Raises
    ------
    UsageError
        If no importer, or not the forced one, fits.
    """
    tried = (by_name(forced),) if forced else IMPORTERS
    for importer in tried:
        layout = importer.seen(sample, asked)
        if layout is not None:
            return importer, layout
    first = sample.rows[0]
    told = " | ".join(field[:20] for field in first[:6])
    told = "".join(mark if mark.isprintable() else "?" for mark in told)
    expected = (
        tried[0].says
        if forced
        else "one of " + ", ".join(importer.name for importer in IMPORTERS)
    )
    raise UsageError(
        f"{sample.name}: found {len(first)} fields in the first row ({told}), "
        f"expected {expected}"
    )
