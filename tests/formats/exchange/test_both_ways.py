"""What leaves for another tool comes back as it was, or is said to be lost."""

import base64
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import defusedxml.ElementTree as SafeTree
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cuibono.claims.records import Case, Claim
from cuibono.claims.words import Sign
from cuibono.errors import UsageError
from cuibono.formats.case import case_of_claims, read_case
from cuibono.formats.exchange import (
    argdown,
    dna_out,
    label_studio_out,
    refi_out,
    web_annotation_out,
)
from cuibono.formats.exchange.dna_schema import TABLES, VERSION
from cuibono.formats.exchange.intake import Intake
from cuibono.formats.exchange.offsets import Utf16
from cuibono.formats.exchange.outgoing import Outgoing
from cuibono.formats.exchange.registry import take_in
from tests.formats.exchange.cases import TEXTS, by_place, small_case, small_out
from tests.formats.test_round_trips import full_claims
from tests.reference import reference

FLAGSHIP = Path("cases/enemy-of-my-enemy")


def taken(data: bytes, name: str, folder: Path, form: str) -> tuple[Case, Intake]:
    """Case of some bytes, read as a file of a form."""
    path = folder / name
    path.write_bytes(data)
    intake = Intake(name=name, tool=form)
    return take_in(path, form, intake), intake


@pytest.mark.parametrize("keep", [True, False])
def test_web_annotations_hold_the_case(keep: bool, tmp_path: Path) -> None:
    """Claims, nodes, sources and predicates are the same after the way there and back."""
    case = small_case(keep=keep)
    data = web_annotation_out.write(Outgoing(case))
    again, _ = taken(data, "a.jsonld", tmp_path, "web-annotation")
    assert by_place(again.claims) == by_place(case.claims)
    assert again.nodes == case.nodes
    assert again.sources == case.sources
    assert again.codebook.predicates == case.codebook.predicates


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.lists(full_claims(), min_size=1, max_size=4, unique_by=lambda claim: claim.id)
)
def test_web_annotations_hold_every_field(tmp_path: Path, claims: list[Claim]) -> None:
    """No field of a claim is lost; hashes that are not the quote's own are set aside."""
    plain = [
        replace(
            claim,
            anchor=claim.anchor
            and replace(
                claim.anchor, exact_sha256="" if claim.anchor.exact else "0" * 64
            ),
        )
        for claim in claims
    ]
    case = case_of_claims("t", plain, [])
    data = web_annotation_out.write(Outgoing(case))
    again, _ = taken(data, "t.jsonld", tmp_path, "web-annotation")
    assert by_place(again.claims) == by_place(case.claims)
    assert again.nodes == case.nodes


def test_web_annotations_of_an_unkept_text_hold_no_words(tmp_path: Path) -> None:
    """The flagship's quotes are not kept: position and hash stand alone, and come back."""
    case = read_case(FLAGSHIP)
    data = web_annotation_out.write(Outgoing(case))
    document = json.loads(data)
    items = document["first"]["items"]
    assert len(items) == len(case.claims)
    assert b"TextQuoteSelector" not in data
    assert all("cuibono:exactSha256" in item["target"] for item in items)
    again, _ = taken(data, "a.jsonld", tmp_path, "web-annotation")
    assert by_place(again.claims) == by_place(case.claims)
    assert again.nodes == case.nodes
    assert again.sources == case.sources


