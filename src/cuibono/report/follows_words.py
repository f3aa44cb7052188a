"""What `cuibono follows` and `cuibono compare` say: JSON objects, and lines for people."""

from typing import Any

from cuibono.claims.records import Case, Conclusion, voice_text
from cuibono.questions.answer import Answer
from cuibono.questions.joint import Joint
from cuibono.report.lines import wrapped
from cuibono.report.words import label, premises_of, verdict_phrase
from cuibono.study.compare import Compared
from cuibono.study.document import plain
from cuibono.study.followed import Followed

_MOST_CARRIERS = 5


def follows_document(case: Case, told: Followed) -> dict[str, object]:
    """JSON object of every conclusion under one reading.

    `carriers` are the single claims whose withdrawal takes the answer away in most
    models, the heaviest first, with the smallest set that parts push and outcome.
    """
    return {
        "case": case.id,
        "reading": told.reading.id,
        "granted": f"from {premises_of(told.reading)}, which is not judged",
        "changes": {
            "without": list(told.changes.without),
            "deny": list(told.changes.deny),
            "grant": [plain(link) for link in told.changes.grant],
            "merge": [list(pair) for pair in told.changes.merge],
            "split": [[old, new, list(ids)] for old, new, ids in told.changes.split],
        },
        "conclusions": [
            _conclusion(case, told, item, answer)
            for item, answer in zip(case.conclusions, told.answers, strict=True)
        ],
        "moved": [
            {"id": two.id, "before": str(one.verdict), "after": str(two.verdict)}
            for one, two in told.moved
        ],
        "joint": [plain(one) for one in told.joint],
        "seed": told.seed,
        "draws": told.draws,
        "digests": dict(case.digests),
    }


def _conclusion(
    case: Case, told: Followed, item: Conclusion, answer: Answer
) -> dict[str, Any]:
    """JSON object of one conclusion."""
    support = told.support.get(item.id)
    voices = {
        voice_text(claim.voice) for claim in case.claims if claim.id in item.claims
    }
    carriers: list[dict[str, Any]] = []
    if support is not None:
        carriers = [
            {
                "claims": list(one.claims),
                "keeps": one.keeps,
                "flips": one.flips,
                "no_equilibrium": one.lost,
                "disconnects": one.disconnects,
            }
            for one in support.single
            if one.disconnects or one.keeps < 0.5
        ]
        if support.cut:
            carriers.insert(0, {"claims": list(support.cut), "cut": True})
    return {
        "id": item.id,
        "title": item.title,
        "claims": list(item.claims),
        "voice": sorted(voices),
        "verdict": str(answer.verdict),
        "reason": answer.reason,
        "horizon": item.horizon,
        "missing": list(answer.missing) if answer.missing else None,
        "shares": [plain(share) for share in answer.shares],
        "expected": [
            {"node": part.node, "expected": part.expected}
            for part in answer.expectations
        ],
        "alternatives": [
            {
                "id": other.id,
                "title": other.title,
                "verdict": str(other.verdict),
                "shares": [plain(share) for share in other.shares],
            }
            for other in answer.comparisons
        ],
        "rests_on": list(answer.claims),
        "carriers": carriers,
    }


def follows_lines(case: Case, told: Followed) -> list[str]:
    """Every conclusion with its verdict and what carries it, line by line."""
    lines = [f"From {premises_of(told.reading)}, which is not judged:", ""]
    for item, answer in zip(case.conclusions, told.answers, strict=True):
        lines += wrapped(f'"{item.title}": {verdict_phrase(answer, case)}.', "* ")
        lines += _carried(told, item)
    lines += ["", *_joint_lines(case, told.joint)]
    if told.changes.any:
        lines += ["", "What your changes turn:"]
        lines += [
            f'  "{two.title}": {one.verdict}, now {two.verdict}'
            for one, two in told.moved
        ] or ["  no verdict"]
    return lines


