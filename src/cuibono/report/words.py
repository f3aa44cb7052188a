"""Sentences made from numbers: every one with a sign in it says whose premises it is from.

Three functions make sentences: `granted` (what follows from a reading), `claimed` (what
somebody says) and `plain` (about the case or the method, with no sign in it). A report
prints nothing else, and a test looks for `plain` sentences that hold a sign.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cuibono.claims.records import Case, Claim, Reading
from cuibono.claims.words import Polarity
from cuibono.questions.answer import (
    Answer,
    Change,
    ChangeClass,
    Comparison,
    PriorShare,
    Sampling,
    Verdict,
)
from cuibono.study.records import Diagnosis, Layered, ReadingStudy, Study, Variant
from cuibono.support.withdraw import Carried, Support

SIGN_WORDS = (
    "rises",
    "falls",
    "gains",
    "loses",
    "helps",
    "harms",
    "raises",
    "lowers",
    "friendly",
    "hostile",
    "benefits",
    "supports",
    "opposes",
    "weakens",
)
"""Words that carry a sign; none may stand in a plain sentence."""


RARE = 0.1
"""Share of models with an equilibrium below which it is told beside a verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence with what it rests on: granted, claimed or plain; claims behind it."""

    text: str
    basis: str
    claims: tuple[str, ...] = ()


def granted(reading: Reading, text: str, claims: Iterable[str] = ()) -> Sentence:
    """Sentence about what follows from a reading's premises."""
    whose = premises_of(reading)
    whole = f"From {whose}, which this report does not judge: {text}"
    return Sentence(text=whole, basis="granted", claims=tuple(claims))


def claimed(case: Case, claim: Claim) -> Sentence:
    """Sentence that gives a claim to its voice and source."""
    said = claim.paraphrase or _bare(case, claim)
    text = f"According to {who(case, claim)}: {said}"
    return Sentence(text=text, basis="claimed", claims=(claim.id,))


def plain(text: str) -> Sentence:
    """Sentence about the case or the method; holds no sign."""
    return Sentence(text=text, basis="plain")


def premises_of(reading: Reading) -> str:
    """Whose premises a reading grants, in words."""
    title = reading.title or f"the reading {reading.id}"
    opponent = (
        " (as described by its opponent)" if reading.described_by_opponent else ""
    )
    return f"the premises of {title}{opponent}"


def authors(case: Case) -> list[str]:
    """Outermost authors of the sources, each once."""
    return list(dict.fromkeys(source.author or source.id for source in case.sources))


def who(case: Case, claim: Claim) -> str:
    """Voice of a claim in names, with its source."""
    source = case.source(claim.source)
    names = []
    for step in claim.voice:
        if step.who == "author":
            names.append(source.author or f"the author of {source.id}")
        elif step.who == "publisher":
            names.append(f"{source.publisher or 'the publisher'}, of the author")
        elif step.who.startswith("unnamed:"):
            names.append("unnamed others")
        else:
            names.append(label(case, step.who))
    chain = names[0] + "".join(f", who reports {name}" for name in names[1:])
    return f"{chain} ({source.id})"


def label(case: Case, node: str) -> str:
    """Label of a node id."""
    for item in case.nodes:
        if item.id == node:
            return item.label
    return node


def labels(case: Case, nodes: Iterable[str]) -> str:
    """Labels of nodes, parted by commas."""
    return ", ".join(label(case, node) for node in nodes)


def _bare(case: Case, claim: Claim) -> str:
    """A claim in the codebook's words, where it has no paraphrase."""
    denied = "it is not so that " if claim.polarity is Polarity.DENIED else ""
    words = (
        f"{label(case, claim.subject)} {claim.predicate} {label(case, claim.object)}"
    )
    return f"{denied}{words} ({claim.sign.value})"


def percent(share: float) -> str:
    """Share as a percentage that never rounds to certainty.

    Examples
    --------
    >>> percent(1.0), percent(0.9996), percent(0.4567), percent(0.0)
    ('100 %', 'over 99 %', '46 %', '0 %')
    """
    if share in (0.0, 1.0):
        return f"{share:.0%}".replace("%", " %")
    if share >= 0.995:
        return "over 99 %"
    if share <= 0.005:
        return "under 1 %"
    return f"{round(100 * share)} %"


