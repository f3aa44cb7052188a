"""Tables and workbooks hold every field of a claim, whatever stands in its cells."""

from dataclasses import replace
from pathlib import Path

import pytest

from cuibono.claims.identity import claim_id
from cuibono.claims.records import Anchor, Case, Claim, EdgeOverride, Prov, TimeStated
from cuibono.claims.words import Method, Sign
from cuibono.errors import Problems, UsageError
from cuibono.formats.incoming import case_from_file
from cuibono.formats.tables import CLAIM_COLUMNS, claim_cells, table_text
from cuibono.formats.xlsx import workbook_bytes
from tests.formats.exchange.cases import by_place, small_case

NASTY = [
    "+1 for Arda",
    "-Arda",
    "'quoted'",
    "''",
    "-1",
    "+",
    "1e5",
    "007",
    "2006-07",
    "1/2",
    "TRUE",
    "#N/A",
    "00:30",
    'a "b", c; d',
    "أردا يدعم برون",
    "آردا\u200cها با برون",
    "😊🏴‍☠️",
    "_x0041_",
    "a\u00a0b",
    "İstanbul ß ﬁ",
]
"""Cells that a spreadsheet would run, count, date, or otherwise mend."""
QUOTES = [
    *NASTY,
    "=1+1",
    "@handle said",
    " both ends ",
    "two\nlines",
    "tab\there",
    "\u200fآردا\u200e",
]
"""A quote may start as a formula does, and keeps its spaces and line breaks."""


def claim_of(words: str, quote: str) -> Claim:
    """Claim with the same words in every free field."""
    anchor = Anchor(start=3, end=9, exact=quote, prefix=quote, suffix=quote)
    claim = replace(
        small_case().claims[0],
        anchor=anchor,
        context=(replace(anchor, start=12, end=20),),
        condition=words,
        time=TimeStated(stated=words, start="2006-07", end="2014~"),
        hedge=words,
        edge=EdgeOverride(tail="levee", head="brun", sign=Sign.MINUS),
        resolves_by="2014-11-24",
        would_count_as=words,
        paraphrase=words,
        notes=words,
        tags=(words.replace("|", "/"), "second"),
        coded_at="2026-11-21T10:00:00+00:00",
        prov=Prov(method=Method.LLM, tool=words, version="1.10", model=words),
        supersedes="c_abc",
    )
    return replace(claim, id=claim_id(claim))


def read_back(data: bytes, name: str, folder: Path) -> Case:
    """Case of a table or workbook."""
    path = folder / name
    path.write_bytes(data)
    problems = Problems()
    case = case_from_file(path, name.split(".")[1], problems, [])
    assert not problems.items, str(problems.items[0])
    return case


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_field_survives(form: str, tmp_path: Path) -> None:
    """The same words in every free field; quotes of every shape."""
    claims = [
        claim_of(NASTY[at % len(NASTY)], quote) for at, quote in enumerate(QUOTES)
    ]
    claims = [
        replace(claim, id=f"c{at}", coder=f"coder {at}")
        for at, claim in enumerate(claims)
    ]
    case = replace(small_case(), claims=tuple(claims))
    if form == "xlsx":
        data = workbook_bytes(case)
    else:
        data = table_text(CLAIM_COLUMNS, map(claim_cells, claims)).encode()
    again = read_back(data, f"t.{form}", tmp_path)
    found = by_place(again.claims)
    for one, other in zip(found, by_place(case.claims), strict=True):
        # A table has no nodes: a name there stands for itself.
        assert other == replace(one, subject=other.subject, object=other.object)


def test_a_workbook_holds_nodes_and_sources(tmp_path: Path) -> None:
    """Aliases in other scripts, codes, dates and addresses come back."""
    case = small_case()
    again = read_back(workbook_bytes(case), "t.xlsx", tmp_path)
    assert by_place(again.claims) == by_place(case.claims)
    assert again.nodes == case.nodes
    assert again.sources == case.sources
    assert again.codebook.predicates == case.codebook.predicates


def test_a_quote_too_long_for_a_cell_is_not_dropped(tmp_path: Path) -> None:
    """The workbook is refused; a table holds it."""
    long = Anchor(start=0, end=40_000, exact="a" * 40_000)
    claim = replace(small_case().claims[0], anchor=long, context=(long,))
    case = replace(small_case(), claims=(claim,))
    with pytest.raises(UsageError, match="too long"):
        workbook_bytes(case)
    data = table_text(CLAIM_COLUMNS, [claim_cells(claim)]).encode()
    assert read_back(data, "t.csv", tmp_path).claims[0].anchor == long
