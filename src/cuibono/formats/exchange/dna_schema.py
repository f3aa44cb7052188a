"""The database layout that Discourse Network Analyzer 3 reads, from its facts."""

VERSION = "3.0.7"
LAYOUT_DATE = "2022-06-10"
LONGEST_NAME = 190
"""Characters that a short text of the database may have."""

_NAME = "TEXT NOT NULL CHECK (LENGTH({}) < 191)"
_DATA_TYPES = "DataType IN ('boolean', 'integer', 'long text', 'short text')"
_EMPTY_NAME = "TEXT NOT NULL DEFAULT '' CHECK (LENGTH({}) < 191)"
_PERMISSIONS = tuple(
    f"Permission{action}"
    for action in (
        "AddDocuments",
        "EditDocuments",
        "DeleteDocuments",
        "ImportDocuments",
        "AddStatements",
        "EditStatements",
        "DeleteStatements",
        "EditAttributes",
        "EditRegex",
        "EditStatementTypes",
        "EditCoders",
        "EditCoderRelations",
        "ViewOthersDocuments",
        "EditOthersDocuments",
        "ViewOthersStatements",
        "EditOthersStatements",
    )
)
COLOURS = ("Red", "Green", "Blue")


def _bounded(name: str, least: int, most: int, default: int | None = 0) -> str:
    """Whole number within bounds."""
    start = "" if default is None else f" NOT NULL DEFAULT {default}"
    return f"{name} INTEGER{start} CHECK ({name} BETWEEN {least} AND {most})"


def _colours(*, needed: bool = True) -> str:
    """Three parts of a colour."""
    default = 0 if needed else None
    return ", ".join(_bounded(name, 0, 255, default) for name in COLOURS)


def _points_to(column: str, table: str) -> str:
    """Reference to a row that takes its followers along when it is deleted."""
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


def _flag(name: str, default: int = 1) -> str:
    """Yes or no, as a number."""
    return _bounded(name, 0, 1, default)


ID = "ID INTEGER NOT NULL PRIMARY KEY"
_OF_STATEMENT = (
    f"{ID}, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL, {{}}, "
    f"UNIQUE (StatementId, VariableId), {_points_to('StatementId', 'STATEMENTS')}, "
    f"{_points_to('VariableId', 'VARIABLES')}"
)

