"""Discourse Network Analyzer 3: documents to sources, statements to claims."""

import datetime as dt
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cuibono.claims.identity import claim_id
from cuibono.claims.records import AUTHOR, Anchor, Claim, Prov, Voice
from cuibono.claims.words import Layer, Method, NodeKind, Role, Sign, Stance, Status
from cuibono.formats.archives import shown
from cuibono.formats.exchange import dna_own
from cuibono.formats.exchange.dna_open import Row, tables_of
from cuibono.formats.exchange.intake import Intake, Possible, Stretch
from cuibono.formats.exchange.offsets import Utf16

PLAIN = "DNA Statement"
STORY = "NPF Story Element"


@dataclass(slots=True)
class Base:
    """Rows of a database with their references resolved."""

    version: str
    types: dict[int, str]
    coders: dict[int, str]
    values: dict[int, dict[str, Any]] = field(default_factory=dict)
    sources: dict[int, str] = field(default_factory=dict)
    units: dict[int, Utf16] = field(default_factory=dict)


def read(path: Path, intake: Intake) -> None:
    """Take a database in.

    Raises
    ------
    ForeignFileError
        If it is no database of DNA 3, or a reference or position leads nowhere.
    """
    tables = tables_of(path, intake)
    settings = {row["Property"]: row["Value"] for row in tables["SETTINGS"]}
    version = str(settings.get("version", ""))
    if not version.startswith("3."):
        intake.refuse(f'version "{shown(version)}"', "a database of DNA 3")
    base = Base(
        version=version,
        types={row["ID"]: str(row["Label"]) for row in tables["STATEMENTTYPES"]},
        coders={row["ID"]: str(row["Name"]) for row in tables["CODERS"]},
    )
    dna_own.take_nodes(tables, base.types, intake)
    for row in tables["DOCUMENTS"]:
        _take_document(row, base, intake)
    base.values = _values(tables, intake)
    _wholes(tables["STATEMENTS"], base, intake)
    for row in tables["STATEMENTS"]:
        _take_statement(row, base, intake)


def _take_document(row: Row, base: Base, intake: Intake) -> None:
    """Take in a document; its text stays to the character.

    Raises
    ------
    ForeignFileError
        If its text is no text.
    """
    if not isinstance(row["Text"], str) or not isinstance(row["Title"], str):
        intake.refuse(f"document {shown(row['ID'])} without a text", "text")
    name = dna_own.take_source(row, intake)
    if not name:
        parts = {key: row[key] for key in ("Section", "Type", "Notes") if row[key]}
        name = intake.source(
            row["Title"],
            row["Text"],
            author=str(row["Author"] or ""),
            publisher=str(row["Source"] or ""),
            date=_date(row["Date"]),
            note="; ".join(f"{key}: {value}" for key, value in parts.items()),
        )
    base.sources[row["ID"]] = name
    base.units[row["ID"]] = Utf16(row["Text"])


def _date(seconds: Any) -> str:
    """Day of a moment in seconds since 1970; nothing for 1970-01-01 itself."""
    if not isinstance(seconds, int) or seconds == 0:
        return ""
    try:
        moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)
    except OverflowError:
        return ""
    return moment.date().isoformat()


def _values(tables: dict[str, list[Row]], intake: Intake) -> dict[int, dict[str, Any]]:
    """What each statement says, by variable.

    Raises
    ------
    ForeignFileError
        If a value belongs to no variable or entity.
    """
    names = {row["ID"]: str(row["Variable"]) for row in tables["VARIABLES"]}
    entities = {row["ID"]: row["Value"] for row in tables["ENTITIES"]}
    found: dict[int, dict[str, Any]] = {}
    for table in ("DATABOOLEAN", "DATAINTEGER", "DATALONGTEXT", "DATASHORTTEXT"):
        for row in tables[table]:
            name = names.get(row["VariableId"])
            value = row["Value"] if "Value" in row else entities.get(row["Entity"])
            if name is None or value is None:
                at = shown(row["StatementId"])
                intake.refuse(f"a value of statement {at} that is nowhere", "a value")
            if table == "DATABOOLEAN":
                value = bool(value)
            found.setdefault(row["StatementId"], {})[name] = value
    return found


def _wholes(rows: list[Row], base: Base, intake: Intake) -> None:
    """Take in persons with the one organisation that each speaks for."""
    of: dict[str, set[str]] = {}
    for row in rows:
        if base.types.get(row["StatementTypeId"]) == PLAIN:
            said = base.values.get(row["ID"], {})
            person = str(said.get("person", "")).strip()
            whole = str(said.get("organization", "")).strip()
            if person:
                of.setdefault(person, set()).update({whole} - {"", person})
    for person, wholes in of.items():
        if len(wholes) > 1:
            intake.notes.append(
                f"{shown(person)} speaks for {len(wholes)} organisations: part of none"
            )
        whole = next(iter(wholes)) if len(wholes) == 1 else ""
        part_of = intake.node(whole, NodeKind.ACTOR) if whole else ""
        intake.node(person, NodeKind.ACTOR, part_of=part_of)


