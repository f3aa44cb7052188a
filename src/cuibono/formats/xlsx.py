"""The four tables of a case in one workbook: claims, nodes, sources, predicates."""

import io
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from cuibono.claims.records import Case, Claim, Node, Predicate, Source
from cuibono.claims.words import SIGN_WORDS, Arrow, Layer, Sign
from cuibono.errors import Problems, UsageError
from cuibono.formats.archives import archive_fault
from cuibono.formats.codebook_toml import SOURCE_KEYS
from cuibono.formats.flat import REQUIRED, Place, RowReader
from cuibono.formats.limits import MOST_BYTES
from cuibono.formats.tables import (
    CLAIM_COLUMNS,
    NODE_COLUMNS,
    Rows,
    claim_cells,
    claims_from_rows,
    escaped,
    named_rows,
    node_cells,
    nodes_from_rows,
)

SOURCE_COLUMNS = ("id", *SOURCE_KEYS)
PREDICATE_COLUMNS = (
    "id",
    "sign",
    "arrow",
    "layer",
    "tie",
    "definition",
    "example",
    "distinction",
)


LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds; more would be dropped in silence."""


def workbook_bytes(case: Case) -> bytes:
    """Workbook of a case's claims in force, nodes, sources and predicates.

    Raises
    ------
    UsageError
        If a quote is longer than a cell may be.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    head = book.add_format({"bold": True})
    sheets = {
        "claims": (CLAIM_COLUMNS, [claim_cells(claim) for claim in case.claims]),
        "nodes": (NODE_COLUMNS, [node_cells(node) for node in case.nodes]),
        "sources": (SOURCE_COLUMNS, [source_cells(item) for item in case.sources]),
        "predicates": (
            PREDICATE_COLUMNS,
            [predicate_cells(word) for word in case.codebook.predicates],
        ),
    }
    for name, (columns, rows) in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, columns, head)
        for at, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells):
                if len(cell) >= LONGEST_CELL:
                    place = f"{columns[column]} of row {at} in {name}"
                    raise UsageError(f"{place} is too long for a workbook; take csv")
                sheet.write_string(at, column, escaped(cell))
    # Without fixed dates the same case would give other bytes each time.
    book.set_properties({"title": case.title[:200], "created": _EPOCH})
    book.close()
    return out.getvalue()


def _epoch() -> object:
    """Fixed moment of creation that workbooks carry."""
    import datetime as dt

    return dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)


_EPOCH = _epoch()


def source_cells(source: Source) -> list[str]:
    """Cells of a source."""
    return [getattr(source, name) for name in SOURCE_COLUMNS]


def predicate_cells(word: Predicate) -> list[str]:
    """Cells of a predicate."""
    return [
        word.id,
        {"+": "1", "-": "-1"}.get(word.sign.value, word.sign.value),
        word.arrow.value,
        word.layer.value,
        "yes" if word.tie else "no",
        word.definition,
        word.example,
        word.distinction,
    ]


class WorkbookTables:
    """What a workbook holds; a sheet that is missing gives an empty tuple."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.claims: tuple[Claim, ...] = ()
        self.nodes: tuple[Node, ...] = ()
        self.sources: tuple[Source, ...] = ()
        self.predicates: tuple[Predicate, ...] = ()


def read_workbook(path: Path, problems: Problems, notes: list[str]) -> WorkbookTables:
    """Tables of a workbook; every fault goes to `problems`."""
    tables = WorkbookTables()
    if not _is_sane(path, problems):
        return tables
    try:
        book = CalamineWorkbook.from_path(str(path))
        names = {name.strip().lower(): name for name in book.sheet_names}
        sheets = {key: book.get_sheet_by_name(name) for key, name in names.items()}
        grids = {
            key: [[_cell(value) for value in row] for row in sheet.to_python()]
            for key, sheet in sheets.items()
        }
    except (CalamineError, OSError, ValueError) as error:
        problems.add(
            path.name,
            found=f"a file that is no workbook ({error})",
            expected="an .xlsx workbook",
            mend="save it again as Excel workbook (.xlsx)",
        )
        return tables
    if "claims" not in grids and len(grids) == 1:
        grids = {"claims": next(iter(grids.values()))}
    if "claims" not in grids:
        problems.add(
            path.name,
            found="sheets " + ", ".join(names.values()),
            expected='a sheet "claims"',
            mend="name the sheet with the claims so",
        )
        return tables

    def rows(sheet: str, columns: tuple[str, ...], required: tuple[str, ...]) -> Rows:
        if sheet not in grids:
            return []
        return named_rows(
            grids[sheet],
            f"{path.name}:{sheet}",
            problems,
            known=columns,
            required=required,
            notes=notes,
        )

    place = path.name
    tables.claims = tuple(
        claims_from_rows(
            rows("claims", CLAIM_COLUMNS, REQUIRED), f"{place}:claims", problems
        )
    )
    tables.nodes = tuple(
        nodes_from_rows(
            rows("nodes", NODE_COLUMNS, ("id", "kind")), f"{place}:nodes", problems
        )
    )
    tables.sources = tuple(
        sources_from_rows(
            rows("sources", SOURCE_COLUMNS, ("id",)), f"{place}:sources", problems
        )
    )
    tables.predicates = tuple(
        predicates_from_rows(
            rows("predicates", PREDICATE_COLUMNS, ("id", "sign", "arrow")),
            f"{place}:predicates",
            problems,
        )
    )
    return tables


def _cell(value: object) -> str:
    """Cell of a workbook as text; whole numbers without their point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _is_sane(path: Path, problems: Problems) -> bool:
    """Whether a workbook is safe to open, told before it is expanded."""
    fault = ""
    if path.stat().st_size > MOST_BYTES:
        fault = f"{path.stat().st_size / 1e6:.0f} MB"
    fault = fault or archive_fault(path)
    if fault:
        problems.add(
            path.name,
            found=fault,
            expected="an .xlsx workbook of sane size",
            mend="save it again as Excel workbook (.xlsx)",
        )
    return not fault


def sources_from_rows(rows: Rows, file: str, problems: Problems) -> list[Source]:
    """Sources of flat rows; every fault goes to `problems`."""
    return [_source(row, Place(file, n), problems) for n, row in rows]


def predicates_from_rows(rows: Rows, file: str, problems: Problems) -> list[Predicate]:
    """Predicates of flat rows; every fault goes to `problems`."""
    return [_predicate(row, Place(file, n), problems) for n, row in rows]


def _source(row: dict[str, str], place: Place, problems: Problems) -> Source:
    """Source of a row."""
    cells = RowReader(row, place, problems)
    values = {key: cells.text(key) for key in SOURCE_KEYS}
    values |= {key: cells.date(key) for key in ("date", "retrieved")}
    return Source(id=cells.name("id", required=True), **values)


def _predicate(row: dict[str, str], place: Place, problems: Problems) -> Predicate:
    """Predicate of a row."""
    cells = RowReader(row, place, problems)
    arrow = cells.text("arrow").lower()
    arrows = [word.value for word in Arrow]
    if arrow not in arrows:
        cells.fault("arrow", f'"{arrow}"', " or ".join(arrows))
        arrow = "forward"
    return Predicate(
        id=cells.name("id", required=True),
        sign=SIGN_WORDS.get(cells.text("sign"), Sign.NOT_STATED),
        arrow=Arrow(arrow),
        layer=cells.word("layer", Layer, Layer.EFFECT),
        tie=cells.text("tie").lower() in {"yes", "true", "1"},
        definition=cells.text("definition"),
        example=cells.text("example"),
        distinction=cells.text("distinction"),
    )
