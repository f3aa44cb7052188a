"""`record.toml`: the named date, pairs to tell, observable parts of claims."""

from datetime import date

from cuibono.claims.records import Case
from cuibono.errors import Problems
from cuibono.events.plan import Asked, RecordPlan
from cuibono.formats.toml_table import TomlTable, toml_table

_SIGNS = {"+": 1, "-": -1, "any": 0}


def read_plan(text: str, file: str, case: Case, problems: Problems) -> RecordPlan:
    """Plan of a `record.toml`; faults go to `problems`."""
    top = toml_table(text, file, problems)
    if top is None:
        return RecordPlan()
    top.whole("schema", 1)
    plan = RecordPlan(
        on=_day(top, "date") if "date" in top.items else None,
        on_why=top.text("date_why"),
        asked=tuple(_asked(one, case) for one in top.tables("observe")),
        principle_claims=_claims(top, case, "principle", needed=False),
        pairs=tuple(_pair(one, case) for one in top.tables("pair")),
    )
    top.close()
    return plan


def _pair(table: TomlTable, case: Case) -> tuple[str, str]:
    """Two nodes."""
    pair = _node(table, "a", case), _node(table, "b", case)
    table.close()
    return pair


def _asked(table: TomlTable, case: Case) -> Asked:
    """Observable part of some claims."""
    found = Asked(
        claims=_claims(table, case),
        source=_node(table, "source", case),
        target=_node(table, "target", case),
        sign=_sign(table),
        rises=table.flag("rises") is not False,
        on=_day(table, "on"),
        why=table.text("why", required=True),
        misses=table.text("misses", required=True),
    )
    table.close()
    return found


def _claims(
    table: TomlTable, case: Case, key: str = "claims", *, needed: bool = True
) -> tuple[str, ...]:
    """Claims that exist; at least one where they are needed."""
    names = table.texts(key)
    known = {claim.id for claim in case.claims}
    for name in names:
        if name not in known:
            table.fault(key, f'"{name}"', "the id of a claim in force")
    if needed and not names:
        table.fault(key, "nothing", "at least one claim", f'{key} = ["c_..."]')
    return names


def _node(table: TomlTable, key: str, case: Case) -> str:
    """Node of the case."""
    name = table.text(key, required=True)
    if name and name not in {node.id for node in case.nodes}:
        table.fault(key, f'"{name}"', "the id of a node in nodes.csv")
    return name


def _sign(table: TomlTable) -> int:
    """Sign of the acts that count."""
    word = table.text("acts") or "any"
    if word not in _SIGNS:
        table.fault("acts", f'"{word}"', '"+", "-" or "any"')
    return _SIGNS.get(word, 0)


def _day(table: TomlTable, key: str) -> date:
    """Day, written as text."""
    text = table.text(key, required=True)
    try:
        return date.fromisoformat(text)
    except ValueError:
        if text:
            table.fault(key, f'"{text}"', 'a day in quotation marks, "YYYY-MM-DD"')
        return date.min
