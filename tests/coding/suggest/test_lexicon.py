"""The lexicon: its lines, its forms, and that it is nobody's in particular."""

from cuibono.claims.words import Sign
from cuibono.coding.suggest.lexicon import (
    forms_by_first_word,
    lexicon,
    verb_forms,
)
from cuibono.formats.codebook_toml import PLAIN_CODEBOOK
from tests.reference import ROOT

KINDS = {"verb", "noun", "part", "helper", "say"}
DOES = {"", "pass", "deny", "refuse", "lift", "person", "backward", "request"}


def test_every_line_is_of_a_known_kind_and_predicate() -> None:
    """Predicates are the codebook's, and carry its sign."""
    signs = {word.id: word.sign for word in PLAIN_CODEBOOK.predicates}
    signs |= {
        "controls": Sign.PLUS,
        "cooperates": Sign.PLUS,
        "is-part-of": Sign.NEITHER,
    }
    for entry in lexicon():
        assert entry.kind in KINDS and entry.does in DOES, entry
        assert entry.words and all(entry.words), entry
        if entry.kind in {"verb", "noun", "part"}:
            assert entry.predicate, entry
            assert entry.sign is signs.get(entry.predicate, entry.sign), entry
        if entry.predicate:
            assert entry.sign is not Sign.NOT_STATED, entry


def test_no_line_stands_twice() -> None:
    """One line per words, kind, preposition and role."""
    keys = [
        (entry.words, entry.kind, entry.prepositions, entry.does) for entry in lexicon()
    ]
    twice = {key for key in keys if keys.count(key) > 1}
    assert not twice


def test_the_lexicon_is_large_and_names_nobody() -> None:
    """Several hundred stems, none of them a name of a worked case."""
    words = {word for entry in lexicon() for word in entry.words}
    assert len(lexicon()) > 1_000
    table = (ROOT / "cases/enemy-of-my-enemy/nodes.csv").read_text("utf-8")
    ids = {line.split(",")[0] for line in table.splitlines()[1:]}
    assert not words & {part for name in ids for part in name.split("-") if part} & {
        "iran", "iraq", "syria", "maliki", "hezbollah", "assad", "islamic", "sunni",
    }  # fmt: skip


def test_forms_of_regular_and_irregular_verbs() -> None:
    """Doubling, -y, -ee, -ie and the irregular ones."""
    assert dict(verb_forms("ban"))["ed"] == "banned"
    assert dict(verb_forms("ally"))["ed"] == "allied"
    assert dict(verb_forms("agree"))["ed"] == "agreed"
    assert dict(verb_forms("agree"))["ing"] == "agreeing"
    assert dict(verb_forms("vie"))["ing"] == "vying"
    assert dict(verb_forms("fight"))["en"] == "fought"
    assert dict(verb_forms("give"))["en"] == "given"
    assert {word for _, word in verb_forms("be")} >= {"is", "are", "was", "were"}


def test_longer_forms_are_tried_first() -> None:
    """An idiom is read before its verb alone."""
    lengths = [len(form.words) for form in forms_by_first_word()["turned"]]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > 1
