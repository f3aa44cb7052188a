"""KEDS and TABARI output: date, source, target, code, perhaps a label and the phrase.

Years of two digits: 69 to 99 are 19xx, 00 to 68 are 20xx. Lines of documentation (`DOC
DOC 999`) are told as such; a stray bracket behind a code is taken off, `code_raw` keeps
it. WEIS and CAMEO codes look alike: roots 21 and 22 exist in WEIS only, codes of four
digits in CAMEO only; what is known of neither is not guessed at, `--format` says it.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import PurePath
from typing import Final

import numpy as np

from cuibono.errors import UsageError
from cuibono.events.codes.read import WEIS_ONLY_ROOTS, code_table
from cuibono.events.importers.cameo import NO_CODE, is_cameo, root_of
from cuibono.events.importers.dates import two_digit_day
from cuibono.events.importers.intake.blocks import Block
from cuibono.events.importers.intake.sample import Sample
from cuibono.events.importers.intake.texts import ABSENT
from cuibono.events.importers.records import Asked, Draft, Importer, Layout

DOCUMENTATION: Final = "line of documentation (DOC)"
WEIS_IN_CAMEO: Final = "a WEIS code (roots 21, 22) in a file of CAMEO"
NO_WEIS: Final = "no WEIS code (three digits, roots 01 to 22)"

_CODE = re.compile(r"\d{2,4}")


@lru_cache(maxsize=65_536)
def cleaned(code: str) -> str:
    """Code without stray brackets around it.

    Examples
    --------
    >>> cleaned("0841]"), cleaned("[145]"), cleaned("031")
    ('0841', '145', '031')
    """
    return code.strip().strip("[]() ")


def is_weis(code: str) -> bool:
    """Whether a text can be a WEIS code.

    Examples
    --------
    >>> is_weis("224"), is_weis("0841"), is_weis("231")
    (True, False, False)
    """
    return (
        len(code) == 3
        and _CODE.fullmatch(code) is not None
        and "01" <= code[:2] <= "22"
    )


def scheme_of(codes: set[str]) -> str:
    """Scheme that some codes belong to: `weis`, `cameo`, or empty if they fit both."""
    numbers = {code for code in codes if _CODE.fullmatch(code)}
    if any(code[:2] in WEIS_ONLY_ROOTS for code in numbers):
        return "weis"
    if any(len(code) == 4 for code in numbers):
        return "cameo"
    in_cameo = numbers - set(code_table("weis"))
    in_weis = numbers - set(code_table("cameo"))
    if len(in_cameo) == len(in_weis):
        return ""
    return "cameo" if len(in_cameo) > len(in_weis) else "weis"


def _seen(scheme: str) -> Callable[..., Layout | None]:
    """Function that recognises KEDS files of one scheme."""

    def seen(sample: Sample, asked: Asked) -> Layout | None:
        """Layout of a KEDS file, by its dates and codes.

        Raises
        ------
        UsageError
            If it was asked for as one scheme and has the codes of the other.
        """
        rows = [line.split("\t") for line in sample.lines]
        events = [row for row in rows if _event(row)]
        if not events or 2 * len(events) < len(rows):
            return None
        found = scheme_of({cleaned(row[3]) for row in events})
        if found != scheme and (found or not asked.forced):
            if asked.forced:
                raise UsageError(
                    f"{sample.name}: asked to read it as {scheme.upper()}, but its "
                    f"codes are {found.upper()}: {_evidence(events, found)}. Use "
                    f"--format keds-{found}"
                )
            return None
        return Layout(
            says=f"{len(events[0])} fields, no header, {scheme.upper()} codes "
            f"({_evidence(events, scheme)})",
            scheme=scheme,
            extract=asked.extract or f"keds:{PurePath(sample.name).stem}",
            columns={"date": 0, "source": 1, "target": 2, "code": 3},
            fewest=4,
            most=12,
        )

    return seen


def _event(row: list[str]) -> bool:
    """Whether a row has a date, two actors and a code."""
    return (
        4 <= len(row) <= 8
        and two_digit_day(row[0].strip()) is not None
        and _CODE.fullmatch(cleaned(row[3])) is not None
    )


def _evidence(events: list[list[str]], scheme: str) -> str:
    """What speaks for a scheme."""
    codes = [cleaned(row[3]) for row in events]
    if scheme == "weis":
        only = sum(code[:2] in WEIS_ONLY_ROOTS for code in codes)
        return f"{only} of the first {len(codes)} have roots 21 or 22, WEIS only"
    long = sum(len(code) == 4 for code in codes)
    return f"{long} of the first {len(codes)} have four digits, CAMEO only"


def _drafted(valid: Callable[[str], bool], fault: str) -> Callable[..., Draft]:
    """Function that makes events of rows whose codes are of one scheme."""

    def drafted(block: Block, layout: Layout) -> Draft:
        """Events of some rows."""
        text = {
            name: texts.mapped(
                lambda cell: "" if cell.strip() == "---" else cell.strip()
            )
            for name, texts in block.columns.items()
        }
        day = text["date"].numbers(two_digit_day)
        code = text["code"].mapped(cleaned)
        source, target = text["source"], text["target"]
        note = source.where(lambda name: name == "DOC") & text["code"].where(
            lambda name: name == "999"
        )
        other = code.where(lambda name: name[:2] in WEIS_ONLY_ROOTS) & (
            layout.scheme == "cameo"
        )
        return Draft(
            date=day,
            source=source,
            target=target,
            source_name=source,
            target_name=target,
            code=code,
            code_raw=text["code"],
            root=code.mapped(root_of),
            rejects=[
                (note, DOCUMENTATION),
                (day == ABSENT, "date that cannot be read"),
                (other, WEIS_IN_CAMEO),
                (~code.where(valid), fault),
                (np.logical_and(source.empty(), target.empty()), "no actor"),
            ],
        )

    return drafted


_TERMS = "as the KEDS project states with the file; not verified"
_CITE = "KEDS Project (Schrodt, Gerner)"

KEDS_WEIS: Final = Importer(
    name="keds-weis",
    version=1,
    provider="KEDS",
    says="KEDS or TABARI output with WEIS codes: date, source, target, code",
    terms=_TERMS,
    cite=_CITE,
    seen=_seen("weis"),
    drafted=_drafted(is_weis, NO_WEIS),
    telling=frozenset({NO_WEIS}),
)
KEDS_CAMEO: Final = Importer(
    name="keds-cameo",
    version=1,
    provider="KEDS",
    says="KEDS or TABARI output with CAMEO codes: date, source, target, code",
    terms=_TERMS,
    cite=_CITE,
    seen=_seen("cameo"),
    drafted=_drafted(is_cameo, NO_CODE),
    telling=frozenset({WEIS_IN_CAMEO}),
)
