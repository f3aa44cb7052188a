"""The case folder of what was taken in, checked as any case is."""

import json
from dataclasses import replace
from typing import Any

from cuibono.claims.check import check_case
from cuibono.claims.records import Case, Claim
from cuibono.claims.words import NodeKind
from cuibono.errors import Problems
from cuibono.formats.archives import shown
from cuibono.formats.case import plain_readings
from cuibono.formats.codebook_toml import PLAIN_CODEBOOK
from cuibono.formats.exchange.intake import Intake, Possible, Stretch, slug
from cuibono.formats.jsonl import claim_lines, claim_record, read_claim_lines
from cuibono.formats.tables import NODE_COLUMNS, node_cells, read_node_table, table_text
from cuibono.formats.write import case_files

OPEN_FIELDS = ("voice", "stance", "polarity", "layer", "modality")
"""Fields that no suggestion fills in; null in its record."""


def case_of(intake: Intake) -> Case:
    """Case of what was taken in.

    Raises
    ------
    CaseFileError
        If it would not be a valid case, with every problem.
    """
    _nodes_of_codes(intake)
    codebook = PLAIN_CODEBOOK
    if intake.predicates:
        codebook = replace(codebook, predicates=intake.predicates, version="")
    case = Case(
        id=slug(intake.name),
        title=intake.name,
        sources=tuple(sorted(intake.sources.values(), key=lambda item: item.id)),
        nodes=tuple(sorted(intake.nodes.values(), key=lambda item: item.id)),
        codebook=codebook,
        claims=tuple(_each_once(intake.claims)),
        readings=plain_readings(intake.claims),
    )
    problems = check_case(case, intake.texts)
    _check_forms(case, problems)
    problems.raise_if_any()
    return case


def _nodes_of_codes(intake: Intake) -> None:
    """Take codes in as nodes where the user said which they are."""
    used = {code for item in intake.stretches for code in item.codes}
    used |= {code.rpartition(" > ")[2] for code in used}
    for code, (label, kind) in intake.code_nodes.items():
        intake.node(label, kind)
        if code not in used:
            intake.notes.append(f'code "{shown(code)}" of the table codes no passage')


def _each_once(claims: list[Claim]) -> list[Claim]:
    """Claims without those that one coder stated twice in the same place."""
    return list(
        {(claim.source, claim.coder, claim.id): claim for claim in claims}.values()
    )


def _check_forms(case: Case, problems: Problems) -> None:
    """What will be written must be readable: the rules for any file hold here too."""
    text = claim_lines(replace(claim, file="", row=0) for claim in case.claims)
    read_claim_lines(text, case.title, problems)
    if case.nodes:
        rows = (node_cells(node) for node in case.nodes)
        read_node_table(table_text(NODE_COLUMNS, rows), case.title, problems, [])


def folder_files(intake: Intake, case: Case, *, simple: bool) -> dict[str, str]:
    """Files of the case folder: the case, its texts, what is kept apart from claims."""
    files = case_files(case, simple=simple and bool(case.claims))
    for source, text in intake.texts.items():
        files[f"sources/{source}/text.txt"] = text
    for source in intake.sources:
        stretches = [item for item in intake.stretches if item.source == source]
        if stretches:
            lines = _lines(_stretch_record(item) for item in stretches)
            files[f"stretches/{source}/{intake.tool}.jsonl"] = lines
        possible = [item for item in intake.possible if item.claim.source == source]
        if possible:
            lines = _lines(_possible_record(item, intake.tool) for item in possible)
            files[f"suggestions/{source}.{intake.tool}.jsonl"] = lines
    return files


def _lines(records: Any) -> str:
    """JSON lines of records."""
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in records)


def _stretch_record(item: Stretch) -> dict[str, Any]:
    """JSON object of a coded stretch."""
    anchor = {
        name: getattr(item.anchor, name)
        for name in ("start", "end", "exact", "prefix", "suffix", "exact_sha256")
    }
    record = {
        "source": item.source,
        "anchor": anchor,
        "codes": list(item.codes),
        "coder": item.coder,
        "note": item.note,
    }
    return {key: value for key, value in record.items() if value}


def _possible_record(item: Possible, tool: str) -> dict[str, Any]:
    """JSON object of a suggestion: who says it, and how, is left to a person."""
    record = claim_record(item.claim)
    anchor = item.claim.anchor
    return {
        "id": item.claim.id.replace("c_", "s-"),
        "source": item.claim.source,
        "start": anchor.start if anchor else 0,
        "end": anchor.end if anchor else 0,
        "quote": anchor.exact if anchor else "",
        **{key: record[key] for key in ("subject", "predicate", "object", "sign")},
        **dict.fromkeys(OPEN_FIELDS),
        "tier": "possible",
        "method": tool,
        "reason": item.reason,
        "cues": [],
        "warnings": [],
    }


KINDS = {
    **dict.fromkeys(("actor", "person", "per", "org", "organization"), NodeKind.ACTOR),
    **dict.fromkeys(("organisation", "state", "group", "party"), NodeKind.ACTOR),
    **dict.fromkeys(("loc", "location", "place", "gpe"), NodeKind.PLACE),
    "event": NodeKind.EVENT,
    "policy": NodeKind.POLICY,
    "belief": NodeKind.BELIEF,
}
"""Kind of a node by the label of its span; every other label gives a factor."""


def kind_of(label: str) -> NodeKind:
    """Kind of node that a span's label names."""
    return KINDS.get(label.casefold(), NodeKind.FACTOR)
