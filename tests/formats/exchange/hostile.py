"""Files that no honest program writes, by name: how to make them, and their ending."""

import io
import json
import sqlite3
import stat
import struct
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from cuibono.formats.exchange import dna_out, refi_out
from tests.formats.exchange.cases import small_out

PROJECT = (
    '<?xml version="1.0"?>{head}<Project xmlns="urn:QDA-XML:project:1.0" name="p">'
    '<Users><User guid="0000000a-0000-0000-0000-00000000000a" name="{name}"/></Users>'
    '<Sources><TextSource guid="0000000b-0000-0000-0000-00000000000b" name="t" '
    'plainTextPath="internal://t.txt">{inside}</TextSource></Sources></Project>'
)
SELECTION = (
    '<PlainTextSelection guid="0000000c-0000-0000-0000-00000000000c" '
    'startPosition="{}" endPosition="{}"/>'
)
LAUGHS = "".join(
    f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' if at else '<!ENTITY l0 "ha">'
    for at in range(10)
)


def project(*, head: str = "", name: str = "n", inside: str = "") -> bytes:
    """Project file of one text."""
    return PROJECT.format(head=head, name=name, inside=inside).encode()


def packed(*extra: tuple[str, bytes], qde: bytes | None = None) -> bytes:
    """Archive of a project with further members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", project() if qde is None else qde)
        archive.writestr("sources/t.txt", "Arda opposes Brun.")
        for name, data in extra:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def linked() -> bytes:
    """Archive with a symbolic link in it."""
    out = io.BytesIO(packed())
    with zipfile.ZipFile(out, "a") as archive:
        item = zipfile.ZipInfo("sources/link.txt")
        item.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(item, "/etc/passwd")
    return out.getvalue()


def twice() -> bytes:
    """Archive in which one name stands twice."""
    out = io.BytesIO(packed(("sources/u.txt", b"a"), ("sources/v.txt", b"b")))
    return out.getvalue().replace(b"sources/v.txt", b"sources/u.txt")


def bomb(name: str = "sources/b.txt") -> bytes:
    """Archive that expands a thousand times."""
    return packed((name, bytes(30_000_000)))


def overlapping() -> bytes:
    """Archive whose two members share their bytes, so that it seems to hold more."""
    data = bytearray(packed(("sources/u.txt", bytes(range(256)) * 40)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 20 : at + 24] = struct.pack("<I", len(data) * 2)
    return bytes(data)


def lying() -> bytes:
    """Archive whose member is longer than it says."""
    data = bytearray(packed())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 3)
    return bytes(data)


def encrypted() -> bytes:
    """Archive whose member asks for a password."""
    data = bytearray(packed())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def base_with(*commands: str) -> bytes:
    """Database of ours after some commands."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.dna"
        path.write_bytes(dna_out.write(small_out()))
        base = sqlite3.connect(path)
        for command in commands:
            base.execute(command)
        base.commit()
        base.close()
        return path.read_bytes()


def schema_with(sql: str, kind: str = "view") -> bytes:
    """Database whose schema holds a line that SQLite would not write."""
    values = f"VALUES ('{kind}', 'DOCUMENTS2', 'DOCUMENTS2', 0, '{sql}')"
    return base_with(
        "PRAGMA writable_schema=ON",
        f"INSERT INTO sqlite_master(type, name, tbl_name, rootpage, sql) {values}",
    )


def torn_base() -> bytes:
    """Database whose inner pages are overwritten."""
    data = bytearray(base_with())
    data[5000:9000] = b"\xff" * 4000
    return bytes(data)


def json_bytes(value: object) -> bytes:
    """JSON of a value."""
    return json.dumps(value).encode()


def task(**region: object) -> bytes:
    """Label Studio task with one region."""
    value = {"start": 0, "end": 4, "text": "Arda", "labels": ["actor"]} | region
    item = {"id": "a", "type": "labels", "value": value}
    return json_bytes(
        [{"data": {"text": "Arda opposes Brun."}, "annotations": [{"result": [item]}]}]
    )


def tsv(*rows: str, text: str = "Arda opposes") -> bytes:
    """WebAnno file of one span layer."""
    head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|value\n\n\n"
    return f"{head}#Text={text}\n{''.join(row + chr(10) for row in rows)}".encode()