def _take_statement(row: Row, base: Base, intake: Intake) -> None:
    """Take in a statement by its type.

    Raises
    ------
    ForeignFileError
        If its document or place is nowhere.
    """
    number, kind = row["ID"], base.types.get(row["StatementTypeId"], "")
    units = base.units.get(row["DocumentId"])
    if units is None:
        intake.refuse(f"statement {shown(number)} of no document", "a document")
    if type(row["Start"]) is not int or type(row["Stop"]) is not int:
        intake.refuse(f"statement {shown(number)} at no whole numbers", "positions")
    try:
        start, end = units.points(row["Start"]), units.points(row["Stop"])
    except ValueError as error:
        intake.refuse(f"statement {shown(number)}: {shown(error)}", "a place in it")
    source = base.sources[row["DocumentId"]]
    anchor = intake.anchor(source, start, end)
    said = base.values.get(number, {})
    coder = base.coders.get(row["Coder"], "") or intake.tool
    prov = Prov(
        method=Method.IMPORT,
        tool="dna",
        version=base.version,
        derived_from=f"statement {number}",
    )
    blank = Claim(
        id="",
        source=source,
        subject="",
        predicate="",
        object="",
        sign=Sign.NOT_STATED,
        anchor=anchor,
        coder=coder,
        prov=prov,
        layer=Layer.DECLARED,
        stance=Stance.REPORTS,
    )
    if kind == dna_own.TYPE:
        dna_own.take_claim(said, blank, intake)
    elif kind == PLAIN:
        _take_plain(said, blank, intake)
    elif kind == STORY:
        _take_story(said, blank, intake)
    else:
        _take_other(kind, said, anchor, blank, intake)


def _take_plain(said: dict[str, Any], blank: Claim, intake: Intake) -> None:
    """Person or organisation agrees or disagrees with a concept."""
    who = str(said.get("person", "")).strip()
    who = who or str(said.get("organization", "")).strip()
    concept = str(said.get("concept", "")).strip()
    if not who or not concept:
        intake.skip("statements without a person, organisation or concept")
        return
    agrees = said.get("agreement")
    predicate, sign = "affects", Sign.NOT_STATED
    if isinstance(agrees, bool):
        predicate = "supports" if agrees else "opposes"
        sign = Sign.PLUS if agrees else Sign.MINUS
    else:
        intake.mark("statements whose agreement is no yes or no: sign ?")
    subject = intake.node(who, NodeKind.ACTOR)
    object_ = intake.node(concept, NodeKind.FACTOR)
    for name in said.keys() - {"person", "organization", "concept", "agreement"}:
        intake.skip(f'values of the variable "{shown(name)}"')
    intake.add(
        replace(
            blank,
            subject=subject,
            predicate=predicate,
            object=object_,
            sign=sign,
            voice=(AUTHOR, Voice(who=subject, role=Role.SPEAKER)),
        )
    )


def _take_story(said: dict[str, Any], blank: Claim, intake: Intake) -> None:
    """Villain, victim and hero of a story: what a narrator may claim, to be decided."""
    cast = {
        name: str(said.get(name, "")).strip()
        for name in ("narrator", "villain", "victim", "hero")
    }
    nodes = {
        name: intake.node(who, NodeKind.ACTOR) for name, who in cast.items() if who
    }
    pairs = (
        ("villain", "opposes", "victim", Sign.MINUS),
        ("hero", "supports", "victim", Sign.PLUS),
        ("narrator", "opposes", "villain", Sign.MINUS),
        ("narrator", "supports", "hero", Sign.PLUS),
    )
    found = 0
    for one, predicate, other, sign in pairs:
        if one not in nodes or other not in nodes or nodes[one] == nodes[other]:
            continue
        claim = replace(
            blank,
            subject=nodes[one],
            predicate=predicate,
            object=nodes[other],
            sign=sign,
            status=Status.DRAFT,
        )
        reason = f"{one} and {other} of one story; the sign is that of the roles"
        intake.possible.append(
            Possible(claim=replace(claim, id=claim_id(claim)), reason=reason)
        )
        found += 1
    if not found:
        intake.skip("story elements without two of narrator, villain, victim, hero")
    for name in ("plot", "policy solution"):
        intake.skip(f'values of the variable "{name}"', int(bool(said.get(name))))


def _take_other(
    kind: str, said: dict[str, Any], anchor: Anchor, blank: Claim, intake: Intake
) -> None:
    """Keep a statement of any other type as a coded stretch."""
    intake.mark(f'statements of type "{shown(kind)}": coded stretches, no claims')
    note = json.dumps({k: v for k, v in said.items() if v != ""}, ensure_ascii=False)
    intake.stretches.append(
        Stretch(
            source=blank.source,
            anchor=anchor,
            codes=(kind,),
            coder=blank.coder,
            note=note if said else "",
        )
    )
