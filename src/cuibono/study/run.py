"""Run a case: every reading, its answers, what carries them, and what varies."""

import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version

from cuibono import __version__
from cuibono.claims.names import alias_table
from cuibono.claims.records import Case, Claim, Conclusion, Reading
from cuibono.claims.words import Layer, Modality
from cuibono.coding.agree import Agreement, agreement, coders_of
from cuibono.errors import UsageError
from cuibono.events.plan import RecordPlan
from cuibono.model.build import SignedModel, build_model
from cuibono.questions.answer import Answer
from cuibono.questions.catalogue import question_kind
from cuibono.questions.follows import follows
from cuibono.questions.joint import jointly
from cuibono.questions.lens import Lens
from cuibono.questions.tension import tensions
from cuibono.response.priors import PRIORS
from cuibono.response.store import CellStore
from cuibono.study.deep import MAIN_SIZE, deepened
from cuibono.study.denials import denials
from cuibono.study.describe import compare_sources, counts, predictions
from cuibono.study.diagnose import diagnose
from cuibono.study.layers import disagreements, layered
from cuibono.study.merge import merged_conclusion
from cuibono.study.parts import PARTS
from cuibono.study.recorded import Recorded, recorded
from cuibono.study.records import ReadingStudy, Study, Variant
from cuibono.support.withdraw import Support, support_of

DRAWS = 160
"""Models drawn for each prior: a share is then known to within 0.04."""

SEED = 2014
LIBRARIES = ("numpy", "numba", "highspy")

Progress = Callable[[str, int, int], None]


def silent(what: str, at: int, of: int) -> None:
    """Progress that nobody watches."""


@dataclass(slots=True)
class _Clock:
    """Seconds by part of the run."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Add what happens inside to a part."""
        start = time.perf_counter()
        yield
        spent = time.perf_counter() - start
        self.seconds[name] = self.seconds.get(name, 0.0) + spent


def run_study(
    case: Case,
    *,
    seed: int = SEED,
    draws: int = DRAWS,
    reading: str | None = None,
    texts: dict[str, str] | None = None,
    record: RecordPlan | None = None,
    deep: bool = False,
    max_size: int = MAIN_SIZE,
    progress: Progress = silent,
) -> Study:
    """Everything that a report says about a case.

    Parameters
    ----------
    case : Case
        A valid case.
    seed : int
        Decides every draw.
    draws : int
        Models for each prior.
    reading : str, optional
        Only this reading, which is then the main one; by default all, the first
        being the main one.
    texts : dict of source id to text, optional
        For quotes.
    record : RecordPlan, optional
        Counts of events to hold the claims against.
    deep : bool
        Also what takes longer: sets of claims, lasting in time, telling observations,
        mixtures.
    max_size : int
        Size to which sets of claims are tried, where `deep`.
    progress : callable, optional
        Told what is done, and how far it is.

    Raises
    ------
    UsageError
        If the case has no such reading.
    """
    clock = _Clock()
    chosen = _chosen(case, reading)
    main = chosen[0]
    studies = []
    lenses: dict[str, Lens] = {}
    store = CellStore()
    steps = len(chosen) + 2 + deep
    for at, item in enumerate(chosen):
        progress(f"reading {item.id}", at, steps)
        with clock.part(f"reading {item.id}"):
            model = build_model(case, item)
            lens = Lens(model, seed=seed, draws=draws, store=store)
            lenses[item.id] = lens
            # Chance is drawn for the main reading alone: each draw is solved anew.
            nulls = seed if item is main else None
            studies.append(_read(case, model, lens, nulls))
    progress("what carries the conclusions", len(chosen), steps)
    with clock.part("support"):
        support = _support(case, lenses[main.id], studies[0])
    progress("without kinds of claims", len(chosen) + 1, steps)
    with clock.part("variants"):
        variants = _variants(case, main, seed=seed, draws=draws, store=store)
    lens = lenses[main.id]
    with clock.part("together"):
        joint = jointly(lens, case.conclusions)
    held: tuple[Recorded, ...] = ()
    if record is not None:
        with clock.part("record"):
            held = recorded(case, record, seed=seed)
    longer = None
    if deep:
        progress("what takes longer", len(chosen) + 2, steps)
        with clock.part("deep"):
            longer = deepened(
                case,
                [(lenses[one.reading.id], one.conclusions) for one in studies],
                seed=seed,
                draws=draws,
                max_size=max_size,
                progress=progress,
            )
    progress("done", steps, steps)
    return Study(
        case=case,
        seed=seed,
        draws=draws,
        versions=versions(),
        main=main.id,
        readings=tuple(studies),
        support=support,
        variants=variants,
        counts=counts(case),
        predictions=predictions(case),
        sources=compare_sources(case),
        agreement=_agreement(case),
        joint=joint,
        tensions=tensions(lens.model.claims, case.codebook),
        deep=longer,
        record=held,
        principles=record.principles if record is not None else (),
        principle_claims=record.principle_claims if record is not None else (),
        open_questions=tuple((item.title, item.reason) for item in case.open_questions),
        texts=dict(texts or {}),
        timing=tuple((name, round(s, 3)) for name, s in clock.seconds.items()),
    )


