"""The questions that a case asks, each with the sentences that answer it."""

from collections.abc import Callable

from cuibono.claims.records import Question
from cuibono.report.null_words import null_sentence, together
from cuibono.report.words import (
    Sentence,
    balance_sentences,
    carried_phrase,
    change_phrase,
    claimed,
    conclusion_sentence,
    count_of,
    diagnosis_sentence,
    granted,
    label,
    labels,
    plain,
    stated,
    support_sentence,
    variant_sentence,
    verdict_phrase,
)
from cuibono.study.describe import is_label
from cuibono.study.records import Layered, ReadingStudy, Study

SHOWN = 6
"""Changes told in a sentence; the tables hold the others."""


def answers_to(
    study: Study, question: Question, *, main_only: bool = False
) -> list[Sentence]:
    """Sentences that answer a question of the case, under every reading or the main."""
    part = _BY_PART.get(question.ask)
    if part is not None:
        return part(study)
    return [
        sentence
        for item in study.readings
        if not main_only or item.reading.id == study.main
        for sentence in modelled(study, item, question.id)
    ]


def modelled(study: Study, item: ReadingStudy, name: str) -> list[Sentence]:
    """Sentences about a question that was asked of the model of one reading."""
    found = []
    for answer in item.answers:
        if answer.id != name:
            continue
        if answer.question in {"benefits", "policy"}:
            text = _changes(study, answer.changes)
            if not answer.changes:
                text = answer.reason or "no stated path leads on from what is done"
        else:
            text = verdict_phrase(answer, study.case)
        found.append(granted(item.reading, text + ".", answer.claims))
    return found


def _changes(study: Study, changes: tuple) -> str:  # type: ignore[type-arg]
    """The surest changes in words."""
    told = [change_phrase(change, study.case) for change in changes[:SHOWN]]
    rest = len(changes) - len(told)
    more = [f"and {count_of(rest, 'more node')} in the table"] if rest > 0 else []
    return "; ".join([*told, *more])


def _main(study: Study) -> ReadingStudy:
    """What was found under the main reading."""
    return study.reading(study.main)


def _ties(study: Study) -> list[Sentence]:
    """Ties of each layer under each reading."""
    found = []
    for item in study.readings:
        for part in (item.declared, item.effective):
            if part is item.declared and item is not study.readings[0]:
                continue
            found.append(
                granted(
                    item.reading,
                    _ties_text(study, part),
                    [claim for tie in part.ties for claim in tie.claims],
                )
            )
    return found


def _ties_text(study: Study, part: Layered) -> str:
    """Ties of a layer in words, by sign."""
    words = []
    for sign in (1, -1, 0):
        pairs = [
            f"{label(study.case, tie.one)} and {label(study.case, tie.other)}"
            for tie in part.ties
            if tie.sign == sign
        ]
        if pairs:
            words.append(f"{stated(sign)}: {'; '.join(pairs)}")
    return f"the {part.layer} layer has {' | '.join(words) or 'no tie'}."


def _balance(study: Study) -> list[Sentence]:
    """Balance of both layers under the main reading, with factions."""
    item = _main(study)
    found = balance_sentences(study, item)[:2]
    for part in (item.declared, item.effective):
        one, other = part.factions
        if one or other:
            text = (
                f"in the {part.layer} layer one split that frustrates least sets "
                f"{labels(study.case, one) or 'nobody'} against "
                f"{labels(study.case, other) or 'nobody'} "
                f"({count_of(part.partitions, 'such split')})."
            )
            found.append(granted(item.reading, text))
        if part.nulls:
            told = " ".join([*map(null_sentence, part.nulls), together(part.nulls)])
            found.append(
                granted(
                    item.reading, f"of the {part.layer} layer, against chance: {told}"
                )
            )
    return found


def _rules(study: Study) -> list[Sentence]:
    """The four rules for the pairs that the case names, in both layers."""
    item = _main(study)
    found = []
    for part in (item.declared, item.effective):
        named = {(pair.one, pair.other) for pair in part.pairs}
        for pair in part.pairs:
            ends = f"{label(study.case, pair.one)} and {label(study.case, pair.other)}"
            if not pair.lines:
                text = (
                    f"no third party is tied to both {ends} in the {part.layer} layer."
                )
                found.append(granted(item.reading, text))
                continue
            lines = "; ".join(
                f"through {label(study.case, line.third)} ({line.rule}) "
                f"{stated(line.predicts)}"
                for line in pair.lines
            )
            text = (
                f"in the {part.layer} layer the four rules make {ends} {lines}; their own "
                f"tie is {stated(pair.stated)} there."
            )
            claims = [claim for line in pair.lines for claim in line.claims]
            found.append(granted(item.reading, text, claims))
        for one, other in study.case.pairs:
            if (one, other) not in named:
                text = (
                    f"{label(study.case, one)} and {label(study.case, other)} are not both "
                    f"in the {part.layer} layer, so that no rule says anything of them."
                )
                found.append(granted(item.reading, text))
    return found


def _layers(study: Study) -> list[Sentence]:
    """Where the layers disagree."""
    return balance_sentences(study, _main(study))[2:]


def _loops(study: Study) -> list[Sentence]:
    """Whether each reading's model can rest."""
    return [diagnosis_sentence(item) for item in study.readings]


