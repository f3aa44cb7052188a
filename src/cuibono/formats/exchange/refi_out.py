"""REFI-QDA projects: one selection a claim, coded with its two nodes and predicate."""

import io
import json
import re
import uuid
import zipfile
from xml.etree.ElementTree import Element, SubElement, tostring

from cuibono.claims.records import Claim
from cuibono.formats.exchange.outgoing import Outgoing
from cuibono.formats.exchange.own_tables import case_tables
from cuibono.formats.exchange.refi_in import CASE_NOTE, CLAIM_NOTE, NAMESPACE
from cuibono.formats.jsonl import claim_record

ROOT = uuid.uuid5(uuid.NAMESPACE_URL, "urn:cuibono:refi-qda")
EPOCH = (1980, 1, 1, 0, 0, 0)
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def guid_of(*parts: str) -> str:
    """GUID of a thing, the same each time."""
    return str(uuid.uuid5(ROOT, "\x1f".join(parts)))


def fit(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _UNFIT.sub("\ufffd", text)


def write(out: Outgoing) -> bytes:
    """Archive of the project file and the texts at hand."""
    claims = out.anchored("refi-qda")
    root = _project(out, claims)
    data = tostring(root, encoding="utf-8", xml_declaration=True)
    files = {"project.qde": data}
    for source, text in sorted(out.texts.items()):
        files[f"sources/{guid_of('source', source)}.txt"] = text.encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            item = zipfile.ZipInfo(name, EPOCH)
            item.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(item, content)
    return packed.getvalue()


def _project(out: Outgoing, claims: list[Claim]) -> Element:
    """Project element in the order that the schema asks for."""
    case = out.case
    root = Element("Project", xmlns=NAMESPACE, origin="cuibono")
    root.set("name", fit(case.title or case.id))
    coders = sorted({claim.coder for claim in claims if claim.coder})
    if coders:
        users = SubElement(root, "Users")
        for coder in coders:
            SubElement(users, "User", guid=guid_of("user", coder), name=fit(coder))
    _code_book(root, out)
    if out.texts:
        _sources(SubElement(root, "Sources"), out, claims)
    notes = SubElement(root, "Notes")
    _note(notes, guid_of("case"), CASE_NOTE, case_tables(case))
    for claim in claims:
        record = claim_record(claim)
        record.pop("anchor", None)
        _note(notes, _claim_guid("note", claim), CLAIM_NOTE, record)
    if claims:
        _links(SubElement(root, "Links"), claims)
    SubElement(root, "NoteRef", targetGUID=guid_of("case"))
    return root


def _claim_guid(kind: str, claim: Claim) -> str:
    """GUID of a part of a claim; two coders' claims are two."""
    return guid_of(kind, claim.source, claim.coder, claim.id)


def _code_book(root: Element, out: Outgoing) -> None:
    """Codes: the nodes, and the predicates."""
    codes = SubElement(SubElement(root, "CodeBook"), "Codes")
    nodes = SubElement(codes, "Code", guid=guid_of("nodes"), name="nodes")
    for node in out.case.nodes:
        code = SubElement(nodes, "Code", guid=guid_of("node", node.id))
        code.set("name", fit(node.label))
        code.set("isCodable", "true")
    words = SubElement(codes, "Code", guid=guid_of("words"), name="predicates")
    for word in out.case.codebook.predicates:
        code = SubElement(words, "Code", guid=guid_of("predicate", word.id))
        code.set("name", fit(word.id))
        code.set("isCodable", "true")
        if word.definition:
            SubElement(code, "Description").text = fit(word.definition)
    for folder in (nodes, words):
        folder.set("isCodable", "false")


def _sources(above: Element, out: Outgoing, claims: list[Claim]) -> None:
    """Texts at hand, each with its selections."""
    for source in out.case.sources:
        if source.id not in out.texts:
            out.lost["sources whose text is not at hand"] += 1
            continue
        name = guid_of("source", source.id)
        item = SubElement(above, "TextSource", guid=name)
        item.set("name", fit(source.title or source.id))
        item.set("plainTextPath", f"internal://{name}.txt")
        for claim in claims:
            if claim.source == source.id:
                _selection(item, claim)


def _selection(above: Element, claim: Claim) -> None:
    """Place of a claim, coded with subject, predicate and object."""
    if claim.anchor is None:
        return
    item = SubElement(
        above,
        "PlainTextSelection",
        guid=_claim_guid("selection", claim),
        name=fit(claim.id),
        startPosition=str(claim.anchor.start),
        endPosition=str(claim.anchor.end),
    )
    if claim.paraphrase:
        SubElement(item, "Description").text = fit(claim.paraphrase)
    parts = (
        ("node", claim.subject, "subject"),
        ("predicate", claim.predicate, "predicate"),
        ("node", claim.object, "object"),
    )
    for kind, name, role in parts:
        coding = SubElement(item, "Coding", guid=_claim_guid(f"coding {role}", claim))
        if claim.coder:
            coding.set("creatingUser", guid_of("user", claim.coder))
        SubElement(coding, "CodeRef", targetGUID=guid_of(kind, name))
    SubElement(item, "NoteRef", targetGUID=_claim_guid("note", claim))


def _note(above: Element, name: str, title: str, record: object) -> None:
    """Note that holds a record as JSON."""
    item = SubElement(above, "Note", guid=name, name=title)
    text = json.dumps(record, ensure_ascii=False)
    SubElement(item, "PlainTextContent").text = fit(text)


def _links(above: Element, claims: list[Claim]) -> None:
    """From subject to object, named by predicate and sign."""
    for claim in claims:
        item = SubElement(
            above,
            "Link",
            guid=_claim_guid("link", claim),
            name=fit(f"{claim.predicate} {claim.sign.value}"),
            direction="OneWay",
            originGUID=guid_of("node", claim.subject),
            targetGUID=guid_of("node", claim.object),
        )
        SubElement(item, "NoteRef", targetGUID=_claim_guid("note", claim))
