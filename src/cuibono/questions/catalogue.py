"""The questions that can be asked, in one list: a new question is added here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cuibono.claims.names import folded_name, nearest
from cuibono.claims.records import Action, LinkChange
from cuibono.claims.words import SIGN_WORDS, Sign
from cuibono.errors import UsageError
from cuibono.questions.answer import Answer
from cuibono.questions.benefits import benefits, policy
from cuibono.questions.depends import depends
from cuibono.questions.lasts import lasts
from cuibono.questions.lens import Lens

Inputs = Mapping[str, str]
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionKind:
    """A kind of question: what it asks, what it takes, and what answers it.

    `ask(lens, id, title, inputs, names)` gives the answer; `names` maps folded names
    to node ids. `reads(inputs, names)` gives the inputs as read, and raises
    `UsageError` where they do not fit.
    """

    name: str
    says: str
    inputs: tuple[tuple[str, str], ...]
    example: str
    reads: Callable[[Inputs, Names], object]
    ask: Callable[[Lens, str, str, Inputs, Names], Answer]


def node_named(text: str, names: Names) -> str:
    """Node id of a name.

    Raises
    ------
    UsageError
        If no node goes by it.
    """
    found = names.get(folded_name(text))
    if found is None:
        hint = nearest(folded_name(text), names)
        raise UsageError(f'no node "{text.strip()}" in this case. {hint}'.strip())
    return found


def action_of(inputs: Inputs, names: Names) -> Action:
    """Action of inputs such as `press = "arda=+1, brun=-1"`, `remove = "cor"`.

    Raises
    ------
    UsageError
        If an input cannot be read.
    """
    return Action(
        press=_pushes(inputs.get("press", ""), names),
        pulse=_pushes(inputs.get("pulse", ""), names),
        remove=nodes_named(inputs.get("remove", ""), names),
        clamp=nodes_named(inputs.get("clamp", ""), names),
        add=links_named(inputs.get("add", ""), names),
        cut=links_named(inputs.get("cut", ""), names),
    )


def _parts(text: str) -> list[str]:
    """Parts of a list written with commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def nodes_named(text: str, names: Names) -> tuple[str, ...]:
    """Nodes of a list of names."""
    return tuple(node_named(part, names) for part in _parts(text))


def _pushes(text: str, names: Names) -> tuple[tuple[str, float], ...]:
    """Pushes of a list such as `arda=+1, brun=-1`; a bare name is pushed up.

    Raises
    ------
    UsageError
        If a size is no number.
    """
    found = []
    for part in _parts(text):
        name, mark, size = part.rpartition("=")
        if not mark:
            name, size = part, "1"
        words = {"up": "1", "down": "-1", "+": "1", "-": "-1"}
        try:
            value = float(words.get(size.strip(), size))
        except ValueError:
            raise UsageError(f'push "{part}": write name=+1 or name=-1') from None
        if value == 0 or abs(value) > 1e6 or value != value:
            raise UsageError(f'push "{part}": a push is a number other than 0')
        found.append((node_named(name, names), value))
    return tuple(found)


def links_named(text: str, names: Names) -> tuple[LinkChange, ...]:
    """Links of a list such as `arda > brun +, brun > cor -`.

    Raises
    ------
    UsageError
        If a link cannot be read.
    """
    found = []
    for part in _parts(text):
        tail, mark, rest = part.partition(">")
        words = rest.rsplit(None, 1)
        sign = SIGN_WORDS.get(words[-1]) if len(words) > 1 else None
        head = words[0] if sign is not None else rest
        if not mark or not head.strip() or sign is Sign.NEITHER:
            raise UsageError(f'link "{part}": write from > to + or from > to -')
        found.append(
            LinkChange(
                tail=node_named(tail, names),
                head=node_named(head, names),
                sign=sign or Sign.PLUS,
            )
        )
    return tuple(found)


def _done(inputs: Inputs, names: Names) -> tuple[Action, tuple[str, ...]]:
    """What is done, and nodes to tell about.

    Raises
    ------
    UsageError
        If nothing is done.
    """
    action = action_of(inputs, names)
    if action == Action():
        raise UsageError('nothing is done: give a push, press = "arda=+1"')
    return action, nodes_named(inputs.get("of", ""), names)


