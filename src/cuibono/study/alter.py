"""What changes when a reader disagrees: claims withdrawn or turned, premises granted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cuibono.claims.names import alias_table
from cuibono.claims.records import Action, Case, Claim, LinkChange, Reading
from cuibono.claims.words import Sign
from cuibono.errors import UsageError
from cuibono.model.build import build_model
from cuibono.questions.action import done_to
from cuibono.questions.catalogue import node_named
from cuibono.questions.lens import Lens


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How a reader departs from a case.

    Attributes
    ----------
    without : tuple of str
        Claims that are left out.
    deny : tuple of str
        Claims whose opposite is held: their sign is turned.
    grant : tuple of LinkChange
        Premises that nobody stated, granted for the sake of the argument.
    merge : tuple of (str, str)
        Nodes that are taken as one with another: part and whole.
    split : tuple of (str, str, tuple of str)
        Node, new node, and the claims about the first that speak of the new one.
    """

    without: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    grant: tuple[LinkChange, ...] = ()
    merge: tuple[tuple[str, str], ...] = ()
    split: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything is changed."""
        return any((self.without, self.deny, self.grant, self.merge, self.split))


def altered_lens(
    case: Case, reading: Reading, changes: Changes, *, seed: int, draws: int
) -> Lens:
    """Return the lens on a reading as a reader would have it.

    Parameters
    ----------
    case : Case
        A valid case; it is not changed.
    reading : Reading
        Which claims to take.
    changes : Changes
        What the reader withdraws, denies or grants.
    seed, draws : int
        As for `Lens`.

    Raises
    ------
    UsageError
        If a claim is not there, or has no sign that could be turned.
    """
    known = {claim.id: claim for claim in case.claims}
    for name in (*changes.without, *changes.deny):
        if name not in known:
            raise UsageError(
                f'no claim "{name}" in this case (cuibono claims lists them)'
            )
    turned = set(changes.deny)
    claims = tuple(
        _turned(claim) if claim.id in turned else claim for claim in case.claims
    )
    for old, new, ids in changes.split:
        claims = tuple(
            _about(claim, old, new) if claim.id in ids else claim for claim in claims
        )
    model = build_model(
        replace(case, claims=claims),
        reading,
        gone=changes.without,
        merge=whole_of(changes),
    )
    graph = done_to(model.digraph, Action(add=changes.grant)).graph
    return Lens(model, seed=seed, draws=draws, graph=graph)


def whole_of(changes: Changes) -> dict[str, str]:
    """Each merged node with what it ends up in."""
    into = dict(changes.merge)

    def top(name: str) -> str:
        seen = {name}
        while name in into and into[name] not in seen:
            name = into[name]
            seen.add(name)
        return name

    return {name: top(name) for name in into}


def _about(claim: Claim, old: str, new: str) -> Claim:
    """The claim with one node named as another."""

    def named(name: str) -> str:
        return new if name == old else name

    edge = claim.edge
    if edge is not None:
        edge = replace(edge, tail=named(edge.tail), head=named(edge.head))
    return replace(
        claim, subject=named(claim.subject), object=named(claim.object), edge=edge
    )


def _turned(claim: Claim) -> Claim:
    """The claim with the opposite sign.

    Raises
    ------
    UsageError
        If it has none.
    """
    sign = claim.edge.sign if claim.edge else claim.sign
    if sign not in {Sign.PLUS, Sign.MINUS}:
        raise UsageError(
            f'claim "{claim.id}" states no + or -: it cannot be denied, only left out '
            f"(--without {claim.id})"
        )
    edge = replace(claim.edge, sign=sign.reversed()) if claim.edge else None
    return replace(claim, sign=claim.sign.reversed(), edge=edge)


def claims_named(case: Case, texts: Sequence[str]) -> tuple[str, ...]:
    """Return claim ids of ids or of their unique beginnings.

    Raises
    ------
    UsageError
        If a text fits no claim, or several.
    """
    ids = [claim.id for claim in case.claims]
    found = []
    for text in texts:
        fits = [name for name in ids if name == text] or [
            name for name in ids if name.startswith(text)
        ]
        if len(fits) != 1:
            told = f"{len(fits)} claims begin so" if fits else "no claim begins so"
            raise UsageError(f'claim "{text}": {told}')
        found.append(fits[0])
    return tuple(found)


def merges_named(case: Case, texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return part and whole of texts such as `part=whole`.

    Raises
    ------
    UsageError
        If a text is not of that form, or a node is not there.
    """
    names = alias_table(case.nodes)
    found = []
    for text in texts:
        part, mark, whole = text.partition("=")
        if not mark:
            raise UsageError(f'--merge takes PART=WHOLE, got "{text}"')
        found.append((node_named(part, names), node_named(whole, names)))
    return tuple(found)


def splits_named(
    case: Case, texts: Sequence[str]
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return node, new node and claims of texts such as `node=new:claim,claim`.

    Raises
    ------
    UsageError
        If a text is not of that form, a node or claim is not there, the new node is,
        or a claim does not speak of the node.
    """
    names = alias_table(case.nodes)
    by_id = {claim.id: claim for claim in case.claims}
    found = []
    for text in texts:
        old, mark, rest = text.partition("=")
        new, colon, ids = rest.partition(":")
        if not mark or not colon or not new.strip() or not ids.strip():
            raise UsageError(f'--split takes NODE=NEW:CLAIM,CLAIM, got "{text}"')
        node, fresh = node_named(old, names), new.strip()
        if fresh in {item.id for item in case.nodes}:
            raise UsageError(f'--split: "{fresh}" is a node already; use --merge')
        claims = claims_named(case, [part.strip() for part in ids.split(",")])
        for name in claims:
            claim = by_id[name]
            ends = {claim.subject, claim.object}
            if claim.edge is not None:
                ends |= {claim.edge.tail, claim.edge.head}
            if node not in ends:
                raise UsageError(f'--split: claim "{name}" does not speak of {node}')
        found.append((node, fresh, claims))
    return tuple(found)
