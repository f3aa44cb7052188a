"""A study as the plain values that the page's template prints; decides no finding."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cuibono.claims.records import Case, Claim, Question, voice_text
from cuibono.claims.words import Polarity
from cuibono.model.build import SignedModel
from cuibono.questions.answer import LEANING, SETTLED, Answer, Change
from cuibono.report.asked import answers_to, modelled
from cuibono.report.null_words import null_sentence, together
from cuibono.report.principle_view import principle_view
from cuibono.report.record_view import record_view
from cuibono.report.svg import (
    MapEdge,
    MapNode,
    carried_picture,
    factions_picture,
    range_picture,
    signed_map,
)
from cuibono.report.together import together_view
from cuibono.report.words import (
    Sentence,
    balance_sentences,
    by_verdict,
    change_phrase,
    claimed,
    coding_sentence,
    comparison_phrase,
    conclusion_sentence,
    count_of,
    diagnosis_sentence,
    first_phrase,
    independence_sentence,
    index_phrase,
    is_lasting,
    label,
    labels,
    percent,
    premises_of,
    stated,
    support_sentence,
    variant_sentence,
    verdict_phrase,
    who,
)
from cuibono.response.priors import PRIORS
from cuibono.study.describe import is_label
from cuibono.study.records import Layered, LoopLine, ReadingStudy, Study

MOST_LOOPS = 25
MOST_CHANGES = 24
MOST_SINGLE = 8
CLAIM_ID = re.compile(r"\bc_[a-z2-7]{10}\b")
SIGN_CLASS = {"+": "plus", "-": "minus", "0": "neither", "?": "open"}
SIGN_MARK = {"+": "+", "-": "\N{MINUS SIGN}", "0": "0", "?": "?"}
VERDICT_CLASS = {
    "follows by structure": "follows",
    "follows under every prior": "follows",
    "leans": "leans",
    "contradicted": "against",
    "not connected": "gap",
}


@dataclass(frozen=True, slots=True)
class Anchors:
    """Ids in the page for claims and nodes; short, and safe whatever the case's are."""

    claims: Mapping[str, str]
    nodes: Mapping[str, str]


def page_view(study: Study) -> dict[str, Any]:
    """Everything that the template prints."""
    case = study.case
    at = Anchors(
        claims={claim.id: f"c{k}" for k, claim in enumerate(case.claims, start=1)},
        nodes={node.id: f"n{k}" for k, node in enumerate(case.nodes, start=1)},
    )
    main = study.reading(study.main)
    return {
        "case": case,
        "title": case.title,
        "summary": case.summary,
        "main": _reading(study, main, at),
        "premises": premises_of(main.reading),
        "verdicts": [
            {
                "verdict": verdict,
                "class": _verdict_class(verdict),
                "titles": [answer.title for answer in answers],
            }
            for verdict, answers in by_verdict(main.conclusions)
        ],
        "coding": coding_sentence(study).text,
        "independence": independence_sentence(study).text,
        "notes": list(case.defaults_used),
        "readings": [_reading(study, item, at) for item in study.readings],
        "matrix": _matrix(study),
        "map": _map(study, main.model, at),
        "support": [_support(study, item, at) for item in study.support],
        "variants": [
            _sentence(variant_sentence(study, main.reading, item), at)
            for item in study.variants
        ],
        "together": _together(study, at),
        "record": [
            record_view(case, part, lambda ids: _refs(ids, at)) for part in study.record
        ],
        "principles": [principle_view(one, name) for name, one in study.principles],
        "maxim_refs": _refs(study.principle_claims, at),
        "asked": [
            {
                "title": item.title or item.id,
                "sentences": [
                    _sentence(s, at) for s in answers_to(study, item, main_only=True)
                ],
            }
            for item in case.questions
        ],
        "open_questions": study.open_questions,
        "conclusions": [_coded(case, item, at) for item in case.conclusions],
        "predictions": [
            {
                "claim": _ref(item.claim, at),
                "said": claimed(case, _by_id(case)[item.claim]).text,
                "testable": "yes" if item.testable else "no",
                "why": item.why or f"by {item.resolves_by}: {item.would_count_as}",
            }
            for item in study.predictions
        ],
        "shared": _shared(study),
        "voices": _voices(study, at),
        "nodes": _nodes(study, at),
        "sources": [
            {"source": source, "count": dict(study.counts.by_source).get(source.id, 0)}
            for source in case.sources
        ],
        "agreement": _agreement(study),
        "codebook": case.codebook,
        "priors": PRIORS,
        "settled": percent(SETTLED),
        "leaning": percent(LEANING),
        "seed": study.seed,
        "draws": study.draws,
        "versions": study.versions,
        "digests": case.digests,
        "texts": bool(study.texts),
        "counts": study.counts,
    }


