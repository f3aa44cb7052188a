"""cuibono record rules: whether the four rules hold in a record of events."""

import csv
import os
from dataclasses import asdict, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cuibono.cli.output import emit_json, emit_table
from cuibono.cli.progress import Progress
from cuibono.cli.record_options import chosen_memory, events_argument, memory_options
from cuibono.errors import Problems, UsageError

if TYPE_CHECKING:
    from cuibono.record.curve import Point
    from cuibono.record.findings import Finding, RuleFindings

SEED = 2014


@click.command(
    "rules",
    epilog="""\b
Verdicts: supported or contradicted, where both nulls say so; else not distinguishable
from the actors' general friendliness, with the null that alone says so, if one does;
too little data. The first null moves each pair's signs in time; the second draws signs
from what sender, receiver, pair and climate incline to.
\b
Examples:
  cuibono record rules events.csv
  cuibono record rules events.csv.gz --null 199 --seed 7 --json
  cuibono record rules events.csv --group countries.csv --half-life-days 90""",
)
@events_argument
@memory_options
@click.option(
    "--null",
    "draws",
    type=click.IntRange(24, 100_000),
    default=199,
    show_default=True,
    help="Draws of each null.",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=SEED, show_default=True
)
@click.option(
    "--group",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Table actor,group: for the curve, the rules among groups too.",
)
@click.option(
    "--mood-days",
    type=click.FloatRange(0),
    default=0.0,
    help="Let each actor's friendliness move from window to window of so many days in "
    "the second null; 0 keeps it still.  [default: 0]",
)
@click.option("--no-curve", is_flag=True, help="Leave the specification curve out.")
@click.option(
    "--state",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the draws of a run that is stopped; by default in the cache folder.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write one HTML page.",
)
@click.option(
    "--figures",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the figures into a folder record/EXTRACT of a case.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    events: Path,
    half_life_days: float | None,
    config: Path | None,
    draws: int,
    seed: int,
    group: Path | None,
    mood_days: float,
    no_curve: bool,
    state: Path | None,
    report: Path | None,
    figures: Path | None,
    as_json: bool,
) -> int:
    """Say whether the four rules hold in EVENTS, against two simulated nulls.

    Friend of friend, friend of enemy, enemy of friend, enemy of enemy: whether third
    actors tell how friendly two actors are, beyond what each of them is like to all,
    what the two did before, and what times they live in. A run that is stopped goes on
    where it was when the same is asked again.

    Raises
    ------
    UsageError
        If the record holds no signed event.
    KeyboardInterrupt
        When stopped; the draws made so far are kept.
    """
    from cuibono.cli.record_rules_out import write_principle
    from cuibono.record.findings import rule_findings, usual_design
    from cuibono.record.incoming import read_events
    from cuibono.record.principle import principle
    from cuibono.record.progress import run_key

    memory = chosen_memory(half_life_days, config)
    found = read_events(events)
    groupings = {group.name: _grouping(group)} if group else {}
    design = replace(usual_design(memory), mood_days=mood_days)
    key = run_key(found, memory, design, draws, seed, no_curve, groupings)
    kept = state or _cache() / f"record-{key[:16]}.npz"
    try:
        result = rule_findings(
            found,
            memory=memory,
            design=design,
            draws=draws,
            seed=seed,
            curve=not no_curve,
            groupings=groupings,
            state=kept,
            progress=Progress(quiet=as_json),
        )
    except ValueError as error:
        raise UsageError(f"{events.name}: {error}") from error
    except KeyboardInterrupt:
        if kept.exists():
            click.echo(f"draws kept in {kept}: ask again to go on", err=True)
        raise
    write_principle(principle(result, found), report, figures)
    if as_json:
        emit_json("record-rules", rules_document(result))
        return 0
    _print(result)
    return 0


