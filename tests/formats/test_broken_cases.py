"""Every fault of a case is named once, where it is; nothing is written, no traceback."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cuibono.cli.main import exit_status
from cuibono.formats.case import inspect_case, read_case
from tests.cases import CASE_TOML, META, NODES, TEXT, claim, claims, lines, small_case

FINAL = "claims/text/_final.jsonl"
Break = Callable[[Path], object]


def put(name: str, text: str) -> Break:
    """Return the act of writing a file."""
    return lambda root: (root / name).write_text(text, encoding="utf-8")


def put_bytes(name: str, data: bytes) -> Break:
    """Return the act of writing bytes."""
    return lambda root: (root / name).write_bytes(data)


def changed(**fields: object) -> Break:
    """Return the act of changing fields of the first claim."""
    return put(FINAL, lines([claims()[0] | fields, *claims()[1:]]))


def table(rows: str) -> Break:
    """Return the act of replacing the claims folder by a table."""

    def act(root: Path) -> None:
        (root / FINAL).unlink()
        (root / "claims/text").rmdir()
        (root / "claims").rmdir()
        (root / "case.toml").write_text('schema = 1\ntitle = "T"\n', encoding="utf-8")
        (root / "claims.csv").write_text(rows, encoding="utf-8")

    return act


def linked(root: Path) -> None:
    """Replace a table by a link out of the folder."""
    outside = root.parent / "outside.csv"
    outside.write_text(NODES, encoding="utf-8")
    (root / "nodes.csv").unlink()
    (root / "nodes.csv").symlink_to(outside)


def huge(root: Path) -> None:
    """Make a table of 200 MB that takes no room on disk."""
    with (root / "nodes.csv").open("wb") as file:
        file.truncate(200_000_000)


HEAD = "source,subject,sign,object\n"

BROKEN: dict[str, tuple[Break, str, str]] = {
    "wrong sign": (changed(sign="aids"), "sign", '"aids"'),
    "empty sign": (changed(sign=""), "sign", "nothing"),
    "sign of a wrong type": (changed(sign=1), "sign", "1"),
    "unknown node": (changed(object="brunn"), "object", '"brunn"'),
    "unknown node of an edge": (
        changed(edge={"from": "arda", "to": "nobody", "sign": "+"}),
        "edge_to",
        '"nobody"',
    ),
    "half an edge": (changed(edge={"from": "arda"}), "edge_to", "nothing"),
    "dangling source": (changed(source="other"), "source", '"other"'),
    "unknown predicate": (changed(predicate="suports"), "predicate", '"suports"'),
    "unknown layer": (changed(layer="hidden"), "layer", '"hidden"'),
    "unknown stance": (changed(stance="asserts"), "stance", '"asserts"'),
    "unknown modality": (changed(modality="maybe"), "modality", '"maybe"'),
    "unknown polarity": (changed(polarity="not"), "polarity", '"not"'),
    "unknown field": (changed(colour="red"), "colour", "colour"),
    "unknown voice": (changed(voice="author > nobody"), "voice", '"nobody"'),
    "voice without author": (changed(voice="cor"), "voice", '"cor" first'),
    "voice with a gap": (changed(voice="author > "), "voice", "author >"),
    "position past the end": (
        changed(anchor={"start": 60, "end": 900, "exact": "x"}),
        "end",
        "position 900",
    ),
    "position reversed": (changed(anchor={"start": 9, "end": 3}), "end", "start 9"),
    "position as text": (
        changed(anchor={"start": "0", "end": 3}),
        "anchor.start",
        '"0"',
    ),
    "negative position": (changed(anchor={"start": -4, "end": 3}), "start", '"-4"'),
    "quote that is elsewhere": (
        changed(anchor={"start": 1, "end": 16, "exact": TEXT[0:15]}),
        "exact",
        "other words at 1 to 16",
    ),
    "hash that is no hash": (
        changed(anchor={"start": 0, "end": 4, "exact_sha256": "abc"}),
        "exact_sha256",
        '"abc"',
    ),
    "duplicate ids": (changed(id="c-two"), "id", "c-two"),
    "id with a space": (changed(id="c one"), "id", '"c one"'),
    "bad date": (changed(time={"start": "2014-13-45"}), "time_start", "month 13"),
    "bad interval": (changed(time={"start": "2014/2006"}), "time_start", "ends before"),
    "date in words": (changed(resolves_by="next May"), "resolves_by", "next May"),
    "formula cell": (changed(paraphrase="=HYPERLINK(1)"), "paraphrase", "a formula"),
    "bidi control in a name": (
        put("nodes.csv", NODES.replace("The valley", "The \u202eyellav")),
        "label",
        "U+202E",
    ),
    "control character": (changed(notes="a\x07b"), "notes", "U+0007"),
    "cut-off JSON line": (
        put(FINAL, lines(claims())[:-20]),
        FINAL,
        "broken JSON",
    ),
    "JSON list": (put(FINAL, "[1, 2]\n"), FINAL, "a JSON list"),
    "JSON key twice": (
        put(FINAL, lines(claims()[1:]) + '{"id": "a", "id": "b"}\n'),
        FINAL,
        'key "id" comes twice',
    ),
    "deep JSON": (put(FINAL, "[" * 100_000 + "\n"), FINAL, "broken JSON"),
    "empty claims file": (put(FINAL, ""), FINAL, "an empty file"),
    "wrong encoding": (
        put_bytes("nodes.csv", NODES.replace("Cor", "Cör").encode("latin-1")),
        "nodes.csv",
        "byte 0xF6",
    ),
    "UTF-16": (
        put_bytes("nodes.csv", NODES.encode("utf-16")),
        "nodes.csv",
        "byte 0xFF",
    ),
    "NUL": (put("nodes.csv", NODES + "a\x00b,b,actor\n"), "nodes.csv", "a NUL"),
    "empty node table": (put("nodes.csv", ""), "nodes.csv", "an empty file"),
    "unknown kind": (
        put("nodes.csv", NODES.replace("valley,place", "valley,spot")),
        "kind",
        '"spot"',
    ),
    "node twice": (
        put("nodes.csv", NODES + "Arda ,x,actor,,,,,\n"),
        "id",
        '"arda" 2 times',
    ),
    "alias of two nodes": (
        put("nodes.csv", NODES.replace("brun,Brun,actor,", "brun,Brun,actor,Cor")),
        "aliases",
        '"Cor"',
    ),
    "part of itself": (
        put("nodes.csv", NODES.replace("brun,Brun,actor,,,", "brun,Brun,actor,,brun,")),
        "part_of",
        '"brun" as a part of itself',
    ),
    "part of nothing": (
        put(
            "nodes.csv", NODES.replace("brun,Brun,actor,,,", "brun,Brun,actor,,whole,")
        ),
        "part_of",
        '"whole"',
    ),
    "bad Wikidata id": (put("nodes.csv", NODES.replace("Q1", "Qx")), "qid", '"Qx"'),
    "bad code": (put("nodes.csv", NODES.replace("iso3=ARD", "ARD")), "codes", '"ARD"'),
    "misspelt column": (
        put("nodes.csv", NODES.replace("part_of", "partof")),
        "partof",
        "partof",
    ),
    "column twice": (
        put("nodes.csv", NODES.replace("aliases", "label")),
        "label",
        "the column twice",
    ),
    "too many cells": (
        put("nodes.csv", NODES + "dor,Dor,actor,,,,,note,more\n"),
        "nodes.csv",
        "9 cells",
    ),
    "open quotation mark": (
        put("nodes.csv", NODES + '"dor\n'),
        "nodes.csv",
        "broken CSV",
    ),
    "link out of the folder": (linked, "nodes.csv", "a link"),
    "200 MB": (huge, "nodes.csv", "200 MB"),
    "broken TOML": (put("case.toml", "title = \n"), "case.toml", "broken TOML"),
    "TOML key twice": (
        put("case.toml", CASE_TOML + 'title = "x"\ntitle = "y"\n'),
        "case.toml",
        "broken TOML",
    ),
    "unknown key": (
        put("case.toml", CASE_TOML.replace("title = ", "titel = ", 1)),
        "titel",
        "titel",
    ),
    "newer schema": (
        put("case.toml", CASE_TOML.replace("schema = 1", "schema = 99")),
        "schema",
        "99",
    ),
    "older schema": (
        put("case.toml", CASE_TOML.replace("schema = 1", "schema = 0")),
        "schema",
        "0",
    ),
    "conclusion without claims": (
        put("case.toml", CASE_TOML.replace('["c-three"]', "[]")),
        "claims",
        "nothing",
    ),
    "conclusion on an unknown claim": (
        put("case.toml", CASE_TOML.replace("c-three", "c-nine")),
        "conclusion valley-suffers: claims",
        '"c-nine"',
    ),
    "conclusion on an unknown node": (
        put("case.toml", CASE_TOML.replace("{ arda = 1 }", "{ ardo = 1 }")),
        "conclusion valley-suffers: nodes",
        '"ardo"',
    ),
    "unknown expectation": (
        put("case.toml", CASE_TOML.replace('valley = "-"', 'valley = "down"')),
        "expect.valley",
        '"down"',
    ),
    "push of zero": (
        put("case.toml", CASE_TOML.replace("{ arda = 1 }", "{ arda = 0 }")),
        "do.press.arda",
        "0",
    ),
    "reading of everything": (
        put(
            "case.toml",
            CASE_TOML.replace(
                'stance = ["endorses"]\nlayer = ["covert", "effect"]', ""
            ),
        ),
        "reading author",
        "selects everything",
    ),
    "unknown word in a reading": (
        put("case.toml", CASE_TOML.replace('"endorses"', '"backs"')),
        "stance",
        '"backs"',
    ),
    "meta with a bad date": (
        put("sources/text/meta.toml", META.replace("2014", "14th May")),
        "date",
        "14th May",
    ),
    "text with another hash": (
        put("sources/text/meta.toml", META + f'sha256 = "{"0" * 64}"\n'),
        "sources/text/text.txt",
        hashlib.sha256(TEXT.encode()).hexdigest(),
    ),
    "text file with a path": (
        put("sources/text/meta.toml", META + 'text_file = "../../etc/passwd"\n'),
        "text_file",
        "etc/passwd",
    ),
    "both forms of claims": (
        put("claims.csv", HEAD + "text,arda,1,brun\n"),
        "claims.csv",
        "both claims.csv",
    ),
    "table without a column": (
        table("source,subject,object\na,Arda,Brun\n"),
        "claims.csv",
        "without sign",
    ),
    "table of nothing": (table(""), "claims.csv", "an empty file"),
    "table of a header alone": (table(HEAD), "claims.csv", "a header and no row"),
    "table with an empty cell": (table(HEAD + "a,,1,Brun\n"), "subject", "nothing"),
    "formula in a table": (
        table(HEAD + 'a,"=cmd|calc",1,Brun\n'),
        "subject",
        "a formula",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_fault_is_named_where_it_is(name: str, tmp_path: Path) -> None:
    """One problem for one fault: its place, and what was found."""
    act, place, found = BROKEN[name]
    root = small_case(tmp_path)
    act(root)
    problems = list(inspect_case(root).problems)
    mine = [
        problem
        for problem in problems
        if found in problem.found and place in f"{problem.file} {problem.column}"
    ]
    assert len(mine) == 1, problems
    assert mine[0].expected


@pytest.mark.parametrize("name", BROKEN)
def test_check_exits_with_2_writes_nothing_and_shows_no_traceback(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says what is wrong and leaves the folder as it was."""
    root = small_case(tmp_path)
    BROKEN[name][0](root)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    for arguments in (
        ["check", str(root)],
        ["run", str(root), "-o", str(root / "out")],
    ):
        assert exit_status(arguments) == 2
        err = capsys.readouterr().err
        assert "Traceback" not in err
        assert BROKEN[name][2] in err
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_there_are_at_least_forty_ways_to_break_a_case() -> None:
    """The bar that the project set itself."""
    assert len(BROKEN) >= 40


