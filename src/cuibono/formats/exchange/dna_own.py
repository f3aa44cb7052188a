"""The statement type of our own in a .dna file: names, and how it is read back."""

import json
from dataclasses import replace
from typing import Any

from cuibono.claims.identity import claim_id
from cuibono.claims.records import Claim, Source
from cuibono.claims.words import SIGN_WORDS, Layer
from cuibono.errors import Problems
from cuibono.formats.archives import shown
from cuibono.formats.exchange.dna_open import Row
from cuibono.formats.exchange.intake import Intake, without_controls
from cuibono.formats.exchange.safe import json_value
from cuibono.formats.jsonl import anchor_record, claim_of_record
from cuibono.formats.tables import NODE_COLUMNS, nodes_from_rows

TYPE = "cuibono claim"
SHORT = ("voice", "subject", "predicate", "object", "sign", "layer")
"""Short texts of a statement; DNA can draw networks of any two."""
VARIABLES = (
    *((name, "short text") for name in SHORT),
    ("agreement", "boolean"),
    ("record", "long text"),
)
NODE_VARIABLES = ("subject", "object")
"""Variables whose entities are nodes, with the node's cells as attributes."""
MARK = "cuibono source: "
"""Start of the notes of a document that we wrote."""


def take_nodes(
    tables: dict[str, list[Row]], types: dict[int, str], intake: Intake
) -> None:
    """Take in the nodes that the entities of our own type describe."""
    variables = {
        row["ID"]
        for row in tables["VARIABLES"]
        if types.get(row["StatementTypeId"]) == TYPE
        and row["Variable"] in NODE_VARIABLES
    }
    names = {
        row["ID"]: str(row["AttributeVariable"])
        for row in tables["ATTRIBUTEVARIABLES"]
        if row["VariableId"] in variables
    }
    cells: dict[int, dict[str, str]] = {}
    for row in tables["ATTRIBUTEVALUES"]:
        name = names.get(row["AttributeVariableId"])
        if name in NODE_COLUMNS:
            cells.setdefault(row["EntityId"], {})[name] = str(row["AttributeValue"])
    problems = Problems()
    for row in tables["ENTITIES"]:
        mine = cells.get(row["ID"], {})
        if row["VariableId"] in variables and row["Value"] and mine.get("id"):
            full = dict.fromkeys(NODE_COLUMNS, "") | mine | {"label": str(row["Value"])}
            for node in nodes_from_rows([(row["ID"], full)], intake.name, problems):
                intake.whole_node(node)
    problems.raise_if_any()


def take_source(row: Row, intake: Intake) -> str:
    """Take in a document that we wrote, under its own id; "" if we did not.

    Raises
    ------
    ForeignFileError
        If its notes are ours and broken.
    """
    notes = str(row["Notes"] or "")
    if not notes.startswith(MARK):
        return ""
    cells = json_value(notes[len(MARK) :], intake)
    known = {name for name in Source.__slots__ if name != "sha256"}
    if not isinstance(cells, dict) or not cells.get("id") or set(cells) - known:
        intake.refuse("broken notes of a document", "those that we wrote")
    name = str(cells.pop("id"))
    made = intake.source(name, row["Text"], **{k: str(v) for k, v in cells.items()})
    whole = replace(intake.sources[made], title=str(cells.get("title", "")))
    intake.sources[made] = whole
    return made if name in intake.sources else intake.rename_source(made, name)


def take_claim(said: dict[str, Any], blank: Claim, intake: Intake) -> None:
    """Take in a claim: its record, under what its short texts say now.

    Raises
    ------
    ForeignFileError
        If the record is broken.
    """
    at = shown(blank.prov.derived_from)
    record = json_value(str(said.get("record") or "{}"), intake, f" of {at}")
    if not isinstance(record, dict) or not record:
        intake.refuse(f"{at} without its record", "the record that we wrote")
    record["source"] = blank.source
    if blank.anchor:
        record["anchor"] = anchor_record(blank.anchor)
    problems = Problems()
    claim = claim_of_record(record, intake.name, 0, problems)
    problems.raise_if_any()
    if claim is None:
        intake.refuse(f"{at} without its record", "the record that we wrote")
    edited = _edited(claim, said, at, intake)
    if edited != claim:
        intake.notes.append(f"{at} was changed in DNA: the change is taken")
        edited = replace(edited, id=claim_id(edited), supersedes=claim.id)
    intake.add(edited)


def _edited(claim: Claim, said: dict[str, Any], at: str, intake: Intake) -> Claim:
    """Claim with what its short texts say.

    Raises
    ------
    ForeignFileError
        If a sign or a layer is none.
    """

    def node(name: str, now: str) -> str:
        label = str(said.get(name) or "").strip()
        return (intake.known_node(label) or now) if label else now

    sign = SIGN_WORDS.get(str(said.get("sign") or claim.sign.value))
    layer = str(said.get("layer") or claim.layer.value)
    if sign is None or layer not in set(Layer):
        intake.refuse(f"{at} with the sign or layer of no claim", "+ - 0 ?")
    return replace(
        claim,
        subject=node("subject", claim.subject),
        object=node("object", claim.object),
        predicate=without_controls(str(said.get("predicate") or claim.predicate)),
        sign=sign,
        layer=Layer(layer),
    )


def source_notes(source: Source) -> str:
    """Notes of a document that give its source back."""
    cells = {
        name: getattr(source, name)
        for name in Source.__slots__
        if name != "sha256" and getattr(source, name)
    }
    return MARK + json.dumps(cells, ensure_ascii=False)