def _pair(inputs: Inputs, names: Names) -> tuple[str, str]:
    """Two different nodes.

    Raises
    ------
    UsageError
        If there are not two.
    """
    pair = nodes_named(inputs.get("pair", ""), names)
    if len(pair) != 2 or pair[0] == pair[1]:
        raise UsageError('depends: give a pair of two nodes, pair = "arda, brun"')
    return pair[0], pair[1]


def _lasting(inputs: Inputs, names: Names) -> tuple[str, tuple[str, ...]]:
    """The node pushed, and drivers to take out.

    Raises
    ------
    UsageError
        If there is not one node.
    """
    nodes = nodes_named(inputs.get("of", ""), names)
    if len(nodes) != 1:
        raise UsageError('lasts: give one node, of = "arda"')
    return nodes[0], nodes_named(inputs.get("without", ""), names)


def _benefits(
    lens: Lens, name: str, title: str, inputs: Inputs, names: Names
) -> Answer:
    """Who benefits from a push."""
    action, of = _done(inputs, names)
    return benefits(lens, action, name=name, title=title, of=of)


def _policy(lens: Lens, name: str, title: str, inputs: Inputs, names: Names) -> Answer:
    """What a policy does to named targets."""
    action, of = _done(inputs, names)
    return policy(lens, action, name=name, title=title, of=of)


def _depends(lens: Lens, name: str, title: str, inputs: Inputs, names: Names) -> Answer:
    """Whether two parties depend on each other."""
    one, other = _pair(inputs, names)
    return replace(depends(lens, one, other, title=title), id=name)


def _lasts(lens: Lens, name: str, title: str, inputs: Inputs, names: Names) -> Answer:
    """Whether a push on a node lasts."""
    node, drivers = _lasting(inputs, names)
    return replace(lasts(lens, node, drivers), id=name, title=title)


_PUSHES = (
    ("press", "nodes pushed for good: name=+1, name=-1"),
    ("remove", "nodes taken out"),
    ("clamp", "nodes held where they are"),
    ("add", "links added: from > to +"),
    ("cut", "links cut: from > to"),
    ("of", "nodes to tell about; all if not given"),
)

QUESTIONS: tuple[QuestionKind, ...] = (
    QuestionKind(
        name="benefits",
        says="who rises and who falls when a node is pushed up or down",
        inputs=_PUSHES,
        example='cuibono ask CASE benefits --press "islamic-state=+1"',
        reads=_done,
        ask=_benefits,
    ),
    QuestionKind(
        name="depends",
        says="whether two parties depend on each other, in the same model",
        inputs=(("pair", "the two nodes"),),
        example='cuibono ask CASE depends --pair "iran-government, islamic-state"',
        reads=_pair,
        ask=_depends,
    ),
    QuestionKind(
        name="policy",
        says="what pushes, links added or cut and nodes held do to named targets",
        inputs=_PUSHES,
        example='cuibono ask CASE policy --press "iran-in-campaign=+1" '
        '--of "islamic-state, fundamentalism"',
        reads=_done,
        ask=_policy,
    ),
    QuestionKind(
        name="lasts",
        says="whether a push on a node is undone, and whether without a driver too",
        inputs=(("of", "the node pushed"), ("without", "drivers to take out")),
        example='cuibono ask CASE lasts --of "islamic-state" '
        '--without "iran-government"',
        reads=_lasting,
        ask=_lasts,
    ),
)
"""`follows` is asked by the name of a conclusion of the case, not by inputs."""


def question_kind(name: str) -> QuestionKind:
    """Return the kind of question of a name.

    Raises
    ------
    UsageError
        If there is none.
    """
    for kind in QUESTIONS:
        if kind.name == name:
            return kind
    known = [kind.name for kind in QUESTIONS]
    hint = nearest(name, known) or f"known: follows, {', '.join(known)}"
    raise UsageError(f'no question "{name}". {hint}')