Make = Callable[[], bytes]
HOSTILE: dict[str, tuple[str, Make]] = {
    "zip slip": (".qdpx", lambda: packed(("../../evil.txt", b"x"))),
    "zip slip inside": (".qdpx", lambda: packed(("sources/../../evil", b"x"))),
    "backslash slip": (".qdpx", lambda: packed(("..\\evil.txt", b"x"))),
    "absolute path": (".qdpx", lambda: packed(("/tmp/evil.txt", b"x"))),  # noqa: S108
    "drive letter": (".qdpx", lambda: packed(("C:/evil.txt", b"x"))),
    "symbolic link": (".qdpx", linked),
    "one name twice": (".qdpx", twice),
    "one name in two cases": (".qdpx", lambda: packed(("SOURCES/T.TXT", b"x"))),
    "bomb": (".qdpx", bomb),
    "many members": (
        ".qdpx",
        lambda: packed(*((f"sources/{at}", b"") for at in range(5_001))),
    ),
    "overlapping members": (".qdpx", overlapping),
    "member of another size": (".qdpx", lying),
    "encrypted member": (".qdpx", encrypted),
    "archive in the archive": (".qdpx", lambda: packed(("sources/a.zip", packed()))),
    "truncated archive": (".qdpx", lambda: packed()[:-40]),
    "archive without end": (".qdpx", lambda: packed()[:60]),
    "no archive": (".qdpx", lambda: b"Arda opposes Brun."),
    "database as archive": (".qdpx", base_with),
    "no project in it": (".qdpx", lambda: _without_project()),
    "another root": (".qdpx", lambda: packed(qde=b"<html/>")),
    "broken XML": (".qdpx", lambda: packed(qde=project()[:-9])),
    "entity expansion": (
        ".qdpx",
        lambda: packed(qde=project(head=f"<!DOCTYPE p [{LAUGHS}]>", name="&l9;")),
    ),
    "external entity": (
        ".qdpx",
        lambda: packed(
            qde=project(
                head='<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
                name="&x;",
            )
        ),
    ),
    "document type from outside": (
        ".qdpx",
        lambda: packed(qde=project(head='<!DOCTYPE p SYSTEM "http://localhost/d">')),
    ),
    "selection outside the text": (
        ".qdpx",
        lambda: packed(qde=project(inside=SELECTION.format(4, 10**8))),
    ),
    "selection backwards": (
        ".qdpx",
        lambda: packed(qde=project(inside=SELECTION.format(8, 4))),
    ),
    "huge position": (
        ".qdpx",
        lambda: packed(qde=project(inside=SELECTION.format(0, "9" * 5_000))),
    ),
    "text that is not there": (
        ".qdpx",
        lambda: packed(qde=project().replace(b"t.txt", b"u.txt")),
    ),
    "text that leads out": (
        ".qdpx",
        lambda: packed(qde=project().replace(b"//t.txt", b"//../../etc/passwd")),
    ),
    "text in no UTF-8": (
        ".qdpx",
        lambda: packed(
            ("sources/u.txt", b"\xff\xfe"), qde=project().replace(b"t.txt", b"u.txt")
        ),
    ),
    "no database": (".dna", lambda: b"Arda opposes Brun." * 100),
    "magic alone": (".dna", lambda: b"SQLite format 3\x00"),
    "truncated database": (".dna", lambda: base_with()[:20_000]),
    "torn database": (".dna", torn_base),
    "archive as database": (".dna", packed),
    "view": (".dna", lambda: base_with("CREATE VIEW V AS SELECT 1")),
    "view for a table": (
        ".dna",
        lambda: base_with(
            "DROP TABLE REGEXES", "CREATE VIEW REGEXES AS SELECT load_extension('x')"
        ),
    ),
    "trigger": (
        ".dna",
        lambda: base_with(
            "CREATE TRIGGER T AFTER INSERT ON CODERS BEGIN DELETE FROM CODERS; END"
        ),
    ),
    "virtual table": (
        ".dna",
        lambda: base_with("CREATE VIRTUAL TABLE F USING fts5(a)"),
    ),
    "schema that does not parse": (".dna", lambda: schema_with("CREATE VIEW x AS (")),
    "table missing": (".dna", lambda: base_with("DROP TABLE DATASHORTTEXT")),
    "column missing": (
        ".dna",
        lambda: base_with("ALTER TABLE DOCUMENTS RENAME COLUMN Text TO Words"),
    ),
    "version 2": (
        ".dna",
        lambda: base_with("UPDATE SETTINGS SET Value = '2.0' WHERE Property='version'"),
    ),
    "statement of no document": (
        ".dna",
        lambda: base_with("UPDATE STATEMENTS SET DocumentId = 99"),
    ),
    "statement past the end": (
        ".dna",
        lambda: base_with("UPDATE STATEMENTS SET Stop = 1000000"),
    ),
    "statement in an emoji": (
        ".dna",
        lambda: base_with("UPDATE STATEMENTS SET Start = 1 WHERE DocumentId = 1"),
    ),
    "blob for a text": (
        ".dna",
        lambda: base_with("UPDATE DOCUMENTS SET Text = x'ff00ff'"),
    ),
    "record that is no JSON": (
        ".dna",
        lambda: base_with("UPDATE DATALONGTEXT SET Value = '{'"),
    ),
    "workbook with a path out": (".xlsx", lambda: packed(("../evil.xml", b"x"))),
    "workbook with a bomb": (".xlsx", lambda: bomb("xl/worksheets/sheet1.xml")),
    "workbook with a link": (".xlsx", linked),
    "workbook with one name twice": (".xlsx", twice),
    "no workbook": (".xlsx", lambda: b"PK\x03\x04 but no more"),
    "JSON cut off": (".json", lambda: task()[:-5]),
    "JSON nested": (
        ".json",
        lambda: b'[{"data": {"text": ' + b"[" * 100_000,
    ),
    "JSON with a key twice": (
        ".json",
        lambda: task().replace(b'"id": "a"', b'"id": "a", "id": "b"'),
    ),
    "JSON with NaN": (".json", lambda: task().replace(b'"start": 0', b'"start": NaN')),
    "half a character": (
        ".json",
        lambda: task(text="\ud83d"),
    ),
    "region elsewhere": (".json", lambda: task(start=5, end=9)),
    "region outside": (".json", lambda: task(start=5, end=10**12, text="")),
    "region of words": (".json", lambda: task(start="/p[1]/text()[1]")),
    "annotation out of order": (
        ".jsonld",
        lambda: json_bytes(
            {
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "type": "Annotation",
                "target": {
                    "source": "urn:a",
                    "selector": {"type": "TextPositionSelector", "start": 9, "end": 3},
                },
            }
        ),
    ),
    "annotation with another hash": (
        ".jsonld",
        lambda: json_bytes(
            {
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "target": {
                    "source": "urn:a",
                    "cuibono:exactSha256": "0" * 64,
                    "selector": [
                        {"type": "TextPositionSelector", "start": 0, "end": 4},
                        {"type": "TextQuoteSelector", "exact": "Arda"},
                    ],
                },
            }
        ),
    ),
    "doccano outside": (
        ".jsonl",
        lambda: json_bytes({"text": "Arda", "label": [[0, 99, "actor"]]}),
    ),
    "doccano between no spans": (
        ".jsonl",
        lambda: json_bytes(
            {
                "text": "Arda",
                "entities": [],
                "relations": [{"from_id": 1, "to_id": 2, "type": "x"}],
            }
        ),
    ),
    "word elsewhere": (".tsv", lambda: tsv("1-1\t0-4\tBrun\t*\t")),
    "word past the end": (".tsv", lambda: tsv("1-1\t0-999999\tArda\t*\t")),
    "columns too few": (".tsv", lambda: tsv("1-1\t0-4\tArda")),
    "sentences that overlap": (
        ".tsv",
        lambda: tsv("1-1\t0-4\tArda\t*\t", "#Text=Brun", "2-1\t2-6\tBrun\t*\t"),
    ),
    "a sentence far away": (
        ".tsv",
        lambda: tsv("1-1\t999999999-999999999\tArda\t*\t"),
    ),
    "TSV in no UTF-8": (".tsv", lambda: tsv("1-1\t0-4\tArda\t*\t") + b"\xff"),
    "TSV with a NUL": (".tsv", lambda: tsv("1-1\t0-4\tArda\t\x00\t")),
    "our own archive cut": (".qdpx", lambda: refi_out.write(small_out())[:-200]),
}
"""Ending and maker of each file."""


