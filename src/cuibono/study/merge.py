"""Conclusions asked of a model in which parts are merged into their wholes."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from cuibono.claims.records import Action, Conclusion, LinkChange

APART = "it expects parts of one whole to move apart, and the parts are merged"


def merged_conclusion(item: Conclusion, whole: Callable[[str], str]) -> Conclusion:
    """The conclusion as it speaks of wholes; `whole` gives the whole of a node.

    One that expects two parts of a whole to move in different ways cannot be asked.
    """
    expect: dict[str, str] = {}
    apart = False
    for node, word in item.expect:
        apart |= expect.setdefault(whole(node), word) != word
    return replace(
        item,
        do=merged_action(item.do, whole),
        expect=tuple(expect.items()),
        alternatives=tuple(
            replace(other, do=merged_action(other.do, whole))
            for other in item.alternatives
        ),
        untestable=item.untestable or (APART if apart else ""),
    )


def merged_action(action: Action, whole: Callable[[str], str]) -> Action:
    """The action on wholes; links within one whole drop out."""

    def nodes(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(whole(name) for name in names))

    def links(changes: Iterable[LinkChange]) -> tuple[LinkChange, ...]:
        return tuple(
            replace(link, tail=whole(link.tail), head=whole(link.head))
            for link in changes
            if link.tail == link.head or whole(link.tail) != whole(link.head)
        )

    return Action(
        press=tuple((whole(node), size) for node, size in action.press),
        pulse=tuple((whole(node), size) for node, size in action.pulse),
        remove=nodes(action.remove),
        clamp=nodes(action.clamp),
        add=links(action.add),
        cut=links(action.cut),
    )
