"""Opening what strangers sent: plain, gzip or zip, checked and read as a stream."""

import hashlib
import stat
import zipfile
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from cuibono.errors import UsageError
from cuibono.events.importers.intake.inflating import (
    DAMAGE,
    Stream,
    gzip_stream,
    zip_stream,
)

MOST_RATIO: Final = 200
"""How many times its packed size a file may have; event tables have 3 to 30 times."""

FREE_BYTES: Final = 64_000_000
"""Up to this unpacked size the ratio does not matter."""

MOST_BYTES: Final = 200_000_000_000
"""Most bytes of one unpacked table."""

MOST_MEMBERS: Final = 10_000
"""Most files in one archive."""

SUFFIXES: Final = (".csv", ".tab", ".tsv", ".txt", ".keds")
"""Endings of tables in an archive; others are left out, and that is said."""


class Content:
    """Digest and size of the bytes that were read."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self.sha256 = hashlib.sha256()
        self.bytes = 0

    def update(self, piece: bytes | memoryview) -> None:
        """Take in some bytes."""
        self.sha256.update(piece)
        self.bytes += len(piece)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One table: a file, or a file in an archive.

    Attributes
    ----------
    name : str
        File name, with the member of an archive after a slash.
    size : int
        Bytes as packed.
    unpacked : int or None
        Bytes of the table as far as known before reading; of gzip modulo 2**32.
    modulo : int
        What `unpacked` is known up to, 0 if exactly.
    open : callable
        Opens the table as a stream of its unpacked bytes.
    """

    name: str
    path: Path
    size: int
    unpacked: int
    modulo: int
    open: Callable[[], Stream]

    def pieces(self, size: int) -> Generator[bytes]:
        """Unpacked bytes, piece by piece; raises what `fills` does."""
        view = memoryview(bytearray(size))
        for count in self.fills(lambda: view):
            yield bytes(view[:count])

    def fills(self, room: Callable[[], memoryview]) -> Generator[int]:
        """How many unpacked bytes were put into each room that is given.

        Raises
        ------
        UsageError
            If the archive is damaged or unpacks to far too much.
        """
        total = 0
        try:
            with closing(self.open()) as stream:
                while count := stream.readinto(room()):
                    total += count
                    self._check(total)
                    yield count
        except DAMAGE as error:
            raise UsageError(
                f"{self.name}: found a damaged archive ({error}). Get the file again"
            ) from error
        except NotImplementedError as error:
            raise UsageError(
                f"{self.name}: found a kind of zip compression that is not read "
                f"({error}). Pack it again with the usual one"
            ) from error

    def _check(self, total: int) -> None:
        """Refuse what unpacks to too much.

        Raises
        ------
        UsageError
            If it does.
        """
        if total > MOST_BYTES or total > max(FREE_BYTES, MOST_RATIO * self.size):
            raise UsageError(
                f"{self.name}: unpacks to more than {total / 1e6:.0f} MB from "
                f"{self.size / 1e6:.2f} MB; at most {MOST_RATIO} times and "
                f"{MOST_BYTES / 1e9:.0f} GB are read"
            )

    def digest(self) -> str:
        """SHA-256 of the unpacked bytes."""
        found = hashlib.sha256()
        with closing(self.pieces(1 << 20)) as pieces:
            for piece in pieces:
                found.update(piece)
        return found.hexdigest()


def members(path: Path) -> tuple[list[Member], list[str]]:
    """Tables of a file, and what is left out of an archive.

    Raises
    ------
    UsageError
        If it is no plain file, or an archive that is damaged or not to be trusted.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
        raise UsageError(f"{path}: found {kind}, expected a file of events")
    with path.open("rb") as stream:
        magic = stream.read(4)
    if magic[:2] == b"\x1f\x8b":
        return [_gzip(path, status.st_size)], []
    if magic == b"PK\x03\x04" or magic == b"PK\x05\x06":
        return _zip(path)
    whole = Member(
        name=path.name,
        path=path,
        size=status.st_size,
        unpacked=status.st_size,
        modulo=0,
        open=lambda: path.open("rb", buffering=0),
    )
    return [whole], []


def _gzip(path: Path, size: int) -> Member:
    """Table in a gzip file; its last bytes tell the size modulo 2**32."""
    with path.open("rb") as stream:
        stream.seek(-min(4, size), 2)
        told = int.from_bytes(stream.read(4), "little")
    return Member(
        name=path.name,
        path=path,
        size=size,
        unpacked=told,
        modulo=1 << 32,
        open=lambda: gzip_stream(path),
    )


def _zip(path: Path) -> tuple[list[Member], list[str]]:
    """Tables of a zip archive and the names that are left out.

    Raises
    ------
    UsageError
        If the archive cannot be read or holds what is not to be trusted.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UsageError(
            f"{path.name}: found a damaged zip archive ({error})"
        ) from error
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        raise UsageError(
            f"{path.name}: found a workbook, expected a table of text. Save it as CSV"
        )
    if len(entries) > MOST_MEMBERS:
        raise UsageError(
            f"{path.name}: found {len(entries)} files, at most {MOST_MEMBERS} are read"
        )
    for entry in entries:
        _check_entry(path.name, entry)
    tables = [entry for entry in entries if _is_table(entry.filename)]
    left = [entry.filename for entry in entries if entry not in tables]
    if not tables:
        raise UsageError(
            f"{path.name}: found no table ({', '.join(SUFFIXES)}) in the archive"
        )
    return [_zipped(path, entry) for entry in tables], left


def _check_entry(archive: str, entry: zipfile.ZipInfo) -> None:
    """Refuse an entry that no honest archive has.

    Raises
    ------
    UsageError
        If its path leads out, it is encrypted, or it says to unpack to too much.
    """
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if ".." in parts or parts[:1] == ("/",) or ":" in parts[0]:
        raise UsageError(
            f'{archive}: found the path "{entry.filename[:80]}", which leads out of '
            "the archive; such archives are not read"
        )
    if entry.flag_bits & 1:
        raise UsageError(
            f'{archive}: "{entry.filename[:80]}" is encrypted. Unpack it first'
        )
    limit = max(FREE_BYTES, MOST_RATIO * entry.compress_size)
    if entry.file_size > min(limit, MOST_BYTES):
        raise UsageError(
            f'{archive}: "{entry.filename[:80]}" unpacks from '
            f"{entry.compress_size / 1e6:.2f} MB to {entry.file_size / 1e6:.0f} MB; at "
            f"most {MOST_RATIO} times is read"
        )


def _is_table(name: str) -> bool:
    """Whether an entry is a table by its name."""
    path = PurePosixPath(name)
    hidden = path.name.startswith(".") or path.parts[0] == "__MACOSX"
    return not hidden and path.suffix.casefold() in SUFFIXES


def _zipped(path: Path, entry: zipfile.ZipInfo) -> Member:
    """Table in a zip archive."""
    return Member(
        name=f"{path.name}/{entry.filename}",
        path=path,
        size=entry.compress_size,
        unpacked=entry.file_size,
        modulo=0,
        open=lambda: zip_stream(path, entry),
    )
