"""REFI-QDA projects: texts and coded stretches; our own claims come back from notes."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from cuibono.claims.quotes import text_sha256
from cuibono.claims.records import Source
from cuibono.errors import Problems
from cuibono.formats.archives import shown
from cuibono.formats.exchange.intake import Intake, Stretch
from cuibono.formats.exchange.own_tables import take_tables
from cuibono.formats.exchange.safe import (
    json_value,
    member,
    open_archive,
    plain_text,
    xml_root,
)
from cuibono.formats.jsonl import anchor_record, claim_of_record

NAMESPACE = "urn:QDA-XML:project:1.0"
CLAIM_NOTE = "cuibono claim"
CASE_NOTE = "cuibono case"
"""Names of the notes in which our own files keep what the form cannot hold."""
UNREAD = {
    "PDFSelection": "selections on PDF pages",
    "PictureSource": "pictures",
    "AudioSource": "audio recordings",
    "VideoSource": "video recordings",
    "Set": "sets",
    "Graph": "graphs",
    "Case": "cases of the project",
    "Variable": "variables",
}


@dataclass(slots=True)
class Project:
    """An open archive and what its project file names by GUID."""

    archive: zipfile.ZipFile
    intake: Intake
    members: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    notes: dict[str, tuple[str, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)


def read(path: Path, intake: Intake) -> None:
    """Take a project in.

    Raises
    ------
    ForeignFileError
        If the archive or its project file is out of order.
    """
    with open_archive(path, intake) as archive:
        names = archive.namelist()
        inner = next((name for name in names if name.lower() == "project.qde"), None)
        if inner is None:
            intake.refuse("an archive without project.qde", "a REFI-QDA project")
        root = xml_root(member(archive, inner, intake), intake)
        if root.tag != f"{{{NAMESPACE}}}Project":
            intake.refuse(f"a document of <{shown(root.tag)}>", "a REFI-QDA project")
        project = Project(archive, intake)
        project.members = {name.casefold(): name for name in names}
        _take_project(root, project)


def _of(root: Element, *names: str) -> Iterator[Element]:
    """Elements of some names anywhere below, in document order."""
    wanted = {f"{{{NAMESPACE}}}{name}" for name in names}
    return (item for item in root.iter() if item.tag in wanted)


def guid(text: str | None) -> str:
    """GUID in one spelling."""
    return (text or "").strip("{} ").lower()


def _take_project(root: Element, project: Project) -> None:
    """Take in users, codes, notes, then the texts with their selections."""
    intake = project.intake
    project.users = {
        guid(item.get("guid")): item.get("name") or item.get("id") or ""
        for item in _of(root, "User")
    }
    project.codes = _codes(root)
    for item in _of(root, "Note"):
        text = _text(item, project)
        project.notes[guid(item.get("guid"))] = item.get("name") or "", text or ""
    for name, text in project.notes.values():
        if name == CASE_NOTE:
            take_tables(json_value(text, intake, " of a note"), intake)
    project.ids = {item.title or item.id: item.id for item in intake.sources.values()}
    for item in _of(root, "TextSource"):
        _take_source(item, item.get("name") or "", project)
    for item in _of(root, "PDFSource"):
        inner = item.find(f"{{{NAMESPACE}}}Representation")
        if inner is None:
            intake.skip("PDF documents without their text")
        else:
            _take_source(inner, item.get("name") or "", project)
    for name, says in UNREAD.items():
        intake.skip(says, sum(1 for _ in _of(root, name)))
    own = any(name == CASE_NOTE for name, _ in project.notes.values())
    intake.skip("links", 0 if own else sum(1 for _ in _of(root, "Link")))
    told = {key for key, (name, _) in project.notes.items() if name == CASE_NOTE}
    intake.skip("notes", len(project.notes.keys() - project.used - told))


def _codes(root: Element) -> dict[str, str]:
    """Path of each code by its GUID, as `whole > part`."""
    found: dict[str, str] = {}
    waiting = [
        (item, "")
        for book in _of(root, "Codes")
        for item in book.findall(f"{{{NAMESPACE}}}Code")
    ]
    while waiting:
        item, above = waiting.pop()
        name = item.get("name") or ""
        path = f"{above} > {name}" if above else name
        found[guid(item.get("guid"))] = path
        waiting += [(part, path) for part in item.findall(f"{{{NAMESPACE}}}Code")]
    return found


def _text(item: Element, project: Project) -> str | None:
    """Text of a source or note: in the project file, or in a file of the archive."""
    inner = item.findtext(f"{{{NAMESPACE}}}PlainTextContent")
    path = item.get("plainTextPath")
    if inner is not None or not path:
        return inner
    name = path.removeprefix("internal://").lstrip("/")
    if "://" in name or path.startswith(("relative:", "absolute:")):
        return None
    for place in (f"sources/{name}", name):
        at = project.members.get(place.casefold())
        if at:
            data = member(project.archive, at, project.intake)
            return plain_text(data, project.intake, at)
    found = f'no "{shown(name)}" in the archive'
    return project.intake.refuse(found, "the text that it names")


def _take_source(item: Element, name: str, project: Project) -> None:
    """Take in a text and what is coded in it."""
    intake = project.intake
    selections = item.findall(f"{{{NAMESPACE}}}PlainTextSelection")
    text = _text(item, project)
    if text is None:
        intake.skip("texts that are not in the archive")
        intake.skip("selections in them", len(selections))
        return
    path = item.get("plainTextPath") or ""
    label = name or Path(path.removeprefix("internal://")).stem or "text"
    known = project.ids.get(label)
    known_text = _known_source(known, text, intake) if known else ""
    source = known_text or intake.source(label, text)
    whole = item.findall(f"{{{NAMESPACE}}}Coding")
    intake.skip("codings of whole documents", len(whole))
    if item.get("richTextPath"):
        intake.skip("formatted copies of texts")
    for selection in selections:
        _take_selection(selection, source, project)


def _known_source(name: str, text: str, intake: Intake) -> str:
    """Give a source that the case note describes its text.

    Raises
    ------
    ForeignFileError
        If the text is not the one that was coded.
    """
    source: Source = intake.sources[name]
    digest = text_sha256(text.encode())
    if source.sha256 and source.sha256 != digest:
        intake.refuse(f'another text for "{shown(name)}"', "the text that was coded")
    intake.sources[name] = replace(source, sha256=digest)
    intake.texts[name] = text
    return name


def _take_selection(item: Element, source: str, project: Project) -> None:
    """Take in a selection: a claim if a note of ours says so, else a stretch."""
    intake = project.intake
    start, end = item.get("startPosition", ""), item.get("endPosition", "")
    if not (start.isdecimal() and end.isdecimal() and len(start + end) < 30):
        found = f"positions {shown(start)} to {shown(end)}"
        intake.refuse(found, "two whole numbers")
    if start == end:
        intake.skip("selections of no length")
        return
    anchor = intake.anchor(source, int(start), int(end))
    refs = [guid(ref.get("targetGUID")) for ref in _of(item, "NoteRef")]
    notes = [project.notes[ref] for ref in refs if ref in project.notes]
    project.used.update(refs)
    own = [text for name, text in notes if name == CLAIM_NOTE]
    problems = Problems()
    for text in own:
        record = json_value(text, intake, " of a note")
        if not isinstance(record, dict):
            intake.refuse("a claim note that holds no claim", "a claim record")
        record |= {"source": source, "anchor": anchor_record(anchor)}
        claim = claim_of_record(record, intake.name, 0, problems)
        if claim is not None:
            intake.add(claim)
    problems.raise_if_any()
    if own:
        return
    said = [item.findtext(f"{{{NAMESPACE}}}Description") or "", *(n[1] for n in notes)]
    by_coder: dict[str, list[str]] = {}
    for coding in item.findall(f"{{{NAMESPACE}}}Coding"):
        user = coding.get("creatingUser") or item.get("creatingUser")
        coder = project.users.get(guid(user), "")
        ref = coding.find(f"{{{NAMESPACE}}}CodeRef")
        code = project.codes.get(guid(ref.get("targetGUID") if ref is not None else ""))
        if code is None:
            intake.refuse("a coding by no code of the code book", "one of its codes")
        by_coder.setdefault(coder, []).append(code)
    for coder, codes in (by_coder or {"": []}).items():
        intake.stretches.append(
            Stretch(
                source=source,
                anchor=anchor,
                codes=tuple(codes),
                coder=coder,
                note=" / ".join(part for part in said if part),
            )
        )
