"""Reading lines: compiled passes agree with the obvious version on any bytes."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import UsageError
from cuibono.events.importers.intake import columns, lines
from cuibono.events.importers.intake.blocks import NOT_UTF8, NUL, Block
from cuibono.events.importers.intake.kernels import SLACK, split_lines, text_hash
from cuibono.events.importers.intake.opening import Content, members
from cuibono.events.importers.intake.texts import Fresh, Known, Texts
from cuibono.events.importers.records import Layout

KEYS = np.uint64(0x1234567812345671), np.uint64(0x9E3779B97F4A7C15)

Spans = list[list[bytes]]


def split(data: bytes, begin: int, wanted: tuple[int, ...]) -> tuple[Spans, list[int]]:
    """Wanted fields and number of fields of each line, by the kernel."""
    text = np.frombuffer(data + b"\t\n" * SLACK, np.uint8).copy()
    room = len(data) + SLACK
    starts, stops = np.zeros((2, len(wanted), room), np.int32)
    line, fields = np.zeros((2, room), np.int32)
    count = split_lines(
        text,
        (begin, len(data)),
        ord("\t"),
        np.array(wanted, np.int32),
        np.zeros(room, np.int32),
        np.zeros(room, np.int32),
        starts,
        stops,
        line,
        fields,
        0,
    )
    found = [
        [data[starts[at, row] : stops[at, row]] for at in range(len(wanted))]
        for row in range(count)
    ]
    return found, fields[:count].tolist()


@given(
    st.lists(st.sampled_from([b"\t", b"\n", b"\r", b"a", b"\xff", b"\0", b"x" * 70])),
    st.integers(0, 70),
)
def test_fields_of_lines_are_as_splitting_says(parts: list[bytes], begin: int) -> None:
    """Wherever they stand, and whatever stands before and behind."""
    wanted = (2, 0, 1, 5)
    data = b"".join(parts)
    whole = data.split(b"\n")[:-1]
    expected = [row.removesuffix(b"\r").split(b"\t") for row in whole]
    found, fields = split(b"\n" * begin + data, begin, wanted)
    assert fields == [len(row) for row in expected]
    assert found == [
        [row[at] if at < len(row) else b"" for at in wanted] for row in expected
    ]


def hashed(text: bytes, before: int = 3) -> int:
    """Number of a text that stands among others."""
    data = np.frombuffer(b"z" * before + text + b"y" * SLACK, np.uint8).copy()
    return int(text_hash(data, before, len(text), KEYS))


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_a_text_has_one_number_and_another_has_another(one: bytes, two: bytes) -> None:
    """Wherever it stands; also if they differ in zeros at the end alone."""
    assert hashed(one) == hashed(one, before=16)
    assert (hashed(one) == hashed(two)) == (one == two)
    assert hashed(one) != hashed(one + b"\0")


def test_no_difference_goes_unseen_in_the_number_of_a_text() -> None:
    """Two bits of a word, and the same ones of the next: a plain product loses them."""
    text = bytes(32)
    for low in range(64):
        flip = (1 << 63 | 1 << low).to_bytes(8, "little")
        for place in (0, 8, 16):
            other = text[:place] + flip + flip + text[place + 16 :]
            assert hashed(other) != hashed(text)


LAYOUT = Layout(
    says="",
    scheme="cameo",
    extract="",
    columns={"id": 0, "name": 1},
    fewest=2,
    most=2,
    plain=frozenset({"id"}),
)


def read(path: Path, rows: list[bytes]) -> list[Block]:
    """Blocks of a file with these lines."""
    path.write_bytes(b"\n".join(rows))
    [member], _ = members(path)
    return list(lines.read_lines(member, LAYOUT, Content()))


def names_of(block: Block) -> list[str]:
    """Names row by row."""
    texts = block.columns["name"]
    return [texts.row(at) for at in range(len(block))]


@pytest.mark.parametrize("distinct", [40, 50_000])
def test_texts_are_told_apart_over_many_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, distinct: int
) -> None:
    """Also where there are so many that they are forgotten in between."""
    monkeypatch.setattr(columns, "MOST_DISTINCT", distinct)
    monkeypatch.setattr(columns, "MOST_LETTERS", 20_000)
    monkeypatch.setattr(lines, "PIECE", 200)
    names = [f"{at * at % 701}é" * (at % 5) for at in range(3000)]
    rows = [f"{at}\t{name}".encode() for at, name in enumerate(names)]
    blocks = read(tmp_path / "a.tab", rows)
    if distinct < 50_000:
        assert len(blocks) > 10
    assert [name for block in blocks for name in names_of(block)] == names
    assert sum(block.read for block in blocks) == 3000


def test_a_fault_is_told_in_every_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text with a fault is known after the first, and so is the fault."""
    monkeypatch.setattr(lines, "PIECE", 200)
    monkeypatch.setattr(lines, "ROOM", 1000)
    cycle = [b"good", b"\xff\xfe", b"a\0b"]
    rows = [b"%d\t%s" % (at, cycle[at % 3]) for at in range(600)]
    blocks = read(tmp_path / "a.tab", rows)
    assert len(blocks) > 5
    rejects = [reject for block in blocks for reject in block.rejects]
    expected = {at + 1: (None, NOT_UTF8, NUL)[at % 3] for at in range(600) if at % 3}
    assert {reject.row: reject.reason for reject in rejects} == expected


