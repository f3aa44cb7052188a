"""Discourse Network Analyzer 3: claims as statements of a type of our own."""

import base64
import datetime as dt
import hashlib
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field

from cuibono.claims.records import Claim, Node, Source, voice_text
from cuibono.claims.words import Polarity, Stance
from cuibono.formats.exchange import dna_own
from cuibono.formats.exchange.dna_schema import (
    LAYOUT_DATE,
    LONGEST_NAME,
    TABLES,
    VERSION,
)
from cuibono.formats.exchange.offsets import Utf16
from cuibono.formats.exchange.outgoing import Outgoing
from cuibono.formats.jsonl import claim_record
from cuibono.formats.tables import NODE_COLUMNS, node_cells

PASSWORD = "cuibono"  # noqa: S105
"""DNA asks for one on opening; everybody may know this one."""
ROUNDS = 100_000
ATTRIBUTES = ("Type", "Alias", "Notes")
"""Attributes that DNA gives to every short text."""
NODE_ATTRIBUTES = tuple(name for name in NODE_COLUMNS if name != "label")


@dataclass(slots=True)
class Writer:
    """A database in memory and the ids given so far."""

    base: sqlite3.Connection
    out: Outgoing
    variables: dict[str, int] = field(default_factory=dict)
    entities: dict[tuple[str, str], int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    coders: dict[str, int] = field(default_factory=dict)

    def put(self, table: str, **cells: object) -> int:
        """Insert a row and give its id."""
        marks = ", ".join("?" * len(cells))
        told = f"INSERT INTO {table} ({', '.join(cells)}) VALUES ({marks})"  # noqa: S608
        return int(self.base.execute(told, tuple(cells.values())).lastrowid or 0)

    def short(self, text: str) -> str:
        """Text cut to what a short text holds; a cut is counted."""
        if len(text) > LONGEST_NAME:
            self.out.lost[f"ends of texts longer than {LONGEST_NAME} characters"] += 1
        return text[:LONGEST_NAME]


def write(out: Outgoing) -> bytes:
    """Bytes of a database with the texts at hand and the claims in them."""
    claims = out.anchored("dna")
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("PRAGMA foreign_keys=ON")
        for name, columns in TABLES.items():
            base.execute(f"CREATE TABLE {name}({columns})")
        writer = Writer(base, out)
        _head(writer, claims)
        _documents(writer)
        _nodes(writer)
        for claim in claims:
            _statement(writer, claim)
        base.commit()
        return bytes(base.serialize())


def password_hash(password: str, salt: bytes) -> str:
    """Hash that DNA compares a password with: salted SHA-256, many times over."""
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(ROUNDS - 1):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


def _head(writer: Writer, claims: list[Claim]) -> None:
    """Write settings, coders, the statement type and its variables."""
    put = writer.put
    for name, value in (("version", VERSION), ("date", LAYOUT_DATE)):
        put("SETTINGS", Property=name, Value=value)
    secret = password_hash(PASSWORD, hashlib.sha256(b"cuibono dna").digest()[:16])
    names = ["Admin", *sorted({claim.coder for claim in claims} - {"", "Admin"})]
    for name in names:
        label = writer.short(name)
        writer.coders[name] = put("CODERS", Name=label, Red=51, Password=secret)
    ids = list(writer.coders.values())
    for one in ids:
        for other in ids:
            if one != other:
                put("CODERRELATIONS", Coder=one, OtherCoder=other)
    kind = put("STATEMENTTYPES", Label=dna_own.TYPE, Red=86, Green=180, Blue=233)
    for name, data in dna_own.VARIABLES:
        writer.variables[name] = put(
            "VARIABLES", Variable=name, DataType=data, StatementTypeId=kind
        )
    for name in dna_own.SHORT:
        extra = NODE_ATTRIBUTES if name in dna_own.NODE_VARIABLES else ()
        for attribute in (*ATTRIBUTES, *extra):
            put(
                "ATTRIBUTEVARIABLES",
                VariableId=writer.variables[name],
                AttributeVariable=attribute,
            )
        # DNA expects every short text to have an empty entity.
        _entity(writer, name, "", {})


def _entity(writer: Writer, variable: str, value: str, cells: dict[str, str]) -> int:
    """Id of an entity with all attributes of its variable; made at first need."""
    key = variable, writer.short(value)
    if key in writer.entities:
        return writer.entities[key]
    of = writer.variables[variable]
    made = writer.put("ENTITIES", VariableId=of, Value=key[1], Red=0, Green=0, Blue=0)
    rows = writer.base.execute(
        "SELECT ID, AttributeVariable FROM ATTRIBUTEVARIABLES WHERE VariableId = ?",
        (of,),
    ).fetchall()
    for attribute, name in rows:
        writer.put(
            "ATTRIBUTEVALUES",
            EntityId=made,
            AttributeVariableId=attribute,
            AttributeValue=writer.short(cells.get(name, "")),
        )
    writer.entities[key] = made
    return made


def _documents(writer: Writer) -> None:
    """Write the documents whose text is at hand."""
    for source in writer.out.case.sources:
        text = writer.out.texts.get(source.id)
        if text is None:
            writer.out.lost["sources whose text is not at hand"] += 1
            continue
        writer.documents[source.id] = writer.put(
            "DOCUMENTS",
            Title=writer.short(source.title or source.id),
            Text=text,
            Coder=1,
            Author=writer.short(source.author),
            Source=writer.short(source.publisher),
            Notes=dna_own.source_notes(source),
            Date=_seconds(source, writer.out),
        )


def _seconds(source: Source, out: Outgoing) -> int:
    """Seconds from 1970 to the day of a source; 0 where it has no full date."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", source.date):
        day = dt.datetime.fromisoformat(source.date).replace(tzinfo=dt.UTC)
        return int(day.timestamp())
    out.lost["dates that are no full day (in the notes only)"] += 1
    return 0


def _nodes(writer: Writer) -> None:
    """Write every node as an entity of subject and of object."""
    for node in writer.out.case.nodes:
        cells = dict(zip(NODE_COLUMNS, node_cells(node), strict=True))
        cells |= {"Type": node.kind.value, "Notes": node.note}
        cells["Alias"] = ", ".join(node.aliases)
        for variable in dna_own.NODE_VARIABLES:
            _entity(writer, variable, _name(node), cells)


def _name(node: Node) -> str:
    """Name under which a node stands in the database."""
    return node.label if len(node.label) <= LONGEST_NAME else node.id


def _statement(writer: Writer, claim: Claim) -> None:
    """Write one claim as a statement."""
    if claim.anchor is None:
        return
    case = writer.out.case
    units = Utf16(writer.out.texts[claim.source])
    number = writer.put(
        "STATEMENTS",
        StatementTypeId=1,
        DocumentId=writer.documents[claim.source],
        Start=units.units(claim.anchor.start),
        Stop=units.units(claim.anchor.end),
        Coder=writer.coders.get(claim.coder, 1),
    )
    texts = {
        "voice": voice_text(claim.voice),
        "subject": _name(case.node(claim.subject)),
        "predicate": claim.predicate,
        "object": _name(case.node(claim.object)),
        "sign": claim.sign.value,
        "layer": claim.layer.value,
    }
    for name, text in texts.items():
        writer.put(
            "DATASHORTTEXT",
            StatementId=number,
            VariableId=writer.variables[name],
            Entity=_entity(writer, name, text, {}),
        )
    agrees = claim.polarity is Polarity.AFFIRMED and claim.stance is not Stance.REJECTS
    of = {"StatementId": number, "VariableId": writer.variables["agreement"]}
    writer.put("DATABOOLEAN", **of, Value=int(agrees))
    of["VariableId"] = writer.variables["record"]
    record = claim_record(claim)
    record.pop("anchor", None)
    text = json.dumps(record, ensure_ascii=False)
    writer.put("DATALONGTEXT", **of, Value=text)
