"""Calibration of `cuibono record rules`: simulated signs on a real skeleton.

``python -m benchmarks.record_calibration run`` draws what is missing, round by round;
it can be stopped at any time and goes on where it was. ``... table`` prints what there
is, ``... docs`` writes the table and the figure of the docs. The designs, with their
seeds, stand in the `.toml` files of `DESIGNS`; the reference data are needed.
"""

import argparse
import csv
import hashlib
import json
import sys
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.reference import REFERENCE

from cuibono.record.bias import corrected, refitted_rules
from cuibono.record.design import Design, Fitter
from cuibono.record.events import Floats, SignedEvents
from cuibono.record.incoming import read_events
from cuibono.record.kernels.draws import COLUMNS
from cuibono.record.nulls import Null, sign_blocks
from cuibono.record.rules import RULES
from cuibono.record.settings import Memory
from cuibono.record.skeleton import Skeleton, drawn_signs, sign_terms, skeleton
from cuibono.record.trial import Trial, curtailed

HERE = Path(__file__).parent
DESIGNS = ("record_calibration", "record_estimates", "record_more", "record_moods")
DOCS = HERE.parent / "docs"
DATA = HERE.parent / "src" / "cuibono" / "record"
MARK, MARK_END = "<!-- calibration -->", "<!-- /calibration -->"
AIM = 0.07
ANY = "any of the four"
OWN, TRIADS = slice(0, 4), slice(12, 16)
FIELDS = (
    "cell", "round", "record", "stretch", "events", "draws",
    *(f"{part}_{k}" for part in ("structure", "timing", "coefficient", "error")
      for k in range(4)),
)  # fmt: skip
Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A skeleton with what is needed to draw and test records on it."""

    bones: Skeleton
    fitter: Fitter
    design: Design
    scale: Floats
    middle: Floats
    share: float


def stretch(
    told: dict[str, Any], study: dict[str, Any], mood_days: float = 0.0
) -> Stretch:
    """Skeleton of a stretch, with the spread of its real terms."""
    events = chosen_events(told)
    memory = Memory(half_life_days=study["half_life_days"])
    design = Design(
        specification=study["specification"],
        window_days=study["window_days"],
        block_days=study["half_life_days"],
        mood_days=mood_days,
    )
    bones = skeleton(events, memory)
    terms = sign_terms(bones, bones.events.sign)
    return Stretch(
        bones=bones,
        fitter=Fitter(bones, design),
        design=design,
        scale=terms.std(axis=0),
        middle=terms.mean(axis=0),
        share=float(np.mean(bones.events.sign > 0)),
    )


def chosen_events(told: dict[str, Any]) -> SignedEvents:
    """Signed events among the actors and days of a stretch."""
    path = REFERENCE / "rem" / "anchor_icews14" / told["file"]
    events = read_events(path).signed()
    days = (events.time >= told["days"][0]) & (events.time < told["days"][1])
    if "step" not in told:
        return events.chosen(days)
    n = len(events.actors)
    active = np.bincount(events.source, minlength=n)
    active += np.bincount(events.target, minlength=n)
    rank = np.argsort(-active, kind="stable")
    among = np.zeros(n, bool)
    among[rank[told["first_rank"] : told["last_rank"] : told["step"]]] = True
    return events.chosen(among[events.source] & among[events.target] & days)


def drawn(
    cell: dict[str, Any], on: Stretch, rng: np.random.Generator
) -> tuple[NDArray[np.int8], Floats]:
    """Signs of one simulated record, and their terms."""
    bones = on.bones
    events = bones.events
    base = np.full(len(bones), log(on.share / (1 - on.share)))
    theta = np.zeros(COLUMNS)
    if "actor" in cell:
        levels = rng.normal(0, cell["actor"], (2, len(events.actors)))
        base += levels[0][events.source] + levels[1][events.target]
    if "pair" in cell:
        levels = rng.normal(0, cell["pair"], len(bones.pairs))
        base += levels[bones.pairs.of_event]
    if "climate" in cell:
        day = (events.time - events.time[0]).astype(int)
        base += (
            cell["climate"] * climate(int(day[-1]) + 1, cell["climate_days"], rng)[day]
        )
    if "drift" in cell:
        for ends in (events.source, events.target):
            levels, day = drifting(events, cell["drift_days"], rng)
            base += cell["drift"] * levels[ends, day]
    if "mood" in cell:
        levels, day = drifting(events, cell["mood_days"], rng)
        base += cell["mood"] * levels[events.source, day]
        if cell["mood_at"] == "both ends":
            base += cell["mood"] * levels[events.target, day]
    for part, where in (("own", OWN), ("rules", TRIADS)):
        if part in cell:
            theta[where] = np.array(cell[part]) / on.scale[where]
    base -= float(theta @ on.middle)
    state = rng.integers(0, 2**63, 1).astype(np.uint64)
    return drawn_signs(bones, base, theta, state)


def drifting(
    events: SignedEvents, memory: float, rng: np.random.Generator
) -> tuple[Floats, NDArray[np.int64]]:
    """Climate of each actor (actors, days), and the day of each event."""
    day = (events.time - events.time[0]).astype(np.int64)
    days = int(day[-1]) + 1
    return np.array([climate(days, memory, rng) for _ in events.actors]), day


def climate(days: int, memory: float, rng: np.random.Generator) -> Floats:
    """One level a day with unit spread that forgets itself in so many days."""
    keep = exp(-1 / memory)
    level = np.empty(days)
    level[0] = rng.normal()
    for day in range(1, days):
        level[day] = keep * level[day - 1] + sqrt(1 - keep**2) * rng.normal()
    return level


def tested(
    cell: dict[str, Any], on: Stretch, study: dict[str, Any], seed: list[int]
) -> dict[str, object]:
    """One simulated record: what the two nulls say, and the estimates."""
    rng = np.random.default_rng(seed)
    sign, terms = drawn(cell, on, rng)
    bones = on.bones.with_sign(sign)
    design = on.design
    trial = Trial(
        bones,
        design,
        terms=terms,
        fitter=on.fitter,
        blocks=sign_blocks(bones, design.block_days),
    )
    made: list[int] = []
    zero = np.zeros(4, np.int8)
    said: dict[Null, NDArray[np.int8]] = {Null.STRUCTURE: zero, Null.TIMING: zero}
    alive = np.full(4, not cell.get("estimate_only", False))
    number = int(rng.integers(0, 2**32))
    for null in said:
        if alive.any():
            said[null] = curtailed(
                trial,
                null,
                seed=number,
                draws=study["draws"],
                level=study["level"],
                alive=alive,
                count=made.append,
            )
            alive = said[null] != 0
    scale = on.scale[TRIADS]
    rules = trial.estimate.rule
    if "bias_draws" in cell:
        copies = np.array(
            [refitted_rules(trial, number, draw) for draw in range(cell["bias_draws"])]
        )
        rules = corrected(rules, copies, trial.estimate.largest_error)
    values: tuple[NDArray[np.generic], ...] = (
        said[Null.STRUCTURE],
        said[Null.TIMING],
        rules * scale,
        trial.estimate.largest_error * scale,
    )
    found: dict[str, object] = {"draws": sum(made), "events": len(bones)}
    for name, four in zip(
        ("structure", "timing", "coefficient", "error"), values, strict=True
    ):
        for k in range(4):
            found[f"{name}_{k}"] = f"{four[k]:.6g}"
    return found


def run(study: dict[str, Any], path: Path, only: int | None) -> None:
    """Draw what is missing, round by round over all cells, and keep every record."""
    have = {(row["cell"], row["round"], row["record"]) for row in results(path)}
    at: dict[tuple[str, float], Stretch] = {}
    fresh = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        if fresh:
            writer.writeheader()
        for turn in range(study["rounds"] if only is None else only):
            for number, cell in enumerate(study["cell"]):
                for record in range(cell["records"]):
                    key = (cell["name"], str(turn), str(record))
                    if key in have:
                        continue
                    names = cell["stretches"]
                    name = names[record % len(names)]
                    kind = name, cell.get("asked_mood_days", 0.0)
                    if kind not in at:
                        at[kind] = stretch(study["stretch"][name], study, kind[1])
                    seed = [study["seed"], number, turn, record]
                    found = tested(cell, at[kind], study, seed)
                    writer.writerow(
                        {
                            "cell": cell["name"],
                            "round": turn,
                            "record": record,
                            "stretch": name,
                            **found,
                        }
                    )
                    file.flush()
                told = f"round {turn + 1}, {cell['name']}"
                sys.stderr.write(told + "\n")


def results(path: Path) -> list[Row]:
    """Records drawn so far; a line cut short by a stop is dropped from the file."""
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8")
    if not text.endswith("\n"):
        text = text[: text.rfind("\n") + 1]
        path.write_text(text, encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def wilson(hits: int, of: int) -> tuple[float, float]:
    """95 % Wilson interval of a share."""
    z = 1.959964
    share = hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def agreed(row: Row, k: int) -> int:
    """Side on which both nulls reject a rule in a record; 0 if they do not.

    Timing is tried where structure rejects: a verdict needs the same side.
    """
    timing, structure = int(row[f"timing_{k}"]), int(row[f"structure_{k}"])
    return timing if timing == structure else 0


def summary(study: dict[str, Any], rows: list[Row]) -> list[dict[str, Any]]:
    """One entry for each cell and rule."""
    found = []
    for cell in study["cell"]:
        mine = [row for row in rows if row["cell"] == cell["name"]]
        if not mine:
            continue
        told = "estimate" if cell.get("estimate_only") else "error"
        if "rules" not in cell:
            wrong = sum(any(agreed(row, k) for k in range(4)) for row in mine)
            found.append(
                {
                    "cell": cell["name"],
                    "rule": ANY,
                    "records": len(mine),
                    "kind": told,
                    "rate": wrong / len(mine),
                    "interval": wilson(wrong, len(mine)),
                    "truth": 0.0,
                }
            )
        for k, rule in enumerate(RULES):
            truth = cell.get("rules", [0.0] * 4)[k]
            estimate = np.array([float(row[f"coefficient_{k}"]) for row in mine])
            error = np.array([float(row[f"error_{k}"]) for row in mine])
            said = [agreed(row, k) for row in mine]
            given = sum(map(bool, said))
            wanted = sum(one == rule.predicts for one in said)
            hits = wanted if truth else given
            covered = int(np.sum(np.abs(estimate - truth) <= 1.959964 * error))
            found.append({
                "cell": cell["name"],
                "rule": rule.name,
                "records": len(mine),
                "kind": "estimate" if cell.get("estimate_only")
                else "power" if truth else "error",
                "rate": hits / len(mine),
                "interval": wilson(hits, len(mine)),
                "structure": sum(row[f"structure_{k}"] != "0" for row in mine)
                / len(mine),
                "wrong_way": (given - wanted) / len(mine) if truth else None,
                "truth": truth,
                "mean": float(estimate.mean()),
                "spread": float(estimate.std()),
                "error": float(error.mean()),
                "coverage": covered / len(mine),
            })  # fmt: skip
    return found


def table(entries: list[dict[str, Any]]) -> str:
    """Markdown table of the verdicts, and one of the estimates."""
    lines = [
        "| simulated truth | records | rule | verdict given | 95 % interval |",
        "| --- | ---: | --- | ---: | --- |",
    ]
    for entry in entries:
        if entry["kind"] == "estimate":
            continue
        low, high = entry["interval"]
        what = "" if entry["kind"] == "error" else " (right)"
        lines.append(
            f"| {entry['cell']} | {entry['records']} | {entry['rule']} "
            f"| {entry['rate']:.1%}{what} | {low:.1%} to {high:.1%} |"
        )
    lines += [
        "",
        "| simulated truth | rule | true | mean estimate | covered by 95 % interval |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    lines.extend(
        f"| {entry['cell']} | {entry['rule']} | {entry['truth']:g} "
        f"| {entry['mean']:.3f} | {entry['coverage']:.1%} |"
        for entry in entries
        if entry["truth"]
    )
    return "\n".join(lines)


def picture(title: str, every: list[dict[str, Any]]) -> str:
    """Rates with their intervals, as SVG."""
    entries = [one for one in every if one["kind"] != "estimate"]
    high, left, wide = 15, 380, 420
    parts = []
    y = 34
    for before, entry in pairwise([None, *entries]):
        if entry is None:
            continue
        if before is None or before["cell"] != entry["cell"]:
            y += 12
            parts.append(
                f'<text x="8" y="{y}" font-weight="600">{entry["cell"]} '
                f"({entry['records']})</text>"
            )
            y += high
        low, top = (left + wide * part for part in entry["interval"])
        # Errors are filled and blue, findings of what is there hollow and orange.
        shade = "#1f6feb" if entry["kind"] == "error" else "#d9730d"
        inside = shade if entry["kind"] == "error" else "#fff"
        parts.append(
            f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{entry["rule"]}</text>'
            f'<line x1="{low:.1f}" x2="{top:.1f}" y1="{y}" y2="{y}" stroke="{shade}" '
            f'stroke-width="2"/><circle cx="{left + wide * entry["rate"]:.1f}" '
            f'cy="{y}" r="3.5" fill="{inside}" stroke="{shade}" stroke-width="2"/>'
        )
        y += high
    grid = "".join(
        f'<line x1="{left + wide * share:.1f}" x2="{left + wide * share:.1f}" y1="24" '
        f'y2="{y}" stroke="#8884" stroke-dasharray="{dash}"/>'
        f'<text x="{left + wide * share:.1f}" y="18" text-anchor="middle">{share:.0%}'
        "</text>"
        for share, dash in ((0.0, ""), (0.07, "4 3"), (0.25, ""), (0.5, ""),
                            (0.75, "4 3"), (1.0, ""))
    )  # fmt: skip
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + wide + 24} '
        f'{y + 8}" font-family="system-ui, sans-serif" font-size="12" '
        f'fill="#222"><title>{title}</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>{grid}'
        f"{''.join(parts)}</svg>\n"
    )


def caveats(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """What a report has to say: cells whose error rate exceeds seven in a hundred."""
    designs = b"".join((HERE / f"{name}.toml").read_bytes() for name in DESIGNS)
    return {
        "schema": "cuibono/record-calibration/1",
        "design": hashlib.sha256(designs).hexdigest(),
        "aim": AIM,
        "cells": [
            {key: _rounded(value) for key, value in entry.items()} for entry in entries
        ],
        "missed": [
            {
                "cell": entry["cell"],
                "rule": entry["rule"],
                "rate": _rounded(entry["rate"]),
            }
            for entry in entries
            if entry["kind"] == "error" and entry["rate"] > AIM and entry["rule"] != ANY
        ],
    }


def _rounded(value: object) -> object:
    """Numbers with four decimals."""
    if isinstance(value, tuple):
        return [_rounded(part) for part in value]
    return round(value, 4) if isinstance(value, float) else value


def write_docs(entries: list[dict[str, Any]], title: str) -> None:
    """Renew the table of the method page, the figure and the data of the report."""
    page = DOCS / "method-record.md"
    before, mark, rest = page.read_text(encoding="utf-8").partition(MARK)
    _, end, after = rest.partition(MARK_END)
    told = f"\n\n![{title}](record-calibration.svg)\n\n{table(entries)}\n\n"
    page.write_text(before + mark + told + end + after, encoding="utf-8")
    data = json.dumps(caveats(entries), indent=1) + "\n"
    (DATA / "calibration.json").write_text(data, encoding="utf-8")
    (DOCS / "record-calibration.svg").write_text(picture(title, entries), "utf-8")


def main() -> None:
    """Run the study, print its table, or write the docs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["run", "table", "docs"])
    parser.add_argument("--design", choices=DESIGNS, action="append")
    parser.add_argument("--rounds", type=int, help="Only the first so many rounds.")
    asked = parser.parse_args()
    entries, title = [], ""
    for name in asked.design or DESIGNS:
        study = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
        path = HERE / f"{name}_results.csv"
        if asked.what == "run":
            run(study, path, asked.rounds)
        entries += summary(study, results(path))
        title = title or study["title"]
    if asked.what == "docs":
        write_docs(entries, title)
    sys.stdout.write(table(entries) + "\n")


if __name__ == "__main__":
    main()
