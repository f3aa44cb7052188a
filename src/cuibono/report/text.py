"""A study as plain text: the findings on a screen, and the whole report."""

import textwrap
from collections.abc import Iterable

from cuibono.claims.records import Case
from cuibono.events.principle import Principle
from cuibono.questions.answer import Answer
from cuibono.report.asked import answers_to
from cuibono.report.lines import WIDTH, wrapped
from cuibono.report.principle_words import (
    rule_numbers,
    rule_sentence,
    settings_sentence,
)
from cuibono.report.record_words import (
    NOT_JUDGED,
    caveats,
    direction_sentence,
    finding_words,
    placebo_words,
    proposition,
    summary_sentence,
)
from cuibono.report.together import (
    joint_sentences,
    observable_sentences,
    tension_sentences,
)
from cuibono.report.words import (
    Sentence,
    balance_sentences,
    by_verdict,
    change_phrase,
    claimed,
    coding_sentence,
    comparison_phrase,
    conclusion_sentence,
    diagnosis_sentence,
    granted,
    independence_sentence,
    is_lasting,
    label,
    premises_of,
    stated,
    support_sentence,
    variant_sentence,
    verdict_phrase,
)
from cuibono.study.recorded import Recorded
from cuibono.study.records import Study

NEUTRAL = (
    "Nothing here says that a claim is true. It says who claims it, and what follows "
    "if it is granted."
)


def findings_text(study: Study) -> str:
    """The findings, in at most a screen."""
    item = study.reading(study.main)
    lines = [
        study.case.title,
        "",
        *wrapped(coding_sentence(study).text),
        *wrapped(independence_sentence(study).text),
        "",
        f"From {premises_of(item.reading)},",
        "which this report does not judge:",
    ]
    short = [_after(sentence) for sentence in balance_sentences(study, item)]
    short.append(_after(diagnosis_sentence(item)))
    for text in short:
        lines += wrapped(_cut(text, 2 * WIDTH), "  - ")
    for verdict, answers in by_verdict(item.conclusions):
        titles = "; ".join(answer.title for answer in answers)
        lines += wrapped(f"{verdict} ({len(answers)}): {titles}", "  * ")
    if item.few_links:
        lines.append("  Fewer than ten links: read with care.")
    return "\n".join(lines) + "\n"


def _after(sentence: Sentence) -> str:
    """What a granted sentence says, its premises having been said."""
    return sentence.text.partition("does not judge: ")[2] or sentence.text


def _cut(text: str, most: int) -> str:
    """Text cut at a word."""
    return textwrap.shorten(text, most, placeholder=" ...")


def answer_text(answer: Answer, case: Case) -> str:
    """One answer, for the terminal."""
    reading = next(item for item in case.readings if item.id == answer.reading)
    lines = [
        answer.title,
        *wrapped(
            f"From {premises_of(reading)}, which this report does not judge: "
            f"{verdict_phrase(answer, case)}."
        ),
    ]
    for change in answer.changes:
        lines += wrapped(change_phrase(change, case), "  - ")
    for part in answer.expectations:
        if part.change is not None:
            lines += wrapped(
                f"expected {label(case, part.node)} {part.expected}: "
                f"{change_phrase(part.change, case)}",
                "  - ",
            )
    for other in answer.comparisons:
        title = label(case, other.title or other.id)
        lines += wrapped(
            f"compared with {title}: "
            f"{comparison_phrase(other, case, lasting=is_lasting(answer))}",
            "  - ",
        )
    for name, value in answer.figures:
        lines.append(f"  {name}: {value:.3g}")
    if answer.untold:
        lines += wrapped(f"Not told: {answer.untold}.", "  ")
    if answer.claims:
        lines += wrapped("rests on " + ", ".join(answer.claims), "  ")
    return "\n".join(lines) + "\n"