def _together(study: Study, at: Anchors) -> dict[str, Any]:
    """Conclusions together, and what takes longer, with links to claims."""
    view = together_view(study)
    for part in ("joint", "tensions", "observables"):
        view[part] = [_sentence(sentence, at) for sentence in view[part]]
    for one in (*view["lasting"], *view["carried"]):
        one["sentences"] = [_sentence(sentence, at) for sentence in one["sentences"]]
    return view


def _by_id(case: Case) -> dict[str, Claim]:
    """Claims by id."""
    return {claim.id: claim for claim in case.claims}


def _ref(name: str, at: Anchors) -> dict[str, str]:
    """Link to a claim, which goes by its number in the page."""
    anchor = at.claims.get(name, "claims")
    return {"id": name, "number": anchor.removeprefix("c"), "anchor": anchor}


def _refs(ids: Iterable[str], at: Anchors) -> list[dict[str, str]]:
    """Links to claims, each once."""
    return [_ref(name, at) for name in dict.fromkeys(ids)]


def _sentence(sentence: Sentence, at: Anchors) -> dict[str, Any]:
    """A sentence with links to its claims."""
    return {"text": _numbered(sentence.text, at), "refs": _refs(sentence.claims, at)}


def _numbered(text: str, at: Anchors) -> str:
    """Text in which claims go by their number in the page."""
    return CLAIM_ID.sub(
        lambda found: (
            f"claim {at.claims[found[0]].removeprefix('c')}"
            if found[0] in at.claims
            else found[0]
        ),
        text,
    )


def _reading(study: Study, item: ReadingStudy, at: Anchors) -> dict[str, Any]:
    """One reading: findings, tables, pictures."""
    case = study.case
    found = item.diagnosis
    return {
        "id": item.reading.id,
        "title": item.reading.title or item.reading.id,
        "note": item.reading.note,
        "opponent": item.reading.described_by_opponent,
        "few": item.few_links,
        "links": item.model.digraph.m,
        "nodes": item.model.digraph.n,
        "claims": len(item.model.claims),
        "taken": _refs((claim.id for claim in item.model.claims), at),
        "predicted": _refs(
            (claim.id for claim in item.model.claims if not claim.is_premise), at
        ),
        "premises": premises_of(item.reading),
        "balance": [_sentence(s, at) for s in balance_sentences(study, item)],
        "diagnosis": _sentence(diagnosis_sentence(item), at),
        "sampling": found.sampling,
        "blocks": [
            {
                "names": labels(case, block.nodes),
                "kind": block.kind,
                "n": len(block.nodes),
            }
            for block in found.blocks
        ],
        "loops": [_loop(case, line, at) for line in found.loops[:MOST_LOOPS]],
        "loops_left": max(0, len(found.loops) - MOST_LOOPS),
        "longest": found.longest,
        "impossible": [_loop(case, line, at) for line in found.impossible_loops],
        "layers": [
            _layer(study, item, part, at) for part in (item.declared, item.effective)
        ],
        "conclusions": [
            _conclusion(study, item, answer, at) for answer in item.conclusions
        ],
        "answers": [_answer(study, answer, at) for answer in item.answers]
        if item.reading.id == study.main
        else [],
        "told": [
            {"title": question.title or question.id, "sentences": sentences}
            for question in case.questions
            if item.reading.id != study.main
            and (sentences := _asked_of(study, item, question, at))
        ],
        "denials": [
            {
                "voice": part.constraint.voice,
                "what": f"{label(case, part.constraint.tail)} to "
                f"{label(case, part.constraint.head)}",
                "sign": SIGN_MARK[part.constraint.sign.value],
                "outcome": part.outcome,
                "ref": _ref(part.constraint.claim, at),
            }
            for part in item.denials
        ],
    }


def _asked_of(
    study: Study, item: ReadingStudy, question: Question, at: Anchors
) -> list[dict[str, Any]]:
    """Sentences that one reading has for a question asked of the model."""
    return [_sentence(s, at) for s in modelled(study, item, question.id)]


def _loop(case: Case, line: LoopLine, at: Anchors) -> dict[str, Any]:
    """A loop in words."""
    kind = {1: "reinforcing", -1: "balancing", 0: "of open sign"}[line.sign]
    chain = " → ".join(label(case, node) for node in (*line.nodes, line.nodes[0]))
    return {"kind": kind, "chain": chain, "refs": _refs(line.claims, at)}


