"""The case's own lexicon: by which words its nodes are named in a text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from cuibono.claims.records import Node
from cuibono.claims.words import NodeKind
from cuibono.coding.suggest.closed import PREPOSITIONS, WAYS
from cuibono.coding.suggest.tokens import Token, tokens

_SHORT: Final = 4
_LEAST_HEAD: Final = 4
_EFFECTS: Final = frozenset({NodeKind.FACTOR, NodeKind.EVENT, NodeKind.BELIEF})


@dataclass(frozen=True, slots=True)
class Name:
    """Words that name a node; `upper` where only capitals do (IS, US)."""

    words: tuple[str, ...]
    node: str
    upper: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """A factor whose label is made of a noun and another node: "Rise of Brun".

    Attributes
    ----------
    head : str
        The noun.
    joint : str
        What stands between: `of`, `in`, `against`, ...
    owner : str
        The other node.
    rest : frozenset of str
        Other words of the label: they tell two such factors apart.
    whole : tuple of str
        All words of the label.
    """

    head: str
    joint: str
    owner: str
    node: str
    rest: frozenset[str]
    whole: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Names of a case's nodes, ready for looking up.

    Attributes
    ----------
    by_first : dict
        Names by their first word, the longest first.
    composed : dict
        Composed labels by their head noun.
    actors : frozenset of str
        Ids of the parties.
    effects : frozenset of str
        Ids of what a party may bring about: factors, events, beliefs.
    called : dict
        Every word by which a node is named, by id.
    """

    by_first: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    composed: dict[str, tuple[Composed, ...]] = field(default_factory=dict)
    actors: frozenset[str] = frozenset()
    effects: frozenset[str] = frozenset()
    called: dict[str, frozenset[str]] = field(default_factory=dict)

    def at(self, found: list[Token], place: int, but: str = "") -> Name | None:
        """Longest name that begins at a token, other than those of one node, or None."""
        for name in self.by_first.get(found[place].word, ()):
            if but and name.node == but:
                continue
            part = found[place : place + len(name.words)]
            if tuple(token.word for token in part) != name.words:
                continue
            if name.upper and not all(
                token.text == token.text.upper() for token in part
            ):
                continue
            return name
        return None


def case_names(nodes: Iterable[Node]) -> Names:
    """Lexicon of a case: ids are left out, labels and aliases are names.

    Examples
    --------
    >>> arda = Node(id="arda", label="Arda", kind=NodeKind.ACTOR, aliases=("the House",))
    >>> [name.words for name in case_names([arda]).by_first["the"]]
    [('the', 'house')]
    """
    listed = tuple(nodes)
    table: dict[str, dict[tuple[str, ...], Name]] = {}
    for of_labels in (True, False):
        for node in listed:
            for text in (node.label,) if of_labels else node.aliases:
                _add(table, text, node)
    composed = _composed(listed, table)
    made = {one.whole for found in composed.values() for one in found}
    return Names(
        by_first={
            first: tuple(
                sorted(
                    (name for name in names.values() if name.words not in made),
                    key=lambda name: -len(name.words),
                )
            )
            for first, names in table.items()
        },
        composed=composed,
        actors=frozenset(n.id for n in listed if n.kind is NodeKind.ACTOR),
        effects=frozenset(n.id for n in listed if n.kind in _EFFECTS),
        called={node.id: _called(node) for node in listed},
    )


def _called(node: Node) -> frozenset[str]:
    """Words of a node's label and aliases."""
    listed = (node.label, *node.aliases)
    return frozenset(token.word for text in listed for token in tokens(text))


def _add(table: dict[str, dict[tuple[str, ...], Name]], text: str, node: Node) -> None:
    """Enter a name, unless the words name an earlier node."""
    found = tokens(text)
    words = tuple(token.word for token in found)
    if not words or not any(word.isalnum() for word in "".join(words)):
        return
    plain = text.replace(".", "")
    upper = plain == plain.upper() != plain.lower() and len(plain) <= _SHORT
    table.setdefault(words[0], {}).setdefault(words, Name(words, node.id, upper))
    if words[0] == "the" and len(words) > 1:
        pointed = ("this", *words[1:])
        table.setdefault("this", {}).setdefault(pointed, Name(pointed, node.id, upper))
    short = words[1:]
    gerund = words[0].endswith("ing")
    if len(words) > _SHORT - 1 and not (gerund or PREPOSITIONS & set(words)):
        # "Armed hill clans" are met again as "hill clans".
        table.setdefault(short[0], {}).setdefault(short, Name(short, node.id, False))


def _composed(
    nodes: tuple[Node, ...], table: dict[str, dict[tuple[str, ...], Name]]
) -> dict[str, tuple[Composed, ...]]:
    """Composed labels of what is no party and no place, by head noun."""
    names = Names(
        by_first={
            first: tuple(sorted(known.values(), key=lambda name: -len(name.words)))
            for first, known in table.items()
        }
    )
    found: dict[str, list[Composed]] = {}
    for node in nodes:
        if node.kind in {NodeKind.ACTOR, NodeKind.PLACE}:
            continue
        for label in (node.label, *node.aliases):
            for made in _parts(label, node.id, names):
                found.setdefault(made.head, []).append(made)
    return {head: tuple(dict.fromkeys(made)) for head, made in found.items()}


def _parts(label: str, node: str, names: Names) -> list[Composed]:
    """Ways in which a label is made of a noun and another node's name."""
    words = tokens(label)
    whole = tuple(token.word for token in words)
    for place in range(len(words)):
        name = names.at(words, place, but=node)
        if name is None:
            continue
        after = place + len(name.words)
        if place == 0 and after < len(words) and words[after].word in {"'s", "'"}:
            return _owned(words, after + 1, name.node, node)
        before = [token.word for token in words[:place]]
        if before and before[-1] == "the":
            before.pop()
        if before and before[-1] in PREPOSITIONS:
            joint = before.pop()
            clause = {"that", "which", "to"} | PREPOSITIONS
            if before and (clause & set(before) or before[0].endswith("ing")):
                return []
            heads = _heads([word for word in before if word not in WAYS])
            rest = frozenset(token.word for token in words[after:])
            return [Composed(h, joint, name.node, node, rest, whole) for h in heads]
    return []


def _owned(words: list[Token], start: int, owner: str, node: str) -> list[Composed]:
    """Parts of a label in which the owner comes first: "Brun's rise in Cor"."""
    noun = [token.word for token in words[start:]]
    cut = next((i for i, w in enumerate(noun) if w in PREPOSITIONS), len(noun))
    rest = frozenset(noun[cut:])
    whole = tuple(token.word for token in words)
    return [Composed(h, "of", owner, node, rest, whole) for h in _heads(noun[:cut])]


def _heads(words: list[str]) -> list[str]:
    """Last word of each part of "rise and territorial hold"."""
    heads = []
    for place, word in enumerate(words):
        last = place + 1 == len(words) or words[place + 1] in {"and", "or"}
        if last and len(word) >= _LEAST_HEAD:
            heads.append(word)
    return heads