def span(shares: Sequence[PriorShare]) -> str:
    """Range of shares over the prior set, in words."""
    if not shares:
        return "no model could be drawn"
    low = min(item.share for item in shares)
    high = max(item.share for item in shares)
    if len(shares) == 1:
        told = (
            f"{percent(low)} of stable models under the {shares[0].prior} prior alone"
        )
    elif percent(low) == percent(high):
        told = f"{percent(low)} of stable models under every prior"
    else:
        told = f"{percent(low)} to {percent(high)} of stable models, by prior"
    apart = [item.prior for item in shares if not item.settled]
    return told + (f"; chains disagree under {', '.join(apart)}" if apart else "")


def one_in(share: float) -> str:
    """Share as "1 in N".

    Examples
    --------
    >>> one_in(0.5), one_in(0.7), one_in(0.00021), one_in(1.0)
    ('1 in 2', '7 in 10', '1 in 4,800', 'every one')
    """
    if share >= 0.95:
        return "every one" if share >= 0.9995 else "almost every one"
    if share <= 0:
        return "none found"
    if share > 2 / 3:
        return f"{round(10 * share)} in 10"
    count = 1 / share
    digits = len(str(int(count)))
    rounded = round(count, 2 - digits) if digits > 2 else round(count)
    return f"1 in {rounded:,.0f}"


def equilibrium_phrase(sampling: Sequence[Sampling]) -> str:
    """How rare models with an equilibrium are, over the prior set."""
    if not sampling:
        return ""
    low = min(sampling, key=lambda item: item.stable_share)
    high = max(sampling, key=lambda item: item.stable_share)
    bound = "at most " if low.is_bound else ""
    least, most = one_in(low.stable_share), one_in(high.stable_share)
    if least == most:
        return f"an equilibrium exists in {bound}{least} of the models drawn"
    reach = f"{bound}{least} to {most}"
    return f"an equilibrium exists in {reach} of the models drawn, by prior"


def verdict_phrase(answer: Answer, case: Case) -> str:
    """Verdict of a conclusion, with its range and what is missing."""
    verdict = answer.verdict
    if verdict == Verdict.NOT_CONNECTED and answer.missing and all(answer.missing):
        start, end = (label(case, node) for node in answer.missing)
        return (
            f"not connected: no stated path leads from {start} to {end}; that is the "
            "missing premise"
        )
    if verdict == Verdict.FOLLOWS_BY_STRUCTURE:
        share = equilibrium_phrase(answer.sampling)
        return "follows by structure, given an equilibrium" + (
            f" ({share})" if share else ""
        )
    if verdict in {Verdict.NOT_TESTABLE, Verdict.NO_EQUILIBRIUM}:
        return f"{verdict}: {answer.reason}"
    grounds = [_share_phrase(answer)] if answer.shares else []
    grounds += [answer.reason] if answer.reason else []
    if any(item.stable_share < RARE for item in answer.sampling):
        grounds.append(equilibrium_phrase(answer.sampling))
    return f"{verdict} ({'; '.join(grounds)})" if grounds else str(verdict)


def _share_phrase(answer: Answer) -> str:
    """What the shares of an answer are shares of."""
    if is_lasting(answer):
        return f"without the driver it grows back in {span(answer.shares)}"
    return span(answer.shares)


def is_lasting(answer: Answer) -> bool:
    """Whether an answer is about what is left of a push."""
    return any(part.expected in {"back", "stays"} for part in answer.expectations)


def conclusion_sentence(study: Study, reading: Reading, answer: Answer) -> Sentence:
    """Whether a conclusion follows, as one sentence."""
    phrase = verdict_phrase(answer, study.case)
    text = f'"{answer.title}": {phrase}.'
    return granted(reading, text, answer.claims)


WAYS = {1: "rises", -1: "falls", 0: "is not moved"}
OPEN = {1: "up along every stated chain", -1: "down along every stated chain"}


