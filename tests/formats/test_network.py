"""Signed networks from files: symmetrisation, every bad row named, caps."""

import gzip
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.errors import CaseFileError, UsageError
from cuibono.formats import network_table
from cuibono.formats.network import read_network
from cuibono.formats.symmetrise import RULES, Statements
from tests.reference import ROOT, reference

_ROWS = "source,target,sign\nArda,Brun,1\nBrun,Arda,-1\nArda,Brun,1\nBrun,Cor,-1\n"
_CASE = ROOT / "cases" / "enemy-of-my-enemy"


def _written(folder: Path, text: str, name: str = "ties.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("rule", "ties", "cancelled"),
    [
        ("drop", [("Brun", "Cor", -1, 1.0)], 0),
        ("sum", [("Arda", "Brun", 1, 1.0), ("Brun", "Cor", -1, 1.0)], 0),
        ("any-negative", [("Arda", "Brun", -1, 1.0), ("Brun", "Cor", -1, 1.0)], 0),
        ("multi", [("Arda", "Brun", 1, 1.0), ("Brun", "Cor", -1, 1.0)], 1),
    ],
)
def test_each_rule_says_what_becomes_of_a_contradictory_pair(
    tmp_path: Path,
    rule: str,
    ties: list[tuple[str, str, int, float]],
    cancelled: float,
) -> None:
    found = read_network(_written(tmp_path, _ROWS), rule=rule).symmetrised
    g = found.graph
    told = [
        (g.names[i], g.names[j], int(sign), float(weight))
        for (i, j), sign, weight in zip(g.ends, g.sign, g.weight, strict=True)
    ]
    assert told == ties
    assert (found.rows, found.pairs, found.contradictory) == (4, 2, 1)
    assert (found.dropped, found.cancelled) == (2 - len(ties), cancelled)


_STATED = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from((-1, 0, 1))),
    max_size=14,
)


@given(_STATED)
@settings(max_examples=60, deadline=None)
def test_parallel_ties_cost_what_cancels_and_the_rest(
    rows: list[tuple[int, int, int]],
) -> None:
    """Under `multi`, every partition costs what it costs row by row."""
    stated = Statements()
    for source, target, sign in rows:
        stated.add(str(source), str(target), sign, 1.0)
    found = RULES["multi"](stated)
    g = found.graph
    for count in range(3):
        for chosen in combinations("01234", count):
            side = {name: -1 if name in chosen else 1 for name in "01234"}
            by_row = sum(
                sign != 0 and a != b and side[str(a)] * side[str(b)] != sign
                for a, b, sign in rows
            )
            by_tie = sum(
                weight
                for (i, j), sign, weight in zip(g.ends, g.sign, g.weight, strict=True)
                if side[g.names[i]] * side[g.names[j]] != sign
            )
            assert by_row == by_tie + found.cancelled


@given(_STATED, st.randoms(use_true_random=False), st.sampled_from(sorted(RULES)))
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_and_of_ends_does_not_matter(
    rows: list[tuple[int, int, int]], random: object, rule: str
) -> None:
    def ties(listed: list[tuple[int, int, int]]) -> set[tuple[frozenset[str], int]]:
        stated = Statements()
        for source, target, sign in listed:
            stated.add(str(source), str(target), sign, 1.0)
        g = RULES[rule](stated).graph
        return {
            (frozenset((g.names[i], g.names[j])), int(sign))
            for (i, j), sign in zip(g.ends, g.sign, strict=True)
        }

    assert ties([(b, a, sign) for a, b, sign in reversed(rows)]) == ties(rows)


def test_loops_and_neutral_rows_make_no_tie_and_are_counted(tmp_path: Path) -> None:
    text = "source,target,sign\nArda,Arda,-1\nArda,Brun,0\nArda,Cor,+\n"
    found = read_network(_written(tmp_path, text)).symmetrised
    assert (found.loops, found.neutral, found.graph.names) == (1, 1, ("Arda", "Cor"))


def test_weight_is_read_only_when_asked_for(tmp_path: Path) -> None:
    path = _written(tmp_path, "source,target,sign,weight,time\nA,B,-1,2.5,2014\n")
    plain, weighted = read_network(path), read_network(path, weighted=True)
    assert plain.symmetrised.graph.weight.tolist() == [1]
    assert weighted.symmetrised.graph.weight.tolist() == [2.5]
    assert "--weighted" in plain.notes[0] and "time" in weighted.notes[0]


