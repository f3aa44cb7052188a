"""The four rules in a record as small files: `principle.toml` and `curve.csv`."""

import csv
import io
from typing import Final

from cuibono.errors import Problems
from cuibono.events.principle import CurvePoint, Principle, RuleFigure, Triple
from cuibono.formats.limits import CaseFolder
from cuibono.formats.record.toml_words import toml_text, toml_texts
from cuibono.formats.toml_table import TomlTable, toml_table

HEAD: Final = "principle.toml"
CURVE: Final = "curve.csv"
RULE_NAMES: Final = (
    "friend of friend",
    "friend of enemy",
    "enemy of friend",
    "enemy of enemy",
)
_COLUMNS: Final = (
    "actors",
    "half_life_days",
    "terms",
    *(
        f"{name.replace(' ', '_')}_{part}"
        for name in RULE_NAMES
        for part in ("value", "low", "high")
    ),
)
_NUMBERS: Final = (
    "odds_ratio",
    "odds_low",
    "odds_high",
    "share_without",
    "share_with",
    "p_timing",
    "p_structure",
    "coefficient",
    "null_low",
    "null_high",
)
_TEXTS: Final = ("record", "first", "last")
_COUNTS: Final = ("events", "signed", "friendly", "actors", "pairs", "draws", "seed")


def principle_files(found: Principle) -> dict[str, str]:
    """Files of a principle, by name."""
    files = {HEAD: _head(found)}
    if found.curve:
        files[CURVE] = _curve(found.curve)
    return files


def _head(found: Principle) -> str:
    """Settings, rules and triples in TOML."""
    lines = [
        "schema = 1",
        *(f"{key} = {toml_text(getattr(found, key))}" for key in _TEXTS),
        *(f"{key} = {getattr(found, key)}" for key in _COUNTS),
        f"half_life_days = {float(found.half_life_days)!r}",
        f"level = {float(found.level)!r}",
        f"caveats = {toml_texts(found.caveats)}",
    ]
    for rule in found.rules:
        lines += ["", "[[rule]]"]
        lines += [
            f"{key} = {toml_text(getattr(rule, key))}"
            for key in ("name", "says", "verdict", "partial", "reason")
        ]
        lines += [f"{key} = {float(getattr(rule, key))!r}" for key in _NUMBERS]
        lines += [
            f"{key} = {getattr(rule, key)}"
            for key in ("predicts", "events", "friendly")
        ]
        for triple in rule.triples:
            lines += [
                "",
                "[[rule.triple]]",
                f"actors = {toml_texts(triple.actors)}",
                f"push = {float(triple.push)!r}",
                f"events = {triple.events}",
                f"friendly = {triple.friendly}",
                f"examples = {toml_texts(triple.examples)}",
            ]
    return "\n".join(lines) + "\n"


def _curve(points: tuple[CurvePoint, ...]) -> str:
    """Specification curve in CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in points:
        cells = [
            f"{number:.6g}"
            for triple in zip(one.values, one.lows, one.highs, strict=True)
            for number in triple
        ]
        writer.writerow([one.actors, f"{one.half_life_days:g}", one.terms, *cells])
    return out.getvalue()


def read_principle(
    folder: CaseFolder, path: str, problems: Problems
) -> Principle | None:
    """Principle of a folder; None if it has none, or with the faults in `problems`."""
    if not folder.exists(f"{path}/{HEAD}"):
        return None
    text = folder.text(f"{path}/{HEAD}")
    top = toml_table(text, f"{path}/{HEAD}", problems) if text is not None else None
    if top is None:
        return None
    known = len(problems)
    top.whole("schema", 1)
    found = Principle(
        record=top.text("record", required=True),
        first=top.text("first", required=True),
        last=top.text("last", required=True),
        events=top.whole("events", 0),
        signed=top.whole("signed", 0),
        friendly=top.whole("friendly", 0),
        actors=top.whole("actors", 0),
        pairs=top.whole("pairs", 0),
        draws=top.whole("draws", 0),
        seed=top.whole("seed", 0),
        half_life_days=top.number("half_life_days"),
        level=top.number("level"),
        caveats=top.texts("caveats"),
        rules=tuple(_rule(one) for one in top.tables("rule")),
        curve=_read_curve(folder, path, problems),
    )
    top.close()
    names = tuple(rule.name for rule in found.rules)
    if names != RULE_NAMES:
        top.fault("rule", ", ".join(names)[:60] or "nothing", ", ".join(RULE_NAMES))
    return found if len(problems) == known else None


def _rule(table: TomlTable) -> RuleFigure:
    """One rule."""
    found = RuleFigure(
        name=table.text("name", required=True),
        says=table.text("says", required=True),
        verdict=table.text("verdict", required=True),
        partial=table.text("partial"),
        reason=table.text("reason"),
        predicts=table.whole("predicts", 0),
        events=table.whole("events", 0),
        friendly=table.whole("friendly", 0),
        **{key: table.number(key) for key in _NUMBERS},
        triples=tuple(_triple(one) for one in table.tables("triple")),
    )
    table.close()
    return found


def _triple(table: TomlTable) -> Triple:
    """One triple."""
    found = Triple(
        actors=table.texts("actors"),
        push=table.number("push"),
        events=table.whole("events", 0),
        friendly=table.whole("friendly", 0),
        examples=table.texts("examples"),
    )
    table.close()
    return found


def _read_curve(
    folder: CaseFolder, path: str, problems: Problems
) -> tuple[CurvePoint, ...]:
    """Specification curve of a folder, empty if there is none."""
    name = f"{path}/{CURVE}"
    if not folder.exists(name):
        return ()
    rows = list(csv.reader(io.StringIO(folder.text(name) or "")))
    if not rows or tuple(rows[0]) != _COLUMNS:
        problems.add(name, row=1, found="another header", expected=",".join(_COLUMNS))
        return ()
    points = []
    for at, row in enumerate(rows[1:], start=2):
        point = _point(row)
        if point is None:
            problems.add(
                name,
                row=at,
                found=", ".join(row)[:60],
                expected="a name, days, terms and twelve numbers",
            )
            continue
        points.append(point)
    return tuple(points)


def _point(row: list[str]) -> CurvePoint | None:
    """One point, or None if it has a fault."""
    if len(row) != len(_COLUMNS):
        return None
    try:
        days, terms = float(row[1]), int(row[2])
        cells = [float(cell) for cell in row[3:]]
    except ValueError:
        return None
    if not all(-1e6 < number < 1e6 for number in (days, *cells)):
        return None
    return CurvePoint(
        actors=row[0],
        half_life_days=days,
        terms=terms,
        values=tuple(cells[0::3]),
        lows=tuple(cells[1::3]),
        highs=tuple(cells[2::3]),
    )
