"""Pajek networks: signed values, signed relations, lists, matrices, and bad lines."""

from pathlib import Path

import pytest

from cuibono.errors import CaseFileError, UsageError
from cuibono.formats import network_pajek
from cuibono.formats.network import read_network

_HEAD = '*Vertices 3\n1 "Arda Ulus" 0.1 0.2\n2 "Brün"\n3\n'


def _ties(
    folder: Path, text: str, signs: dict[str, int] | None = None, rule: str = "drop"
) -> list[tuple[str, str, int, float]]:
    path = folder / "ties.net"
    path.write_text(text, encoding="utf-8")
    found = read_network(path, relations=signs, rule=rule, weighted=True)
    g = found.symmetrised.graph
    return [
        (g.names[i], g.names[j], int(sign), float(weight))
        for (i, j), sign, weight in zip(g.ends, g.sign, g.weight, strict=True)
    ]


@pytest.mark.parametrize(
    "body",
    [
        '*Edges\n1 2 2.5 c Blue l "x"\n% remark\n2 3 -1 [3-7]\n',
        "*ARCS\n1 2 2.5\n*edges\n3 2 -1\n",
        "*Matrix\n0 2.5 0\n2.5 0 -1\n0 -1 0\n",
        '*Arcs :1 "friend"\n1 2 2.5\n*Arcs :2 "foe"\n2 3 -1\n',
    ],
)
def test_a_tie_has_the_sign_and_size_of_its_value(tmp_path: Path, body: str) -> None:
    assert _ties(tmp_path, _HEAD + body) == [
        ("Arda Ulus", "Brün", 1, 2.5),
        ("Brün", "3", -1, 1.0),
    ]


def test_relations_take_the_sign_they_are_given(tmp_path: Path) -> None:
    text = _HEAD + '*Arcslist :4 "helps"\n1 2 3\n*Edges :7 "fights"\n2 3\n'
    assert _ties(tmp_path, text, {"4": 1, "7": -1}) == [
        ("Arda Ulus", "Brün", 1, 1.0),
        ("Arda Ulus", "3", 1, 1.0),
        ("Brün", "3", -1, 1.0),
    ]
    with pytest.raises(CaseFileError, match="the sign of each relation") as caught:
        _ties(tmp_path, text)
    assert "4 helps, 7 fights" in str(caught.value)
    with pytest.raises(CaseFileError, match="no relation 9"):
        _ties(tmp_path, text, {"9": 1, "4": 1, "7": 1})


def test_a_negative_value_in_a_relation_with_a_sign_is_a_contradiction(
    tmp_path: Path,
) -> None:
    with pytest.raises(CaseFileError, match="values that are not negative"):
        _ties(tmp_path, _HEAD + "*Arcs :1\n1 2 -1\n", {"1": 1})


@pytest.mark.parametrize(
    ("text", "row", "said"),
    [
        (_HEAD + "*Edges\n1 9 1\n", 6, "a vertex number from 1 to 3"),
        (_HEAD + "*Edges\n1\n", 6, "two vertex numbers"),
        (_HEAD + "*Edges\n1 2 x9.\n1 2 9e99\n", 7, "a number"),
        (_HEAD + "*Matrix\n0 1\n", 6, "3 rows of 3 values"),
        (_HEAD + '1 "again"\n', 5, "each number once"),
        (_HEAD + "*Partition p\n1\n", 5, "keep one network a file"),
        ("*Vertices many\n", 1, "how many"),
        ("1 2 1\n", 1, "a section"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, text: str, row: int, said: str) -> None:
    with pytest.raises(CaseFileError, match=f"row {row}") as caught:
        _ties(tmp_path, text)
    assert said in str(caught.value)


def test_a_network_without_a_negative_value_says_so(tmp_path: Path) -> None:
    path = tmp_path / "calm.net"
    path.write_text(_HEAD + "*Edges\n1 2\n", encoding="utf-8")
    assert "all ties are read as friendly" in " ".join(read_network(path).notes)


def test_only_a_pajek_file_has_relations_and_not_too_large_a_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "ties.csv"
    table.write_text("source,target,sign\nA,B,1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="--relations is for a Pajek file"):
        read_network(table, relations={"1": 1})
    monkeypatch.setattr(network_pajek, "MOST_PAJEK_BYTES", 10)
    with pytest.raises(CaseFileError, match="a smaller file"):
        _ties(tmp_path, _HEAD)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.net"
    path.write_bytes(b'*Vertices 1\n1 "Br\xfcn"\n')
    with pytest.raises(CaseFileError, match="UTF-8"):
        read_network(path)
