"""The verifier: typography is forgiven, nothing else is."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.claims.quotes import fold
from cuibono.coding.cues import Cue, cues, cut_before
from cuibono.coding.folding import folded
from cuibono.coding.sentences import sentence_around, sentences
from cuibono.coding.verify import Refused, verified
from cuibono.formats.case import inspect_case
from tests.reference import ROOT, TEXTS, needs_texts

TEXT = (
    "Some say that Arda doesn’t fund the  “Sons of Brun”\n— a “charity”, it claims. "
    "Arda is unable to help Cor. Cor helps Arda; Cor helps Arda, again. "
    "ﬁnancing 👩‍🚒 in Brun: ایران با داعش می‌جنگد. 敌人的敌人是朋友。"
)
marks = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
texts = st.text(
    st.one_of(marks, st.sampled_from(" \n\t\u00a0ﬁ“”’—-é\u0301가\u1161\uff9e\u200b😀")),
    max_size=40,
)


@given(texts)
def test_the_folded_text_is_the_fold_of_the_text(text: str) -> None:
    assert folded(text).text == fold(text)


@given(texts, st.data())
def test_what_is_accepted_folds_to_the_quote(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end]
    found = verified(text, quote)
    if found.place is not None:
        there = text[found.place.start : found.place.end]
        assert fold(there) == fold(quote)
    else:
        assert found.refused is not None


@pytest.mark.parametrize(
    ("quote", "exact"),
    [
        (
            'fund the "Sons of Brun" - a "charity"',
            "fund the  “Sons of Brun”\n— a “charity”",
        ),
        ("financing", "ﬁnancing"),
        ("ایران با داعش", "ایران با داعش"),
        ("می‌جنگد", "می‌جنگد"),
        ("敌人是朋友", "敌人是朋友"),
        ("in Brun", "in Brun"),
    ],
)
def test_typography_is_forgiven_and_mapped_back(quote: str, exact: str) -> None:
    found = verified(TEXT, quote)
    assert found.place is not None
    assert TEXT[found.place.start : found.place.end] == exact


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        ("", Refused.EMPTY),
        (" \u200b ", Refused.EMPTY),
        ("Arda does fund the Sons of Brun", Refused.NOT_THERE),
        ("Arda … Brun", Refused.NOT_THERE),
        ("able to help Cor", Refused.INSIDE_WORD),
        ("arda is unable", Refused.NOT_THERE),
        ("Cor helps Arda", Refused.SEVERAL),
        ("Αrda is unable", Refused.NOT_THERE),
        ("Arda \u202eis unable", Refused.NOT_THERE),
    ],
)
def test_anything_else_is_refused(quote: str, why: Refused) -> None:
    assert verified(TEXT, quote).refused is why


def test_context_tells_places_apart() -> None:
    found = verified(TEXT, "Cor helps Arda", suffix=", again")
    assert found.place is not None
    assert TEXT[found.place.end :].startswith(", again")
    assert verified(TEXT, "Cor helps Arda", prefix="never").refused is Refused.NOT_THERE


def test_a_quote_cut_before_its_cue_is_flagged() -> None:
    found = verified(TEXT, 'fund the "Sons of Brun"')
    assert found.place is not None
    left_out = cut_before(TEXT, found.place.start, found.place.end)
    assert {(cue.word, cue.kind) for cue in left_out} >= {
        ("Some", Cue.ATTRIBUTION),
        ("doesn’t", Cue.NEGATION),
        ("claims", Cue.ATTRIBUTION),
    }


def test_cues_inside_the_quote_are_not_left_out() -> None:
    text = "Arda does not help Brun."
    assert cut_before(text, 0, len(text)) == ()
    assert [cue.word for cue in cues(text, 0, len(text))] == ["not"]


def test_no_cue_is_claimed_of_a_language_that_is_not_known() -> None:
    assert cues("Arda hilft Brun nicht.", 0, 10, "de") == ()


@given(texts)
def test_sentences_are_in_order_and_never_overlap(text: str) -> None:
    spans = sentences(text)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(text[span.start : span.end].strip() for span in spans)


def test_the_sentences_around_a_stretch_hold_it() -> None:
    text = "One. Two words here. Three."
    around = sentence_around(text, 9, 22)
    assert text[around.start : around.end] == "Two words here. Three."


def _mutations(quote: str, rng: random.Random) -> list[str]:
    """Quotes that say something else: each differs from the text in its words."""
    words = quote.split()
    at = rng.randrange(len(words))
    other = rng.randrange(len(words))
    dropped = words[:at] + words[at + 1 :]
    swapped = words.copy()
    swapped[at], swapped[other] = swapped[other], swapped[at]
    latin = {"a": "а", "e": "е", "o": "о", "i": "і", "c": "с", "A": "А"}
    homoglyph = quote
    for plain, alike in latin.items():
        if plain in quote:
            homoglyph = quote.replace(plain, alike, 1)
            break
    inside = len(quote) // 2
    made = [
        " ".join([*words[:at], "zarb", *words[at + 1 :]]),
        " ".join([*words[:at], "not", *words[at:]]),
        f"{quote[:inside]}\u202e{quote[inside:]}",
        homoglyph,
    ]
    if len(words) > 3:
        made += [
            " ".join(swapped),
            " ".join([*words[:1], "…", *words[-1:]]),
            " ".join([*words[:1], "...", *words[-1:]]),
        ]
        if 0 < at < len(words) - 1:
            made.append(" ".join(dropped))
    return [one for one in made if fold(one) != fold(quote)]


@needs_texts
def test_every_quote_of_the_flagship_is_found_and_no_mutation_of_one_is() -> None:
    """Straight quotes and single spaces are retyped; more than 10,000 mutations."""
    read = inspect_case(ROOT / "cases/enemy-of-my-enemy", Path(TEXTS))
    rng = random.Random(2014)
    whole = {name: fold(text) for name, text in read.texts.items()}
    found = tried = accepted = 0
    for claim in read.case.claims:
        text = read.texts[claim.source]
        assert claim.anchor is not None
        start, end = claim.anchor.start, claim.anchor.end
        quote = fold(text[start:end])
        seen = verified(
            text,
            quote,
            prefix=text[max(0, start - 40) : start],
            suffix=text[end : end + 40],
        )
        found += seen.place is not None and (seen.place.start, seen.place.end) == (
            start,
            end,
        )
        for _ in range(5):
            for mutation in _mutations(quote, rng):
                if fold(mutation) in whole[claim.source]:
                    continue  # a swap of two equal words, or words said elsewhere
                tried += 1
                accepted += verified(text, mutation).place is not None
    assert found == len(read.case.claims)
    assert tried >= 10_000
    assert accepted == 0
