"""What carries an answer, in sentences: each from a reading's premises."""

from collections.abc import Iterator
from math import ceil

from cuibono.claims.records import Case
from cuibono.report.condition_words import Told, condition_told
from cuibono.report.lines import wrapped
from cuibono.report.words import Sentence, granted, percent, verdict_phrase
from cuibono.study.carries import CarriedAnswer
from cuibono.support.carriers import Carriers, Dropped
from cuibono.support.flip_sets import FlipSet, FlipSets
from cuibono.support.independent import Backing
from cuibono.support.proved_cuts import Cut, Proof
from cuibono.support.search import Wider
from cuibono.support.shapley import Shapley
from cuibono.support.trial import Change, Shares

READABLE = 12
"""Strengths in a condition up to which it is told in words; the JSON has longer ones."""

SHOWN = 5
"""Sets, shares and carriers told; the JSON has all."""

DONE = {Change.WITHDRAWAL: "withdrawn", Change.REVERSAL: "reversed"}


def carries_sentences(found: CarriedAnswer) -> list[Sentence]:
    """All that carries an answer, the verdict first."""
    verdict = verdict_phrase(found.answer, found.case)
    told = [(f'"{found.conclusion.title}": {verdict}.', found.answer.claims)]
    if found.carriers is None:
        told.append(
            ("no model stands behind an answer, so that no claim carries it.", ())
        )
    else:
        told += _all(found.carriers, found.case)
    return [granted(found.reading, text, claims) for text, claims in told]


def _all(item: Carriers, case: Case) -> Iterator[Told]:
    """Sentence after sentence, with the claims that it names."""
    yield _base(item), ()
    for kind, cut, checked in item.cuts:
        yield (
            cut_phrase(kind, cut, checked=checked),
            cut.names if kind == "claim" else (),
        )
    for flips in item.flips:
        yield from _flips(flips, item)
    for wider in item.wider:
        yield wider_phrase(wider), wider.claims
    for kind, shares in item.shapley:
        if shares.shares:
            yield shapley_phrase(kind, shares), ()
    for condition in item.conditions:
        if sum(len(term) for term, _ in (*condition.up, *condition.down)) > READABLE:
            continue
        yield condition_told(condition, item.graph, case)
    for backing in item.backing[:SHOWN]:
        yield backing_phrase(backing), backing.claims
    for group in item.dropped:
        if group.edges:
            yield dropped_phrase(group), ()


def _base(item: Carriers) -> str:
    """What the models give, and which of them shares are of."""
    holds = "does not come about" if item.against else "comes about"
    return (
        f"what is expected {holds} in {percent(item.base)} of the models drawn under "
        f"the {item.prior} prior; shares below are of these {item.models} models."
    )


def backing_phrase(item: Backing) -> str:
    """Who stands behind the links of a carrier, two documents of one author once."""
    return (
        f"behind the links of {item.claim}: "
        f"{_count(len(item.authors), 'outermost author')} "
        f"({', '.join(item.authors)}), {_count(len(item.sources), 'document')}, "
        f"{_count(len(item.claims), 'claim')}."
    )


def cut_phrase(kind: str, cut: Cut, *, checked: bool) -> str:
    """Fewest names without which no path is left, and what proves it."""
    if cut.proof is Proof.NO_PATH or cut.proof is Proof.UNCUTTABLE:
        return f"no {kind} need be there for a path: {cut.proof}."
    if cut.proof is Proof.STOPPED:
        return f"the search for the fewest {kind}s that part the ends was stopped."
    paths = _count(len(cut.paths), "path")
    proof = (
        f"{paths} without a claim in common"
        if cut.proof is Proof.FLOW
        else f"no smaller set breaks {paths}"
    )
    sure = "checked" if checked else "by the solver's bound"
    return (
        f"without {_count(len(cut.names), kind)} ({', '.join(cut.names)}) no stated path "
        f"is left, and no fewer do ({cut.proof}: {proof}; {sure})."
    )


