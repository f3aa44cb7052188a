"""Nodes named by the head of their label, or by a word of its kind."""

from collections.abc import Iterable
from typing import Final

from cuibono.claims.words import NodeKind
from cuibono.coding.suggest.anaphora import Context, is_known
from cuibono.coding.suggest.items import SHUT, By, Item, Kind
from cuibono.coding.suggest.kin import kinds_of, root, singular
from cuibono.coding.suggest.variants import Variant, Variants

_BEFORE: Final = 5
_AFTER: Final = 9
_NEAR: Final = 6
_WHOLE: Final = 2


def by_head(
    items: list[Item], place: int, head: str, variants: Variants, context: Context
) -> list[tuple[str, By]]:
    """Nodes whose label has this head, or one of its kind, with the words around."""
    before, after = _around(items, place)
    same = variants.by_head.get(head, ())
    alone = len({one.node for one in same}) == 1
    scored: list[tuple[float, Variant, By]] = []
    for one in same:
        score = _score(one, before, after)
        blank = not one.modifiers and not one.parties
        actor = variants.kinds[one.node] is NodeKind.ACTOR
        owned = bool(one.parties) and score >= _WHOLE
        if actor and not (owned or _is_mostly_said(one, before, after)):
            continue
        known = blank or is_known(items, place) or _is_proposed(one, variants)
        if score > 0 or (not actor and alone and known):
            scored.append((score + 1, one, By.HEAD))
    for kind in sorted(kinds_of(head)):
        for one in variants.by_kind.get(kind, ()):
            score = _score(one, before, after)
            if score > 1 and one.head != head:
                scored.append((score, one, By.KIND))
    return _chosen(scored, context)


def _is_proposed(one: Variant, variants: Variants) -> bool:
    """Whether a node is a policy: "a truce" is it, before there is one."""
    return variants.kinds[one.node] is NodeKind.POLICY


def _chosen(
    scored: list[tuple[float, Variant, By]], context: Context
) -> list[tuple[str, By]]:
    """Best of some variants; where several are as good, the one named last."""
    if not scored:
        return []
    best = max(score for score, _, _ in scored)
    kept = {one.node: by for score, one, by in scored if score == best}
    if len(kept) > 1:
        last = next((node for node in reversed(context.topics) if node in kept), None)
        return [(last, kept[last])] if last else []
    return list(kept.items())


def _around(items: list[Item], place: int) -> tuple[list[Item], list[Item]]:
    """Words of the noun phrase before a head, and of what follows it."""
    start = place
    while start > 0 and place - start < _BEFORE:
        one = items[start - 1]
        if one.kind in SHUT | {Kind.PREP, Kind.COMMA, Kind.REL, Kind.AUX} and (
            one.form not in {"ing", "en", "ed"}
        ):
            break
        start -= 1
    end = place + 1
    while end < len(items) and end - place < _AFTER:
        if items[end].kind in SHUT | {Kind.REL, Kind.AUX} and (
            items[end].form not in {"ed", "en"}
        ):
            break
        end += 1
    return items[start:place], items[place + 1 : end]


def _score(one: Variant, before: list[Item], after: list[Item]) -> float:
    """How much of a label stands around its head: owners weigh most."""
    modifiers = roots_of(before) | (roots_of(after[:_NEAR]))
    score = float(len(one.modifiers & modifiers))
    for node, joint in one.parties:
        owned = any(item.node == node for item in before)
        led = any(item.node == node for item in after)
        own = joint in {"'s", "of", "by", "in"}
        score += _WHOLE * ((owned and own) or led)
    score += len(one.rest & roots_of(after)) / 2
    return score


def _is_mostly_said(one: Variant, before: list[Item], after: list[Item]) -> bool:
    """Whether at least half of a label's other words stand around its head."""
    words = one.modifiers | one.rest
    return bool(words) and 2 * len(words & roots_of([*before, *after])) >= len(words)


def roots_of(items: Iterable[Item]) -> set[str]:
    """Roots of the words of some items."""
    return {
        root(singular(word))
        for item in items
        for word in (*item.word.split(), item.said)
        if word
    }
