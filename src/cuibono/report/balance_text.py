"""What `cuibono balance` says in sentences, the same on the terminal and in the page."""

from typing import Any

import numpy as np

from cuibono.balance.analysis import Analysis, Measures
from cuibono.balance.series import Passage, Series
from cuibono.formats.symmetrise import Symmetrised
from cuibono.model.graph import SignedGraph
from cuibono.report.balance_variants import variant_lines
from cuibono.report.null_words import null_sentence, together

_SIGN = {1: "friendly", -1: "hostile", 0: "disputed", None: "not"}


def made_sentence(made: Symmetrised) -> str:
    """What became of the rows."""
    if made.rule == "none":
        return (
            f"taken as it stands: {made.contradictory} of {made.pairs} pairs disputed"
        )
    cancelled = f", {made.cancelled:g} frustrated in any case" * (made.cancelled > 0)
    return (
        f"symmetrised by {made.rule}: {made.rows} rows, {made.pairs} pairs, "
        f"{made.contradictory} contradictory, {made.dropped} dropped, {made.loops} loops, "
        f"{made.neutral} of sign 0{cancelled}"
    )


def index_sentence(found: Analysis, extra: float = 0.0) -> str:
    """The index, or the bounds of it; `extra` is frustrated in any case."""
    low, high = found.low, found.high
    if found.index is not None:
        return (
            f"frustration index {found.index + extra:g}, proven ({low.proof.value}), "
            f"{found.seconds:.2f} s in all"
        )
    if found.proven:
        return (
            f"frustration index {low.upper:g} to {high.upper:g}, by the signs of the "
            f"disputed ties, both proven ({low.proof.value}), {found.seconds:.2f} s in all"
        )
    return (
        f"frustration index not proven: between {low.lower + extra:g} and "
        f"{high.upper + extra:g}, {found.seconds:.2f} s in all"
    )


def optima_sentence(found: Analysis) -> str:
    """How many partitions attain the index, and the ties they frustrate."""
    if not found.low.proved:
        sides = found.low.partition
        return (
            f"the best partition found has {int((sides > 0).sum())} and "
            f"{int((sides < 0).sum())} actors; others may do better"
        )
    optima = found.optima
    least = "" if optima.settled else "at least "
    free = len(found.freedom.free)
    some = "" if found.freedom.exact else "at least "
    loose = f"; the side of {some}{free} actors is free" if free else ""
    word = "partition" if optima.count == 1 and optima.settled else "partitions"
    return (
        f"{least}{optima.count} optimal {word}; {len(optima.always)} ties frustrated "
        f"in all of those found, {len(optima.sometimes)} in some{loose}"
    )


def triads_sentence(found: Analysis) -> str:
    """Triads by their negative ties."""
    counts = ", ".join(f"T{k} {count}" for k, count in enumerate(found.triads))
    return f"triads by negative ties: {counts}; disputed {found.disputed_triads}"


def weak_sentence(found: Analysis) -> str:
    """Weak balance; "" if it was not asked for."""
    weak = found.weak
    if weak is None:
        return ""
    told = f"{weak.upper:g}" if weak.proved else f"[{weak.lower:g}, {weak.upper:g}]"
    word = f"proven, {weak.proof.value}" if weak.proved else "bounds only"
    size = np.bincount(weak.partition)
    most = f", at most {weak.most_factions}" * (weak.most_factions is not None)
    shared = found.weak_shared
    every = (
        ""
        if shared is None
        else f"; {len(shared.always)} of {len(weak.frustrated)} frustrated ties are so in "
        "every optimum" + " at least" * bool(len(shared.unsettled))
    )
    return (
        f"weak balance{most}: {told} ({word}), {len(size)} factions, "
        f"{int((size > 1).sum())} of more than one actor{every}"
    )


def findings(found: Analysis, extra: float = 0.0) -> list[str]:
    """Every sentence on one network, the answer first."""
    sentences = [
        index_sentence(found, extra),
        optima_sentence(found),
        triads_sentence(found),
        weak_sentence(found),
        *(null_sentence(null) for null in found.nulls),
        together(found.nulls),
    ]
    return [sentence for sentence in sentences if sentence]


