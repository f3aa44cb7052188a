"""Names in a bare text that may be parties: a start for a case that has no nodes yet."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from cuibono.claims.records import Node
from cuibono.claims.words import NodeKind
from cuibono.coding.sentences import sentences

LEAST: Final = 2
FEW: Final = 8
"""With fewer names that recur, those that do not are listed too."""
ENDING: Final = 3
SHORTEST: Final = 4
MOST: Final = 40
_WORD: Final = r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*[\w]"
_NAME: Final = re.compile(rf"{_WORD}(?:\s+(?:of|the|al|bin|for)?\s*{_WORD})*")
_OPENERS: Final = frozenset(
    "the a an this that these those it he she they we i you in on at by for from of to "
    "and but or if when while as since after before although though because so yet not "
    "no his her their its our my there here what who why how which some many most all "
    "both each every any only even still also then thus hence now today yesterday with "
    "without under over between among however moreover meanwhile instead indeed perhaps "
    "such other others one two three first second third last next new mr mrs ms dr".split()
)


def named_parties(text: str, language: str = "en") -> tuple[Node, ...]:
    """Names of a text, the most frequent first; all taken as actors.

    Names that occur at least twice; of a text with few of them, those that occur once
    inside a sentence too. The last word of a longer name ("the Front" for the Brun
    Front), and a name with a short ending ("Ardanian"), are aliases of the other.

    Capital letters make a name here, so that this finds nothing in scripts without
    them: whoever codes such a text writes nodes.csv first. What is found is a list to
    be corrected by a person, no more.

    Examples
    --------
    >>> text = "Arda helps Brun. Brun, a friend of Cor, left. Then Arda wept."
    >>> [node.label for node in named_parties(text)]
    ['Arda', 'Brun', 'Cor']
    """
    counts, inside = _counted(text, language)
    often = [name for name, number in counts.most_common() if number >= LEAST]
    if len(often) < FEW:
        often += [name for name in counts if name in inside and name not in often]
    whole = {name: _longer(name, counts) or _stem(name, often) for name in often}
    nodes: dict[str, Node] = {}
    for name in often:
        label = whole[name] or name
        # An alias of an alias belongs to the name that both stand for.
        label = whole.get(label) or label
        node = re.sub(r"\W+", "-", label.lower()).strip("-")
        if not node or (node not in nodes and len(nodes) == MOST):
            continue
        known = nodes.get(node) or Node(id=node, label=label, kind=NodeKind.ACTOR)
        if name not in {known.label, *known.aliases}:
            known = replace(known, aliases=(*known.aliases, name))
        nodes[node] = known
    return tuple(nodes.values())


def _counted(text: str, language: str) -> tuple[Counter[str], set[str]]:
    """How often each name occurs, and which occur elsewhere than as a first word."""
    counts: Counter[str] = Counter()
    inside: set[str] = set()
    for span in sentences(text, language):
        words = text[span.start : span.end]
        for match in _NAME.finditer(words):
            name = _trimmed(match[0], opens=match.start() == 0)
            if name:
                counts[name] += 1
                if match.start() or name != match[0].strip():
                    inside.add(name)
    return counts, inside


def _longer(name: str, names: Iterable[str]) -> str:
    """Longer name that ends with a word, if only one does."""
    found = [other for other in names if other.endswith(f" {name}")]
    return found[0] if len(found) == 1 and " " not in name else ""


def _stem(name: str, names: Iterable[str]) -> str:
    """Name that another is made from by a short ending: Ardania of Ardanian."""
    for other in names:
        made = name.startswith(other) and 0 < len(name) - len(other) <= ENDING
        if made and " " not in name and len(other) >= SHORTEST:
            return other
    return ""


def _trimmed(name: str, *, opens: bool) -> str:
    """Name without the words that only the sentence's beginning made capital."""
    words = re.sub(r"['’]s?$", "", " ".join(name.split())).split(" ")
    while words and words[0].lower() in _OPENERS:
        words = words[1:]
    while words and words[-1].lower() in _OPENERS:
        words = words[:-1]
    if opens and len(words) == 1 and words == name.split()[:1] and len(words[0]) < 3:
        return ""
    return " ".join(words) if words and words[0][:1].isupper() else ""
