"""Words of a kind: "savagery" and "violence", and which kinds do harm."""

import csv
import re
from functools import cache
from importlib import resources
from typing import Final

_LEAST: Final = 4
_OF_VERBS: Final = frozenset({"s", "es", "ed", "ing"})
_ENDING: Final = re.compile(
    "i[sz](?:ations?|[em]s?|ts?|er|ers|ing|ed)|[aiu]?tions?|ions?|m?ents?|ness|ity|ities|"
    "ings?|[eo]rs?|ed|[a]ls?|[ae]nces?|ants?|ives?|ic|ical|i?ans?|at(?:ed?|es|ing)|"
    "ies|e?s|[aeiny]"
)

ACTS: Final = frozenset(
    "undertaking move step policy approach strategy plan measure decision choice course "
    "effort arrangement deal alliance campaign initiative".split()
)
"""Nouns that take up a policy: "such a step"."""

HAPPENINGS: Final = frozenset(
    "event incident attack strike war conflict operation crisis violence act assault "
    "siege election vote".split()
)
"""Nouns that take up an event: "this attack"."""

STATES: Final = frozenset(
    "situation problem trend condition danger phenomenon development threat".split()
)
"""Nouns that take up any other factor: "this trend"."""


def singular(word: str) -> str:
    """Noun without its plural ending.

    Examples
    --------
    >>> [singular(word) for word in ("allies", "clashes", "raids", "crisis", "chaos")]
    ['ally', 'clash', 'raid', 'crisis', 'chaos']
    """
    if word.endswith("ies") and len(word) > _LEAST:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "os", "ics")):
        return word[:-1]
    return word


@cache
def root(word: str) -> str:
    """What words of one family share, roughly: "replacement", "replaced".

    Examples
    --------
    >>> root("replacement") == root("replaced") == root("replace")
    True
    >>> root("regime") == root("region")
    False
    """
    for cut in range(_LEAST - 1, len(word)):
        long_enough = cut >= _LEAST or word[cut:] in _OF_VERBS
        if long_enough and _ENDING.fullmatch(word, cut):
            return root(word[:cut])
    return word


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """Kinds of each noun of the table."""
    found: dict[str, set[str]] = {}
    for row in _rows():
        for word in row["words"].split():
            found.setdefault(singular(word), set()).add(row["kind"])
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    """Lines of the table of kinds."""
    text = resources.files(__package__).joinpath("kin.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def kinds_of(noun: str) -> frozenset[str]:
    """Kinds that a noun, in the singular, belongs to."""
    return _kinds().get(noun, frozenset())


@cache
def _families() -> dict[str, frozenset[str]]:
    """Kinds by the root of their nouns."""
    found: dict[str, set[str]] = {}
    for word, kinds in _kinds().items():
        found.setdefault(root(word), set()).update(kinds)
    return {family: frozenset(kinds) for family, kinds in found.items()}


def kinds_of_family(family: str) -> frozenset[str]:
    """Kinds of the nouns with a root, so that verbs have them too.

    Examples
    --------
    >>> sorted(kinds_of_family(root("dismissed")))
    ['removal']
    """
    return _families().get(family, frozenset())


@cache
def _harmful() -> frozenset[str]:
    """Kinds that do harm where they are."""
    return frozenset(row["kind"] for row in _rows() if row["harms"])


@cache
def _borne() -> dict[str, str]:
    """Signs of the kinds whose "of" leads to who bears them."""
    return {row["kind"]: row["object"] for row in _rows() if row["object"]}


def borne_sign(word: str) -> str:
    """Sign of an act on the one that its "of" names; nothing where that one acts.

    Examples
    --------
    >>> borne_sign("siege"), borne_sign("raids")
    ('-', '')
    """
    signs = _borne()
    kinds = kinds_of_family(root(singular(word)))
    return next((signs[kind] for kind in sorted(kinds) if kind in signs), "")


def is_harmful(noun: str) -> bool:
    """Whether what a noun names does harm where it is.

    Examples
    --------
    >>> is_harmful("onslaught"), is_harmful("stability")
    (True, False)
    """
    return bool(kinds_of(singular(noun)) & _harmful())