def text_report(study: Study) -> str:
    """The whole report as plain text."""
    case = study.case
    lines = [case.title, "=" * min(len(case.title), WIDTH), "", NEUTRAL, ""]
    lines += [*wrapped(case.summary), ""]
    lines += _told([coding_sentence(study), independence_sentence(study)])
    for item in study.readings:
        lines += _heading(f"Reading: {item.reading.title or item.reading.id}")
        if item.few_links:
            lines += wrapped("Fewer than ten links: read with care.")
        if item.reading.note:
            lines += wrapped(item.reading.note)
        lines += _told(balance_sentences(study, item))
        lines += _told([diagnosis_sentence(item)])
        lines += _told(
            conclusion_sentence(study, item.reading, answer)
            for answer in item.conclusions
        )
        for answer in item.conclusions:
            for other in answer.comparisons:
                text = (
                    f'"{answer.title}", compared with {other.title or other.id}: '
                    f"{comparison_phrase(other, case, lasting=is_lasting(answer))}."
                )
                lines += _told([granted(item.reading, text)])
    main = study.reading(study.main).reading
    lines += _heading("What the conclusions hang on")
    lines += _told(support_sentence(study, main, item) for item in study.support)
    lines += _told(variant_sentence(study, main, item) for item in study.variants)
    if case.questions:
        lines += _heading("Questions asked")
        for question in case.questions:
            lines += ["", f"{question.title or question.id}"]
            lines += _told(answers_to(study, question))
    if study.open_questions:
        lines += _heading("Open questions")
        for title, reason in study.open_questions:
            lines += wrapped(f"{title} Open: {reason}", "  - ")
    together = [*joint_sentences(study), *tension_sentences(study)]
    if together:
        lines += _heading("Together")
        lines += _told(together)
    for one in study.record:
        lines += _recorded(case, one)
    for name, principle in study.principles:
        lines += _principle(name, principle)
    if study.deep is not None:
        lines += _heading("What would change it")
        reading = study.reading(study.main).reading
        for found in study.deep.observables:
            lines += _told(observable_sentences(study, reading, found))
    lines += _heading("Ties by layer")
    for item in study.readings[:1]:
        whose = premises_of(item.reading)
        lines += wrapped(f"From {whose}, which this report does not judge:")
        for part in (item.declared, item.effective):
            for tie in part.ties:
                lines.append(
                    f"  {part.layer}: {label(case, tie.one)} - {label(case, tie.other)}: "
                    f"{stated(tie.sign)} [{', '.join(tie.claims)}]"
                )
    if study.agreement is not None:
        lines += _heading("Agreement of the coders")
        whole = study.agreement.overall
        lines += wrapped(
            f"Unit F1 {whole.span_f1:.2f}; with the same two nodes {whole.pair_f1:.2f}. "
            f"{study.agreement.caution}"
        )
        for field in whole.fields:
            alpha = "not defined" if field.alpha is None else f"{field.alpha:.2f}"
            lines.append(
                f"  {field.field}: alpha {alpha}, {field.same}/{field.matched}"
            )
    lines += _heading("All claims")
    for claim in case.claims:
        lines += wrapped(f"[{claim.id}] {claimed(case, claim).text}", "  ")
    lines += _heading("How to reproduce")
    lines += _reproduce(study)
    return "\n".join(lines) + "\n"


def _principle(name: str, found: Principle) -> list[str]:
    """What the four rules show in a record at large."""
    lines = _heading(f"Does the principle hold in {name}?")
    lines += wrapped(settings_sentence(found))
    for text in found.caveats:
        lines += wrapped(text, "  ! ")
    for rule in found.rules:
        words = f"{rule.name}: {rule.verdict}. {rule_sentence(rule)}"
        lines += wrapped(f"{words} ({rule_numbers(rule)})", "  - ")
    return lines


def _recorded(case: Case, part: Recorded) -> list[str]:
    """One record: what it cannot show, the named pairs, the claims."""
    lines = _heading(f"The record: {part.figures.extract.title}")
    for text in caveats(part.figures.extract):
        lines += wrapped(text, "  ! ")
    lines += _told([summary_sentence(part)])
    lines += _told(direction_sentence(case, part, one) for one in part.pairs)
    lines += wrapped(NOT_JUDGED, "  - ")
    for found in part.comparison.findings:
        what = proposition(found.observation, case)
        words = f"{found.verdict.value}: {what}: {finding_words(found)}"
        lines += wrapped(words, "      ")
    for text in placebo_words(part.comparison.placebo):
        lines += wrapped(text, "  - ")
    return lines


def _heading(text: str) -> list[str]:
    """A heading with its rule."""
    return ["", text, "-" * min(len(text), WIDTH)]


def _told(sentences: Iterable[Sentence]) -> list[str]:
    """Sentences, each with the claims that it rests on."""
    lines = []
    for sentence in sentences:
        lines += wrapped(sentence.text, "  - ")
        if sentence.claims and sentence.basis == "granted":
            ids = list(dict.fromkeys(sentence.claims))
            lines += wrapped(f"[{', '.join(ids)}]", "    ")
    return lines


def _reproduce(study: Study) -> list[str]:
    """Seed, versions and hashes."""
    lines = [f"  seed {study.seed}, {study.draws} models for each prior"]
    lines += [f"  {name} {number}" for name, number in study.versions]
    lines += [f"  {name} sha256 {digest}" for name, digest in study.case.digests]
    return lines
