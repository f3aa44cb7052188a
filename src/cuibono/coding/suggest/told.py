"""Nodes that a verb tells: "arming Brun" for a policy, "Brun was ousted" for an event."""

from typing import Final

from cuibono.coding.suggest import closed
from cuibono.coding.suggest.heads import roots_of
from cuibono.coding.suggest.items import Item, Kind
from cuibono.coding.suggest.kin import kinds_of, kinds_of_family, root
from cuibono.coding.suggest.variants import Variants

_BEFORE: Final = 5
_OBJECT: Final = 8
_DOINGS: Final = frozenset("attack war rise terrorism".split())


def may_be_policy(items: list[Item], place: int) -> bool:
    """Whether a word may be the verb of a policy: "arming Brun", "must arm Brun"."""
    item = items[place]
    if item.kind in {Kind.VERB, Kind.HELPER}:
        return item.form in {"ing", "base"}
    before = {one.kind for one in items[max(0, place - 2) : place]}
    after_verb = bool(before & {Kind.TO, Kind.AUX, Kind.HELPER})
    return item.kind is Kind.WORD and (item.word.endswith("ing") or after_verb)


def policies_told(
    items: list[Item], place: int, word: str, variants: Variants
) -> list[str]:
    """Policies that a verb with its object names: "appeasing Brun"."""
    near = items[place + 1 : place + _OBJECT]
    end = next((at for at, one in enumerate(near) if one.kind is Kind.STOP), len(near))
    nodes = {one.node for one in near[:end] if one.node}
    roots = roots_of(near[:end])
    found = []
    for one in variants.by_gerund.get(root(word), ()):
        wanted = {node for node, _ in one.parties}
        if wanted & nodes or (not wanted and one.rest & roots):
            found.append(one.node)
    return list(dict.fromkeys(found))


def is_told_passive(items: list[Item], place: int) -> bool:
    """Whether a participle stands after a form of "be"."""
    item = items[place]
    participle = item.form in {"en", "ed"} or (
        item.kind is Kind.WORD and item.word.endswith("ed")
    )
    before = [one for one in items[:place] if one.kind is not Kind.ADV][-1:]
    return participle and bool(before) and before[0].word in closed.BE


def events_told(
    items: list[Item], place: int, word: str, variants: Variants
) -> list[str]:
    """Event that a passive tells: "Brun is overthrown" for the overthrow of Brun."""
    near = {one.node for one in items[max(0, place - _BEFORE) : place] if one.node}
    family = root(word)
    kin = kinds_of_family(family)
    for one in variants.all_made:
        kinds = kinds_of(one.head)
        same = root(one.head) == family or kinds & kin - {"violence"}
        patients = {node for node, joint in one.parties if joint in {"of", "'s"}}
        if same and not (one.gerund or kinds & _DOINGS) and patients & near:
            return [one.node]
    return []