def test_ids_that_are_not_ascii_are_texts(tmp_path: Path) -> None:
    """The others of the block with them."""
    [block] = read(tmp_path / "a.tab", [b"1\tA", "é\tB".encode()])
    assert block.plain == {}
    assert [block.columns["id"].row(at) for at in range(2)] == ["1", "é"]


@pytest.mark.parametrize("before", [0, 200_000, 300_000])
def test_a_line_is_too_long_wherever_it_begins(tmp_path: Path, before: int) -> None:
    """By one byte, with its row; as long as that, it is read."""
    most = lines.LONGEST_LINE
    rows = [b"1\t" + b"x" * before, b"2\t" + b"y" * (most - 2), b"3\tz"]
    [block] = read(tmp_path / "a.tab", rows)
    assert len(block) == 3
    rows[1] += b"y"
    with pytest.raises(UsageError, match="row 2 is longer than 1 MB"):
        read(tmp_path / "b.tab", rows)


def test_what_was_made_of_texts_grows_with_them() -> None:
    """Each text is looked at once."""
    looked: list[str] = []

    def change(text: str) -> str:
        looked.append(text)
        return text.upper()

    known = Known()
    for more in (["a", ""], [], ["b", "c"]):
        known.extend(more)
        index = np.arange(len(known), dtype=np.int32)
        texts = Texts(known, index)
        assert list(texts.mapped(change).values) == [text.upper() for text in known]
        assert texts.numbers(len).tolist()[0] == 1
        assert texts.empty().tolist() == [not text for text in known]
    assert looked == ["a", "b", "c"]


def test_functions_made_for_one_use_are_not_kept() -> None:
    """Else what they gave would be kept for as long as the file is read."""
    known = Known()
    known.append("a")
    texts = Texts(known, np.zeros(1, np.int32))
    for number in range(100):
        change = partial("{1}{0}".format, number)
        assert texts.mapped(change).row(0) == f"a{number}"
    assert len(known._changed) <= 8


def test_a_text_is_fresh_once() -> None:
    """Anew where the list of texts is another."""
    fresh, rows = Fresh(), np.arange(2)
    one = Texts(["a", "b", "c"], np.array([2, 0], np.int32))
    assert fresh.of(one, rows).tolist() == [0, 2]
    other = Texts(one.values, np.array([1, 0], np.int32))
    assert fresh.of(other, rows).tolist() == [1]
    assert fresh.of(Texts(["a"], np.zeros(2, np.int32)), rows).tolist() == [0]
