"""Other words for a case's nodes: the head of a label, words of its kind, adjectives."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from cuibono.claims.records import Node
from cuibono.claims.words import NodeKind
from cuibono.coding.suggest.closed import DETERMINERS, PREPOSITIONS, RELATIVES, WAYS
from cuibono.coding.suggest.kin import kinds_of, root, singular
from cuibono.coding.suggest.lexicon import forms_by_first_word, lexicon
from cuibono.coding.suggest.names import Names
from cuibono.coding.suggest.tokens import Token, tokens

_LEAST: Final = 4
_CUTS: Final = (
    PREPOSITIONS
    | RELATIVES
    | WAYS
    | frozenset("that to tied proclaimed linked made brought".split())
)
_BLANK: Final = DETERMINERS | PREPOSITIONS | RELATIVES | WAYS | frozenset({"'s", "and"})
_RULERS: Final = frozenset(
    "government republic kingdom state states regime authorities".split()
)
_ADJECTIVES: Final = ("ian", "an", "n", "i", "ese", "ish", "s")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way in which a node may be named by its head.

    Attributes
    ----------
    head : str
        Noun in the singular; of a label that begins with a gerund, the gerund.
    modifiers : frozenset of str
        Roots of the words before the head.
    rest : frozenset of str
        Roots of the words after it: where, against whom.
    parties : tuple of (str, str)
        Other nodes that the label names, each with the word that leads to it.
    """

    head: str
    modifiers: frozenset[str]
    rest: frozenset[str]
    node: str
    parties: tuple[tuple[str, str], ...]
    gerund: bool = False


@dataclass(frozen=True, slots=True)
class Variants:
    """Looser names of a case's nodes.

    Attributes
    ----------
    by_head, by_kind, by_gerund : dict
        Variants by their head noun, by its kinds, and by the root of the gerund that
        they begin with.
    single : dict
        Parties by those of their names that are one word.
    all_made : tuple of Variant
        All of them.
    proper : dict
        Last words of proper names ("the Front"), and places, by that word.
    adjectives : dict
        "Ardan" of Arda, by the adjective.
    kinds : dict
        Kind of each node.
    called : dict
        Nouns by which each party is called: heads of its names, and its titles.
    """

    by_head: dict[str, tuple[Variant, ...]] = field(default_factory=dict)
    by_kind: dict[str, tuple[Variant, ...]] = field(default_factory=dict)
    by_gerund: dict[str, tuple[Variant, ...]] = field(default_factory=dict)
    single: dict[str, str] = field(default_factory=dict)
    all_made: tuple[Variant, ...] = ()
    proper: dict[str, str] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, NodeKind] = field(default_factory=dict)
    called: dict[str, frozenset[str]] = field(default_factory=dict)


def case_variants(nodes: Iterable[Node], names: Names) -> Variants:
    """Looser names of a case's nodes, from their labels and aliases.

    Examples
    --------
    >>> raids = Node(id="raids", label="Night raids on Brun", kind=NodeKind.FACTOR)
    >>> (one,) = case_variants([raids], Names()).by_head["raid"]
    >>> sorted(one.modifiers), sorted(one.rest)
    (['night'], ['brun'])
    """
    listed = sorted(nodes, key=lambda node: node.id)
    made = [
        one
        for node in listed
        for text in (node.label, *node.aliases)
        for one in _of_label(text, node, names)
    ]
    made = list(dict.fromkeys(made))
    return Variants(
        by_head=_table((one.head, one) for one in made if not one.gerund),
        by_kind=_table(
            (kind, one) for one in made if not one.gerund for kind in kinds_of(one.head)
        ),
        by_gerund=_table((root(one.head), one) for one in made if one.gerund),
        single={
            name.words[0]: name.node
            for found in names.by_first.values()
            for name in found
            if len(name.words) == 1 and name.node in names.actors
        },
        all_made=tuple(made),
        proper=_proper(listed, names),
        adjectives=_adjectives(listed),
        kinds={node.id: node.kind for node in listed},
        called={node.id: _called(node) for node in listed},
    )


def _called(node: Node) -> frozenset[str]:
    """Nouns of a party's names that may stand for it: "the front", "the general"."""
    found: set[str] = set()
    for text in (node.label, *node.aliases) if node.kind is NodeKind.ACTOR else ():
        plain = [token.word for token in tokens(text)]
        cut = next((at for at, word in enumerate(plain) if word in _CUTS), len(plain))
        core = plain[:cut]
        found.update(word for word in core[-1:] if len(word) >= _LEAST)
        found.update(word for word in core[:-1] if word in _titles())
    return frozenset(found)


@cache
def _titles() -> frozenset[str]:
    """Nouns that name an office: general, minister, head."""
    return frozenset(entry.words[-1] for entry in lexicon() if entry.kind == "part")


def _table(rows: Iterable[tuple[str, Variant]]) -> dict[str, tuple[Variant, ...]]:
    """Variants by a word."""
    found: dict[str, list[Variant]] = {}
    for word, one in rows:
        found.setdefault(word, []).append(one)
    return {word: tuple(all_) for word, all_ in found.items()}