def change_phrase(change: Change, case: Case) -> str:
    """What a push does to a node, in words."""
    name = label(case, change.node)
    if change.kind is ChangeClass.CERTAIN:
        return (
            f"{name} {WAYS[change.sign]} (certain by structure, given an equilibrium)"
        )
    if change.kind is ChangeClass.NO_PATH:
        return f"{name} is not reached by any stated path"
    if change.kind is ChangeClass.NO_EQUILIBRIUM:
        way = OPEN.get(change.open_loop, "both ways along different chains")
        return f"{name}: no equilibrium; {way}"
    most = change.up if change.sign >= 0 else change.down
    way = "rises" if change.sign >= 0 else "falls"
    return f"{name} {way} in {span(most)} ({change.kind}){first_phrase(change)}"


def first_phrase(change: Change) -> str:
    """What a push does at first, along the shortest stated chains, where it may turn."""
    if change.first not in (1, -1) or change.first == change.sign:
        return ""
    return ", at first up" if change.first > 0 else ", at first down"


def balance_sentences(study: Study, item: ReadingStudy) -> list[Sentence]:
    """Balance of both layers of a reading."""
    found = [_layer_sentence(item, part) for part in (item.declared, item.effective)]
    count = len(item.disagreements)
    if count:
        pairs = "; ".join(
            f"{label(study.case, d.one)} and {label(study.case, d.other)} "
            f"({_stated(d.declared)} in the declared, {_stated(d.effective)} in the "
            "effective layer)"
            for d in item.disagreements
        )
        text = f"the two layers differ on {_count(count, 'pair')}: {pairs}."
    else:
        text = "no pair of actors is signed differently by the two layers."
    claims = [claim for d in item.disagreements for claim in d.claims]
    found.append(granted(item.reading, text, claims))
    return found


def _count(number: int, noun: str) -> str:
    """Number and noun.

    Examples
    --------
    >>> _count(1, "pair"), _count(0, "tie")
    ('1 pair', 'no tie')
    """
    if number == 0:
        return f"no {noun}"
    return f"{number:,} {noun}" + ("s" if number != 1 else "")


count_of = _count


def _stated(sign: int | None) -> str:
    """Sign of a tie in a word."""
    if sign is None:
        return "not stated"
    return {1: "friendly", -1: "hostile", 0: "disputed"}[sign]


stated = _stated


def index_phrase(part: Layered) -> str:
    """Frustration index with its proof."""
    if part.low == part.high:
        number = f"{part.low:g}"
    else:
        number = f"{part.low:g} to {part.high:g}, as disputed ties are settled"
    proof = "proven" if part.proved else "a bound, not proven"
    return f"{number} ({proof})"


def _layer_sentence(item: ReadingStudy, part: Layered) -> Sentence:
    """Balance of one layer."""
    ties = (
        f"{_count(len(part.ties), 'tie')} between {_count(len(part.actors), 'actor')}"
    )
    if not part.ties:
        text = f"the {part.layer} layer holds no tie between actors."
        return granted(item.reading, text)
    if part.balanced:
        state = "is balanced: no tie is frustrated"
    else:
        state = f"has frustration index {index_phrase(part)}"
    triads = sum(part.triads) + part.triads_disputed
    closed = (
        "no three of them are all tied to each other, so that no triad can be judged"
        if not triads
        else f"{_count(triads, 'triad')}"
    )
    text = f"the {part.layer} layer ({ties}) {state}; {closed}."
    claims = [claim for tie in part.ties for claim in tie.claims]
    return granted(item.reading, text, claims)


def diagnosis_sentence(item: ReadingStudy) -> Sentence:
    """Whether the model can rest, and what drives it."""
    return granted(item.reading, diagnosis_text(item.diagnosis))


def diagnosis_text(found: Diagnosis) -> str:
    """Loops and equilibrium of a model, in words."""
    if found.impossible:
        return f"no equilibrium can exist: {'; '.join(found.impossible)}."
    if not found.blocks:
        return "nothing in the model acts back on itself; every push settles."
    loops = (
        f"{_count(found.reinforcing, 'reinforcing loop')} and "
        f"{_count(found.balancing, 'balancing loop')} of up to {found.longest} links"
    )
    if found.unknown:
        loops += f", {found.unknown} of open sign"
    phrase = equilibrium_phrase(found.sampling)
    if found.sign_stable:
        return f"{loops}; stable whatever the strengths."
    if not found.balancing and found.reinforcing:
        loops += " (the stated links hold nothing that damps)"
    return f"{loops}; {phrase}."


