"""Which triples of actors carry a rule's effect, and by which events."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from cuibono.record.cells import FORMS
from cuibono.record.design import SPECIFICATIONS, TRIAD_AT, Design, window_starts
from cuibono.record.events import Floats, Ints, Signs
from cuibono.record.kernels.draws import wedge_parts, window_fit
from cuibono.record.settings import Legs
from cuibono.record.skeleton import TERMS, Skeleton
from cuibono.record.statistics.catalogue import TRIADS

MOST_TRIPLES: Final = 10
MOST_EVENTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A triple whose events push a rule's coefficient.

    Attributes
    ----------
    actors : tuple of str
        The three, by name.
    push : float
        What its events add to the rule's score, as a share of the sum of all pushes
        without regard to their direction; positive where the events go with the rule.
    events : int
        Events between two of them while the third counted.
    friendly : int
        How many of these are friendly.
    rows : tuple of int
        Those that push most: rows of the file, from 0, header not counted.
    """

    actors: tuple[str, str, str]
    push: float
    events: int
    friendly: int
    rows: tuple[int, ...]


def row_pushes(bones: Skeleton, terms: Floats, design: Design) -> Floats:
    """What each event adds to the score of each rule, the other terms held.

    The score of a term that is not in the model says in which direction the term would
    be taken up; here the four rules are left out of the model, and each rule's values
    are cleared of what the other terms explain of them.

    Returns
    -------
    (m, 4) float64
        Columns as `TRIADS`.
    """
    names = [
        name for name in SPECIFICATIONS[design.specification] if name not in TRIADS
    ]
    x = np.ascontiguousarray(terms[:, [TERMS.index(name) for name in names]])
    sign = np.asarray(bones.events.sign)
    windows = window_starts(bones.events.time, design.window_days)
    count, p = len(windows) - 1, x.shape[1]
    share = min(max(float(np.mean(sign > 0)), 1e-4), 1 - 1e-4)
    centre = float(np.log(share / (1 - share)))
    beta, level = np.zeros(p), np.full(count, centre)
    left = np.empty(len(bones))
    window_fit(
        x,
        sign,
        windows,
        design.window_ridge,
        centre,
        beta,
        level,
        40,
        1e-8,
        np.empty((p, p)),
        np.empty((count, p)),
        left,
    )
    which = np.repeat(np.arange(count), np.diff(windows))
    spread = np.maximum(_spread(left, sign), 1e-12)
    rules = terms[:, TRIAD_AT]
    cleared = rules - _explained(x, rules, spread, which, count)
    return np.asarray(left[:, None] * cleared, np.float64)


def _spread(left: Floats, sign: Signs) -> Floats:
    """Variance of each sign under the fit, from its residual."""
    mean = np.where(sign > 0, 1.0 - left, -left)
    return np.asarray(mean * (1.0 - mean), np.float64)


def _explained(
    x: Floats, rules: Floats, weight: Floats, which: Ints, count: int
) -> Floats:
    """What terms and windows explain of the rules, by weighted least squares."""
    mass = np.bincount(which, weight, count)

    def centred(values: Floats) -> Floats:
        means = np.column_stack(
            [np.bincount(which, weight * column, count) / mass for column in values.T]
        )
        return np.asarray(values - means[which], np.float64)

    inside = centred(x)
    outside = centred(rules)
    root = np.sqrt(weight)[:, None]
    beta = np.linalg.lstsq(inside * root, outside * root, rcond=None)[0]
    return np.asarray(rules - (outside - inside @ beta), np.float64)


def carriers(
    bones: Skeleton, pushes: Floats, rule: int, direction: int
) -> tuple[Carrier, ...]:
    """Triples that push a rule's coefficient most, in the direction given.

    An event's push is shared out among its third actors by what each adds to the
    rule's sum.

    Parameters
    ----------
    bones : Skeleton
        Events with their observed signs.
    pushes : (m, 4) float64
        Of `row_pushes`.
    rule : int
        Column of `TRIADS`.
    direction : int
        1 for the triples that raise the coefficient, -1 for those that lower it.
    """
    third, part = _parts(bones, rule)
    row = np.repeat(np.arange(len(bones)), np.diff(bones.begin))
    total = np.bincount(row, part, len(bones))
    used = part > 0
    row, third = row[used], third[used]
    if len(row) == 0:
        return ()
    push = pushes[row, rule] * part[used] / total[row]
    n = len(bones.events.actors)
    ends = np.sort(
        np.column_stack([bones.events.source[row], bones.events.target[row], third]),
        axis=1,
    )
    _, first, code = np.unique(
        (ends[:, 0] * n + ends[:, 1]) * n + ends[:, 2],
        return_index=True,
        return_inverse=True,
    )
    sums = np.bincount(code, push)
    whole = float(np.abs(sums).sum()) or 1.0
    found = []
    for triple in np.argsort(-direction * sums, kind="stable")[:MOST_TRIPLES].tolist():
        if direction * sums[triple] <= 0:
            break
        mine = np.flatnonzero(code == triple)
        rows = row[mine]
        best = rows[np.argsort(-direction * push[mine], kind="stable")][:MOST_EVENTS]
        a, b, c = (bones.events.actors[k] for k in ends[first[triple]].tolist())
        found.append(
            Carrier(
                actors=(a, b, c),
                push=float(sums[triple]) / whole,
                events=len(rows),
                friendly=int(np.sum(bones.events.sign[rows] > 0)),
                rows=tuple(bones.events.row[best].tolist()),
            )
        )
    return tuple(found)


def _parts(bones: Skeleton, rule: int) -> tuple[Ints, Floats]:
    """Third actor and share in the sum, for each wedge of each event."""
    memory, events = bones.memory, bones.events
    third = np.empty(len(bones.mine), np.int32)
    part = np.empty(len(bones.mine))
    wedge_parts(
        events.time,
        events.source,
        bones.size,
        bones.pairs.of_event,
        bones.after,
        bones.pairs.low,
        bones.pairs.high,
        bones.begin,
        bones.mine,
        bones.theirs,
        memory.half_life_days,
        memory.trim_below,
        FORMS[memory.triads],
        memory.legs is Legs.SYMMETRIC,
        np.array(events.sign),
        rule,
        third,
        part,
    )
    return third.astype(np.int64), part