def _of_label(text: str, node: Node, names: Names) -> list[Variant]:
    """Variants of a label or an alias."""
    words = tokens(text)
    if not words or _is_proper(words, node):
        return []
    parties = _parties(words, node, names)
    plain = [token.word for token in words]
    if _is_act(words, names, node):
        rest = _roots(plain[1:])
        return [Variant(plain[0], frozenset(), rest, node.id, parties, gerund=True)]
    owner = plain.index("'s") if "'s" in plain else len(plain)
    if not _CUTS & set(plain[:owner]) and owner < len(plain):
        plain = plain[owner + 1 :]
    cut = next((at for at, word in enumerate(plain) if word in _CUTS), len(plain))
    rest = _roots(plain[cut:])
    made: list[Variant] = []
    for part in _parts(plain[:cut]):
        head = singular(part[-1])
        if len(head) >= _LEAST and head.isalpha():
            made.append(Variant(head, _roots(part[:-1]), rest, node.id, parties))
    return made


def _is_act(words: list[Token], names: Names, node: Node) -> bool:
    """Whether a label is a verb with its object: "Arming the clans", "Arming Brun"."""
    first = words[0].word
    if not first.endswith("ing") or len(words) == 1 or len(first) <= _LEAST + 1:
        return False
    forms = forms_by_first_word().get(first, ())
    known = any(form.form == "ing" and len(form.words) == 1 for form in forms)
    article = words[1].word in DETERMINERS
    return article or known or names.at(words, 1, but=node.id) is not None


def _parts(core: list[str]) -> list[list[str]]:
    """Coordinated parts of a noun phrase, without articles."""
    parts: list[list[str]] = [[]]
    for word in core:
        if word in {"and", "or", ","}:
            parts.append([])
        elif word not in DETERMINERS:
            parts[-1].append(word)
    return [part for part in parts if part]


def _roots(words: list[str]) -> frozenset[str]:
    """Roots of the words that say something."""
    return frozenset(
        root(singular(word)) for word in words if word not in _BLANK and word.isalpha()
    )


def _is_proper(words: list[Token], node: Node) -> bool:
    """Whether a label is a proper name: "Reed Front", "Government of Arda"."""
    if node.kind not in {NodeKind.ACTOR, NodeKind.PLACE}:
        return False
    led = len(words) > 1 and words[1].word in PREPOSITIONS
    content = [token.text for token in words if token.word not in _BLANK]
    if led:  # "Army of Arda": the first word has its capital from the label
        return False
    return all(text[:1].isupper() or not text.isalpha() for text in content)


def _parties(
    words: list[Token], node: Node, names: Names
) -> tuple[tuple[str, str], ...]:
    """Nodes that a label names, each with its preposition or "'s"."""
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(words):
        name = names.at(words, place, but=node.id)
        if name is None:
            place += 1
            continue
        after = place + len(name.words)
        if after < len(words) and words[after].word == "'s":
            found.append((name.node, "'s"))
        else:
            found.append((name.node, _led_by(words, place)))
        place = after
    return tuple(found)


def _led_by(words: list[Token], place: int) -> str:
    """Preposition before a name in a label."""
    before = (words[at].word for at in range(place - 1, -1, -1))
    return next((word for word in before if word in PREPOSITIONS), "")


def _proper(nodes: list[Node], names: Names) -> dict[str, str]:
    """Last words of proper names of two words and more, where only one node has them.

    "Arda as a country" is named Arda where nothing else is.
    """
    found: dict[str, set[str]] = {}
    for node in nodes:
        if node.kind in {NodeKind.ACTOR, NodeKind.PLACE}:
            for text in (node.label, *node.aliases):
                for word in _last_word(text):
                    found.setdefault(word, set()).add(node.id)
    return {
        word: min(ids)
        for word, ids in found.items()
        if len(ids) == 1 and len(word) >= _LEAST and not _is_name(word, names)
    }


def _is_name(word: str, names: Names) -> bool:
    """Whether a word is by itself a plain name of some node."""
    return any(len(name.words) == 1 for name in names.by_first.get(word, ()))


def _last_word(text: str) -> tuple[str, ...]:
    """Last word of a proper name, as people shorten it: "Reed Front", "Ana al-Brun"."""
    words = tokens(text)
    cut = next(
        (at for at, token in enumerate(words) if token.word in _CUTS), len(words)
    )
    core = [token for token in words[:cut] if token.word not in DETERMINERS]
    if not core or not all(token.text[:1].isupper() for token in core):
        return ()
    qualified = len(words) > cut and words[cut].word == "as"
    whole = len(core) > 1 and cut == len(words)
    last = core[-1].word.split("-")[-1]
    return (last,) if (whole or qualified) and last not in _RULERS else ()


def _adjectives(nodes: list[Node]) -> dict[str, str]:
    """Adjectives of parties called by one word, or governing it: Arda, Ardan."""
    found: dict[str, set[str]] = {}
    for node in nodes:
        if node.kind is not NodeKind.ACTOR:
            continue
        for text in (_governed(node.label), *map(_governed, node.aliases)):
            if text.isalpha() and text[:1].isupper() and len(text) >= _LEAST:
                stem = text.lower()
                for base in {stem, stem.rstrip("aeoy")}:
                    for ending in _ADJECTIVES:
                        found.setdefault(base + ending, set()).add(node.id)
    return {word: min(ids) for word, ids in found.items() if len(ids) == 1}


def _governed(text: str) -> str:
    """Name of the land in "Government of Arda"; any other text as it is.

    Examples
    --------
    >>> _governed("Central government of Arda"), _governed("Arda")
    ('Arda', 'Arda')
    """
    before, of, land = text.partition(" of ")
    rules = before.lower().split(" ")[-1] in _RULERS
    return land.removeprefix("the ") if of and rules else text
