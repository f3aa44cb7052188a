"""The folder `record/` of a case: written and read back, every fault at its place."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cuibono.errors import CaseFileError, Problems
from cuibono.formats.case import read_case
from cuibono.formats.limits import CaseFolder
from cuibono.formats.record.figures_files import figures_files, read_figures
from cuibono.formats.record.read import read_record
from tests.reference import ROOT

FLAGSHIP = ROOT / "cases/enemy-of-my-enemy"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the flagship."""
    return Path(shutil.copytree(FLAGSHIP, tmp_path / "case"))


def test_counts_read_back_as_they_were_written(folder: Path) -> None:
    plan = read_record(folder, read_case(folder))
    assert plan is not None
    for one in plan.figures:
        place = folder / "record" / one.extract.id
        for name, text in figures_files(one).items():
            assert (place / name).read_text(encoding="utf-8") == text
    assert {one.extract.id for one in plan.figures} == {"icews14", "icews05-15"}


def test_names_in_any_script_and_quotes_survive(folder: Path) -> None:
    case = read_case(folder)
    plan = read_record(folder, case)
    assert plan is not None
    first = plan.figures[0]
    odd = replace(
        first,
        extract=replace(first.extract, title='ایران "قدس" \\ \n 伊朗', id="odd"),
        actors=(replace(first.actors[0], names=(('Abū "Bakr", al-Baġdādī', 3),)),),
    )
    place = folder / "record" / "odd"
    place.mkdir()
    for name, text in figures_files(odd).items():
        (place / name).write_text(text, encoding="utf-8")
    problems = Problems()
    back = read_figures(CaseFolder(folder, problems), "record/odd", problems)
    assert list(problems) == []
    assert back is not None
    assert back.extract.title == odd.extract.title
    assert back.actors[0].names == odd.actors[0].names
    assert np.array_equal(back.series[0].own, odd.series[0].own)


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("record.toml", '"2014-06-10"', "2014-06-10", "text"),
        ("record.toml", 'a = "iran-government"', 'a = "iran"', "the id of a node"),
        ("record.toml", 'acts = "any"', 'acts = "all"', '"+", "-" or "any"'),
        ("record.toml", "c_pjlqjtgwd3", "c_aaaaaaaaaa", "the id of a claim"),
        ("record.toml", "rises = true", "rise = true", "rises"),
        ("record.toml", "[[pair]]", "[[pair]", "TOML"),
        ("actors.csv", "islamic-state", "islamic_state", "the id of a node"),
        ("actors.csv", "pattern,", "name,", "pattern"),
        ("icews14/extract.toml", '"2014-01-01"', '"1.1.2014"', "YYYY-MM-DD"),
        ("icews14/extract.toml", '"2014-12-31"', '"1999-12-31"', "at or after"),
        ("icews14/dyads.csv", "month,", "months,", "another header"),
        ("icews14/dyads.csv", "2014-01", "2013-01", "a month of the extract"),
        ("icews14/dyads.csv", ",0\n", ",-1\n", "counts of 0 or more"),
        ("icews14/volume.csv", "2014-02,", "2014-02,x", "counts of 0 or more"),
        ("icews14/names.csv", ",0\n", ",many\n", "actor, presence, name"),
    ],
)
def test_each_fault_is_named_and_nothing_is_read(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    _change(folder / "record" / file, old, new)
    with pytest.raises(CaseFileError) as caught:
        read_record(folder, read_case(folder))
    assert told in str(caught.value)
    assert file in str(caught.value)


def test_a_case_without_the_folder_asks_nothing_of_a_record(folder: Path) -> None:
    shutil.rmtree(folder / "record")
    assert read_record(folder, read_case(folder)) is None


def test_a_link_out_of_the_case_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("pattern,actor\nx,islamic-state\n", encoding="utf-8")
    path = folder / "record/actors.csv"
    path.unlink()
    path.symlink_to(secret)
    with pytest.raises(CaseFileError, match="a link or a path out"):
        read_record(folder, read_case(folder))
