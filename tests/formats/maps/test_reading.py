"""Causal maps of other tools: one map, one model; a missing sign is never guessed."""

import gzip
import json
from pathlib import Path

import pytest

from cuibono.errors import CaseFileError, UsageError
from cuibono.formats.maps import records, xml_maps
from cuibono.formats.maps.reading import read_map
from cuibono.model.digraph import SignedDigraph
from tests.reference import ROOT, reference

Edges = set[tuple[str, str, int, int]]


def _edges(g: SignedDigraph) -> Edges:
    return {
        (g.names[t], g.names[h], int(sign), int(group))
        for t, h, sign, group in zip(g.tail, g.head, g.sign, g.group, strict=True)
    }


def _written(folder: Path, text: str, name: str = "map.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("drawing", "model"),
    [
        ("Lake-a", "lake_a"),
        ("Lake-b", "lake_b"),
        ("Antarctic-a", "antarctic_a"),
        ("Antarctic-c", "antarctic_c"),
    ],
)
def test_a_dia_drawing_is_the_model_that_qpress_reads(drawing: str, model: str) -> None:
    drawn = read_map(reference("response", f"formats/dia/{drawing}.dia")).digraph
    table = read_map(reference("response", f"models/{model}.csv")).digraph
    assert _edges(drawn) == _edges(table)


def test_one_map_in_three_formats_is_one_model() -> None:
    wanted = {
        ("Example node 1", "Example node 2", 1, 0),
        ("Example node 2", "Example node 3", 1, 0),
        ("Example node 3", "Example node 1", -1, 0),
    }
    for name in (
        "kumu/example_network.json",
        "xmile/example_network.stmx",
        "decision_explorer/example_network.mdx",
    ):
        found = read_map(reference("response", f"formats/{name}"))
        assert _edges(found.digraph) == wanted
        assert found.notes == ()


def test_a_matrix_is_read_by_sign_with_columns_acting_on_rows(tmp_path: Path) -> None:
    text = "x,Arda,Brun\nArda,-0.5,0\nBrun,2,0\n"
    found = read_map(_written(tmp_path, text))
    assert _edges(found.digraph) == {("Arda", "Arda", -1, 0), ("Arda", "Brun", 1, 0)}
    assert "not their sizes" in " ".join(found.notes)
    bare = read_map(_written(tmp_path, "-1,1\n-1,-1\n", "bare.csv")).digraph
    assert ("n2", "n1", 1, 0) in _edges(bare)


def test_names_survive_and_a_missing_sign_is_unknown(tmp_path: Path) -> None:
    text = "from,to,sign\nAl-Qaeda,حکومت ایران,+\nA b,Al-Qaeda,?\nA b,حزب,\n"
    found = read_map(_written(tmp_path, text)).digraph
    assert found.names == ("Al-Qaeda", "حکومت ایران", "A b", "حزب")
    assert found.sign.tolist() == [1, 0, 0]


def test_repeated_links_are_merged_and_contradictory_ones_disputed(
    tmp_path: Path,
) -> None:
    text = "from,to,sign,group\nA,B,1,1\nA,B,1,0\nB,A,1,0\nB,A,-1,0\n"
    found = read_map(_written(tmp_path, text))
    assert _edges(found.digraph) == {
        ("A", "B", 1, 0),
        ("B", "A", 1, 0),
        ("B", "A", -1, 0),
    }
    assert found.digraph.disputed.tolist() == [0, 1, 1]
    assert "1 links repeat" in " ".join(found.notes)


def test_self_limitation_is_stated_or_enforced(tmp_path: Path) -> None:
    path = _written(tmp_path, "from,to,sign\nA,B,1\nB,B,1\n")
    assert read_map(path).digraph.self_limited.tolist() == [True, False]
    given = read_map(path, limitation="as-given").digraph
    assert given.self_limited.tolist() == [False, False]
    with pytest.raises(UsageError, match="no self-limitation"):
        read_map(path, limitation="some")


def test_a_kumu_map_names_ends_by_label_and_may_be_mutual(tmp_path: Path) -> None:
    document = {
        "elements": [{"label": "A"}, {"label": "B"}],
        "connections": [
            {"from": "A", "to": "B", "direction": "mutual", "sign": "-"},
            {"from": "B", "to": "A", "connection type": "influences"},
        ],
    }
    path = _written(tmp_path, json.dumps(document), "map.json")
    found = read_map(path)
    assert _edges(found.digraph) == {
        ("A", "B", -1, 0),
        ("B", "A", -1, 0),
        ("B", "A", 0, 0),
    }
    assert "1 links have no sign" in " ".join(found.notes)


def test_a_case_is_read_under_a_reading() -> None:
    case = ROOT / "cases" / "enemy-of-my-enemy"
    rival = read_map(case, reading="rival")
    assert rival.name == "enemy-of-my-enemy: reading rival"
    assert rival.digraph.claims
    assert not read_map(case, limitation="as-given").digraph.self_limited.any()
    with pytest.raises(UsageError, match="this case has: author"):
        read_map(case, reading="none")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("m.csv", "from,to,sign\nA,B,2\n", "row 2"),
        ("m.csv", "from,to,sign\nA,,1\n", "a node without a name"),
        ("m.csv", "from,to,sign\nA,B\n", "3 cells"),
        ("m.csv", "from,to,sign,group\nA,B,1,x\n", "a whole number"),
        ("m.csv", "source,target\nA,B\n", "the columns from, to, sign"),
        ("m.csv", "from,to,sign\n", "no link"),
        ("m.csv", "1,2\n3,x\n", "a number"),
        ("m.json", "{", "no JSON"),
        ("m.json", "[]", "a Kumu blueprint"),
        ("m.json", '{"elements": [], "connections": [{"from": 1}]}', "two elements"),
        ("m.dia", "<a", "plain XML"),
        ("m.stmx", '<!DOCTYPE a [<!ENTITY b "c">]><a/>', "plain XML"),
        ("m.txt", "A B", "the ending .txt"),
    ],
)
def test_what_is_no_map_is_refused_with_the_reason(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    with pytest.raises(CaseFileError) as caught:
        read_map(_written(tmp_path, text, name))
    assert says in str(caught.value)


def test_what_unpacks_to_too_much_or_is_cut_off_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bomb.dia"
    path.write_bytes(gzip.compress(b"<a>" + b" " * 100_000))
    monkeypatch.setattr(xml_maps, "MOST_MAP_BYTES", 50_000)
    with pytest.raises(CaseFileError, match="a smaller map"):
        read_map(path)
    path.write_bytes(gzip.compress(b"<a/>")[:-6])
    with pytest.raises(CaseFileError, match="a whole file"):
        read_map(path)
    monkeypatch.setattr(records, "MOST_LINKS", 1)
    with pytest.raises(CaseFileError, match="more than 1 links"):
        read_map(_written(tmp_path, "from,to,sign\nA,B,1\nB,C,1\nC,A,1\n"))
    with pytest.raises(CaseFileError, match="no such file"):
        read_map(tmp_path / "absent.csv")
    with pytest.raises(UsageError, match="--reading is for a case folder"):
        read_map(tmp_path / "absent.csv", reading="author")
