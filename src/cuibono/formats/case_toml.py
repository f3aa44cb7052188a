"""case.toml: title, readings, conclusions, questions."""

from dataclasses import dataclass, field

from cuibono.claims.records import (
    SCHEMA,
    Action,
    Alternative,
    Conclusion,
    LinkChange,
    OpenQuestion,
    Question,
    Reading,
    Selector,
)
from cuibono.claims.words import (
    SIGN_WORDS,
    Layer,
    Modality,
    Polarity,
    Sign,
    Stance,
)
from cuibono.errors import Problems
from cuibono.formats.toml_table import TomlTable, toml_table

EXPECTATIONS = ("+", "-", "0", "not +", "not -", "back", "stays")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHead:
    """What case.toml holds."""

    title: str = ""
    summary: str = ""
    schema: int = SCHEMA
    readings: tuple[Reading, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    questions: tuple[Question, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    pairs: tuple[tuple[str, str], ...] = field(default=())


def read_case_head(text: str, file: str, problems: Problems) -> CaseHead:
    """Head of a case; every fault goes to `problems`."""
    top = toml_table(text, file, problems)
    if top is None:
        return CaseHead()
    schema = top.whole("schema", SCHEMA)
    if schema > SCHEMA or schema < 0:
        top.fault(
            "schema",
            str(schema),
            f"at most {SCHEMA}",
            "install a newer cuibono to read this case",
        )
    elif schema < SCHEMA:
        top.fault(
            "schema", str(schema), str(SCHEMA), "run cuibono upgrade on this folder"
        )
    head = CaseHead(
        title=top.text("title", required=True),
        summary=top.text("summary"),
        schema=schema,
        readings=tuple(_reading(item) for item in top.tables("reading")),
        conclusions=tuple(_conclusion(item) for item in top.tables("conclusion")),
        questions=tuple(_question(item) for item in top.tables("question")),
        open_questions=tuple(_open(item) for item in top.tables("open")),
        pairs=tuple(_pair(item) for item in top.tables("pair")),
    )
    top.close()
    _unique(head, top)
    return head


def _unique(head: CaseHead, top: TomlTable) -> None:
    """Note ids that come twice."""
    for key, items in (
        ("reading", head.readings),
        ("conclusion", head.conclusions),
        ("question", head.questions),
    ):
        ids = [item.id for item in items]
        for twice in dict.fromkeys(x for x in ids if x and ids.count(x) > 1):
            top.fault(key, f'the id "{twice}" twice', "each id once", "rename one")


def _reading(item: TomlTable) -> Reading:
    """Reading of a table."""
    reading = Reading(
        id=item.text("id", required=True),
        title=item.text("title"),
        include=tuple(_selector(part) for part in item.tables("include")),
        exclude=tuple(_selector(part) for part in item.tables("exclude")),
        described_by_opponent=bool(item.flag("described_by_opponent")),
        note=item.text("note"),
    )
    item.close()
    return reading


def _selector(item: TomlTable) -> Selector:
    """Selector of a table."""
    selector = Selector(
        voice=item.texts("voice"),
        stance=item.words("stance", Stance),
        layer=item.words("layer", Layer),
        modality=item.words("modality", Modality),
        polarity=item.words("polarity", Polarity),
        source=item.texts("source"),
        predicate=item.texts("predicate"),
        tag=item.texts("tag"),
        claims=item.texts("claims"),
        reported=item.flag("reported"),
        undisputed=item.flag("undisputed"),
    )
    item.close()
    return selector


def _conclusion(item: TomlTable) -> Conclusion:
    """Conclusion of a table."""
    expect = item.pairs("expect")
    for node, word in expect:
        if word not in EXPECTATIONS:
            known = " or ".join(f'"{known}"' for known in EXPECTATIONS)
            item.fault(f"expect.{node}", f'"{word}"', known)
    conclusion = Conclusion(
        id=item.text("id", required=True),
        title=item.text("title", required=True),
        claims=item.texts("claims"),
        do=_action(item.table("do")),
        expect=expect,
        horizon=item.text("horizon"),
        alternatives=tuple(_alternative(part) for part in item.tables("alternative")),
        why=item.text("why"),
        untestable=item.text("untestable"),
        readings=item.texts("readings"),
    )
    if not conclusion.claims:
        item.fault("claims", "nothing", "the ids of the claims that state it")
    if not conclusion.untestable and not expect:
        item.fault(
            "expect",
            "nothing",
            "signs on named nodes, or untestable = what is missing",
            'expect = { node = "+" }',
        )
    item.close()
    return conclusion


def _alternative(item: TomlTable) -> Alternative:
    """Alternative of a table."""
    alternative = Alternative(
        id=item.text("id", required=True),
        title=item.text("title"),
        do=_action(item.table("do")),
    )
    item.close()
    return alternative


def _action(item: TomlTable) -> Action:
    """Action of a table."""
    action = Action(
        press=item.numbers("press"),
        pulse=item.numbers("pulse"),
        remove=item.texts("remove"),
        clamp=item.texts("clamp"),
        add=tuple(_link(part) for part in item.tables("add")),
        cut=tuple(_link(part) for part in item.tables("cut")),
    )
    item.close()
    return action


def _link(item: TomlTable) -> LinkChange:
    """Link of a table."""
    word = item.text("sign") or "+"
    sign = SIGN_WORDS.get(word)
    if sign is None:
        item.fault("sign", f'"{word}"', "+ or -")
    link = LinkChange(
        tail=item.text("from", required=True),
        head=item.text("to", required=True),
        sign=sign or Sign.PLUS,
    )
    item.close()
    return link


def _question(item: TomlTable) -> Question:
    """Question of a table."""
    question = Question(
        id=item.text("id", required=True),
        ask=item.text("ask", required=True),
        title=item.text("title"),
        inputs=item.pairs("inputs"),
    )
    item.close()
    return question


def _open(item: TomlTable) -> OpenQuestion:
    """Question that stays open, of a table."""
    question = OpenQuestion(
        title=item.text("title", required=True),
        reason=item.text("reason", required=True),
    )
    item.close()
    return question


def _pair(item: TomlTable) -> tuple[str, str]:
    """Pair of actors to look at, of a table."""
    pair = item.text("a", required=True), item.text("b", required=True)
    item.close()
    return pair
