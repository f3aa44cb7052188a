"""What is read can be written and read again, in every form, with nothing lost."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cuibono.claims.identity import claim_id
from cuibono.claims.records import (
    AUTHOR,
    Anchor,
    Claim,
    EdgeOverride,
    Prov,
    TimeStated,
    Voice,
)
from cuibono.claims.words import (
    Layer,
    Method,
    Modality,
    Polarity,
    Role,
    Sign,
    Stance,
    Status,
    Strength,
)
from cuibono.errors import Problems
from cuibono.formats.case import case_of_claims, read_case
from cuibono.formats.flat import Place, claim_from_row, row_from_claim
from cuibono.formats.incoming import case_from_file
from cuibono.formats.jsonl import claim_lines, read_claim_lines
from cuibono.formats.tables import (
    CLAIM_COLUMNS,
    claim_cells,
    escaped,
    read_claim_table,
    table_text,
    unescaped,
)
from cuibono.formats.write import case_files
from cuibono.formats.xlsx import workbook_bytes

NAMES = st.sampled_from(["Arda", "Brun", "حکومت", "中国", "Łódź", "O'Cor", "a, b"])
WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Cf", "Zl", "Zp"]
    ),
    max_size=30,
).map(lambda text: " ".join(text.split()).lstrip("=@ "))
HASHES = st.sampled_from(["", "0" * 64, "0123456789abcdef" * 4])


@st.composite
def anchors(draw: st.DrawFn) -> Anchor:
    """Anchors, kept or not."""
    start = draw(st.integers(0, 10_000))
    return Anchor(
        start=start,
        end=start + draw(st.integers(1, 500)),
        exact=draw(WORDS),
        prefix=draw(WORDS),
        suffix=draw(WORDS),
        exact_sha256=draw(HASHES),
    )


@st.composite
def voices(draw: st.DrawFn) -> tuple[Voice, ...]:
    """Chains of one to three voices, with verbs and roles of their own."""
    steps = [AUTHOR]
    for _ in range(draw(st.integers(0, 2))):
        who = draw(st.sampled_from(["Cor", "unnamed:some-1", "حکومت"]))
        role = draw(st.sampled_from([Role.SPEAKER, Role.REPORTED, Role.UNNAMED]))
        steps.append(
            Voice(who=who, role=role, verb=draw(st.sampled_from(["", "vowed"])))
        )
    return tuple(steps)


@st.composite
def full_claims(draw: st.DrawFn) -> Claim:
    """Claims with every field of the record."""
    edge = st.builds(EdgeOverride, tail=NAMES, head=NAMES, sign=st.sampled_from(Sign))
    built = Claim(
        id="",
        source=draw(st.sampled_from(["text", "letter"])),
        subject=draw(NAMES),
        predicate=draw(st.sampled_from(["supports", "labels", "affects"])),
        object=draw(NAMES),
        sign=draw(st.sampled_from(Sign)),
        anchor=draw(st.none() | anchors()),
        context=tuple(draw(st.lists(anchors(), max_size=2))),
        voice=draw(voices()),
        stance=draw(st.sampled_from(Stance)),
        polarity=draw(st.sampled_from(Polarity)),
        layer=draw(st.sampled_from(Layer)),
        modality=draw(st.sampled_from(Modality)),
        condition=draw(WORDS),
        time=TimeStated(
            stated=draw(WORDS),
            start=draw(st.sampled_from(["", "2006", "2014-11-24", "2011~"])),
            end=draw(st.sampled_from(["", "2015/2016"])),
        ),
        hedge=draw(WORDS),
        strength=draw(st.sampled_from(Strength)),
        edge=draw(st.none() | edge),
        resolves_by=draw(st.sampled_from(["", "2014-12"])),
        would_count_as=draw(WORDS),
        paraphrase=draw(WORDS),
        notes=draw(WORDS),
        tags=tuple(draw(st.lists(st.sampled_from(["wider", "maxim"]), unique=True))),
        coder=draw(st.sampled_from(["", "ana"])),
        coded_at=draw(st.sampled_from(["", "2026-11-21T10:00:00+00:00"])),
        prov=Prov(method=draw(st.sampled_from(Method)), tool=draw(WORDS)),
        status=draw(st.sampled_from([Status.DRAFT, Status.SUBMITTED])),
        supersedes=draw(st.sampled_from(["", "c_abc"])),
    )
    return replace(built, id=claim_id(built))


@given(full_claims())
def test_a_flat_row_holds_a_whole_claim(claim: Claim) -> None:
    """Row after claim gives the claim."""
    problems = Problems()
    assert claim_from_row(row_from_claim(claim), Place("t", 1), problems) == claim
    assert not problems.items


@given(
    st.lists(full_claims(), min_size=1, max_size=4, unique_by=lambda claim: claim.id)
)
def test_csv_and_jsonl_hold_the_same_claims(claims: list[Claim]) -> None:
    """Claims through a table and through lines are the claims."""
    ordered = read_claim_lines(claim_lines(claims), "t.jsonl", Problems())
    assert {claim.id: claim for claim in ordered} == {
        claim.id: claim for claim in claims
    }
    problems = Problems()
    text = table_text(CLAIM_COLUMNS, (claim_cells(claim) for claim in ordered))
    assert read_claim_table(text, "t.csv", problems, []) == ordered
    assert not problems.items
    assert claim_lines(ordered) == claim_lines(claims)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.lists(full_claims(), min_size=1, max_size=4, unique_by=lambda claim: claim.id)
)
def test_a_workbook_holds_the_same_claims(tmp_path: Path, claims: list[Claim]) -> None:
    """Claims through a workbook are the claims, and equal cases give equal bytes."""
    case = case_of_claims("t", claims, [])
    path = tmp_path / "t.xlsx"
    data = workbook_bytes(case)
    path.write_bytes(data)
    problems = Problems()
    again = case_from_file(path, "xlsx", problems, [])
    assert again.claims == case.claims
    assert again.nodes == case.nodes
    assert workbook_bytes(case) == data


@pytest.mark.parametrize("simple", [True, False])
def test_a_case_folder_reads_back_as_written(simple: bool, tmp_path: Path) -> None:
    """Both forms of claims give the same case."""
    case = read_case(Path("cases/levee-effect"))
    for name, text in case_files(case, simple=simple).items():
        path = tmp_path / "case" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    again = read_case(tmp_path / "case")
    assert again.claims == case.claims
    assert again.nodes == case.nodes
    assert again.sources == case.sources


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd", "-x", "@sum", "'quoted", "'", "''=", "-1"]
)
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(cell: str) -> None:
    """The guard stops formulas, leaves numbers, and comes off again."""
    guarded = escaped(cell)
    assert unescaped(guarded) == cell
    assert guarded[0] not in "=+@" and (guarded[0] != "-" or guarded == "-1")


@pytest.mark.parametrize(
    ("written", "sign"),
    [("+", "+"), ("helps", "+"), ("1.0", "+"), ("−", "-"), ("-1", "-"), ("none", "0")],
)
def test_words_and_numbers_of_spreadsheets_are_signs(written: str, sign: str) -> None:
    """A sign survives what a spreadsheet makes of it."""
    row = {"source": "a", "subject": "b", "object": "c", "sign": written}
    claim = claim_from_row(row, Place("t", 2), Problems())
    assert claim is not None
    assert claim.sign.value == sign