def _flips(item: FlipSets, whole: Carriers) -> Iterator[Told]:
    """Flip sets of one kind, and the level; a set is told once."""
    least = min((len(one.claims) for one in item.sets), default=0)
    smallest = [one for one in item.sets if len(one.claims) == least][:SHOWN]
    before = [
        one.claims
        for other in whole.flips
        if item.given and other.change is item.change and not other.given
        for one in other.sets[:SHOWN]
    ]
    for one in smallest:
        if one.claims not in before:
            yield flip_phrase(one, item.change, whole), one.claims
    yield level_phrase(item, len(smallest)), ()


def level_phrase(item: FlipSets, shown: int) -> str:
    """How many sets take the answer away, and how sure it is that no others do."""
    rest = len(item.sets) - shown
    given = ", given an equilibrium" if item.given else ""
    verb = "takes" if len(item.sets) == 1 else "take"
    more = f" ({rest} more than told here)" if rest else ""
    sure = (
        f"{item.certified} leave the answer to at least half of all such models, with a "
        f"chance of at most {_level(item.error)} that any of them is misjudged (a bound "
        f"over all of them, counting {item.models:.0f} independent models); "
        if item.certified
        else ""
    )
    return (
        f"{DONE[item.change]}{given}, up to {_count(item.size, 'claim')} at a time: "
        f"{_count(len(item.sets), 'set')} without an idle claim {verb} the answer from "
        f"more than half of the models{more}. Of {item.tested} different changes tested "
        f"{sure}{item.open} leave it to at least half of those drawn, but not so surely."
    )


def _level(error: float) -> str:
    """Error level in words, rounded up."""
    return f"{max(1, ceil(1000 * error)) / 10} %"


def flip_phrase(one: FlipSet, change: Change, whole: Carriers) -> str:
    """One flip set with its shares, and what models drawn anew give."""
    names = ", ".join(one.claims)
    again = next(
        (
            item
            for item in whole.resampled
            if item.change is change and item.claims == one.claims
        ),
        None,
    )
    anew = ""
    if again is not None:
        share = "no equilibrium found" if again.share is None else percent(again.share)
        anew = f"; in models drawn anew: {share}"
    shares = shares_phrase(one.shares)
    if one.disconnects:
        shares = f"no stated path is left; {shares}"
    return f"{names} {DONE[change]}: {shares}{anew}."


def shares_phrase(shares: Shares) -> str:
    """Three-way shares."""
    return (
        f"the answer keeps in {percent(shares.keeps)}, flips in {percent(shares.flips)}, "
        f"has no equilibrium in {percent(shares.lost)} of the models"
    )


def wider_phrase(item: Wider) -> str:
    """What is known where no set up to a size was found."""
    done = DONE[item.change] + (", given an equilibrium," if item.given else "")
    if not item.claims:
        return f"even all claims {done} do not take the answer away from most models."
    return (
        f"{_count(len(item.claims), 'claim')} {done} together take the answer away (a "
        f"bound from above only); it takes at least {item.at_least}, and at least "
        f"{item.at_least_if_monotone} if changing more never restores the answer."
    )


def shapley_phrase(kind: str, item: Shapley) -> str:
    """Largest Shapley shares of one kind of players."""
    shown = [one for one in item.shares if abs(one.share) > 0.0005][:SHOWN]
    told = ", ".join(
        f"{one.player} {one.share:.2f}"
        + (f" (standard error {one.error:.2f})" if one.error else "")
        for one in shown
    )
    how = "" if item.exact else f", from {item.orders} random orders"
    return f"Shapley shares by {kind}{how}: {told} of {item.total:.2f}."


def dropped_phrase(item: Dropped) -> str:
    """What becomes of an answer without a group of claims."""
    what = f"{item.kind} {item.name}" if item.kind != "kind" else item.name
    apart = "; no stated path is left" if item.disconnects else ""
    return (
        f"without the {_count(item.claims, 'claim')} of {what}: "
        f"{shares_phrase(item.shares)}{apart}."
    )


def _count(number: int, noun: str) -> str:
    """Number with its noun."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def carries_text(found: CarriedAnswer) -> str:
    """What carries an answer, for a terminal; the premises are named once."""
    sentences = carries_sentences(found)
    lead = sentences[0].text.partition("does not judge: ")[0]
    lines = [f"{lead}does not judge:"]
    for sentence in sentences:
        told = sentence.text.partition("does not judge: ")[2]
        lines += wrapped(told, "  - ")
    return "\n".join(lines)
