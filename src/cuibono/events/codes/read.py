"""Code tables: every code of a scheme with its root, label and scale values.

Sources. CAMEO roots, labels and Goldstein values as ICEWS prints them: the code table
of the R package `icews` (A. Beger, MIT), confirmed by 325,691 rows of ICEWS; where
GDELT differs (016, 022): its own rows. KEDS scale: CAMEO scale v0.5B1 of the KEDS
project. CAMEO to PLOVER: CAMEO2PLOVER-2021 of the Open Event Data Alliance. PLOVER
quads and scores: the PLOVER manual (the printed value of ACCUSE is left out: its sign
contradicts those of its own modes). WEIS: Goldstein (1992), J. Conflict Resolution 36.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

CAMEO_ROOTS: Final = tuple(f"{root:02d}" for root in range(1, 21))
"""Roots of CAMEO; 21 and 22 exist in WEIS only."""

WEIS_ONLY_ROOTS: Final = ("21", "22")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of a scheme.

    Attributes
    ----------
    code, root, label : str
        As text, leading zeros kept.
    tenths : int or None
        Goldstein value times ten.
    keds_tenths, gdelt_tenths : int or None
        The same in the KEDS scale v0.5B1 and in GDELT's rows (CAMEO only).
    plover : str
        PLOVER event, or empty.
    quad : int or None
        PLOVER quad class (PLOVER only).
    """

    code: str
    root: str
    label: str = ""
    tenths: int | None = None
    keds_tenths: int | None = None
    gdelt_tenths: int | None = None
    plover: str = ""
    quad: int | None = None


@cache
def code_table(scheme: str) -> MappingProxyType[str, Code]:
    """Codes of `cameo`, `weis` or `plover` by code; PLOVER modes as `EVENT/mode`.

    Raises
    ------
    ValueError
        If the scheme has no table.

    Examples
    --------
    >>> code_table("cameo")["190"].tenths
    -100
    >>> code_table("weis")["210"].root
    '21'
    """
    readers = {"cameo": _cameo, "weis": _weis, "plover": _plover}
    if scheme not in readers:
        raise ValueError(f"scheme must be one of {', '.join(readers)}, got {scheme!r}")
    return MappingProxyType({code.code: code for code in readers[scheme]()})


@cache
def codes_by_label() -> MappingProxyType[str, tuple[str, ...]]:
    """CAMEO codes of each label in lower case; several where the label is ambiguous.

    A label that names a root and the code below it that ends in 0 ("Consult": 04 and
    040) is that of the code: ICEWS codes no bare roots.

    Examples
    --------
    >>> codes_by_label()["consult"], codes_by_label()["use conventional military force"]
    (('040',), ('190',))
    """
    found: dict[str, list[str]] = {}
    for code in code_table("cameo").values():
        if code.label and code.tenths is not None:
            found.setdefault(code.label.casefold(), []).append(code.code)
    return MappingProxyType(
        {
            label: tuple(code for code in codes if len(codes) == 1 or len(code) > 2)
            for label, codes in found.items()
        }
    )


def _rows(name: str) -> list[dict[str, str]]:
    """Rows of a table of this package."""
    path = files("cuibono.events.codes").joinpath("tables", name)
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _cameo() -> list[Code]:
    """CAMEO, with the scales of ICEWS, GDELT and KEDS and the category of PLOVER."""
    return [
        Code(
            code=row["code"],
            root=row["root"],
            label=row["label"],
            tenths=_number(row["icews_tenths"]),
            keds_tenths=_number(row["keds_tenths"]),
            gdelt_tenths=_number(
                row["gdelt_tenths_where_other"] or row["icews_tenths"]
            ),
            plover=row["plover_event"],
        )
        for row in _rows("cameo.csv")
    ]


def _weis() -> list[Code]:
    """WEIS with the values of Goldstein (1992)."""
    return [
        Code(
            code=row["code"],
            root=row["root"],
            label=row["label"],
            tenths=_number(row["goldstein_tenths"]),
        )
        for row in _rows("weis.csv")
    ]


def _plover() -> list[Code]:
    """PLOVER events and their modes."""
    return [
        Code(
            code=f"{row['event']}/{row['mode']}" if row["mode"] else row["event"],
            root=row["event"],
            label=f"{row['event']} {row['mode']}".strip().capitalize(),
            tenths=_number(row["tenths"]),
            plover=row["event"],
            quad=int(row["quad"]),
        )
        for row in _rows("plover.csv")
    ]


def _number(text: str) -> int | None:
    """Integer of a cell, None if empty."""
    return int(text) if text else None