def test_a_web_annotation_has_what_the_standard_asks_for() -> None:
    """Context, id, type, target; both selectors; the coder is the creator."""
    document = json.loads(web_annotation_out.write(small_out()))
    assert document["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    item = document["first"]["items"][0]
    assert item["type"] == "Annotation" and item["id"].startswith("urn:cuibono:claim:")
    assert item["target"]["source"] == "https://example.org/letter?a=1"
    words, position = item["target"]["selector"]
    assert words["type"] == "TextQuoteSelector"
    assert TEXTS["letter"][position["start"] : position["end"]] == words["exact"]
    assert item["creator"]["name"] == "ana"


def test_a_dna_file_gives_claims_nodes_and_texts_back(tmp_path: Path) -> None:
    """Everything that the note of a statement and the attributes hold is the same."""
    case = small_case()
    again, intake = taken(dna_out.write(small_out()), "a.dna", tmp_path, "dna")
    assert by_place(again.claims) == by_place(case.claims)
    assert again.nodes == case.nodes
    assert again.sources == case.sources
    assert intake.texts == TEXTS


def test_a_dna_file_passes_the_checks_that_dna_makes(tmp_path: Path) -> None:
    """Settings, references, integrity; empty entities; positions in UTF-16 units."""
    path = tmp_path / "a.dna"
    path.write_bytes(dna_out.write(small_out()))
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert dict(base.execute("SELECT * FROM SETTINGS"))["version"] == VERSION
        empty = "SELECT COUNT(*) FROM ENTITIES WHERE Value = ''"
        short = "SELECT COUNT(*) FROM VARIABLES WHERE DataType = 'short text'"
        assert base.execute(empty).fetchone() == base.execute(short).fetchone()
        rows = base.execute(
            "SELECT Start, Stop, Text FROM STATEMENTS JOIN DOCUMENTS "
            "ON DOCUMENTS.ID = DocumentId"
        ).fetchall()
        entities = base.execute("SELECT COUNT(*) FROM ENTITIES").fetchone()[0]
        needed = base.execute(
            "SELECT COUNT(*) FROM ENTITIES JOIN ATTRIBUTEVARIABLES USING (VariableId)"
        ).fetchone()
        assert needed == base.execute("SELECT COUNT(*) FROM ATTRIBUTEVALUES").fetchone()
    assert entities > 4
    quotes = {claim.anchor.exact for claim in small_case().claims if claim.anchor}
    encoded = [(start, stop, text.encode("utf-16-le")) for start, stop, text in rows]
    assert quotes == {
        data[2 * start : 2 * stop].decode("utf-16-le") for start, stop, data in encoded
    }


def test_our_layout_is_that_of_dna_itself() -> None:
    """Tables, columns, types, keys and references are those of DNA's own sample."""
    sample = reference("claims", "formats", "dna", "sample.dna")
    with (
        closing(sqlite3.connect(f"file:{sample}?immutable=1", uri=True)) as theirs,
        closing(sqlite3.connect(":memory:")) as ours,
    ):
        for name, columns in TABLES.items():
            ours.execute(f"CREATE TABLE {name}({columns})")
        listed = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = {name for (name,) in theirs.execute(listed)}
        assert tables == set(TABLES)
        for name in tables:
            for pragma in ("table_info", "foreign_key_list"):
                told = f"PRAGMA {pragma}({name})"
                one = {_plain(row) for row in ours.execute(told)}
                assert one == {_plain(row) for row in theirs.execute(told)}, name


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    """Row of a description without its running number, and defaults as text."""
    return tuple(str(cell) for cell in row[1:])


def test_dna_knows_the_password_by_its_own_hash() -> None:
    """The hash of the sample's public password is made the way that we make ours."""
    sample = reference("claims", "formats", "dna", "sample.dna")
    with closing(sqlite3.connect(f"file:{sample}?immutable=1", uri=True)) as base:
        (stored,) = base.execute("SELECT Password FROM CODERS LIMIT 1").fetchone()
    salt = base64.b64decode(stored)[:16]
    assert dna_out.password_hash("sample", salt) == stored


def test_a_statement_that_was_changed_in_dna_changes_its_claim(tmp_path: Path) -> None:
    """Another sign and subject there are another claim here, which says what it was."""
    path = tmp_path / "a.dna"
    path.write_bytes(dna_out.write(small_out()))
    with closing(sqlite3.connect(path)) as base:
        base.execute(
            "UPDATE DATASHORTTEXT SET Entity = (SELECT ENTITIES.ID FROM ENTITIES JOIN "
            "VARIABLES ON VARIABLES.ID = VariableId WHERE Variable = 'subject' AND "
            "Value = 'the levee') WHERE StatementId = 1 AND VariableId = "
            "(SELECT ID FROM VARIABLES WHERE Variable = 'subject')"
        )
        base.commit()
    again, intake = taken(path.read_bytes(), "a.dna", tmp_path, "dna")
    changed = [claim for claim in again.claims if claim.supersedes]
    assert [claim.subject for claim in changed] == ["levee"]
    assert any("changed in DNA" in line for line in intake.told())


def test_a_refi_project_gives_claims_back_from_its_notes(tmp_path: Path) -> None:
    """Texts, claims, nodes and sources are the same where the notes are kept."""
    case = small_case()
    again, intake = taken(refi_out.write(small_out()), "a.qdpx", tmp_path, "refi-qda")
    assert by_place(again.claims) == by_place(case.claims)
    assert again.nodes == case.nodes
    assert again.sources == case.sources
    assert intake.texts == TEXTS


def test_a_refi_project_without_notes_gives_coded_stretches(tmp_path: Path) -> None:
    """A program that drops notes leaves the three codes of each passage, no claim."""
    packed = BytesIO(refi_out.write(small_out()))
    with zipfile.ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    project = files["project.qde"].decode()
    start, end = project.index("<Notes>"), project.index("</Notes>") + len("</Notes>")
    files["project.qde"] = (project[:start] + project[end:]).encode()
    bare = BytesIO()
    with zipfile.ZipFile(bare, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    again, intake = taken(bare.getvalue(), "a.qdpx", tmp_path, "refi-qda")
    assert again.claims == ()
    assert len(intake.stretches) == 5
    assert intake.stretches[0].codes == (
        "nodes > Arda",
        "predicates > opposes",
        "nodes > Brun",
    )


def test_a_refi_project_is_valid_by_its_schema() -> None:
    """The project file passes the schema of the standard."""
    etree = pytest.importorskip("lxml.etree")
    schema = reference("claims", "formats", "refi-qda", "Project.xsd")
    with zipfile.ZipFile(BytesIO(refi_out.write(small_out()))) as archive:
        document = etree.fromstring(archive.read("project.qde"))
        names = archive.namelist()
    etree.XMLSchema(etree.parse(str(schema))).assertValid(document)
    space = "{urn:QDA-XML:project:1.0}"
    selections = list(document.iter(f"{space}PlainTextSelection"))
    assert [len(item.findall(f"{space}Coding")) for item in selections] == [3] * 5
    paths = [item.get("plainTextPath") for item in document.iter(f"{space}TextSource")]
    assert {path.replace("internal://", "sources/") for path in paths} < set(names)


def test_label_studio_shows_claims_as_predictions() -> None:
    """Regions quote the text by code points; a relation where the quote names both."""
    tasks = json.loads(label_studio_out.write(small_out()))
    assert [task["data"]["source"] for task in tasks] == ["letter", "speech"]
    for task in tasks:
        (prediction,) = task["predictions"]
        ids = {item["id"] for item in prediction["result"] if "id" in item}
        for item in prediction["result"]:
            if item["type"] == "relation":
                assert {item["from_id"], item["to_id"]} <= ids
                continue
            value = item["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
    labels = [
        item["labels"]
        for task in tasks
        for item in task["predictions"][0]["result"]
        if item["type"] == "relation"
    ]
    assert labels == [["opposes"], ["supports"], ["depends-on"]]


def test_label_studio_is_told_every_label_that_its_predictions_use() -> None:
    """The interface is XML of one line, whatever the predicates are called."""
    out = small_out()
    tasks = json.loads(label_studio_out.write(out))
    (told,) = out.needed
    view = SafeTree.fromstring(told.removeprefix("labelling interface: "))
    results = [item for task in tasks for item in task["predictions"][0]["result"]]
    for tag, kind in (("Label", "labels"), ("Relation", "relation")):
        used = {
            label
            for item in results
            if item["type"] == kind
            for label in item.get("labels") or item["value"]["labels"]
        }
        assert {item.get("value") for item in view.iter(tag)} == used
    assert told in out.told()
    results[-1]["labels"] = ['a "b" <c>']
    odd = SafeTree.fromstring(label_studio_out.interface(tasks))
    assert 'a "b" <c>' in {item.get("value") for item in odd.iter("Relation")}


def test_label_studio_predictions_come_back_as_drafts(tmp_path: Path) -> None:
    """Once a person has taken them over as annotations."""
    tasks = json.loads(label_studio_out.write(small_out()))
    for task in tasks:
        (made,) = task.pop("predictions")
        task["annotations"] = [{"completed_by": 7, "result": made["result"]}]
    data = json.dumps(tasks).encode()
    again, intake = taken(data, "a.json", tmp_path, "label-studio")
    said = {(c.subject, c.predicate, c.object, c.sign) for c in again.claims}
    assert ("brun", "depends-on", "the-levee", Sign.PLUS) in said
    assert {claim.coder for claim in again.claims} == {"annotator-7"}
    assert {claim.status for claim in again.claims} == {"draft"}
    assert len(intake.stretches) == 5


def test_suggestions_leave_as_predictions_of_their_own() -> None:
    """One prediction a method; one that lies outside its text is counted."""
    out = small_out()
    record = {"source": "letter", "start": 0, "end": 30, "predicate": "opposes"}
    whole = record | {"subject": "arda", "object": "brun", "sign": "-"}
    out.suggestions = [whole | {"method": "rule"}, whole | {"end": 10_000}]
    task = json.loads(label_studio_out.write(out))[0]
    versions = [item["model_version"] for item in task["predictions"]]
    assert versions == ["cuibono claims", "cuibono rule", "cuibono"]
    assert out.lost["suggestions outside their text"] == 1


def test_argdown_attributes_every_claim_and_escapes_its_text() -> None:
    """Support and attack by sign; a denial supports nothing; marks are plain text."""
    text = argdown.write(small_out()).decode()
    lines = text.split("\n")
    assert sum(line.startswith("  - [") for line in lines) == 2
    assert sum(line.startswith("  + [") for line in lines) == 2
    assert r"Arda \[sic\] opposes \#Brun" in text
    assert "it is not so that" in text
    # To Argdown a relation after an empty line is an error.
    assert "\n\n  " not in text
    assert text.count("author") >= 5


@pytest.mark.parametrize(
    "write", [dna_out.write, refi_out.write, label_studio_out.write]
)
def test_a_form_that_holds_texts_asks_for_them(write: object) -> None:
    """Without a text at hand nothing is written; with one of two, the loss is told."""
    assert callable(write)
    with pytest.raises(UsageError, match="--texts"):
        write(Outgoing(small_case()))
    out = Outgoing(small_case(), {"letter": TEXTS["letter"]})
    write(out)
    assert out.lost["claims of sources whose text is not at hand"] == 2


@pytest.mark.parametrize(
    "write",
    [
        dna_out.write,
        refi_out.write,
        label_studio_out.write,
        web_annotation_out.write,
        argdown.write,
    ],
)
def test_the_same_case_gives_the_same_bytes(write: object) -> None:
    """Nothing of the moment of writing is in a file."""
    assert callable(write)
    assert write(small_out()) == write(small_out())


def test_utf16_positions_of_the_small_case_differ_from_code_points() -> None:
    """Otherwise the tests above would prove nothing."""
    places = Utf16(TEXTS["letter"])
    assert places.units(20) > 20
