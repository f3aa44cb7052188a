"""What changes when a reader disagrees: claims withdrawn or turned, premises granted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cuibono.claims.records import Action, Case, Claim, LinkChange, Reading
from cuibono.claims.words import Sign
from cuibono.errors import UsageError
from cuibono.model.build import build_model
from cuibono.questions.action import done_to
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
    """

    without: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    grant: tuple[LinkChange, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything is changed."""
        return bool(self.without or self.deny or self.grant)


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
    model = build_model(replace(case, claims=claims), reading, gone=changes.without)
    graph = done_to(model.digraph, Action(add=changes.grant)).graph
    return Lens(model, seed=seed, draws=draws, graph=graph)


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
