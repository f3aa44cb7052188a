"""A case out in every form and in again; drafts brought up to date; nothing by halves."""

import json
from pathlib import Path

import networkx as nx
import pytest

from cuibono.cli.main import exit_status
from cuibono.files.atomic import write_bytes, write_folder
from cuibono.formats.case import read_case
from cuibono.formats.export import FORMATS, Format
from cuibono.formats.incoming import IMPORTS
from cuibono.model.build import build_model
from tests.cases import claim, claims, lines, small_case
from tests.cli.calls import DRAWS, HARBOUR, LEVEE, call, done, refused, tree

Capsys = pytest.CaptureFixture[str]
XML = '<?xml version="1.0"?>\n'
NAMESPACE = 'xmlns="http://graphml.graphdrawing.org/xmlns"'


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_form_is_written_to_a_file_and_to_stdout_alike(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], form: Format
) -> None:
    """What a form leaves out is said on stderr."""
    path = tmp_path / f"out{form.suffix}"
    base = ["export", str(LEVEE), "--to", form.name]
    assert exit_status([*base, "-o", str(path)]) == 0
    told = capsysbinary.readouterr()
    assert told.out == b"" and f"wrote {path}".encode() in told.err
    assert exit_status(base) == 0
    told = capsysbinary.readouterr()
    assert told.out == path.read_bytes()
    assert bool(form.leaves_out) is (b"leaves out" in told.err)
    assert form.says


def test_a_workbook_does_not_go_to_a_screen(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asks for a file instead."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    message = refused(capsys, "export", LEVEE, "--to", "xlsx")
    assert "xlsx is not for the screen; name a file with -o" in message


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--to", "gexf"), "'gexf' is not one of 'csv', 'xlsx', 'jsonl'"),
        ((), "Missing option '--to'"),
        (("--to", "graphml", "--reading", "x"), 'no reading "x"; this case has: plain'),
    ],
)
def test_what_cannot_be_written_is_refused(
    capsys: Capsys, arguments: tuple[str, ...], message: str
) -> None:
    """An unknown form, none, an unknown reading."""
    assert message in refused(capsys, "export", LEVEE, *arguments)


def test_the_whole_case_as_json_holds_claims_readings_and_conclusions(
    capsys: Capsys,
) -> None:
    """Nothing is left out."""
    document = json.loads(done(capsys, "export", LEVEE, "--to", "json").out)
    assert document["schema"] == "cuibono/case/1"
    case = document["case"]
    assert len(case["claims"]) == 22 and len(case["nodes"]) == 12
    assert next(item["id"] for item in case["readings"]) == "plain-talk"
    assert len(case["conclusions"]) == 3 and len(case["codebook"]["predicates"]) == 17


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
@pytest.mark.parametrize("claims_as", ["csv", "jsonl"])
def test_claims_come_back_as_they_went_out(
    tmp_path: Path, capsys: Capsys, form: str, claims_as: str
) -> None:
    """Through every form that holds claims, into either form of folder."""
    out = tmp_path / f"case.{form}"
    done(capsys, "export", LEVEE, "--to", form, "-o", out)
    folder = tmp_path / "again"
    called = done(capsys, "import", out, "--to", folder, "--form", claims_as)
    assert f"wrote {folder}: 22 claims. Next: cuibono run {folder}" in called.out
    assert read_case(folder).claims == read_case(LEVEE).claims
    assert (folder / "claims.csv").is_file() is (claims_as == "csv")


def test_the_import_of_a_table_says_what_it_took_for_granted(
    tmp_path: Path, capsys: Capsys
) -> None:
    """As text, or as JSON for programs."""
    called = done(capsys, "import", HARBOUR, "--to", tmp_path / "one")
    assert "note: no nodes.csv" in called.err
    called = done(capsys, "import", HARBOUR, "--to", tmp_path / "two", "--json")
    assert called.document["claims"] == 12
    assert any("no nodes.csv" in note for note in called.document["notes"])
    done(capsys, "check", tmp_path / "two")
    done(capsys, "run", tmp_path / "one", "-o", tmp_path / "out", *DRAWS)


