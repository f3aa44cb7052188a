"""What takes longer: run on a small case, told with attribution, repeated by seed."""

import re

import pytest

from cuibono.formats.case import read_case
from cuibono.report.html import html_report
from cuibono.report.text import text_report
from cuibono.report.together import together_view
from cuibono.study.document import document_text
from cuibono.study.records import Study
from cuibono.study.run import run_study
from tests.reference import ROOT

FLAGSHIP = ROOT / "cases" / "enemy-of-my-enemy"


@pytest.fixture(scope="module")
def study() -> Study:
    return run_study(read_case(FLAGSHIP), draws=40, deep=True, max_size=1)


def test_every_part_is_there(study: Study) -> None:
    assert study.deep is not None
    assert {item.conclusion for item in study.deep.lasting} >= {"gains-do-not-last"}
    assert study.deep.observables and study.deep.policies.policies
    assert study.deep.compared is not None and study.deep.compared.sweeps
    assert study.joint and study.joint[0].asked
    carried = {(item.reading, item.size) for item in study.deep.carried}
    assert ("author", 1) in carried and ("rival", 1) in carried


def test_every_sentence_about_the_model_is_attributed(study: Study) -> None:
    view = together_view(study)
    told = [*view["joint"], *view["tensions"], *view["observables"]]
    told += [one for part in view["lasting"] for one in part["sentences"]]
    assert len(told) > 5
    for sentence in told:
        assert "which this report does not judge" in sentence.text


def test_the_control_is_told_beside_what_lasts(study: Study) -> None:
    view = together_view(study)
    part = next(one for one in view["lasting"] if "Iraq" in one["title"])
    variants = {row["variant"] for row in part["rows"]}
    assert "As it is" in variants and any("removed" in name for name in variants)
    removed = next(one.text for one in part["sentences"] if "removed" in one.text)
    assert "in the control in" in removed


def test_no_bare_percentage_is_printed(study: Study) -> None:
    view = together_view(study)
    for part in ("joint", "observables"):
        assert not any(re.search(r"\d %", one.text) for one in view[part])


def test_page_text_and_json_hold_it_and_repeat(study: Study) -> None:
    page, text, document = html_report(study), text_report(study), document_text(study)
    assert 'id="together"' in page and "Policies by outcomes" in page
    assert "What would change it" in text
    assert '"deep"' in document and '"sweeps"' in document


def test_a_plain_run_says_how_to_get_it() -> None:
    plain = run_study(read_case(ROOT / "cases" / "levee-effect"), draws=20)
    assert plain.deep is None
    assert "--deep" in html_report(plain)
