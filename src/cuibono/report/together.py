"""The part of the report on conclusions together, and on what takes longer."""

from typing import Any

from markupsafe import Markup

from cuibono.claims.records import Reading
from cuibono.questions.answer import Change, ChangeClass
from cuibono.questions.joint import Joint
from cuibono.questions.lasts_bounded import LastingCell
from cuibono.questions.mixture import Sweep
from cuibono.questions.observe import Observable
from cuibono.questions.policies import PolicyTable
from cuibono.report.carries_words import carries_sentences
from cuibono.report.words import Sentence, granted, label, premises_of
from cuibono.study.carries import CarriedAnswer
from cuibono.study.deep import Carried, Lasting
from cuibono.study.records import Study

FEWEST = 20
"""With fewer stable draws nothing is told of a cell."""
_MOST_PAIRS = 12
_MOVES = {1: "to rise", -1: "to fall"}


def joint_sentences(study: Study) -> list[Sentence]:
    """How the conclusions of the main reading hold together."""
    joint = study.joint
    reading = study.reading(study.main).reading
    if not joint:
        return []
    titles = {item.id: item.title for item in study.case.conclusions}
    low, high = min(one.all for one in joint), max(one.all for one in joint)
    first = joint[0]
    found = [
        granted(
            reading,
            f"{len(first.asked)} conclusions can be asked of the very same models; all of "
            f"them hold in {low:.2f} to {high:.2f} of the models, by prior, and at most "
            f"{max(one.most for one in joint)} in any one model. "
            f"{len(first.left_out)} cannot be asked with them.",
        )
    ]
    for one, other in _excluded(joint)[:_MOST_PAIRS]:
        text = (
            f'no model of any prior holds both "{titles[one]}" and "{titles[other]}".'
        )
        found.append(granted(reading, text))
    return found


def _excluded(joint: tuple[Joint, ...]) -> list[tuple[str, str]]:
    """Pairs that exclude each other under every prior."""
    sets = ({(p.one, p.other) for p in one.pairs if p.excluded} for one in joint)
    return sorted(set.intersection(*sets))


def tension_sentences(study: Study) -> list[Sentence]:
    """Links to which one voice gives both signs."""
    reading = study.reading(study.main).reading
    return [
        granted(
            reading,
            f"the voice {one.voice} gives the link from {label(study.case, one.tail)} to "
            f"{label(study.case, one.head)} both signs; no single model can hold both. "
            "Times, conditions and layers of the claims may differ.",
            (*one.raises, *one.lowers),
        )
        for one in study.tensions
    ]


def observable_sentences(
    study: Study, reading: Reading, found: Observable
) -> list[Sentence]:
    """What would contradict a conclusion, and what would tell most about it."""
    title = next(i.title for i in study.case.conclusions if i.id == found.conclusion)
    told = []
    if found.ruled_out:
        names = ", ".join(
            f"{label(study.case, name)} {_MOVES[sign]}"
            for name, sign in found.ruled_out[:6]
        )
        more = len(found.ruled_out) - 6
        text = (
            f'"{title}": no model drawn shows, when that is done, {names}'
            f"{f' (and {more} more)' if more > 0 else ''}; whoever saw one of these would "
            "contradict the premises themselves."
        )
        told.append(granted(reading, text))
    for one in found.against[:3]:
        text = (
            f'"{title}": if {label(study.case, one.node)} were seen '
            f"{_MOVES[one.sign]} (as in {one.share:.2f} of the models), it would hold in "
            f"{one.holds:.2f} of those."
        )
        told.append(granted(reading, text))
    for other in found.telling[:2]:
        text = (
            f'"{title}" is open by {other.before:.2f} (0 settled, 1 even); to see which '
            f"way {label(study.case, other.node)} moves would leave {other.after:.2f} on "
            "average."
        )
        told.append(granted(reading, text))
    return told


def together_view(study: Study) -> dict[str, Any]:
    """What the part shows; sentences are turned into links by the caller."""
    deep = study.deep
    item = study.reading(study.main)
    titles = {one.id: one.title for one in study.case.conclusions}
    view: dict[str, Any] = {
        "joint": joint_sentences(study),
        "tensions": tension_sentences(study),
        "deep": deep is not None,
        "lasting": [],
        "observables": [],
        "sweeps": [],
        "other": "",
        "policies": None,
        "carried": [],
        "region": [],
        "region_asked": [],
    }
    if deep is None:
        return view
    view["lasting"] = [
        {
            "title": titles[one.conclusion],
            "rows": [_lasting_row(study, cell) for cell in one.cells],
            "sentences": lasting_sentences(study, item.reading, one),
        }
        for one in deep.lasting
    ]
    view["observables"] = [
        sentence
        for one in deep.observables
        for sentence in observable_sentences(study, item.reading, one)
    ]
    view["region_asked"] = [titles[name] for name in deep.region.asked]
    view["region"] = [
        {
            "coupling": f"{cell.coupling:g}",
            "strength": f"{cell.strength:g}",
            "stable": f"{cell.stable} of {cell.draws}",
            "few": cell.stable < FEWEST,
            "each": [str(count) for count in cell.each],
            "all": cell.all,
        }
        for cell in deep.region.cells
    ]
    readings = {one.reading.id: one for one in study.readings}
    view["carried"] = [
        {
            "title": titles[one.conclusion],
            "reading": readings[one.reading].reading.title or one.reading,
            "size": one.size,
            "sentences": carries_sentences(_carried_answer(study, one)),
        }
        for one in deep.carried
    ]
    view["policies"] = policies_view(study, deep.policies)
    if deep.compared is not None:
        view["other"] = premises_of(deep.compared.other)
        view["sweeps"] = [
            {
                "title": titles[sweep.conclusion],
                "ties": sweep.ties,
                "picture": sweep_picture(sweep),
                "ends": [
                    "too few models" if share is None else f"{share:.2f}"
                    for share in (sweep.shares[0], sweep.shares[-1])
                ],
                "turns": ", ".join(f"{a:g} to {b:g}" for a, b in sweep.turns),
            }
            for sweep in deep.compared.sweeps
        ]
    return view


