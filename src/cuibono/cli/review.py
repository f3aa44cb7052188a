"""cuibono review: suggestions in the order of the text, each decided by a person."""

from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from cuibono.claims.records import Case
from cuibono.cli.output import emit_json, emit_table
from cuibono.coding.cues import whole_sentence
from cuibono.coding.decide import (
    CHOICES,
    EDITABLE,
    Act,
    claim_of,
    decided,
    rates,
    record_decision,
)
from cuibono.coding.sentences import Span, sentence_around
from cuibono.coding.suggest.records import OPEN_FIELDS, Suggestion
from cuibono.coding.suggestions import read_suggestions
from cuibono.errors import Problem, Problems, UsageError
from cuibono.formats.case import inspect_case

KEYS: Final = {"a": Act.ACCEPT, "e": Act.EDIT, "r": Act.REJECT, "s": None, "q": None}
NOTHING_CODED: Final = "neither claims.csv"


@click.command(
    "review",
    epilog="""\b
Examples:
  cuibono review my-case --coder ana
  cuibono review my-case --coder ana --blind          code first, then see
  cuibono review my-case --coder ana --decide s-12ab34cd56 --accept \\
      --set voice=author --set stance=endorses --set polarity=affirmed \\
      --set layer=effect --set modality=asserted
  cuibono review my-case --rates""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--coder", help="Whose claims they become.")
@click.option("--source", help="Only this source.")
@click.option("--method", help="Only suggestions of this method.")
@click.option("--texts", type=click.Path(path_type=Path), help="Folder with the texts.")
@click.option("--blind", is_flag=True, help="Ask for a coding before each is shown.")
@click.option("--decide", "one", help="Decide one suggestion without questions.")
@click.option("--accept", "act", flag_value="accept", help="With --decide.")
@click.option("--reject", "act", flag_value="reject", help="With --decide.")
@click.option("--set", "sets", multiple=True, help="With --decide: FIELD=VALUE.")
@click.option("--why", default="", help="With --decide.")
@click.option("--rates", "show_rates", is_flag=True, help="How each method fared.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    case: Path,
    coder: str | None,
    source: str | None,
    method: str | None,
    texts: Path | None,
    blind: bool,
    one: str | None,
    act: str | None,
    sets: tuple[str, ...],
    why: str,
    show_rates: bool,
    as_json: bool,
) -> int:
    """Accept, edit or reject suggestions, in the order of the text, one at a time.

    Voice, stance, polarity, layer and modality are never filled in: words of the
    sentence that bear on them are shown, the coder decides. Nothing is accepted in
    bulk. Every decision is written at once, with its line in log/decisions.jsonl.

    Raises
    ------
    UsageError
        If no coder is named, a suggestion is unknown, or a decision is not whole.
    CaseFileError
        If the case has problems.
    """
    if show_rates:
        return _rates(case, as_json)
    if not coder:
        raise UsageError("say whose claims they become: --coder NAME")
    read = inspect_case(case, texts)
    _refuse(read.problems)
    problems = Problems()
    waiting = read_suggestions(case, problems, read.texts)
    problems.raise_if_any()
    done = decided(case, coder)
    chosen = [
        item
        for item in waiting
        if item.id not in done
        and source in {None, item.source}
        and method in {None, item.method}
    ]
    desk = _Desk(case, read.case, read.texts, coder)
    if one is not None:
        return desk.decide_one(waiting, one, act, sets, why)
    if as_json:
        emit_json("review", {"waiting": [item.to_record() for item in chosen]})
        return 0
    click.echo(f"{len(chosen)} suggestions wait, {len(done)} are decided", err=True)
    for at, item in enumerate(chosen, start=1):
        if not desk.walk(item, at, len(chosen), blind=blind):
            break
    return 0


def _refuse(problems: Problems) -> None:
    """Refuse a broken case; one that has no claims yet is not broken.

    Raises
    ------
    CaseFileError
        With its problems.
    """
    Problems([one for one in problems if not _is_new(one)]).raise_if_any()


def _is_new(problem: Problem) -> bool:
    """Whether a problem is that nothing is coded yet."""
    return problem.found.startswith(NOTHING_CODED)


def _rates(case: Path, as_json: bool) -> int:
    """Print how the suggestions of each method fared."""
    found = rates(case)
    if as_json:
        emit_json(
            "review-rates", {"rates": [{**asdict(r), "share": r.share} for r in found]}
        )
        return 0
    emit_table(
        ("method", "tier", "accepted", "edited", "rejected", "taken"),
        [
            (
                rate.method,
                rate.tier,
                str(rate.accepted),
                str(rate.edited),
                str(rate.rejected),
                f"{rate.share:.0%}",
            )
            for rate in found
        ],
    )
    return 0


class _Desk:
    """A coder at work on a case."""

    def __init__(
        self, root: Path, case: Case, texts: dict[str, str], coder: str
    ) -> None:
        """Sit down."""
        self.root, self.case, self.texts, self.coder = root, case, texts, coder

    def decide_one(
        self,
        waiting: tuple[Suggestion, ...],
        name: str,
        act: str | None,
        sets: tuple[str, ...],
        why: str,
    ) -> int:
        """Decide one suggestion as the line says.

        Raises
        ------
        UsageError
            If it is unknown, or the decision is not whole.
        """
        item = next((one for one in waiting if one.id == name), None)
        if item is None:
            raise UsageError(f'no suggestion "{name}" waits in this case')
        if act is None:
            raise UsageError("say --accept or --reject")
        if act == Act.REJECT:
            if not why:
                raise UsageError("a rejection needs a reason: --why")
            record_decision(self.root, item, Act.REJECT, self.coder, why, None)
            click.echo(f"rejected {name}")
            return 0
        fields = dict(_pair(text) for text in sets)
        self._accept(item, fields, why)
        return 0

    def _accept(self, item: Suggestion, fields: dict[str, str], why: str) -> None:
        """Make the claim and write it.

        Raises
        ------
        UsageError
            If it is not whole.
        """
        text = self._text(item)
        keep = (self.root / "sources" / item.source / "text.txt").exists()
        claim = claim_of(self.case, item, self.coder, fields, text, keep=keep)
        proposed = {**item.to_record(), "sign": item.sign.value}
        edited = any(
            fields.get(name, proposed[name]) != proposed[name] for name in EDITABLE[:4]
        )
        act = Act.EDIT if edited else Act.ACCEPT
        record_decision(self.root, item, act, self.coder, why, claim)
        click.echo(f"{act.value}ed {item.id} as {claim.id}")

    def _text(self, item: Suggestion) -> str:
        """Text of a suggestion's source.

        Raises
        ------
        UsageError
            If it is not at hand.
        """
        if item.source not in self.texts:
            raise UsageError(f"the text of {item.source} is not at hand: --texts DIR")
        return self.texts[item.source]

    def walk(self, item: Suggestion, at: int, of: int, *, blind: bool) -> bool:
        """Show one suggestion and ask; False to stop."""
        text = self._text(item)
        if blind:
            click.echo(f"\n[{at}/{of}] {item.source}: {self._around(item, text)}")
            mine = click.prompt(
                "your coding (subject predicate object sign)", default=""
            )
            click.echo(f"noted: {mine or 'nothing'}")
        self._show(item, text, at, of)
        while True:
            key = click.prompt(
                "accept, edit, reject, skip, quit", type=click.Choice(list(KEYS))
            )
            if key in {"s", "q"}:
                return bool(key == "s")
            try:
                self._do(KEYS[key], item)
            except UsageError as error:
                click.echo(str(error), err=True)
                continue
            return True

    def _do(self, act: Act | None, item: Suggestion) -> None:
        """Ask what is open and write the decision."""
        if act is Act.REJECT:
            why = click.prompt("why")
            record_decision(self.root, item, Act.REJECT, self.coder, why, None)
            return
        fields: dict[str, str] = {}
        if act is Act.EDIT:
            for name in EDITABLE[:4]:
                now = item.sign.value if name == "sign" else getattr(item, name)
                fields[name] = click.prompt(name, default=now)
        for name in OPEN_FIELDS:
            words = CHOICES.get(name)
            kind = click.Choice(words) if words else None
            fields[name] = click.prompt(name, type=kind)
        self._accept(item, fields, "")

    def _around(self, item: Suggestion, text: str) -> str:
        """Sentence before, the sentence, and the one after."""
        language = self.case.source(item.source).language or "en"
        span = sentence_around(text, item.start, item.end, language)
        wide = sentence_around(
            text, max(0, span.start - 2), min(len(text), span.end + 2), language
        )
        return " ".join(whole_sentence(text, Span(wide.start, wide.end)).split())

    def _show(self, item: Suggestion, text: str, at: int, of: int) -> None:
        """Print a suggestion with its sentence, quote, cues and warnings."""
        click.echo(f"\n[{at}/{of}] {item.source} {item.start}-{item.end}  {item.id}")
        click.echo(f"  {self._around(item, text)}")
        click.echo(f"  quote: {' '.join(item.quote.split())}")
        click.echo(
            f"  proposed by {item.method} ({item.tier.value}): {item.subject} "
            f"{item.predicate or '(no predicate)'} {item.object} ({item.sign.value})"
        )
        click.echo(f"  because: {item.reason}")
        if item.cues:
            told = ", ".join(f"{cue.word} ({cue.kind.value})" for cue in item.cues)
            click.echo(f"  look at: {told}")
        for warning in item.warnings:
            click.echo(f"  ! {warning}")


def _pair(text: str) -> tuple[str, str]:
    """Field and value.

    Raises
    ------
    UsageError
        If it is no such pair.
    """
    name, mark, value = text.partition("=")
    if not mark or name.strip() not in EDITABLE:
        raise UsageError(f'--set FIELD=VALUE with {", ".join(EDITABLE)}, got "{text}"')
    return name.strip(), value.strip()