def _conclusions(study: Study) -> list[Sentence]:
    """Conclusions under the main reading."""
    item = _main(study)
    return [conclusion_sentence(study, item.reading, a) for a in item.conclusions]


def _support(study: Study) -> list[Sentence]:
    """What carries each conclusion."""
    reading = _main(study).reading
    return [support_sentence(study, reading, item) for item in study.support]


def _variants(study: Study) -> list[Sentence]:
    """What survives without kinds of claims."""
    reading = _main(study).reading
    return [variant_sentence(study, reading, item) for item in study.variants]


def _merged(study: Study) -> list[Sentence]:
    """What the conclusions become when parts are merged into their wholes."""
    reading = _main(study).reading
    return [
        variant_sentence(study, reading, item)
        for item in study.variants
        if item.id == "merged"
    ]


def _voices(study: Study) -> list[Sentence]:
    """How the claims spread over voices."""
    total = study.counts.claims
    words = ", ".join(f"{voice} {n}" for voice, n in study.counts.by_voice)
    authors = ", ".join(f"{name} {n}" for name, n in study.counts.by_author)
    return [
        plain(f"Claims by chain of voices (of {total}): {words}."),
        plain(f"By outermost author, publisher's lines apart: {authors}."),
        *_withdrawn_voices(study),
    ]


def _withdrawn_voices(study: Study) -> list[Sentence]:
    """What each conclusion becomes when one chain of voices is withdrawn."""
    reading = _main(study).reading
    titles = {item.id: item.title for item in study.case.conclusions}
    found = []
    for item in study.support:
        parts = [
            f"the voice {part.name} withdrawn ({count_of(len(part.claims), 'claim')}): "
            f"{carried_phrase(part)}"
            for part in item.groups
            if part.kind == "voice"
        ]
        if parts:
            text = f'"{titles[item.conclusion]}": {"; ".join(parts)}.'
            found.append(granted(reading, text))
    return found


def _readings(study: Study) -> list[Sentence]:
    """Conclusions under every reading but the main one."""
    found = []
    for item in study.readings:
        if item.reading.id == study.main:
            continue
        verdicts: dict[str, int] = {}
        for answer in item.conclusions:
            verdicts[answer.verdict] = verdicts.get(answer.verdict, 0) + 1
        words = ", ".join(f"{n} {verdict}" for verdict, n in verdicts.items())
        few = " Fewer than ten links: read with care." if item.few_links else ""
        asked = count_of(len(item.conclusions), "conclusion")
        text = f"of {asked}: {words or 'none'}.{few}"
        found.append(granted(item.reading, text))
    return found


def _predictions(study: Study) -> list[Sentence]:
    """Explicit predictions, and whether they are testable as stated."""
    testable = sum(item.testable for item in study.predictions)
    found = [
        plain(
            f"{count_of(len(study.predictions), 'claim')} predicted or conditional; "
            f"{testable} of them testable as stated (a date, and what would count)."
        )
    ]
    by_id = {claim.id: claim for claim in study.case.claims}
    found += [claimed(study.case, by_id[item.claim]) for item in study.predictions]
    return found


def _labels(study: Study) -> list[Sentence]:
    """Labels against claims of an effect."""
    n = study.counts
    only = [claim for claim in study.case.claims if is_label(claim, study.case)]
    head = plain(
        f"{n.labels} of {n.claims} claims are labels or say what is part of what; they "
        "never become a link. The others state an effect."
    )
    return [head, *(claimed(study.case, claim) for claim in only)]


def _wider(study: Study) -> list[Sentence]:
    """Claims about more than their node."""
    found = [c for c in study.case.claims if "wider" in c.tags]
    head = plain(f"{count_of(len(found), 'claim')} of wider reach than one node.")
    return [head, *(claimed(study.case, claim) for claim in found)]


def _who_says(study: Study) -> list[Sentence]:
    """Where all claims are listed."""
    return [plain(f"All {study.counts.claims} claims are listed by voice below.")]


def _interest(study: Study) -> list[Sentence]:
    """What the texts disclose of the author's interest."""
    found = [c for c in study.case.claims if "disclosure" in c.tags]
    if not found:
        return [plain("The texts disclose nothing about the author's interest.")]
    return [claimed(study.case, claim) for claim in found]


def _would_count(study: Study) -> list[Sentence]:
    """What would count for or against predictions."""
    by_id = {claim.id: claim for claim in study.case.claims}
    found = []
    for item in study.predictions:
        if item.would_count_as:
            said = claimed(study.case, by_id[item.claim])
            text = f"{said.text} It would count: {item.would_count_as}"
            found.append(Sentence(text=text, basis="claimed", claims=said.claims))
    lacking = sum(not item.would_count_as for item in study.predictions)
    found.append(
        plain(f"For {lacking} of them no observation that would count is coded.")
    )
    return found


_BY_PART: dict[str, Callable[[Study], list[Sentence]]] = {
    "ties": _ties,
    "balance": _balance,
    "rules": _rules,
    "layers": _layers,
    "loops": _loops,
    "conclusions": _conclusions,
    "support": _support,
    "variants": _variants,
    "merged": _merged,
    "voices": _voices,
    "readings": _readings,
    "predictions": _predictions,
    "labels": _labels,
    "wider": _wider,
    "who-says": _who_says,
    "interest": _interest,
    "would-count": _would_count,
}
"""What answers each word of `study.parts.PARTS`; a test holds the two together."""