def test_most_faults_bring_just_one_problem(tmp_path: Path) -> None:
    """A fault is not told twice, unless it breaks what others refer to."""
    alone = 0
    for at, (act, _, _) in enumerate(BROKEN.values()):
        folder = tmp_path / str(at)
        folder.mkdir()
        root = small_case(folder)
        act(root)
        alone += len(inspect_case(root).problems) == 1
    assert alone >= len(BROKEN) * 0.7


def test_all_faults_of_a_case_are_told_at_once(tmp_path: Path) -> None:
    """Faults in three files and on two rows come in one go."""
    root = small_case(tmp_path)
    broken = [claims()[0] | {"sign": "aids"}, claims()[1] | {"layer": "hidden"}]
    (root / FINAL).write_text(lines([*broken, claims()[2]]), encoding="utf-8")
    (root / "nodes.csv").write_text(NODES.replace("Q1", "Qx"), encoding="utf-8")
    text = CASE_TOML.replace('valley = "-"', 'valley = "down"')
    (root / "case.toml").write_text(text, encoding="utf-8")
    found = {problem.found for problem in inspect_case(root).problems}
    assert {'"aids"', '"hidden"', '"Qx"', '"down"'} <= found


def test_a_valid_case_has_no_problem(tmp_path: Path) -> None:
    """What the broken ones start from is sound, its quote verified."""
    read = inspect_case(small_case(tmp_path))
    assert not list(read.problems)
    assert read.texts["text"] == TEXT
    assert len(read.case.claims) == 3


def test_check_as_json_names_the_same_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Programs get every field of a problem."""
    root = small_case(tmp_path)
    changed(sign="aids")(root)
    assert exit_status(["check", str(root), "--json"]) == 2
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "cuibono/check/1"
    problem = document["problems"][0]
    assert (problem["file"], problem["row"], problem["column"]) == (FINAL, 1, "sign")


def test_a_claim_read_twice_counts_once(tmp_path: Path) -> None:
    """Equal rows of a simple table are one claim."""
    path = tmp_path / "claims.csv"
    path.write_text(HEAD + "a,Arda,1,Brun\n" * 2 + "a,arda ,1,Brun\n", encoding="utf-8")
    assert len(read_case(path).claims) == 1


def test_a_withdrawn_claim_is_not_in_force(tmp_path: Path) -> None:
    """It stays on disk and builds nothing."""
    root = small_case(tmp_path)
    records = [*claims(), claim(id="c-four", status="withdrawn", sign="-")]
    (root / FINAL).write_text(lines(records), encoding="utf-8")
    assert "c-four" not in {item.id for item in read_case(root).claims}