def lasting_sentences(study: Study, reading: Reading, found: Lasting) -> list[Sentence]:
    """What becomes of the push, variant by variant, beside its control."""
    told = []
    for variant in dict.fromkeys(cell.variant for cell in found.cells):
        cells = [
            cell
            for cell in found.cells
            if cell.variant == variant and cell.stable >= FEWEST
        ]
        name = _variant(study, variant)
        if not cells:
            text = f"{name}: the status quo holds in too few draws to tell."
            told.append(granted(reading, text))
            continue
        back = [cell.back / cell.stable for cell in cells]
        idle = [cell.control_back / cell.stable for cell in cells]
        stays = [cell.stays / cell.stable for cell in cells]
        text = (
            f"{name}: after the push it is back in {min(back):.2f} to {max(back):.2f} of "
            f"the draws, in the control in {min(idle):.2f} to {max(idle):.2f}; the push "
            f"itself changes it for good in {min(stays):.2f} to {max(stays):.2f}."
        )
        if min(idle) < 0.9 and max(stays) < 0.1:
            text += " What keeps it from coming back is the variant, not the push."
        told.append(granted(reading, text))
    return told


def _variant(study: Study, variant: str) -> str:
    """Variant with the labels of nodes."""
    names = {node.id: node.label or node.id for node in study.case.nodes}
    for name in sorted(names, key=len, reverse=True):
        variant = variant.replace(name, names[name])
    return variant[:1].upper() + variant[1:]


def _lasting_row(study: Study, cell: LastingCell) -> dict[str, Any]:
    """One row of what lasts."""
    return {
        "variant": _variant(study, cell.variant),
        "coupling": f"{cell.coupling:g}",
        "strength": f"{cell.strength:g}",
        "stable": f"{cell.stable} of {cell.draws}",
        "few": cell.stable < FEWEST,
        "back": cell.back,
        "stays": cell.stays,
        "reversed": cell.reversed,
        "control": cell.control_back,
    }


def _carried_answer(study: Study, one: Carried) -> CarriedAnswer:
    """An answer with what carries it, as its own verb tells it."""
    item = study.reading(one.reading)
    return CarriedAnswer(
        case=study.case,
        reading=item.reading,
        conclusion=next(c for c in study.case.conclusions if c.id == one.conclusion),
        answer=next(a for a in item.conclusions if a.id == one.conclusion),
        carriers=one.carriers,
        seed=study.seed,
        draws=study.draws,
    )


_CELLS = {
    1: ("plus", "\N{UPWARDS ARROW}", "rises"),
    -1: ("minus", "\N{DOWNWARDS ARROW}", "falls"),
    0: ("open", "?", "open"),
}


def policies_view(study: Study, table: PolicyTable) -> dict[str, Any]:
    """Policies by outcomes: an arrow and a word in each cell."""
    return {
        "prior": table.prior,
        "outcomes": [label(study.case, name) for name in table.outcomes],
        "rows": [
            {"title": one.title, "cells": [_policy_cell(part) for part in one.changes]}
            for one in table.policies
        ],
    }


def _policy_cell(change: Change | None) -> dict[str, str]:
    """One cell: the way it moves and how sure that is."""
    if change is None:
        return {"class": "open", "mark": "", "says": "pushed itself"}
    if change.kind is ChangeClass.NO_PATH:
        return {"class": "open", "mark": "", "says": "no path"}
    kind, mark, word = _CELLS[change.sign]
    share = f", rises in {change.up[0].share:.2f} of the models" if change.up else ""
    if change.kind is ChangeClass.CERTAIN:
        share = ""
    return {"class": kind, "mark": mark, "says": f"{word}: {change.kind}{share}"}


def sweep_picture(sweep: Sweep) -> Markup:
    """Share of a conclusion from one reading (left) to the other (right)."""
    points = [
        (4 + 152 * chance, 44 - 40 * share)
        for chance, share in zip(sweep.chances, sweep.shares, strict=True)
        if share is not None
    ]
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dots = "".join(
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="1.8"/>' for x, y in points
    )
    words = "share of the models, from the first reading to the second: " + ", ".join(
        f"{chance:g}: {'too few' if share is None else f'{share:.2f}'}"
        for chance, share in zip(sweep.chances, sweep.shares, strict=True)
    )
    path = f'<path class="series" d="M{line}"/>' if len(points) > 1 else ""
    return Markup(
        f'<svg class="sweep" role="img" viewBox="0 0 160 48" width="160" height="48" '
        f'aria-label="{words}"><path class="axis" d="M4 4H156M4 44H156M4 17.3H156"/>'
        f"{path}{dots}</svg>"
    )
