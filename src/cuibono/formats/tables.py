"""CSV tables: header-driven reading with every fault named, safe writing."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from cuibono.claims.names import clean_name, nearest
from cuibono.claims.records import Claim, Node
from cuibono.claims.words import SIGN_WORDS, NodeKind, Sign
from cuibono.errors import Problems
from cuibono.formats.flat import (
    COLUMNS,
    GIVEN_ID,
    REQUIRED,
    Place,
    RowReader,
    claim_from_row,
    row_from_claim,
)

NODE_COLUMNS = ("id", "label", "kind", "aliases", "part_of", "qid", "codes", "note")
CLAIM_COLUMNS = tuple(COLUMNS)
Rows = list[tuple[int, dict[str, str]]]

# A spreadsheet would run a cell that starts so; a leading apostrophe stops it.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
_SIGN_CELLS = {
    Sign.PLUS: "1",
    Sign.MINUS: "-1",
    Sign.NEITHER: "0",
    Sign.NOT_STATED: "?",
}
_SIGN_COLUMNS = {"sign", "edge_sign"}


def read_rows(
    text: str,
    file: str,
    problems: Problems,
    *,
    known: Sequence[str],
    required: Sequence[str],
    notes: list[str],
) -> Rows:
    """Rows of a CSV text as (row number, cells by column); comma, semicolon or tab.

    Row numbers are those that a spreadsheet shows. Columns that are not known are
    named in `notes`, unless they look like a misspelt one.
    """
    if not text.strip():
        problems.add(
            file,
            found="an empty file",
            expected="a header with " + ", ".join(required),
            mend="write the header and at least one row",
        )
        return []
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True
    )
    table: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            table.append((reader.line_num, cells))  # noqa: PERF401
    except csv.Error as error:
        problems.add(
            file,
            row=reader.line_num,
            found=f"broken CSV ({error})",
            expected="cells parted by commas, quotes closed",
            mend="close the quotation mark, or double it inside a cell",
        )
        return []
    before = len(problems)
    rows = named_rows(
        [cells for _, cells in table],
        file,
        problems,
        known=known,
        required=required,
        notes=notes,
        numbers=[number for number, _ in table],
    )
    if not rows and len(problems) == before:
        problems.add(
            file,
            found="a header and no row",
            expected="at least one row",
            mend="write a row below " + ", ".join(required),
        )
    return rows


def named_rows(
    table: list[list[str]],
    file: str,
    problems: Problems,
    *,
    known: Sequence[str],
    required: Sequence[str],
    notes: list[str],
    numbers: list[int] | None = None,
) -> Rows:
    """Rows below a header as (row number, cells by column)."""
    header = [cell.strip().lower() for cell in table[0]] if table else []
    if not _header_is_sound(header, file, problems, known, required, notes):
        return []
    rows: Rows = []
    for at, cells in enumerate(table[1:], start=1):
        number = numbers[at] if numbers else at + 1
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header) and any(c.strip() for c in cells[len(header) :]):
            problems.add(
                file,
                row=number,
                found=f"{len(cells)} cells",
                expected=f"{len(header)}, as in the header",
                mend="put a cell that holds a comma between quotation marks",
            )
            continue
        padded = list(cells) + [""] * (len(header) - len(cells))
        row = {
            name: unescaped(cell)
            for name, cell in zip(header, padded, strict=False)
            if name
        }
        rows.append((number, row))
    return rows


def _header_is_sound(
    header: list[str],
    file: str,
    problems: Problems,
    known: Sequence[str],
    required: Sequence[str],
    notes: list[str],
) -> bool:
    """Whether the header has what is needed; faults go to `problems`."""
    before = len(problems)
    for name in dict.fromkeys(header):
        if name and header.count(name) > 1:
            problems.add(
                file,
                row=1,
                column=name,
                found="the column twice",
                expected="each column once",
                mend="delete or rename one of them",
            )
        if not name or name in known:
            continue
        hint = nearest(name, [word for word in known if word not in header])
        if hint:
            problems.add(
                file,
                row=1,
                column=name,
                found=f'the column "{name}"',
                expected="a known column",
                mend=f"{hint} Otherwise rename it to keep it apart",
            )
        else:
            notes.append(f'{file}: column "{name}" is not read')
    missing = [name for name in required if name not in header]
    if missing:
        problems.add(
            file,
            row=1,
            found="a header without " + ", ".join(missing),
            expected="the columns " + ", ".join(required),
            mend="add the column in the first row",
        )
    return len(problems) == before


def _delimiter(text: str) -> str:
    """Comma, semicolon or tab: whichever the header has most of."""
    head = text.split("\n", 1)[0]
    return max(",;\t", key=lambda mark: (head.count(mark), mark == ","))


def unescaped(cell: str) -> str:
    """Cell without the apostrophe that keeps a spreadsheet from running it."""
    if len(cell) > 1 and cell[0] == "'" and cell[1] in _RISKY:
        return cell[1:]
    return cell


def escaped(cell: str) -> str:
    """Cell with an apostrophe before anything that a spreadsheet would run.

    Numbers are left alone.

    Examples
    --------
    >>> escaped("=1+1"), escaped("-1"), escaped("Arda")
    ("'=1+1", '-1', 'Arda')
    """
    if cell.startswith(_RISKY) and not re.fullmatch(r"[+-]?\d+(\.\d+)?", cell):
        return "'" + cell
    return cell


def claims_from_rows(rows: Rows, file: str, problems: Problems) -> list[Claim]:
    """Claims of flat rows; every fault goes to `problems`."""
    found = (claim_from_row(row, Place(file, n), problems) for n, row in rows)
    return [claim for claim in found if claim is not None]


def read_claim_table(
    text: str, file: str, problems: Problems, notes: list[str]
) -> list[Claim]:
    """Claims of a CSV text with at least the columns source, subject, sign, object."""
    rows = read_rows(
        text, file, problems, known=CLAIM_COLUMNS, required=REQUIRED, notes=notes
    )
    return claims_from_rows(rows, file, problems)


def read_node_table(
    text: str, file: str, problems: Problems, notes: list[str]
) -> list[Node]:
    """Nodes of a CSV text with at least the columns id and kind."""
    rows = read_rows(
        text, file, problems, known=NODE_COLUMNS, required=("id", "kind"), notes=notes
    )
    return nodes_from_rows(rows, file, problems)


def nodes_from_rows(rows: Rows, file: str, problems: Problems) -> list[Node]:
    """Nodes of flat rows; every fault goes to `problems`."""
    found = (_node(row, Place(file, n), problems) for n, row in rows)
    return [node for node in found if node is not None]


def _node(row: dict[str, str], place: Place, problems: Problems) -> Node | None:
    """Node of a row, or None."""
    cells = RowReader(row, place, problems)
    name = cells.name("id", required=True)
    if ">" in name or "|" in name:
        cells.fault("id", f'"{name}"', "a name without > and |", "rename the node")
    kind = cells.text("kind").lower()
    known = [item.value for item in NodeKind]
    if kind not in known:
        found = f'"{kind}"' if kind else "nothing"
        cells.fault("kind", found, " or ".join(known), nearest(kind, known))
    qid = cells.text("qid")
    if qid and not re.fullmatch(r"Q[1-9]\d*", qid):
        cells.fault("qid", f'"{qid}"', "a Wikidata id such as Q794", "look it up")
    codes = _codes(cells)
    if cells.faults:
        return None
    return Node(
        id=name,
        label=cells.name("label") or name,
        kind=NodeKind(kind),
        aliases=tuple(
            clean_name(part) for part in cells.text("aliases").split("|") if part
        ),
        part_of=cells.name("part_of"),
        qid=qid,
        codes=codes,
        note=cells.text("note"),
    )


def _codes(cells: RowReader) -> tuple[tuple[str, str], ...]:
    """Codes of a node, written as `plover=IRN|cameo=IRNGOV`."""
    pairs = []
    for part in filter(None, cells.text("codes").split("|")):
        scheme, mark, code = part.partition("=")
        if not mark or not GIVEN_ID.fullmatch(scheme) or not code:
            cells.fault("codes", f'"{part}"', "scheme=code parted by |", "iso3=IRN")
            continue
        pairs.append((scheme, code))
    return tuple(pairs)


def claim_cells(claim: Claim) -> list[str]:
    """Cells of a claim for a table; signs as 1, -1, 0 or ?."""
    row = row_from_claim(claim)
    for name in _SIGN_COLUMNS:
        if row[name]:
            row[name] = _SIGN_CELLS[SIGN_WORDS[row[name]]]
    return list(row.values())


def node_cells(node: Node) -> list[str]:
    """Cells of a node for a table."""
    return [
        node.id,
        node.label,
        node.kind.value,
        "|".join(node.aliases),
        node.part_of,
        node.qid,
        "|".join(f"{scheme}={code}" for scheme, code in node.codes),
        node.note,
    ]


def table_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """CSV text of a table, its cells made safe for spreadsheets."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([escaped(cell) for cell in row] for row in rows)
    return out.getvalue()
