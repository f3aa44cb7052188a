"""Reading files from strangers: inside the folder, of sane size, in UTF-8."""

import hashlib
from pathlib import Path

from cuibono.claims.names import refused_characters
from cuibono.errors import Problems

MOST_BYTES = 20_000_000
"""Largest table or text that a case may hold."""


class CaseFolder:
    """A case folder from which only its own plain files are read.

    Every file that was read is remembered with its SHA-256 in `digests`.
    """

    def __init__(self, root: Path, problems: Problems) -> None:
        """Open a folder; what cannot be read goes to `problems`."""
        self.root = root
        self.problems = problems
        self.digests: dict[str, str] = {}

    def exists(self, name: str) -> bool:
        """Whether the folder has such a file, link or folder."""
        path = self.root / name
        return path.exists() or path.is_symlink()

    def names(self, folder: str, pattern: str) -> list[str]:
        """Names of the entries of a sub-folder that match, sorted, as written paths."""
        base = self.root / folder
        if not base.is_dir() or not self._inside(base, folder):
            return []
        found = sorted(base.glob(pattern), key=lambda path: path.name)
        return [f"{folder}/{path.name}" for path in found if path.name[0] != "."]

    def bytes(self, name: str) -> bytes | None:
        """Content of a file, or None with the reason in `problems`."""
        path = self.root / name
        if not self._inside(path, name):
            return None
        if not path.is_file():
            self._refuse(name, "no such file", "a file", "create it, or take it out")
            return None
        size = path.stat().st_size
        if size > MOST_BYTES:
            self._refuse(
                name,
                f"{size / 1e6:.0f} MB",
                f"at most {MOST_BYTES / 1e6:.0f} MB",
                "split the case, or keep bulk data outside it",
            )
            return None
        try:
            data = path.read_bytes()
        except OSError as error:
            self._refuse(
                name,
                f"a file that cannot be read ({error.strerror})",
                "a readable file",
                "check its permissions",
            )
            return None
        self.digests[name] = hashlib.sha256(data).hexdigest()
        return data

    def text(self, name: str) -> str | None:
        """Content of a UTF-8 file (a byte-order mark is dropped), or None."""
        data = self.bytes(name)
        return None if data is None else decoded(data, name, self.problems)

    def _inside(self, path: Path, name: str) -> bool:
        """Whether a path stays in the folder and is no link."""
        root = self.root.resolve()
        inside = path.resolve().is_relative_to(root)
        if inside and not _has_link(path, self.root):
            return True
        self._refuse(
            name,
            "a link or a path out of the case folder",
            "a plain file inside it",
            "copy the file into the case",
        )
        return False

    def _refuse(self, name: str, found: str, expected: str, mend: str) -> None:
        """Note that a file was not read."""
        self.problems.add(name, found=found, expected=expected, mend=mend)


def _has_link(path: Path, root: Path) -> bool:
    """Whether a path below the root runs through a symbolic link."""
    while path not in {root, path.parent}:
        if path.is_symlink():
            return True
        path = path.parent
    return False


def decoded(data: bytes, name: str, problems: Problems) -> str | None:
    """UTF-8 text of some bytes, or None with the place of the first bad byte."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        problems.add(
            name,
            row=row,
            found=f"byte 0x{data[error.start]:02X}, which is not UTF-8",
            expected="UTF-8 text",
            mend="save the file as UTF-8 (in a spreadsheet: CSV UTF-8)",
        )
        return None
    if "\x00" in text:
        row = text[: text.index("\x00")].count("\n") + 1
        problems.add(
            name,
            row=row,
            found="a NUL character",
            expected="plain text",
            mend="save the file again as UTF-8 text",
        )
        return None
    return text


def text_fault(text: str) -> str:
    """Control or bidirectional characters of a cell, told, or an empty string."""
    bad = refused_characters(text)
    return f"the control character {', '.join(bad)}" if bad else ""