def _layer(
    study: Study, item: ReadingStudy, part: Layered, at: Anchors
) -> dict[str, Any]:
    """Balance of a layer: table of ties, factions, rules."""
    case = study.case
    names = {actor: label(case, actor) for actor in part.actors}
    frustrated = {(t.one, t.other): "in every" for t in part.always}
    frustrated |= {(t.one, t.other): "in some" for t in part.sometimes}
    return {
        "name": part.layer,
        "ties": [
            {
                "pair": f"{names[tie.one]} and {names[tie.other]}",
                "sign": stated(tie.sign),
                "mark": {1: "+", -1: "\N{MINUS SIGN}", 0: "±"}[tie.sign],
                "class": {1: "plus", -1: "minus", 0: "open"}[tie.sign],
                "frustrated": frustrated.get((tie.one, tie.other), "no"),
                "refs": _refs(tie.claims, at),
            }
            for tie in part.ties
        ],
        "index": index_phrase(part),
        "proof": part.proof,
        "triads": part.triads,
        "triads_disputed": part.triads_disputed,
        "partitions": count_of(part.partitions, "optimal split"),
        "others": [
            {"one": labels(case, one), "other": labels(case, other)}
            for one, other in part.others
        ],
        "free": labels(case, part.free),
        "nulls": [
            {"sentence": null_sentence(null), "description": null.description}
            for null in part.nulls
        ],
        "together": together(part.nulls),
        "picture": factions_picture(
            part,
            names,
            f"Sides of the {part.layer} layer, from {premises_of(item.reading)}",
        ),
        "pairs": [
            {
                "pair": f"{label(case, pair.one)} and {label(case, pair.other)}",
                "stated": stated(pair.stated),
                "lines": [
                    {
                        "third": label(case, line.third),
                        "rule": line.rule,
                        "predicts": stated(line.predicts),
                        "refs": _refs(line.claims, at),
                    }
                    for line in pair.lines
                ],
            }
            for pair in part.pairs
        ],
    }


def _verdict_class(verdict: str) -> str:
    """Class that marks a verdict with a sign of its own, not by colour alone."""
    return f"v-{VERDICT_CLASS.get(verdict, 'open')}"


def _conclusion(
    study: Study, item: ReadingStudy, answer: Answer, at: Anchors
) -> dict[str, Any]:
    """A conclusion with its verdict, what was expected, and the alternatives."""
    case = study.case
    return {
        "title": answer.title,
        "verdict": str(answer.verdict),
        "class": _verdict_class(answer.verdict),
        "phrase": verdict_phrase(answer, case),
        "sentence": _sentence(conclusion_sentence(study, item.reading, answer), at),
        "expected": [
            {
                "node": label(case, part.node),
                "word": part.expected,
                "gives": change_phrase(part.change, case) if part.change else "",
                "picture": range_picture(part.change) if part.change else Markup(""),
            }
            for part in answer.expectations
        ],
        "comparisons": [
            {
                "title": label(case, other.title or other.id),
                "gives": comparison_phrase(other, case, lasting=is_lasting(answer)),
            }
            for other in answer.comparisons
        ],
        "untold": answer.untold,
        "shares": answer.shares,
        "figures": answer.figures,
        "refs": _refs(answer.claims, at),
    }


def _answer(study: Study, answer: Answer, at: Anchors) -> dict[str, Any]:
    """An answer with its table of changes."""
    case = study.case
    rows = [_change(case, change, at) for change in answer.changes[:MOST_CHANGES]]
    return {
        "title": answer.title,
        "question": answer.question,
        "phrase": verdict_phrase(answer, case),
        "changes": rows if answer.question in {"benefits", "policy", "depends"} else [],
        "left": max(0, len(answer.changes) - MOST_CHANGES),
        "comparisons": [
            {
                "title": label(case, other.title or other.id),
                "gives": comparison_phrase(other, case, lasting=is_lasting(answer)),
            }
            for other in answer.comparisons
        ],
        "figures": answer.figures,
        "untold": answer.untold,
        "refs": _refs(answer.claims, at),
    }


def _change(case: Case, change: Change, at: Anchors) -> dict[str, Any]:
    """A row of a table of changes."""
    arrow = {1: "rises", -1: "falls", 0: "open"}[change.sign]
    shares = [percent(item.share) for item in change.up]
    return {
        "node": label(case, change.node),
        "anchor": at.nodes.get(change.node, "map"),
        "way": arrow,
        "first": first_phrase(change).removeprefix(", "),
        "class": {1: "plus", -1: "minus", 0: "open"}[change.sign],
        "kind": str(change.kind),
        "shares": " / ".join(shares),
        "picture": range_picture(change),
        "refs": _refs(change.claims, at),
    }