def support_sentence(study: Study, reading: Reading, item: Support) -> Sentence:
    """What an answer hangs on."""
    title = next(c.title for c in study.case.conclusions if c.id == item.conclusion)
    parts = []
    if item.cut:
        parts.append(
            f"without {_count(len(item.cut), 'claim')} ({', '.join(item.cut)}) no stated "
            "path is left"
        )
    heavy = [single for single in item.single if single.keeps < 0.9]
    if heavy:
        parts.append(
            "of single claims the answer hangs most on "
            + "; ".join(f"{h.name} ({carried_phrase(h)})" for h in heavy[:3])
        )
    elif not item.draws:
        parts.append("no model gives what it expects, so that no claim carries it")
    else:
        parts.append("no single claim takes it away from more than a tenth of models")
    text = f'"{title}": {"; ".join(parts)}.'
    claims = [*item.cut, *(single.name for single in heavy[:3])]
    return granted(reading, text, claims)


def carried_phrase(item: Carried) -> str:
    """Three-way shares of a withdrawal."""
    if item.disconnects:
        return "then no stated path is left"
    return (
        f"keeps {percent(item.keeps)}, flips {percent(item.flips)}, "
        f"no equilibrium {percent(item.lost)}"
    )


def variant_sentence(study: Study, reading: Reading, item: Variant) -> Sentence:
    """What the conclusions become without a kind of claims."""
    before = {a.id: a.verdict for a in study.reading(reading.id).conclusions}
    changed = [a for a in item.conclusions if a.verdict != before.get(a.id)]
    same = len(item.conclusions) - len(changed)
    text = (
        f"{item.title} ({_count(item.dropped, 'claim')} dropped, "
        f"{_count(item.links, 'link')} left) {same} of {len(item.conclusions)} verdicts "
        "stay"
    )
    if changed:
        text += "; changed: " + "; ".join(
            f'"{a.title}" from {before.get(a.id)} to {a.verdict}' for a in changed
        )
    return granted(reading, text + ".")


def comparison_phrase(item: Comparison, case: Case, *, lasting: bool = False) -> str:
    """Verdict under an alternative; `lasting` if it is about what is left of a push."""
    if lasting and item.shares:
        return f"{item.verdict} (grows back in {span(item.shares)})"
    if item.verdict is Verdict.NOT_CONNECTED and item.missing:
        start, end = (label(case, node) for node in item.missing)
        return f"not connected (from {start} to {end})"
    return f"{item.verdict}" + (f" ({span(item.shares)})" if item.shares else "")


def independence_sentence(study: Study) -> Sentence:
    """How many independent voices the claims come from."""
    case = study.case
    names = authors(case)
    sources = _count(len(case.sources), "source")
    if len(names) == 1 and len(case.sources) > 1:
        all_of_them = "Both" if len(case.sources) == 2 else f"All {len(case.sources)}"
        return plain(
            f"{all_of_them} sources are by one author, {names[0]}: they count as one "
            "independent voice, and what parties are quoted with is that author's report."
        )
    return plain(f"{sources}, {_count(len(names), 'outermost author')}.")


def coding_sentence(study: Study) -> Sentence:
    """What was coded, in numbers."""
    n = study.counts
    return plain(
        f"{_count(n.claims, 'claim')} coded: {n.premises} premises, {n.conclusions} "
        f"predictions, conditionals or recommendations, {n.labels} labels and parts, "
        f"{n.denials} denials."
    )


def by_verdict(answers: Sequence[Answer]) -> list[tuple[str, list[Answer]]]:
    """Answers grouped by verdict, the surest verdicts first."""
    groups = []
    for verdict in Verdict:
        found = [answer for answer in answers if answer.verdict == verdict]
        if found:
            groups.append((str(verdict), found))
    return groups