def versions() -> tuple[tuple[str, str], ...]:
    """Versions of cuibono, Python and the libraries that compute."""
    return (
        ("cuibono", __version__),
        ("python", platform.python_version()),
        *((name, version(name)) for name in LIBRARIES),
    )


def _chosen(case: Case, name: str | None) -> list[Reading]:
    """Readings to run, the main one first.

    Raises
    ------
    UsageError
        If the case has no such reading.
    """
    if name is None:
        return list(case.readings)
    found = [item for item in case.readings if item.id == name]
    if not found:
        known = ", ".join(item.id for item in case.readings)
        raise UsageError(f'no reading "{name}"; this case has: {known}')
    return found


def _read(
    case: Case, model: SignedModel, lens: Lens, null_seed: int | None
) -> ReadingStudy:
    """All that is found under one reading; against chance if given a seed."""
    declared = layered("declared", model.declared, case.pairs, seed=null_seed)
    effective = layered("effective", model.effective, case.pairs, seed=null_seed)
    return ReadingStudy(
        reading=model.reading,
        model=model,
        diagnosis=diagnose(lens),
        declared=declared,
        effective=effective,
        disagreements=disagreements(declared, effective),
        denials=denials(model, lens),
        answers=ask_all(case, lens),
        conclusions=tuple(
            follows(lens, item) for item in case.conclusions if _asked_of(item, model)
        ),
        few_links=model.few_links,
    )


def _asked_of(conclusion: Conclusion, model: SignedModel) -> bool:
    """Whether a conclusion is asked of this reading."""
    return not conclusion.readings or model.reading.id in conclusion.readings


def ask_all(case: Case, lens: Lens) -> tuple[Answer, ...]:
    """Answers to every question that a case asks."""
    names = alias_table(case.nodes)
    return tuple(
        question_kind(item.ask).ask(
            lens, item.id, item.title or item.id, dict(item.inputs), names
        )
        for item in case.questions
        if item.ask not in PARTS
    )


def _support(case: Case, lens: Lens, study: ReadingStudy) -> tuple[Support, ...]:
    """What carries each conclusion under the main reading."""
    by_id = {answer.id: answer for answer in study.conclusions}
    found = (
        support_of(lens, item, by_id[item.id])
        for item in case.conclusions
        if item.id in by_id
    )
    return tuple(item for item in found if item is not None)


def _variants(
    case: Case, main: Reading, *, seed: int, draws: int, store: CellStore
) -> tuple[Variant, ...]:
    """The main reading without kinds of claims, and what its conclusions become."""
    kinds: list[tuple[str, str, Callable[[Claim], bool]]] = [
        (
            "no-covert",
            "without every claim of the covert layer",
            lambda claim: claim.layer is Layer.COVERT,
        ),
        (
            "no-author-only",
            "without every claim that rests on the author alone",
            lambda claim: len(claim.voice) == 1,
        ),
        (
            "no-predicted",
            "without every predicted, conditional or recommended claim",
            lambda claim: (
                claim.modality
                in {Modality.PREDICTED, Modality.CONDITIONAL, Modality.RECOMMENDED}
            ),
        ),
        (
            "no-wider",
            "without every claim about more than its node",
            lambda claim: "wider" in claim.tags,
        ),
    ]
    taken = {claim.id for claim in build_model(case, main).claims}
    found = []
    for name, title, dropped in kinds:
        gone = {claim.id for claim in case.claims if dropped(claim)}
        model = build_model(case, main, gone=gone)
        lens = Lens(model, seed=seed, draws=draws, priors=PRIORS[:1], store=store)
        found.append(
            Variant(
                id=name,
                title=title,
                reading=main.id,
                dropped=len(gone & taken),
                links=model.digraph.m,
                conclusions=tuple(
                    follows(lens, item)
                    for item in case.conclusions
                    if _asked_of(item, model)
                ),
            )
        )
    merged = _merged(case, main, seed=seed, draws=draws, store=store)
    return (*found, merged) if merged else tuple(found)


def _merged(
    case: Case, main: Reading, *, seed: int, draws: int, store: CellStore
) -> Variant | None:
    """The main reading with every part folded into its whole, if there are parts."""
    whole = {node.id: node.part_of for node in case.nodes if node.part_of}
    if not whole:
        return None

    def top(name: str) -> str:
        while name in whole:
            name = whole[name]
        return name

    model = build_model(case, main, merge={name: top(name) for name in whole})
    lens = Lens(model, seed=seed, draws=draws, priors=PRIORS[:1], store=store)
    return Variant(
        id="merged",
        title="with every part merged into its whole",
        reading=main.id,
        dropped=0,
        links=model.digraph.m,
        conclusions=tuple(
            follows(lens, merged_conclusion(item, top))
            for item in case.conclusions
            if _asked_of(item, model)
        ),
    )


def _agreement(case: Case) -> Agreement | None:
    """Agreement of the two coders, where there are just two."""
    coders = coders_of(case)
    return agreement(case, coders[0], coders[1]) if len(coders) == 2 else None