def _matrix(study: Study) -> dict[str, Any]:
    """Conclusions by readings: verdicts side by side."""
    by_reading = [
        {answer.id: answer for answer in item.conclusions} for item in study.readings
    ]
    rows = []
    for conclusion in study.case.conclusions:
        cells = [
            {
                "verdict": str(part[conclusion.id].verdict),
                "class": _verdict_class(part[conclusion.id].verdict),
            }
            if conclusion.id in part
            else {"verdict": "not asked", "class": "v-open"}
            for part in by_reading
        ]
        rows.append({"title": conclusion.title, "cells": cells})
    heads = [item.reading.title or item.reading.id for item in study.readings]
    return {"heads": heads, "rows": rows}


def _map(study: Study, model: SignedModel, at: Anchors) -> dict[str, Any]:
    """Signed map of the main reading."""
    case = study.case
    graph = model.digraph
    by_id = _by_id(case)
    edges = []
    for k in range(graph.m):
        behind = [by_id[name] for name in graph.claims[k]]
        layers = tuple(sorted({claim.layer.value for claim in behind}))
        voices = sorted({who(case, claim) for claim in behind})
        word = {1: "raises", -1: "lowers", 0: "bears on"}[int(graph.sign[k])]
        edges.append(
            MapEdge(
                tail=int(graph.tail[k]),
                head=int(graph.head[k]),
                sign=int(graph.sign[k]),
                layers=layers,
                disputed=bool(graph.disputed[k]),
                says=f"{word}, according to {'; '.join(voices)} "
                f"({count_of(len(behind), 'claim')}, {', '.join(layers)})",
            )
        )
    nodes = []
    for i, name in enumerate(graph.names):
        into = int((graph.head == i).sum())
        out = int((graph.tail == i).sum())
        node = case.node(name)
        nodes.append(
            MapNode(
                anchor=at.nodes[name],
                label=node.label,
                kind=node.kind.value,
                says=f"{count_of(out, 'link')} out, {count_of(into, 'link')} in",
            )
        )
    title = f"Signed map of {premises_of(model.reading)}"
    return {
        "svg": signed_map(nodes, edges, title),
        "title": title,
        "nodes": len(nodes),
        "links": len(edges),
    }


def _support(study: Study, item: Any, at: Anchors) -> dict[str, Any]:
    """What an answer hangs on, as tables."""
    case = study.case
    main = study.reading(study.main)
    by_id = _by_id(case)
    title = next(c.title for c in case.conclusions if c.id == item.conclusion)
    return {
        "title": title,
        "sentence": _sentence(support_sentence(study, main.reading, item), at),
        "base": percent(item.base),
        "cut": _refs(item.cut, at),
        "single": [
            {
                "ref": _ref(part.name, at),
                "said": claimed(case, by_id[part.name]).text,
                "picture": carried_picture(part),
                "keeps": percent(part.keeps),
                "flips": percent(part.flips),
                "lost": percent(part.lost),
                "apart": part.disconnects,
            }
            for part in item.single[:MOST_SINGLE]
        ],
        "left": max(0, len(item.single) - MOST_SINGLE),
        "groups": [
            {
                "kind": part.kind,
                "name": part.name,
                "count": len(part.claims),
                "picture": carried_picture(part),
                "keeps": percent(part.keeps),
                "flips": percent(part.flips),
                "lost": percent(part.lost),
                "apart": part.disconnects,
            }
            for part in item.groups
        ],
    }


def _coded(case: Case, item: Any, at: Anchors) -> dict[str, Any]:
    """How a conclusion was translated into a question to the model."""
    done = []
    for word, pushes in (("press", item.do.press), ("pulse", item.do.pulse)):
        done += [f"{word} {label(case, node)} {size:+g}" for node, size in pushes]
    done += [f"take out {label(case, node)}" for node in item.do.remove]
    done += [f"hold {label(case, node)}" for node in item.do.clamp]
    for word, links in (("add", item.do.add), ("cut", item.do.cut)):
        done += [
            f"{word} {label(case, link.tail)} → {label(case, link.head)} "
            f"{SIGN_MARK[link.sign.value]}"
            for link in links
        ]
    return {
        "title": item.title,
        "do": "; ".join(done) or "nothing",
        "expect": "; ".join(f"{label(case, n)} {word}" for n, word in item.expect),
        "horizon": item.horizon or "none stated",
        "why": item.why,
        "untestable": item.untestable,
        "refs": _refs(item.claims, at),
    }


