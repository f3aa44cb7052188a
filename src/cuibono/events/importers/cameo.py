"""What the importers of CAMEO data share: codes that can be codes, and labels."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from cuibono.events.codes.read import CAMEO_ROOTS, codes_by_label
from cuibono.events.importers.intake.texts import Texts

NO_CODE: Final = "no CAMEO code (two to four digits, roots 01 to 20)"


def is_cameo(code: str) -> bool:
    """Whether a text can be a CAMEO code; whether a table has it is asked elsewhere.

    Examples
    --------
    >>> is_cameo("0841"), is_cameo("36"), is_cameo("211"), is_cameo("")
    (True, False, False, False)
    """
    return (
        2 <= len(code) <= 4
        and code.isascii()
        and code.isdecimal()
        and code[:2] in CAMEO_ROOTS
    )


def root_of(code: str) -> str:
    """First two digits of a code."""
    return code[:2]


def by_label(labels: Texts) -> Texts:
    """Code of each exact label, empty where the table has none or more than one."""
    return labels.mapped(code_of_label)


def code_of_label(label: str) -> str:
    """Code that a label stands for, if it stands for one alone."""
    codes = codes_by_label().get(label.strip().casefold(), ())
    return codes[0] if len(codes) == 1 else ""


@lru_cache(maxsize=16)
def without(missing: frozenset[str]) -> Callable[[str], str]:
    """Change that strips a text and empties it if it is a word for nothing."""

    def change(text: str) -> str:
        stripped = text.strip()
        return "" if stripped in missing else stripped

    return change
