"""Dictionaries of temporal knowledge graphs: a name and an id on every line."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from cuibono.errors import UsageError

MOST_BYTES: Final = 100_000_000


def read_dictionaries(
    paths: Sequence[Path],
) -> tuple[Mapping[str, Mapping[str, str]], str]:
    """Names by id of each dictionary, by file, and SHA-256 over all of them.

    Raises
    ------
    UsageError
        If one is no dictionary.
    """
    found, digest = {}, hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise UsageError(
                f"{path}: no dictionary: found no file, or one far too large"
            )
        data = path.read_bytes()
        digest.update(data)
        try:
            found[str(path)] = _names(data.decode("utf-8-sig"))
        except ValueError as error:
            raise UsageError(
                f"{path}: found {error}, expected a name, a tab and an id on every line"
            ) from error
    return MappingProxyType(found), digest.hexdigest() if paths else ""


def _names(text: str) -> Mapping[str, str]:
    """Name by id; names may hold spaces, so the last tab or space divides.

    Raises
    ------
    ValueError
        If a line has no id, or an id comes twice.
    """
    names: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or (number == 1 and line.strip().isdecimal()):
            continue  # some begin with the number of names
        head, _, tail = line.rpartition("\t")
        name, key = head.strip(), tail.strip()
        if not key.isdecimal() and name.isdecimal():
            name, key = key, name
        if not name or not key.isdecimal():
            raise ValueError(f'no id on line {number} ("{line[:40]}")')
        if key in names:
            raise ValueError(f"the id {key} twice (line {number})")
        names[key] = name
    return MappingProxyType(names)