def _shared(study: Study) -> dict[str, Any]:
    """What sources share, and what each says alone."""
    case = study.case

    def words(edge: tuple[str, str, int]) -> str:
        mark = {1: "+", -1: "\N{MINUS SIGN}", 0: "?"}[edge[2]]
        return f"{label(case, edge[0])} → {label(case, edge[1])} ({mark})"

    return {
        "both": [words(edge) for edge in study.sources.shared],
        "alone": [
            {"source": name, "edges": [words(edge) for edge in edges]}
            for name, edges in study.sources.alone
        ],
    }


def _voices(study: Study, at: Anchors) -> list[dict[str, Any]]:
    """All claims, by chain of voices, the most frequent first."""
    groups: dict[str, list[Claim]] = {}
    for claim in study.case.claims:
        groups.setdefault(voice_text(claim.voice), []).append(claim)
    return [
        {
            "voice": voice,
            "count": len(groups[voice]),
            "claims": [_claim(study, claim, at) for claim in groups[voice]],
        }
        for voice, _ in study.counts.by_voice
    ]


def _claim(study: Study, claim: Claim, at: Anchors) -> dict[str, Any]:
    """One claim with everything that was coded of it."""
    case = study.case
    anchor = claim.anchor
    text = study.texts.get(claim.source, "")
    quote = text[anchor.start : anchor.end] if anchor and text else ""
    if not quote and anchor:
        quote = anchor.exact
    facts = [
        f"stance {claim.stance.value}",
        claim.polarity.value,
        f"layer {claim.layer.value}",
        claim.modality.value,
    ]
    if is_label(claim, case):
        facts.append("a label, no effect")
    if claim.strength.value != "unspecified":
        facts.append(f"strength {claim.strength.value}")
    facts += [
        f"{word} {value}"
        for word, value in (
            ("hedge:", claim.hedge),
            ("condition:", claim.condition),
            ("time:", claim.time.stated),
            ("from", claim.time.start),
            ("to", claim.time.end),
            ("settled by", claim.resolves_by),
            ("would count:", claim.would_count_as),
            ("tags:", ", ".join(claim.tags)),
            ("coded by", claim.coder),
        )
        if value
    ]
    place = f"{anchor.start} to {anchor.end}" if anchor else "no place"
    return {
        "id": claim.id,
        "anchor": at.claims[claim.id],
        "number": at.claims[claim.id].removeprefix("c"),
        "text": claimed(case, claim).text,
        "subject": label(case, claim.subject),
        "subject_anchor": at.nodes.get(claim.subject, "map"),
        "predicate": claim.predicate,
        "object": label(case, claim.object),
        "object_anchor": at.nodes.get(claim.object, "map"),
        "denied": claim.polarity is Polarity.DENIED,
        "mark": SIGN_MARK[claim.sign.value],
        "class": SIGN_CLASS[claim.sign.value],
        "facts": " · ".join(facts),
        "place": f"{claim.source}, characters {place}",
        "quote": quote,
        "before": text[max(0, anchor.start - 60) : anchor.start]
        if anchor and text
        else "",
        "after": text[anchor.end : anchor.end + 60] if anchor and text else "",
        "notes": claim.notes,
        "principle": claim.id in study.principle_claims,
    }


def _nodes(study: Study, at: Anchors) -> list[dict[str, Any]]:
    """Every node with the claims that are about it."""
    about: dict[str, list[str]] = {}
    for claim in study.case.claims:
        for name in dict.fromkeys((claim.subject, claim.object)):
            about.setdefault(name, []).append(claim.id)
    return [
        {
            "anchor": at.nodes[node.id],
            "id": node.id,
            "label": node.label,
            "kind": node.kind.value,
            "aliases": node.aliases,
            "part_of": label(study.case, node.part_of) if node.part_of else "",
            "note": node.note,
            "refs": _refs(about.get(node.id, []), at),
        }
        for node in study.case.nodes
    ]


def _agreement(study: Study) -> dict[str, Any] | None:
    """Agreement of the coders."""
    if study.agreement is None:
        return None
    whole = study.agreement.overall
    return {
        "coders": study.agreement.coders,
        "caution": study.agreement.caution,
        "parts": (*study.agreement.sources, whole),
        "fields": [
            {
                "field": field.field,
                "scale": field.scale,
                "alpha": "not defined" if field.alpha is None else f"{field.alpha:.2f}",
                "same": field.same,
                "matched": field.matched,
            }
            for field in whole.fields
        ],
        "disagreements": len(whole.disagreements),
        "alone": (len(whole.only_one), len(whole.only_other)),
    }
