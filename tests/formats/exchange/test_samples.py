"""Real files of other tools are read as those tools wrote them."""

import json
from pathlib import Path

import pytest

from cuibono.claims.records import Case
from cuibono.claims.words import Layer, Sign, Stance
from cuibono.cli.main import exit_status
from cuibono.formats.case import inspect_case
from cuibono.formats.exchange import dna_out, refi_out
from cuibono.formats.exchange.intake import Intake
from cuibono.formats.exchange.outgoing import Outgoing
from cuibono.formats.exchange.registry import format_of, take_in
from tests.reference import reference

FORMATS = ("claims", "formats")
SAMPLES = {
    "dna/sample.dna": ("dna", 40, 1),
    "refi-qda/demo-trimmed.qdpx": ("refi-qda", 0, 158),
    "refi-qda/nvivo_project.qdpx": ("refi-qda", 0, 0),
    "webanno-tsv/relation-minimal.tsv": ("webanno", 0, 0),
    "webanno-tsv/sentence-with-emoji.tsv": ("webanno", 0, 1),
    "webanno-tsv/tsv3_example2.tsv": ("webanno", 0, 9),
    "webanno-tsv/testsuite_relationLabelTest_user1.tsv": ("webanno", 0, 26),
    "doccano/export_relation_extraction.pretty.json": ("doccano", 3, 0),
    "doccano/import_relation_extraction.jsonl": ("doccano", 3, 0),
    "doccano/export_sequence_labeling.jsonl": ("doccano", 0, 4),
    "doccano/import_sequence_labeling.jsonl": ("doccano", 0, 1),
}
"""Form, claims and coded stretches of each."""


def sample(name: str) -> tuple[Case, Intake]:
    """Case of a sample, in the form that its start tells."""
    path = reference(*FORMATS, *name.split("/"))
    form = format_of(path)
    assert form == SAMPLES[name][0]
    intake = Intake(name=path.name, tool=form)
    return take_in(path, form, intake), intake


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_read_whole(name: str) -> None:
    """As many claims and stretches as the file has, each quote in its text."""
    case, intake = sample(name)
    _, claims, stretches = SAMPLES[name]
    assert (len(case.claims), len(intake.stretches)) == (claims, stretches)
    anchors = [(item.source, item.anchor) for item in intake.stretches]
    anchors += [(item.source, item.anchor) for item in case.claims if item.anchor]
    for source, anchor in anchors:
        assert intake.texts[source][anchor.start : anchor.end] == anchor.exact


@pytest.mark.parametrize("name", ["dna/sample.dna", "refi-qda/demo-trimmed.qdpx"])
def test_a_sample_becomes_a_folder_that_checks(name: str, tmp_path: Path) -> None:
    """The folder that is written can be read, with every quote verified."""
    path = reference(*FORMATS, *name.split("/"))
    assert exit_status(["import", str(path), "--to", str(tmp_path / "case")]) == 0
    read = inspect_case(tmp_path / "case")
    assert len(read.case.claims) == SAMPLES[name][1]
    if read.case.claims:
        assert not read.problems.items
        assert set(read.texts) == {source.id for source in read.case.sources}
    else:
        assert list((tmp_path / "case/stretches").rglob("*.jsonl"))


def test_a_statement_of_dna_is_what_its_person_says() -> None:
    """The first: a person of an organisation disagrees with a concept."""
    case, _ = sample("dna/sample.dna")
    claim = next(c for c in case.claims if c.prov.derived_from == "statement 1")
    assert (claim.subject, claim.predicate) == ("joel-bluestein", "opposes")
    assert claim.sign is Sign.MINUS
    assert case.node(claim.object).label == "CO2 legislation will not hurt the economy."
    assert [step.who for step in claim.voice] == ["author", "joel-bluestein"]
    assert (claim.stance, claim.layer) == (Stance.REPORTS, Layer.DECLARED)
    assert claim.coder == "Coder 1"
    whole = case.node("joel-bluestein").part_of
    assert case.node(whole).label == "Energy and Environmental Analysis, Inc."
    source = case.source(claim.source)
    assert (source.author, source.date) == ("Bluestein, Joel", "2005-01-26")


def test_the_emoji_of_webanno_is_where_it_says() -> None:
    """Ten to twelve in UTF-16 units is ten to eleven in code points."""
    _, intake = sample("webanno-tsv/sentence-with-emoji.tsv")
    (stretch,) = intake.stretches
    assert (stretch.anchor.start, stretch.anchor.end) == (10, 11)
    assert stretch.anchor.exact == "😊"


def test_codes_of_a_project_become_nodes_where_a_table_says(tmp_path: Path) -> None:
    """The others stay codes."""
    path = reference(*FORMATS, "refi-qda", "demo-trimmed.qdpx")
    table = tmp_path / "codes.csv"
    table.write_text("code,label,kind\nparent,Parents,actor\n")
    case = tmp_path / "case"
    told = ["import", str(path), "--to", str(case), "--codes", str(table)]
    assert exit_status(told) == 0
    assert "parents,Parents,actor" in (case / "nodes.csv").read_text()


@pytest.mark.parametrize("form", ["dna", "refi-qda"])
def test_a_sample_goes_out_again(form: str, tmp_path: Path) -> None:
    """Claims of DNA's sample come back from a file of our own making."""
    case, intake = sample("dna/sample.dna")
    write = {"dna": dna_out.write, "refi-qda": refi_out.write}[form]
    path = tmp_path / "again"
    path.write_bytes(write(Outgoing(case, dict(intake.texts))))
    again = take_in(path, form, Intake(name="again", tool=form))
    assert {claim.id: claim for claim in again.claims} == {
        claim.id: claim for claim in case.claims
    }


def test_the_import_says_what_it_did_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Claims, stretches, suggestions and notes are counted."""
    path = reference(*FORMATS, "dna", "sample.dna")
    told = ["import", str(path), "--to", str(tmp_path / "case"), "--json"]
    assert exit_status(told) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["claims"], found["stretches"], found["possible"]) == (40, 1, 0)
    assert any("Annotation" in note for note in found["notes"])
