"""Archives unpack to the same bytes by ISA-L and by the standard library."""

import gzip
import hashlib
import random
import struct
import zipfile
from pathlib import Path

import pytest

from cuibono.errors import UsageError
from cuibono.events.importers.intake import inflating
from cuibono.events.importers.intake.opening import members

DATA = b"".join(
    f"{number}\tArda\tBrun\t{random.Random(number).random()}\n".encode()
    for number in range(60_000)
)


@pytest.fixture(params=["isal", "zlib"], autouse=True)
def _by(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once by either, where both are there."""
    if request.param == "zlib":
        monkeypatch.setattr(inflating, "ISAL", None)
    elif inflating.ISAL is None:
        pytest.skip("isal is not installed")


def packed(path: Path, how: int, data: bytes = DATA) -> Path:
    """Zip archive with another entry before the table."""
    with zipfile.ZipFile(path, "w", how) as archive:
        archive.writestr("notes.png", b"x" * 100)
        archive.writestr("a.tab", data)
    return path


@pytest.mark.parametrize(
    "how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]
)
def test_a_zip_unpacks_to_what_was_packed(tmp_path: Path, how: int) -> None:
    """However it is packed, and whatever stands before the archive."""
    path = packed(tmp_path / "a.zip", how)
    before = tmp_path / "b.zip"
    before.write_bytes(b"PK\x03\x04" + bytes(60) + path.read_bytes())
    for archive in (path, before):
        [member], left = members(archive)
        assert left == ["notes.png"]
        assert member.digest() == hashlib.sha256(DATA).hexdigest()
        assert {len(piece) for piece in [*member.pieces(1000)][:-1]} == {1000}


def test_a_gzip_of_several_parts_unpacks_to_all_of_them(tmp_path: Path) -> None:
    """As the tools that pack in parallel write it."""
    path = tmp_path / "a.gz"
    half = len(DATA) // 2
    path.write_bytes(gzip.compress(DATA[:half]) + gzip.compress(DATA[half:]))
    [member], _ = members(path)
    assert member.digest() == hashlib.sha256(DATA).hexdigest()


def test_an_empty_entry_is_empty(tmp_path: Path) -> None:
    """Not damaged."""
    [member], _ = members(packed(tmp_path / "a.zip", zipfile.ZIP_DEFLATED, b""))
    assert list(member.pieces(100)) == []


@pytest.mark.parametrize("place", [16, 24])
def test_an_entry_that_is_not_as_the_archive_says_is_refused(
    tmp_path: Path, place: int
) -> None:
    """Its check sum, or its size."""
    path = packed(tmp_path / "a.zip", zipfile.ZIP_DEFLATED)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02") + place
    data[at : at + 4] = struct.pack("<I", 12)
    path.write_bytes(data)
    [member], _ = members(path)
    with pytest.raises(UsageError, match=r"damaged archive .*CRC-32"):
        member.digest()