def _carried(told: Followed, item: Conclusion) -> list[str]:
    """What carries a conclusion, in a line or two."""
    support = told.support.get(item.id)
    if support is None:
        return []
    lines = []
    if support.cut:
        lines += wrapped(
            f"no stated path is left without {', '.join(support.cut)}", "    "
        )
    heavy = [one for one in support.single if one.keeps < 0.5][:_MOST_CARRIERS]
    for one in heavy:
        lines += wrapped(
            f"without {one.name}: keeps {one.keeps:.2f}, flips {one.flips:.2f}, no "
            f"equilibrium {one.lost:.2f} of the models that gave it",
            "    ",
        )
    return lines


def _joint_lines(case: Case, joint: tuple[Joint, ...]) -> list[str]:
    """How the conclusions hold together."""
    titles = {item.id: item.title for item in case.conclusions}
    if not joint:
        return []
    first = joint[0]
    low, high = min(one.all for one in joint), max(one.all for one in joint)
    lines = wrapped(
        f"Together, in the same models: {len(first.asked)} conclusions can be asked "
        f"jointly; all of them hold in {low:.3f} to {high:.3f} of the models by prior; "
        f"at most {max(one.most for one in joint)} hold in one model; "
        f"{len(first.left_out)} cannot be asked with them."
    )
    everywhere = set.intersection(
        *({(p.one, p.other) for p in one.pairs if p.excluded} for one in joint)
    )
    for one, other in sorted(everywhere):
        lines += wrapped(
            f'no model of any prior holds both "{titles[one]}" and "{titles[other]}"',
            "  ",
        )
    return lines


def compare_document(case: Case, found: Compared) -> dict[str, object]:
    """JSON object of two readings side by side."""
    return {
        "case": case.id,
        "readings": [found.one.id, found.other.id],
        "claims": {
            "only_first": list(found.only_one),
            "both": list(found.both),
            "only_second": list(found.only_other),
        },
        "links": {
            "only_first": found.links[0],
            "both": found.links[1],
            "only_second": found.links[2],
        },
        "opposed": [list(pair) for pair in found.opposed],
        "conclusions": [
            {
                "id": one.id,
                "title": one.title,
                "verdicts": [str(one.verdict), str(other.verdict)],
                "reasons": [one.reason, other.reason],
            }
            for one, other in found.answers
        ],
        "joint": [[plain(item) for item in part] for part in found.joint],
        "sweeps": [
            {**plain(sweep), "turns": [list(turn) for turn in sweep.turns]}
            for sweep in found.sweeps
        ],
    }


def compare_lines(case: Case, found: Compared) -> list[str]:
    """Two readings side by side, line by line."""
    one, other = found.one, found.other
    lines = [
        *wrapped(f"First: {premises_of(one)}. Second: {premises_of(other)}."),
        *wrapped(
            f"Claims: {len(found.only_one)} in the first alone, {len(found.both)} in "
            f"both, {len(found.only_other)} in the second alone. Links: "
            f"{found.links[0]}, {found.links[1]}, {found.links[2]}."
        ),
    ]
    for tail, head in found.opposed:
        lines += wrapped(
            f"they sign the link from {label(case, tail)} to {label(case, head)} in "
            "opposite ways",
            "  ",
        )
    lines += ["", "Neither is judged. Verdict under the first; under the second:"]
    for mine, theirs in found.answers:
        same = " (the same)" if mine.verdict == theirs.verdict else ""
        lines += wrapped(
            f'"{mine.title}": {mine.verdict}; {theirs.verdict}{same}', "* "
        )
    if found.sweeps:
        lines += [
            "",
            f"Mixtures of {found.sweeps[0].ties} disputed ties, from the first",
        ]
        lines[-1] += f" reading (0) to the second (1), prior {found.sweeps[0].prior}:"
    for sweep in found.sweeps:
        told = ", ".join(
            f"{chance:g}: {'too few' if share is None else f'{share:.2f} of the models'}"
            for chance, share in zip(sweep.chances[::5], sweep.shares[::5], strict=True)
        )
        lines += wrapped(f"{sweep.conclusion}: {told}", "  ")
    return lines
