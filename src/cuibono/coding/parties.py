"""Names in a bare text that may be parties: a start for a case that has no nodes yet."""

import re
from collections import Counter
from typing import Final

from cuibono.claims.records import Node
from cuibono.claims.words import NodeKind
from cuibono.coding.sentences import sentences

LEAST: Final = 2
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
    """Names that occur at least twice, the most frequent first; all taken as actors.

    Capital letters make a name here, so that this finds nothing in scripts without
    them: whoever codes such a text writes nodes.csv first. What is found is a list to
    be corrected by a person, no more.

    Examples
    --------
    >>> text = "Arda helps Brun. Brun, a friend of Cor, left. Then Arda wept."
    >>> [node.label for node in named_parties(text)]
    ['Arda', 'Brun']
    """
    counts: Counter[str] = Counter()
    for span in sentences(text, language):
        words = text[span.start : span.end]
        for match in _NAME.finditer(words):
            name = _trimmed(match[0], opens=match.start() == 0)
            if name:
                counts[name] += 1
    often = [(name, number) for name, number in counts.most_common() if number >= LEAST]
    nodes: dict[str, Node] = {}
    for name, _ in often[:MOST]:
        node = re.sub(r"\W+", "-", name.lower()).strip("-")
        if node:
            nodes.setdefault(node, Node(id=node, label=name, kind=NodeKind.ACTOR))
    return tuple(nodes.values())


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
