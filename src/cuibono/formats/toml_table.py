"""Reading TOML from strangers: each key taken by type, every fault named, none kept."""

import re
import tomllib
from collections.abc import Callable
from typing import Any, TypeVar

from cuibono.claims.names import nearest
from cuibono.errors import Problems
from cuibono.formats.limits import text_fault

Item = TypeVar("Item")


def toml_table(text: str, file: str, problems: Problems) -> "TomlTable | None":
    """Top table of a TOML text, or None with the place of the fault."""
    try:
        return TomlTable(tomllib.loads(text), file, "", problems)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        match = re.search(r"line (\d+)", str(error))
        problems.add(
            file,
            row=int(match[1]) if match else None,
            found=f"broken TOML ({str(error)[:80]})",
            expected="TOML",
            mend="see https://toml.io for the notation",
        )
        return None


class TomlTable:
    """A TOML table whose keys are taken one by one; `close` names what is left."""

    def __init__(
        self, items: dict[str, Any], file: str, where: str, problems: Problems
    ) -> None:
        """Read `items`, which stand at `where` in `file`."""
        self.items = dict(items)
        self.asked: list[str] = []
        self.file = file
        self.where = where
        self.problems = problems

    def fault(self, key: str, found: str, expected: str, mend: str = "") -> None:
        """Note a fault of one key."""
        self.problems.add(
            self.file,
            column=f"{self.where}{key}",
            found=found,
            expected=expected,
            mend=mend,
        )

    def _take(self, key: str) -> object:
        """Value of a key, or None."""
        self.asked.append(key)
        return self.items.pop(key, None)

    def text(self, key: str, *, required: bool = False) -> str:
        """Text of a key; dates and numbers are faults, as TOML has quotes for text."""
        value = self._take(key)
        if value is None:
            if required:
                self.fault(key, "nothing", "text", f'add {key} = "..."')
            return ""
        if not isinstance(value, str):
            self.fault(key, f"{value!r}"[:60], "text", "put it between quotation marks")
            return ""
        if fault := text_fault(value):
            self.fault(key, fault, "visible characters", "retype it")
            return ""
        return value.strip()

    def whole(self, key: str, default: int) -> int:
        """Whole number of a key."""
        value = self._take(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(key, f"{value!r}"[:60], "a whole number")
            return default
        return value

    def number(self, key: str) -> float:
        """Finite number of a key; it must be there."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fault(
                key, "nothing" if value is None else f"{value!r}"[:60], "a number"
            )
            return 0.0
        if not -1e12 < value < 1e12:
            self.fault(key, f"{value!r}"[:60], "a finite number")
            return 0.0
        return float(value)

    def flag(self, key: str) -> bool | None:
        """True or false of a key, or None if it is not there."""
        value = self._take(key)
        if value is None or isinstance(value, bool):
            return value
        self.fault(key, f"{value!r}"[:60], "true or false")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """List of texts; a single text stands for a list of one."""
        value = self._take(key)
        if value is None:
            return ()
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(x, str) for x in items):
            self.fault(key, f"{value!r}"[:60], "a list of texts", '["one", "two"]')
            return ()
        for item in items:
            if fault := text_fault(item):
                self.fault(key, fault, "visible characters", "retype it")
                return ()
        return tuple(item.strip() for item in items)

    def words(self, key: str, kind: Callable[[str], Item]) -> tuple[Item, ...]:
        """List of words of a closed set."""
        found = []
        for word in self.texts(key):
            try:
                found.append(kind(word))
            except ValueError:
                known = [str(item.value) for item in kind]  # type: ignore[attr-defined]
                hint = nearest(word, known)
                self.fault(key, f'"{word}"', " or ".join(known), hint)
        return tuple(found)

    def table(self, key: str) -> "TomlTable":
        """Sub-table of a key; empty if it is not there."""
        value = self._take(key)
        if value is not None and not isinstance(value, dict):
            self.fault(key, f"{value!r}"[:60], "a table", f"[{self.where}{key}]")
            value = None
        return TomlTable(value or {}, self.file, f"{self.where}{key}.", self.problems)

    def tables(self, key: str) -> "list[TomlTable]":
        """List of tables of a key."""
        value = self._take(key)
        if value is None:
            return []
        items = [value] if isinstance(value, dict) else value
        if not isinstance(items, list) or not all(isinstance(x, dict) for x in items):
            self.fault(key, f"{value!r}"[:60], "a list of tables", f"[[{key}]]")
            return []
        return [
            TomlTable(item, self.file, f"{self.where}{key}[{at}].", self.problems)
            for at, item in enumerate(items, start=1)
        ]

    def numbers(self, key: str) -> tuple[tuple[str, float], ...]:
        """Table of numbers by name, in the order written."""
        inner = self.table(key)
        pairs = []
        for name, value in inner.items.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                inner.fault(name, f"{value!r}"[:60], "a number such as 1 or -1")
                continue
            if not -1e6 < value < 1e6 or value == 0:
                inner.fault(name, f"{value!r}", "a number other than 0, below 1e6")
                continue
            pairs.append((name, float(value)))
        return tuple(pairs)

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Table of texts by name, in the order written."""
        inner = self.table(key)
        return tuple((name, inner.text(name)) for name in list(inner.items))

    def close(self) -> None:
        """Name every key that nothing asked for."""
        for key in self.items:
            self.fault(
                key,
                f'the key "{key}"',
                "one of " + ", ".join(self.asked),
                nearest(key, self.asked),
            )