def _without_project() -> bytes:
    """Archive that holds no project file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("sources/t.txt", "Arda opposes Brun.")
    return out.getvalue()


FOUND = {
    "zip slip": "a path that leads out",
    "zip slip inside": "a path that leads out",
    "backslash slip": "a path that leads out",
    "absolute path": "an absolute path",
    "drive letter": "an absolute path",
    "symbolic link": "a link or device",
    "one name twice": '"sources/u.txt" twice',
    "one name in two cases": '"sources/t.txt" twice',
    "bomb": "a file that expands 1021 times",
    "many members": "an archive of 5003 members",
    "overlapping members": "members that overlap",
    "member of another size": '"sources/t.txt" broken',
    "encrypted member": "an encrypted member",
    "archive in the archive": "an archive",
    "truncated archive": "no whole archive (File is not a zip file)",
    "archive without end": "no whole archive (File is not a zip file)",
    "no archive": "no whole archive (File is not a zip file)",
    "database as archive": "no whole archive (File is not a zip file)",
    "no project in it": "an archive without project.qde",
    "another root": "a document of <html>",
    "broken XML": "no plain XML (ParseError)",
    "entity expansion": "no plain XML (DTDForbidden)",
    "external entity": "no plain XML (DTDForbidden)",
    "document type from outside": "no plain XML (DTDForbidden)",
    "selection outside the text": 'positions 4 to 100000000 in "t"',
    "selection backwards": 'positions 8 to 4 in "t"',
    "huge position": "positions 0 to 999999999999999999999",
    "text that is not there": 'no "u.txt"',
    "text that leads out": 'no "../../etc/passwd"',
    "text in no UTF-8": "byte 0xFF in sources/u.txt, which is",
    "no database": "no SQLite database",
    "magic alone": "a damaged database (",
    "truncated database": "a damaged database (",
    "torn database": "a damaged database (",
    "archive as database": "no SQLite database",
    "view": "a view",
    "view for a table": "a view",
    "trigger": "a trigger",
    "virtual table": "a virtual table",
    "schema that does not parse": "a damaged database (",
    "table missing": "a database with no such table",
    "column missing": "a database with no such column: Text",
    "version 2": 'version "2.0"',
    "statement of no document": "statement 1 of no document",
    "statement past the end": "statement 1: position 1000000 lies o",
    "statement in an emoji": "statement 1: position 1 is in the mi",
    "blob for a text": "document 1 without a text",
    "record that is no JSON": "broken JSON of statement 1 (Expecting proper",
    "workbook with a path out": "a path that leads out",
    "workbook with a bomb": "a file that expands 1021 times",
    "workbook with a link": "a link or device",
    "workbook with one name twice": '"sources/u.txt" twice',
    "no workbook": "no whole archive (File is not a zip file)",
    "JSON cut off": "broken JSON (Expecting ',' delimiter)",
    "JSON nested": "broken JSON (nested too deeply)",
    "JSON with a key twice": "broken JSON (a key twice in one object)",
    "JSON with NaN": "broken JSON (NaN, which is no JSON number)",
    "half a character": "broken JSON (half a character)",
    "region elsewhere": '"Arda" said to stand at 5 of "task-1',
    "region outside": 'positions 5 to 1000000000000 in "tas',
    "region of words": "a region of task 1 in no plain text",
    "annotation out of order": "positions 9 to 3 of annotation 1",
    "annotation with another hash": "annotation 1 with another hash than",
    "doccano outside": 'positions 0 to 99 in "bad-1"',
    "doccano between no spans": "relation 1 of record 1 between no sp",
    "word elsewhere": '"Brun" at 0 in line 6',
    "word past the end": "line 6: position 999999 lies outside",
    "columns too few": "3 columns in line 6",
    "sentences that overlap": 'sentence "Brun" at 2',
    "a sentence far away": 'sentence "Arda opposes" at 999999999',
    "TSV in no UTF-8": "byte 0xFF in the file, which is not",
    "TSV with a NUL": "a NUL character in the file",
    "our own archive cut": "no whole archive (File is not a zip file)",
}
"""What is found in each: each is refused for its own fault."""