def test_a_format_may_be_named_where_the_ending_does_not_tell(
    tmp_path: Path, capsys: Capsys
) -> None:
    """Else the endings that are known are."""
    odd = tmp_path / "claims.dat"
    odd.write_bytes(HARBOUR.read_bytes())
    message = refused(capsys, "import", odd, "--to", tmp_path / "one")
    assert '"claims.dat": known endings are .csv' in message
    done(capsys, "import", odd, "--format", "csv", "--to", tmp_path / "one")
    assert set(IMPORTS.values()) == {"csv", "jsonl", "xlsx", "graphml"}


HEAD = "source,subject,sign,object\n"
BAD_FILES: dict[str, tuple[str, str]] = {
    "sign.csv": (HEAD + "a,Arda,aids,Brun\n", 'column "sign": found "aids"'),
    "empty.csv": ("", "an empty file"),
    "line.jsonl": ('{"id": "c"', "broken JSON"),
    "word.jsonl": (lines([claim(layer="hidden")]), '"hidden"'),
    "book.xlsx": ("no workbook", "book.xlsx"),
    "folder.csv": (HEAD + "../../evil,Arda,1,Brun\n", '"../../evil" cannot name'),
    "slash.csv": (HEAD + "a/b,Arda,1,Brun\n", '"a/b" cannot name a folder'),
    "hidden.csv": (HEAD + ".git,Arda,1,Brun\n", '".git" cannot name a folder'),
    "long.csv": (HEAD + "a" * 300 + ",Arda,1,Brun\n", "too long to name a folder"),
    "entity.graphml": (
        XML + '<!DOCTYPE x [<!ENTITY e "boom">]><graphml>&e;</graphml>',
        "GraphML without a document type or entities",
    ),
    "dtd.graphml": (
        XML + '<!DOCTYPE graphml SYSTEM "http://example.org/x.dtd"><graphml/>',
        "a file that is no plain GraphML",
    ),
    "cut.graphml": (XML + "<graphml><graph>", "a file that is no plain GraphML"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_an_import_that_fails_writes_nothing(
    tmp_path: Path, capsys: Capsys, name: str
) -> None:
    """One message that says what is wrong, and not a file more than before."""
    text, message = BAD_FILES[name]
    path = tmp_path / "in" / name
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    target = tmp_path / "deep/er/case"
    for form in ("csv", "jsonl"):
        told = refused(capsys, "import", path, "--to", target, "--form", form)
        assert message in told
        assert sorted(tmp_path.rglob("*")) == [path.parent, path]


def test_a_document_type_is_refused_in_one_line(tmp_path: Path, capsys: Capsys) -> None:
    """The fault with its remedy, and the count."""
    path = tmp_path / "evil.graphml"
    path.write_text(BAD_FILES["entity.graphml"][0], encoding="utf-8")
    told = refused(capsys, "import", path, "--to", tmp_path / "case")
    assert [line[:4] for line in told.splitlines()] == ["evil", "  Me", "1 pr"]


def test_an_import_from_or_to_nowhere_is_refused(
    tmp_path: Path, capsys: Capsys
) -> None:
    """No such file; a folder in use."""
    told = refused(capsys, "import", tmp_path / "no.csv", "--to", tmp_path / "x")
    assert "no.csv: found no such file" in told
    root = small_case(tmp_path)
    before = tree(root)
    told = refused(capsys, "import", HARBOUR, "--to", root)
    assert "is there already; name a new or empty folder" in told
    assert tree(root) == before


def test_signs_survive_graphml_as_integers_and_never_as_weights(
    tmp_path: Path, capsys: Capsys
) -> None:
    """As networkx reads them: sign, words, claims, voices and reading on each edge."""
    path = tmp_path / "map.graphml"
    done(capsys, "export", LEVEE, "--to", "graphml", "--reading", "open", "-o", path)
    case = read_case(LEVEE)
    reading = next(item for item in case.readings if item.id == "open")
    model = build_model(case, reading)
    found = nx.read_graphml(path)
    wanted = {
        (tail, head, sign): "|".join(model.digraph.claims[k])
        for k in range(model.digraph.m)
        for tail, head, sign in (model.label(k),)
    }
    edges = list(found.edges(data=True))
    assert {(t, h, data["sign"]): data["claims"] for t, h, data in edges} == wanted
    assert any(data["disputed"] for *_, data in edges)
    for *_, data in edges:
        assert type(data["sign"]) is int and data["sign"] in (-1, 1)
        assert data["effect"] == {1: "helps", -1: "harms"}[data["sign"]]
        assert data["reading"] == "open" and data["voice"] and data["layer"]
        assert "weight" not in data
    assert found.nodes["levees"]["label"] == "Height of the levees"
    assert found.nodes["levees"]["kind"] == "factor"


def test_a_map_comes_back_with_its_signs(tmp_path: Path, capsys: Capsys) -> None:
    """Out as GraphML and in again: the same signed links, by label."""
    path = tmp_path / "map.graphml"
    done(capsys, "export", LEVEE, "--to", "graphml", "--reading", "open", "-o", path)
    done(capsys, "import", path, "--to", tmp_path / "again")
    case, again = read_case(LEVEE), read_case(tmp_path / "again")
    labels = {node.id: node.label for node in case.nodes}
    reading = next(item for item in case.readings if item.id == "open")
    model = build_model(case, reading)
    wanted = {
        (labels[tail], labels[head], {1: "+", -1: "-"}[sign])
        for k in range(model.digraph.m)
        for tail, head, sign in (model.label(k),)
    }
    assert {(c.subject, c.object, c.sign.value) for c in again.claims} == wanted


def test_a_map_drawn_elsewhere_keeps_its_signs_and_loses_its_weights_aloud(
    tmp_path: Path, capsys: Capsys
) -> None:
    """A weight is never read as a sign; what is not read is named."""
    graph = nx.DiGraph()
    graph.add_edge("Arda", "Brun", sign=-1, weight=7.5)
    graph.add_edge("Brun", "Cor", sign=1)
    graph.add_edge("Cor", "Arda", weight=-1.0)
    graph.add_edge("Cor", "Dana", sign=0)
    path = tmp_path / "drawn.graphml"
    nx.write_graphml(graph, path)
    called = done(capsys, "import", path, "--to", tmp_path / "case")
    assert "attribute 'weight' is not read" in called.err
    assert "states no sign, taken as ?" in called.err
    found = read_case(tmp_path / "case")
    assert {(c.subject, c.object): c.sign.value for c in found.claims} == {
        ("Arda", "Brun"): "-",
        ("Brun", "Cor"): "+",
        ("Cor", "Arda"): "?",
        ("Cor", "Dana"): "?",
    }


def test_names_with_marks_of_xml_survive(tmp_path: Path, capsys: Capsys) -> None:
    """Quotation marks, angle brackets, ampersands, other scripts."""
    table = tmp_path / "odd.csv"
    rows = 'a,"Arda & ""Sons"" <1>",1,حکومت\n'
    table.write_text(HEAD + rows, encoding="utf-8")
    path = tmp_path / "odd.graphml"
    done(capsys, "export", table, "--to", "graphml", "-o", path)
    (edge,) = nx.read_graphml(path).edges
    assert edge == ('Arda & "Sons" <1>', "حکومت")


def draft(tmp_path: Path) -> Path:
    """Case folder in the layout of the drafts."""
    root = tmp_path / "draft"
    root.mkdir()
    table = "source,from,sign,to\nletter,Arda,1,Brun\n"
    (root / "claims.csv").write_text(table, encoding="utf-8")
    (root / "case.toml").write_text('title = "Old"\n', encoding="utf-8")
    return root


def test_a_draft_is_brought_up_to_date_and_then_left_alone(
    tmp_path: Path, capsys: Capsys
) -> None:
    """A dry run says what would change and changes nothing."""
    root = draft(tmp_path)
    before = tree(root)
    refused(capsys, "check", root)
    dry = done(capsys, "upgrade", root, "--dry-run").out
    assert "claims.csv: columns from, to are now subject, object" in dry
    assert "case.toml: schema = 1" in dry
    assert tree(root) == before
    assert done(capsys, "upgrade", root).out == dry
    assert (root / "case.toml").read_text(encoding="utf-8").startswith("schema = 1\n")
    done(capsys, "check", root)
    after = tree(root)
    assert done(capsys, "upgrade", root).out == "nothing to change\n"
    assert tree(root) == after


def test_a_draft_that_names_its_layout_or_has_no_head_is_upgraded_too(
    tmp_path: Path, capsys: Capsys
) -> None:
    """The line is replaced, or the file made."""
    root = draft(tmp_path)
    text = 'schema = 0\ntitle = "Old"\n'
    (root / "case.toml").write_text(text, encoding="utf-8")
    done(capsys, "upgrade", root)
    head = (root / "case.toml").read_text(encoding="utf-8")
    assert head == 'schema = 1\ntitle = "Old"\n'
    (root / "case.toml").unlink()
    done(capsys, "upgrade", root)
    assert 'title = "draft"' in (root / "case.toml").read_text(encoding="utf-8")
    done(capsys, "check", root)


def test_a_folder_that_cannot_be_upgraded_is_told(
    tmp_path: Path, capsys: Capsys
) -> None:
    """None there, one that cannot be read, one that is no valid case afterwards."""
    assert "no such folder" in refused(capsys, "upgrade", tmp_path / "no")
    root = draft(tmp_path)
    (root / "claims.csv").write_bytes(b"\xff\xfe")
    before = tree(root)
    assert "not UTF-8" in refused(capsys, "upgrade", root)
    assert tree(root) == before
    table = "source,from,sign,to\nletter,Arda,aids,Brun\n"
    (root / "claims.csv").write_text(table, encoding="utf-8")
    called = call(capsys, "upgrade", root)
    assert called.status == 2 and 'found "aids"' in called.err


def test_a_case_in_this_layout_stays_as_it_is(tmp_path: Path, capsys: Capsys) -> None:
    """Byte by byte."""
    root = small_case(tmp_path)
    before = tree(root)
    assert done(capsys, "upgrade", root).out == "nothing to change\n"
    assert tree(root) == before


class BrokenDiskError(Exception):
    """The disk is full, the power is gone."""


def fail(*_: object, **__: object) -> None:
    """Fail as a disk does.

    Raises
    ------
    BrokenDiskError
        Always.
    """
    raise BrokenDiskError


@pytest.mark.parametrize("step", ["replace", "chmod"])
def test_an_interrupted_write_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """And no half of the new one beside it."""
    path = tmp_path / "out.txt"
    write_bytes(path, b"old")
    monkeypatch.setattr(Path, step, fail)
    with pytest.raises(BrokenDiskError):
        write_bytes(path, b"new")
    monkeypatch.undo()
    assert tree(tmp_path) == {"out.txt": b"old"}
    write_bytes(path, b"new")
    assert tree(tmp_path) == {"out.txt": b"new"}


def test_an_interrupted_write_of_bytes_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the new ones cannot be flushed to disk."""
    path = tmp_path / "out.txt"
    write_bytes(path, b"old")
    monkeypatch.setattr("cuibono.files.atomic.os.fsync", fail)
    with pytest.raises(BrokenDiskError):
        write_bytes(path, b"new")
    assert tree(tmp_path) == {"out.txt": b"old"}


@pytest.mark.parametrize("step", ["replace", "write_text"])
def test_an_interrupted_folder_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """All of its files or none."""
    monkeypatch.setattr(Path, step, fail)
    with pytest.raises(BrokenDiskError):
        write_folder(tmp_path / "case", {"a.txt": "a", "b/c.txt": "c"})
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []
    write_folder(tmp_path / "case", {"a.txt": "a", "b/c.txt": "c"})
    assert tree(tmp_path / "case") == {"a.txt": b"a", "b/c.txt": b"c"}


def test_an_interrupted_run_leaves_the_last_report_whole(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file is replaced in one step."""
    root = small_case(tmp_path)
    out = tmp_path / "out"
    done(capsys, "run", root, "-o", out, *DRAWS)
    before = tree(out)
    (root / "claims/text/_final.jsonl").write_text(
        lines([*claims(), claim(id="c-four", subject="cor")]), encoding="utf-8"
    )
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(BrokenDiskError):
        call(capsys, "run", root, "-o", out, *DRAWS)
    assert tree(out) == before