TABLES: dict[str, str] = {
    "SETTINGS": "Property TEXT PRIMARY KEY, Value TEXT NOT NULL",
    "CODERS": ", ".join(
        (
            ID,
            f"Name {_NAME.format('Name')}",
            _colours(),
            _bounded("Refresh", 0, 9999),
            _bounded("FontSize", 1, 99, 14),
            f"Password {_NAME.format('Password')}",
            "PopupWidth INTEGER DEFAULT 300 CHECK (PopupWidth BETWEEN 100 AND 9999)",
            _flag("ColorByCoder", 0),
            _flag("PopupDecoration", 0),
            _flag("PopupAutoComplete"),
            *map(_flag, _PERMISSIONS),
        )
    ),
    "DOCUMENTS": ", ".join(
        (
            ID,
            f"Title {_NAME.format('Title')}",
            "Text TEXT NOT NULL",
            "Coder INTEGER",
            f"Author {_EMPTY_NAME.format('Author')}",
            f"Source {_EMPTY_NAME.format('Source')}",
            f"Section {_EMPTY_NAME.format('Section')}",
            "Notes TEXT NOT NULL DEFAULT ''",
            f"Type {_EMPTY_NAME.format('Type')}",
            "Date INTEGER NOT NULL",
            _points_to("Coder", "CODERS"),
        )
    ),
    "STATEMENTTYPES": f"{ID}, Label {_NAME.format('Label')}, {_colours()}",
    "VARIABLES": ", ".join(
        (
            ID,
            f"Variable {_NAME.format('Variable')}",
            f"DataType TEXT NOT NULL DEFAULT 'short text' CHECK ({_DATA_TYPES})",
            "StatementTypeId INTEGER",
            _points_to("StatementTypeId", "STATEMENTTYPES"),
            "UNIQUE (Variable, StatementTypeId)",
        )
    ),
    "VARIABLELINKS": ", ".join(
        (
            ID,
            "SourceVariableId INTEGER",
            "TargetVariableId INTEGER",
            "CHECK (TargetVariableId <> SourceVariableId)",
            _points_to("SourceVariableId", "VARIABLES"),
            _points_to("TargetVariableId", "VARIABLES"),
        )
    ),
    "REGEXES": f"Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191), {_colours()}",
    "CODERRELATIONS": ", ".join(
        (
            ID,
            "Coder INTEGER CHECK (Coder > 0)",
            "OtherCoder INTEGER CHECK (OtherCoder > 0)",
            *map(
                _flag,
                ("viewStatements", "editStatements", "viewDocuments", "editDocuments"),
            ),
            "CHECK (Coder <> OtherCoder)",
            _points_to("Coder", "CODERS"),
            _points_to("OtherCoder", "CODERS"),
        )
    ),
    "STATEMENTS": ", ".join(
        (
            ID,
            "StatementTypeId INTEGER",
            "DocumentId INTEGER",
            "Start INTEGER NOT NULL CHECK (Start >= 0)",
            "Stop INTEGER NOT NULL CHECK (Stop >= 0)",
            "Coder INTEGER",
            "CHECK (Start < Stop)",
            _points_to("StatementTypeId", "STATEMENTTYPES"),
            _points_to("Coder", "CODERS"),
            _points_to("DocumentId", "DOCUMENTS"),
        )
    ),
    "DATABOOLEAN": _OF_STATEMENT.format("Value INTEGER NOT NULL DEFAULT 1"),
    "DATAINTEGER": _OF_STATEMENT.format("Value INTEGER NOT NULL DEFAULT 0"),
    "ENTITIES": ", ".join(
        (
            ID,
            "VariableId INTEGER NOT NULL",
            f"Value {_EMPTY_NAME.format('Value')}",
            _colours(needed=False),
            "ChildOf INTEGER CHECK (ChildOf > 0)",
            "UNIQUE (VariableId, Value)",
            _points_to("ChildOf", "ENTITIES"),
            _points_to("VariableId", "VARIABLES"),
        )
    ),
    "DATASHORTTEXT": _OF_STATEMENT.format("Entity INTEGER NOT NULL")
    + f", {_points_to('Entity', 'ENTITIES')}",
    "DATALONGTEXT": _OF_STATEMENT.format("Value TEXT DEFAULT ''"),
    "ATTRIBUTEVARIABLES": ", ".join(
        (
            ID,
            "VariableId INTEGER NOT NULL",
            f"AttributeVariable {_NAME.format('AttributeVariable')}",
            "UNIQUE (VariableId, AttributeVariable)",
            _points_to("VariableId", "VARIABLES"),
        )
    ),
    "ATTRIBUTEVALUES": ", ".join(
        (
            ID,
            "EntityId INTEGER NOT NULL",
            "AttributeVariableId INTEGER NOT NULL",
            f"AttributeValue {_EMPTY_NAME.format('AttributeValue')}",
            "UNIQUE (EntityId, AttributeVariableId)",
            _points_to("EntityId", "ENTITIES"),
            _points_to("AttributeVariableId", "ATTRIBUTEVARIABLES"),
        )
    ),
}
"""Columns and constraints by table, in an order in which references lead back."""

READ: dict[str, str] = {
    "SETTINGS": "Property Value",
    "CODERS": "ID Name",
    "DOCUMENTS": "ID Title Text Author Source Section Notes Type Date",
    "STATEMENTTYPES": "ID Label",
    "VARIABLES": "ID Variable DataType StatementTypeId",
    "STATEMENTS": "ID StatementTypeId DocumentId Start Stop Coder",
    "DATABOOLEAN": "StatementId VariableId Value",
    "DATAINTEGER": "StatementId VariableId Value",
    "DATASHORTTEXT": "StatementId VariableId Entity",
    "DATALONGTEXT": "StatementId VariableId Value",
    "ENTITIES": "ID VariableId Value",
    "ATTRIBUTEVARIABLES": "ID VariableId AttributeVariable",
    "ATTRIBUTEVALUES": "EntityId AttributeVariableId AttributeValue",
}
"""Tables and columns that an import reads."""