def test_every_bad_row_is_named_at_once(tmp_path: Path) -> None:
    text = (
        "source,target,sign,weight\nA,B,7,1\n,B,1,1\nA,B,1\nA,B,1,-3\nA,B,1,nan\n"
        "A,B,helps,1\nA\u202e,B,1,1\n"
    )
    with pytest.raises(CaseFileError) as caught:
        read_network(_written(tmp_path, text), weighted=True)
    places = [(p.row, p.column) for p in caught.value.problems]
    assert places == [
        (2, "sign"),
        (3, "source"),
        (4, None),
        (5, "weight"),
        (6, "weight"),
        (7, "sign"),
        (8, "source"),
    ]


def test_thousands_of_bad_rows_are_counted_beyond_the_first(tmp_path: Path) -> None:
    path = _written(tmp_path, "source,target,sign\n" + "A,B,x\n" * 1500)
    with pytest.raises(CaseFileError, match="500 more problems"):
        read_network(path)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("t.csv", b"", "source, target, sign"),
        ("t.csv", b"source,target\nA,B\n", "source, target, sign"),
        ("t.csv", b"source,target,sign\n\xff,B,1\n", "UTF-8"),
        ("t.csv", b'source,target,sign\n"A"x,B,1\n', "broken row"),
        ("t.csv.gz", b"source,target,sign\n", "broken archive"),
        ("t.csv.gz", gzip.compress(b"source,target,sign\nA,B,1\n")[:-9], "archive"),
        ("t.graphml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "plain GraphML"),
        ("t.graphml", b"<graphml", "plain GraphML"),
    ],
)
def test_a_file_that_is_no_network_is_refused(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CaseFileError, match=says):
        read_network(path)


def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_table, "MOST_NETWORK_BYTES", 10_000)
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"source,target,sign\n" + b"A,B,1\n" * 100_000))
    with pytest.raises(CaseFileError, match="a smaller table"):
        read_network(path)


def test_graphml_takes_the_integer_sign_and_names_an_edge_without(
    tmp_path: Path,
) -> None:
    head = (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        '<key id="s" for="edge" attr.name="sign" attr.type="int"/><graph>'
        '<node id="a"/><node id="b"/>'
    )
    edge = '<edge source="a" target="b"><data key="s">-1</data></edge>'
    path = _written(tmp_path, f"{head}{edge}</graph></graphml>", "ties.graphml")
    assert read_network(path).symmetrised.graph.sign.tolist() == [-1]
    bare = '<edge source="a" target="b"/></graph></graphml>'
    with pytest.raises(CaseFileError, match="row 2, column"):
        read_network(_written(tmp_path, head + edge + bare, "bare.graphml"))


def test_of_a_case_nothing_is_dropped() -> None:
    found = read_network(_CASE, layer="effective").symmetrised
    assert found.rule == "none"
    assert found.contradictory == int((found.graph.sign == 0).sum())
    assert all(found.graph.claims)


def test_options_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    path = _written(tmp_path, _ROWS)
    with pytest.raises(UsageError, match='no rule "mean"; there are: drop, sum'):
        read_network(path, rule="mean")
    with pytest.raises(UsageError, match="are for a case folder"):
        read_network(path, layer="declared")
    with pytest.raises(UsageError, match='no layer "covert"'):
        read_network(_CASE, layer="covert")
    with pytest.raises(UsageError, match='no reading "none"'):
        read_network(_CASE, reading="none")
    with pytest.raises(CaseFileError, match="no such file"):
        read_network(tmp_path / "absent.csv")


@pytest.mark.reference
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("bio_egfr.csv", (329, 779, 264)),
        ("bio_macrophage.csv", (678, 1425, 478)),
        ("bitcoin_otc.csv", (5863, 21134, 2901)),
        ("wikielec_konect.csv.gz", (7115, 100355, 21915)),
    ],
)
def test_drop_gives_the_published_sizes(name: str, size: tuple[int, int, int]) -> None:
    g = read_network(reference("signed", name)).symmetrised.graph
    assert (g.n, g.m, int((g.sign < 0).sum())) == size
