"""JSON objects of `cuibono balance`: one network, or a sequence."""

from dataclasses import asdict

from cuibono.balance.analysis import Analysis, Measures
from cuibono.balance.flips import Flip
from cuibono.balance.rules import RuleReading
from cuibono.balance.series import Moment, Passage, Series
from cuibono.formats.symmetrise import Symmetrised
from cuibono.model.graph import SignedGraph
from cuibono.report.null_words import null_sentence, together

_MADE = (
    "rule",
    "rows",
    "loops",
    "neutral",
    "pairs",
    "contradictory",
    "dropped",
    "cancelled",
)


def named_ties(g: SignedGraph, positions: list[int]) -> list[list[object]]:
    """Ties as [one, other, sign]."""
    ends, signs = g.ends.tolist(), g.sign.tolist()
    return [[*(g.names[i] for i in ends[k]), signs[k]] for k in positions]


def network_document(
    name: str, made: Symmetrised, found: Analysis, seed: int
) -> dict[str, object]:
    """JSON object of one network.

    Examples
    --------
    >>> from cuibono.balance.analysis import analysed
    >>> from cuibono.formats.symmetrise import taken_as_it_stands
    >>> from cuibono.model.graph import graph
    >>> g = graph([("Arda", "Brun", 1)])
    >>> network_document("toy", taken_as_it_stands(g), analysed(g), 1)["proven"]
    True
    """
    g, optima, extra = found.graph, found.optima, made.cancelled
    known = found.low.proved
    return {
        "network": name,
        "frustration_index": None if found.index is None else found.index + extra,
        "lower_bound": found.low.lower + extra,
        "upper_bound": found.high.upper + extra,
        "proven": found.proven,
        "proof": found.low.proof.value,
        "range": [
            {"lower_bound": end.lower + extra, "upper_bound": end.upper + extra}
            for end in (found.low, found.high)
        ],
        "n": g.n,
        "m": g.m,
        "m_negative": int((g.sign < 0).sum()),
        "m_disputed": int((g.sign == 0).sum()),
        "triads": {
            **{f"T{k}": count for k, count in enumerate(found.triads)},
            "disputed": found.disputed_triads,
        },
        "factions": dict(zip(g.names, found.low.partition.tolist(), strict=True)),
        "optima": {
            "count": optima.count if known else None,
            "complete": known and optima.settled,
        },
        "free_actors": {
            "actors": [g.names[k] for k in found.freedom.free.tolist()]
            if known
            else None,
            "complete": known and found.freedom.exact,
        },
        "frustrated_ties": {
            "always": named_ties(g, optima.always.tolist()) if known else None,
            "sometimes": named_ties(g, optima.sometimes.tolist()) if known else None,
            "complete": known and optima.settled,
        },
        "weak_balance": _weak(found),
        "nulls": {
            one.name: {**asdict(one), "sentence": null_sentence(one)}
            for one in found.nulls
        },
        "nulls_together": together(found.nulls) or None,
        "measures": None
        if found.measures is None
        else _measures(found.graph, found.measures),
        "seed": seed,
        "symmetrised": {key: getattr(made, key) for key in _MADE},
        "seconds": round(found.seconds, 3),
    }


def _weak(found: Analysis) -> dict[str, object] | None:
    """JSON object of weak balance."""
    weak = found.weak
    if weak is None:
        return None
    sides = zip(found.graph.names, weak.partition.tolist(), strict=True)
    return {
        "lower_bound": weak.lower,
        "upper_bound": weak.upper,
        "proven": weak.proved,
        "proof": weak.proof.value,
        "most_factions": weak.most_factions,
        "factions": dict(sides),
        "frustrated_ties": named_ties(found.graph, weak.frustrated.tolist()),
        "always": None
        if found.weak_shared is None
        else named_ties(found.graph, found.weak_shared.always.tolist()),
    }


def _measures(g: SignedGraph, measures: Measures) -> dict[str, object]:
    """JSON object of cycles, walks and actors."""
    own = measures.standing
    return {
        "cycles": [
            {
                "length": each.length,
                "by_negative_ties": list(each.by_negatives),
                "balanced_share": each.balanced,
            }
            for each in measures.cycles
        ],
        "walks": None if measures.walks is None else asdict(measures.walks),
        "actors": {
            name: {
                "friendly": int(own.friendly[k]),
                "hostile": int(own.hostile[k]),
                "disputed": int(own.disputed[k]),
                "pn": None if own.pn is None else float(own.pn[k]),
                "eigenvector": None
                if own.eigenvector is None
                else float(own.eigenvector[k]),
            }
            for k, name in enumerate(g.names)
        },
    }


def pair_document(
    g: SignedGraph, pair: tuple[str, str], readings: tuple[RuleReading, ...]
) -> dict[str, object]:
    """JSON object of the four rules for a pair, with what stands behind each tie."""
    return {
        "pair": list(pair),
        "stated": readings[0].stated if readings else None,
        "through": [
            {
                "third": reading.third,
                "rule": reading.rule.value,
                "predicts": reading.predicts,
                "behind": [list(g.claims[k]) if g.claims else [] for k in reading.ties],
            }
            for reading in readings
        ],
    }


def flips_document(g: SignedGraph, flips: tuple[Flip, ...]) -> list[dict[str, object]]:
    """JSON array of what turning each tie would do."""
    return [
        {"tie": named_ties(g, [flip.tie])[0], "change": flip.change} for flip in flips
    ]


def series_document(name: str, series: Series, seed: int) -> dict[str, object]:
    """JSON object of a sequence."""
    return {
        "network": name,
        "proven": series.proven,
        "periods": [_moment(moment) for moment in series.moments],
        "passages": [_passage(passage) for passage in series.passages],
        "seed": seed,
    }


def _moment(moment: Moment) -> dict[str, object]:
    """JSON object of a period."""
    g, index, optima = moment.graph, moment.index, moment.optima
    return {
        "label": moment.label,
        "frustration_index": index.upper if index.proved else None,
        "lower_bound": index.lower,
        "upper_bound": index.upper,
        "proven": index.proved,
        "n": g.n,
        "m": g.m,
        "m_negative": int((g.sign < 0).sum()),
        "factions": dict(zip(g.names, moment.sides.tolist(), strict=True)),
        "optima": {"count": optima.count, "complete": optima.settled},
        "frustrated_ties": {
            "always": named_ties(g, optima.always.tolist()) if index.proved else None,
            "sometimes": named_ties(g, optima.sometimes.tolist())
            if index.proved
            else None,
        },
        "nulls": {null.name: asdict(null) for null in moment.nulls},
    }


def _passage(passage: Passage) -> dict[str, object]:
    """JSON object of what happened between two periods."""
    return {
        "before": passage.before,
        "after": passage.after,
        "change": passage.change,
        "entered": list(passage.entered),
        "left": list(passage.left),
        "moved": list(passage.moved),
        "ties": [asdict(tie) for tie in passage.ties],
    }
