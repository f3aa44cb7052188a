"""How good suggestions are: precision and recall against coded claims, per tier."""

from collections.abc import Iterable
from dataclasses import dataclass

from cuibono.claims.records import Case, Claim
from cuibono.claims.select import claim_edges
from cuibono.claims.words import Sign
from cuibono.coding.sentences import Span, sentence_around, sentences
from cuibono.coding.suggest.items import Kind
from cuibono.coding.suggest.mentions import resolved
from cuibono.coding.suggest.names import case_names
from cuibono.coding.suggest.records import Suggestion, Tier
from cuibono.coding.suggest.suggester import suggest_for
from cuibono.coding.suggest.tagging import tagged, without_asides
from cuibono.coding.suggest.tokens import tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a way of suggesting gets right.

    Attributes
    ----------
    name : str
        A tier, all tiers, or the baseline.
    suggested, matched, sign_right : int
        Suggestions; those whose pair is coded for their sentence; those of them whose
        sign is right too.
    claims, found : int
        Claims with a place in the text; those whose pair is suggested.
    signed, signed_found : int
        The same of the claims that say + or - of two nodes: labels and parts left out.
    """

    name: str
    suggested: int
    matched: int
    sign_right: int
    claims: int
    found: int
    signed: int
    signed_found: int

    @property
    def precision(self) -> float:
        """Share of the suggestions whose pair is coded."""
        return self.matched / self.suggested if self.suggested else 0.0

    @property
    def recall(self) -> float:
        """Share of all claims whose pair is suggested."""
        return self.found / self.claims if self.claims else 0.0

    @property
    def signed_recall(self) -> float:
        """Share of the claims that say + or - of two nodes whose pair is suggested."""
        return self.signed_found / self.signed if self.signed else 0.0

    @property
    def sign(self) -> float:
        """Share of the matched suggestions whose sign is right."""
        return self.sign_right / self.matched if self.matched else 0.0


@dataclass(frozen=True, slots=True)
class _Guess:
    """A suggestion, or a pair of the baseline, with its sentence."""

    source: str
    at: Span
    subject: str
    object: str
    sign: Sign


def evaluate(case: Case, texts: dict[str, str]) -> tuple[Score, ...]:
    """Scores per tier, of all tiers, and of mere co-occurrence, in one run.

    A suggestion is right when its subject and object, in that order, are those of a
    claim whose place overlaps its sentence, or the ends of that claim's arrow. The
    baseline suggests a plus between any two nodes named in one sentence, in the order
    of the text.

    Parameters
    ----------
    case : Case
        With the claims to compare with.
    texts : dict of str to str
        Texts by source id; sources without one are left out.
    """
    made = suggest_for(case, texts)
    claims = [c for c in case.claims if c.anchor is not None and c.source in texts]
    all_made = [one for found in made.values() for one in found]
    by_tier = {
        tier.value: [one for one in all_made if one.tier is tier] for tier in Tier
    }
    scores = [
        _score(name, _guesses(found, texts), claims, case, texts)
        for name, found in {**by_tier, "all tiers": all_made}.items()
    ]
    base = _score("co-occurrence", _together(case, texts), claims, case, texts)
    return (*scores, base)


def _guesses(found: Iterable[Suggestion], texts: dict[str, str]) -> list[_Guess]:
    """Suggestions with the sentences that they stand in."""
    return [
        _Guess(
            one.source,
            sentence_around(texts[one.source], one.start, one.end),
            one.subject,
            one.object,
            one.sign,
        )
        for one in found
    ]


def _together(case: Case, texts: dict[str, str]) -> list[_Guess]:
    """Every two nodes named in a sentence, each pair once, in the order of the text."""
    names = case_names(case.nodes)
    made: dict[tuple[str, int, str, str], _Guess] = {}
    for source, text in texts.items():
        for span in sentences(text):
            row = tagged(tokens(text, span.start, span.end), names)
            items, _ = resolved(without_asides(row), names)
            named = [
                item.node for item in items if item.kind is Kind.NODE and not item.vague
            ]
            for at, first in enumerate(named):
                for second in named[at + 1 :]:
                    key = (source, span.start, first, second)
                    if first != second:
                        made[key] = _Guess(source, span, first, second, Sign.PLUS)
    return list(made.values())


def _score(
    name: str,
    guesses: list[_Guess],
    claims: list[Claim],
    case: Case,
    texts: dict[str, str],
) -> Score:
    """Score of some guesses against the claims."""
    places = {claim.id: _place(claim, texts) for claim in claims}
    signs = {claim.id: signs_of(claim, case) for claim in claims}
    matched = right = 0
    found: set[str] = set()
    for guess in guesses:
        pair = (guess.subject, guess.object)
        hits = [
            claim
            for claim in claims
            if claim.source == guess.source
            and pair in signs[claim.id]
            and places[claim.id].start < guess.at.end
            and guess.at.start < places[claim.id].end
        ]
        matched += bool(hits)
        right += any(guess.sign in signs[claim.id][pair] for claim in hits)
        found |= {claim.id for claim in hits}
    signed = {
        claim.id
        for claim in claims
        if claim.sign in {Sign.PLUS, Sign.MINUS} and claim.subject != claim.object
    }
    return Score(
        name=name,
        suggested=len(guesses),
        matched=matched,
        sign_right=right,
        claims=len(claims),
        found=len(found),
        signed=len(signed),
        signed_found=len(found & signed),
    )


def _place(claim: Claim, texts: dict[str, str]) -> Span:
    """Where a claim's quote stands."""
    anchor = claim.anchor
    if anchor is None:
        return Span(len(texts[claim.source]), len(texts[claim.source]))
    return Span(anchor.start, anchor.end)


def signs_of(claim: Claim, case: Case) -> dict[tuple[str, str], set[Sign]]:
    """Ordered pairs that a claim is about, each with its sign."""
    pairs: dict[tuple[str, str], set[Sign]] = {
        (claim.subject, claim.object): {claim.sign}
    }
    for tail, head, sign in claim_edges(claim, case.codebook):
        pairs.setdefault((tail, head), set()).add(sign)
    return pairs