def series_findings(series: Series) -> list[str]:
    """Every sentence on a sequence: its extremes, its largest turns."""
    moments = series.moments
    proven = sum(moment.index.proved for moment in moments)
    least = min(moments, key=lambda moment: moment.index.upper)
    most = max(moments, key=lambda moment: moment.index.upper)
    extent = (
        f"{len(moments)} periods, the index proven in {proven}: least "
        f"{least.index.upper:g} ({least.label}), greatest {most.index.upper:g} "
        f"({most.label})"
    )
    sentences = [extent]
    turns = [(passage.change or 0.0, passage) for passage in series.passages]
    for word, (change, passage) in _extremes(turns):
        names = ", ".join(passage.moved[:8]) or "nobody"
        sentences.append(
            f"{word} {change:+g} from {passage.before} to {passage.after}; "
            f"changed sides: {names}{' and others' * (len(passage.moved) > 8)}"
        )
    for turn, null in enumerate(moments[0].nulls if moments else ()):
        below = sum(
            (moment.nulls[turn].frustration.z or 0.0) < -1.96
            and moment.nulls[turn].has_power
            for moment in moments
        )
        sentences.append(
            f"more balanced than the null {null.name} (z of L below -1.96) in {below} of "
            f"{len(moments)} periods"
        )
    return sentences


def _extremes(
    turns: list[tuple[float, Passage]],
) -> list[tuple[str, tuple[float, Passage]]]:
    """Largest rise and largest fall, if there are any."""
    if not turns:
        return []
    rise, fall = (pick(turns, key=lambda turn: turn[0]) for pick in (max, min))
    told = [("largest rise", rise)] * (rise[0] > 0)
    return told + [("largest fall", fall)] * (fall[0] < 0)


def measures_lines(g: SignedGraph, measures: Measures) -> list[str]:
    """Cycles, walks and the highest and lowest actors, line by line."""
    lines = [
        f"cycles of {each.length} ties: {each.total}, balanced {each.balanced:.3f}, "
        f"with exactly one negative tie {each.one_negative}"
        for each in measures.cycles
        if each.balanced is not None
    ]
    walks, own = measures.walks, measures.standing
    if walks is not None:
        scale = ", ".join(f"{at:g}: {value:.3f}" for at, value in walks.by_resolution)
        lines += [
            f"closed walks: {walks.whole:.3f}; by resolution {scale}",
            f"  {walks.warning}",
        ]
    if own.pn is not None:
        order = np.argsort(-own.pn, kind="stable").tolist()
        told = [f"{g.names[k]} {own.pn[k]:.3f}" for k in [*order[:3], *order[-3:]]]
        lines.append(f"PN index, highest and lowest: {', '.join(dict.fromkeys(told))}")
    return lines


def beside_lines(beside: dict[str, Any]) -> list[str]:
    """The four rules of a pair and the most helpful flips, line by line."""
    lines = []
    if "rules" in beside:
        rules = beside["rules"]
        one, other = rules["pair"]
        stated = _SIGN[rules["stated"]]
        lines.append(f"{one} and {other}: stated {stated}; third parties tied to both:")
        lines += [
            f"  through {item['third']}, {item['rule']}: {_SIGN[item['predicts']]}"
            + (f" (by {_behind(item)})" if any(item["behind"]) else "")
            for item in rules["through"]
        ] or ["  none"]
    for flip in beside.get("flips", ()):
        one, other, sign = flip["tie"]
        lines.append(
            f"if {one} and {other} were {_SIGN[-sign]}: index {flip['change']:+g}"
        )
    return [*lines, *variant_lines(beside)]


def _behind(item: dict[str, Any]) -> str:
    """Rows or claims behind the two ties of a reading."""
    return ", ".join(name for part in item["behind"] for name in part)


def series_rows(series: Series) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a sequence, one period each."""
    header = [
        "period",
        "actors",
        "ties",
        "negative",
        "index",
        "optima",
        "changed sides",
    ]
    arrivals: list[Passage | None] = [None, *series.passages]
    rows = [
        [
            moment.label,
            str(moment.graph.n),
            str(moment.graph.m),
            str(int((moment.graph.sign < 0).sum())),
            f"{moment.index.upper:g}"
            if moment.index.proved
            else f"[{moment.index.lower:g}, {moment.index.upper:g}]",
            f"{moment.optima.count}{'' if moment.optima.settled else '+'}",
            ", ".join(passage.moved) if passage else "",
        ]
        for moment, passage in zip(series.moments, arrivals, strict=True)
    ]
    return header, rows