def _cache() -> Path:
    """Folder for what can be made again."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "cuibono"


def _grouping(path: Path) -> dict[str, str]:
    """Actor to group, from a table.

    Raises
    ------
    CaseFileError
        With every bad row.
    """
    problems = Problems()
    found: dict[str, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for name in ("actor", "group"):
            if name not in (reader.fieldnames or ()):
                problems.add(
                    path.name,
                    row=1,
                    column=name,
                    found="no such column",
                    expected="columns actor, group",
                )
        problems.raise_if_any()
        for at, row in enumerate(reader, 2):
            actor, group = (row["actor"] or "").strip(), (row["group"] or "").strip()
            for name, text in (("actor", actor), ("group", group)):
                if not text:
                    problems.add(
                        path.name,
                        row=at,
                        column=name,
                        found="nothing",
                        expected="a name",
                    )
            if found.get(actor, group) != group:
                problems.add(
                    path.name,
                    row=at,
                    column="group",
                    found=f'"{group}" for an actor already in "{found[actor]}"',
                    expected="one group for each actor",
                )
            found[actor] = group
    problems.raise_if_any()
    return found


def rules_document(found: "RuleFindings") -> dict[str, object]:
    """Findings as plain data, keys as the records name them."""
    plain: dict[str, object] = asdict(found, dict_factory=_plain)
    return plain


def _plain(items: list[tuple[str, object]]) -> dict[str, object]:
    """Fields with words for enums and lists for arrays."""
    return {name: _value(value) for name, value in items}


def _value(value: object) -> object:
    """One value as JSON takes it."""
    if isinstance(value, Enum):
        return value.value
    to_list = getattr(value, "tolist", None)
    return to_list() if to_list is not None else value


def _print(found: "RuleFindings") -> None:
    """Verdicts, the two nulls, the curve, and what carries each rule."""
    from cuibono.record.rules import Partial

    span = " to ".join(_moment(at, found.dated) for at in (found.first, found.last))
    click.echo(
        f"According to {found.name}: {found.signed} signed events "
        f"({found.friendly} friendly) of {found.actors} actors, {span}."
    )
    click.echo(
        f"Half-life {found.memory.half_life_days:g} days; {found.draws} draws of each "
        f"null, seed {found.seed}; each null at level {found.level:g}."
    )
    click.echo("")
    rows = []
    for one in found.findings:
        verdict = one.verdict.value
        if one.partial is not Partial.NEITHER:
            verdict += f" ({one.partial.value})"
        rows.append(
            [
                one.rule.name,
                f"{one.odds_ratio:.2f} ({one.odds_low:.2f}-{one.odds_high:.2f})",
                f"{one.timing.p_value:.3f}",
                f"{one.structure.p_value:.3f}",
                verdict + (f": {one.reason}" if one.reason else ""),
            ]
        )
    emit_table(["rule", "odds ratio", "p timing", "p structure", "verdict"], rows)
    click.echo("")
    for one in found.findings:
        click.echo(_sentence(one))
    _print_curve(found.curve)
    for one in found.findings:
        _print_carriers(one)


def _moment(day: float, dated: bool) -> str:
    """Day as the file told it."""
    return date.fromordinal(int(day)).isoformat() if dated else f"day {day:g}"


def _sentence(one: "Finding") -> str:
    """Odds ratio in words."""
    return (
        f"According to this record, {one.share_with:.0%} of events are friendly where "
        f"{one.rule.says}, as typical, and {one.share_without:.0%} where not, the other "
        "terms held."
    )


def _print_curve(points: "tuple[Point, ...]") -> None:
    """Coefficients per standard deviation; a star lies outside its null band."""
    if not points:
        return
    click.echo("")
    click.echo(
        "Coefficients per standard deviation; * lies outside what 95 % of records "
        "without the rules give under the same setting:"
    )
    rows = []
    for point in points:
        cells = [
            f"{value:+.2f}{'' if low <= value <= high else '*'}"
            for value, low, high in zip(
                point.coefficient, point.low, point.high, strict=True
            )
        ]
        setting = f"{point.half_life_days:g} days, terms {point.specification}"
        rows.append([setting, *cells, point.aggregation])
    emit_table(["setting", "f of f", "f of e", "e of f", "e of e", "actors"], rows)


def _print_carriers(one: "Finding") -> None:
    """Triples that push a rule's coefficient most."""
    if not one.carriers:
        return
    way = "up" if one.coefficient >= one.structure.middle else "down"
    click.echo("")
    click.echo(f"Events that push {one.rule.name} {way} most, by triple:")
    emit_table(
        ["share", "events", "friendly", "actors"],
        [
            [
                f"{abs(item.push):.1%}",
                str(item.events),
                str(item.friendly),
                ", ".join(item.actors),
            ]
            for item in one.carriers[:5]
        ],
    )
