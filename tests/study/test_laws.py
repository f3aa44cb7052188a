"""Laws of a whole run: same seed, same bytes; other names, same numbers."""

import hashlib
import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cuibono.claims.identity import claim_id
from cuibono.claims.records import Case, Reading, Selector
from cuibono.formats.case import read_case
from cuibono.report.html import html_report
from cuibono.report.text import text_report
from cuibono.study.document import document_text, study_document
from cuibono.study.records import Study
from cuibono.study.run import run_study
from tests.cases import claim, claims, lines, small_case
from tests.strategies.cases import renamed_case, renamed_claim
from tests.study.renaming import document, tokens

ROOT = Path(__file__).parents[2]
LEVEE = ROOT / "cases/levee-effect"
HARBOUR = ROOT / "cases/harbour/claims.csv"
DRAWS = 40


def run(case: Case, seed: int = 2014) -> Study:
    """Study of a case with few draws."""
    return run_study(case, seed=seed, draws=DRAWS)


def fingerprints(study: Study) -> dict[str, str]:
    """SHA-256 of everything that a run writes, timing apart."""
    whole = study_document(study)
    whole.pop("timing")
    parts = {
        "json": json.dumps(whole, ensure_ascii=False),
        "html": html_report(study),
        "text": text_report(study),
    }
    return {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in parts.items()
    }


@pytest.fixture(scope="module")
def levee() -> Study:
    """Study of the levee case, run once."""
    return run(read_case(LEVEE))


SCRIPT = """
import json, sys
from tests.study.test_laws import LEVEE, fingerprints, run
from cuibono.formats.case import read_case
print(json.dumps(fingerprints(run(read_case(LEVEE)))))
"""


def test_the_same_seed_gives_the_same_bytes_twice(levee: Study) -> None:
    """JSON, page and text; and another seed gives others."""
    again = run(read_case(LEVEE))
    assert fingerprints(again) == fingerprints(levee)
    other = run(read_case(LEVEE), seed=2015)
    assert fingerprints(other)["json"] != fingerprints(levee)["json"]
    assert document_text(levee).endswith("}\n")


@pytest.mark.parametrize(("threads", "hash_seed"), [("1", "0"), ("2", "4242")])
def test_the_same_bytes_come_from_another_process(
    levee: Study, threads: str, hash_seed: str
) -> None:
    """Whatever its number of threads and its order of hashing."""
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS")
    env = os.environ | dict.fromkeys(names, threads) | {"PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == fingerprints(levee)


@pytest.mark.parametrize("backwards", [False, True])
def test_renaming_nodes_renames_the_answers_and_changes_nothing_else(
    levee: Study, backwards: bool
) -> None:
    """Every number of every reading, answer, withdrawal and variant stays."""
    names = tokens([node.id for node in levee.case.nodes], backwards=backwards)
    renamed = run(renamed_case(levee.case, names))
    back = {new: old for old, new in names.items()}
    assert document(renamed, back) == document(levee)
    assert document(renamed) != document(levee)


@pytest.mark.parametrize("backwards", [False, True])
def test_renaming_a_party_in_a_plain_table_changes_no_number(
    tmp_path: Path, backwards: bool
) -> None:
    """No places in a text tell claims apart; their ids change with the names."""
    case = read_case(HARBOUR)
    names = tokens([node.id for node in case.nodes], backwards=backwards)
    table = HARBOUR.read_text(encoding="utf-8")
    for name in sorted(names, key=len, reverse=True):
        table = table.replace(f",{name}", f",{names[name]}")
    path = tmp_path / "claims.csv"
    path.write_text(table, encoding="utf-8")
    renamed = read_case(path)
    back = {new: old for old, new in names.items()}
    ids = {claim_id(renamed_claim(item, names)): item.id for item in case.claims}
    assert {item.id for item in renamed.claims} == set(ids)
    assert document(run(renamed), back | ids) == document(run(case))


def test_the_order_of_claims_in_the_files_does_not_matter(
    levee: Study, tmp_path: Path
) -> None:
    """Lines shuffled within their file give the same study, hashes of files apart."""
    shuffled = random.Random(7)
    for path in LEVEE.rglob("*"):
        if path.is_file():
            target = tmp_path / "levee-effect" / path.relative_to(LEVEE)
            target.parent.mkdir(parents=True, exist_ok=True)
            rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
            if path.suffix == ".jsonl":
                shuffled.shuffle(rows)
            target.write_text("".join(rows), encoding="utf-8")
    again = read_case(tmp_path / "levee-effect")
    assert again.claims == levee.case.claims
    found, wanted = study_document(run(again)), study_document(levee)
    for part in (found, wanted):
        part.pop("timing")
        part["case"].pop("digests")
    assert found == wanted


def test_a_claim_that_two_coders_coded_alike_counts_once(tmp_path: Path) -> None:
    """The same claim in two coders' files stands behind its link once."""
    root = small_case(tmp_path)
    for coder in ("ana", "ben"):
        path = root / f"claims/text/{coder}.jsonl"
        path.write_text(
            lines(item | {"coder": coder} for item in claims()), encoding="utf-8"
        )
    (root / "claims/text/_final.jsonl").unlink()
    twice = read_case(root)
    (root / "claims/text/ben.jsonl").unlink()
    once = read_case(root)
    assert [item.id for item in twice.claims] == [item.id for item in once.claims]
    assert len(twice.coded) == 2 * len(once.coded)
    (one,), (other,) = (run(case).readings for case in (once, twice))
    assert one.model.digraph.claims == other.model.digraph.claims


def test_withdrawing_a_source_withdraws_exactly_its_claims(levee: Study) -> None:
    """A reading without a source is the run of a case without it."""
    case = levee.case
    gone = "river-board"
    whole = Reading(id="whole", title="all", include=case.readings[-1].include)
    without = replace(whole, exclude=(Selector(source=(gone,)),))
    kept = tuple(item for item in case.claims if item.source != gone)
    reading = run(replace(case, readings=(without,))).readings[0]
    rest = run(replace(case, readings=(whole,), claims=kept)).readings[0]
    assert [item.id for item in reading.model.claims] == [
        item.id for item in rest.model.claims
    ]
    assert all(item.source != gone for item in reading.model.claims)
    assert reading.answers == rest.answers
    assert reading.conclusions == rest.conclusions
    assert reading.diagnosis == rest.diagnosis


def test_a_claim_withdrawn_on_disk_builds_nothing(tmp_path: Path) -> None:
    """It stays in its file, and the study is that of the case without it."""
    root = small_case(tmp_path)
    path = root / "claims/text/_final.jsonl"
    before = run(read_case(root)).readings[0]
    extra = claim(id="c-four", subject="cor", object="brun", status="withdrawn")
    path.write_text(lines([*claims(), extra]), encoding="utf-8")
    after = run(read_case(root)).readings[0]
    assert after.model.digraph.claims == before.model.digraph.claims
    assert after.conclusions == before.conclusions
