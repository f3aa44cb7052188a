"""Does a gain last in the bounded lens: as things are, with a driver out, or held."""

import zlib
from dataclasses import dataclass

import numpy as np

from cuibono.claims.records import Conclusion
from cuibono.questions.lasts import LASTING
from cuibono.questions.lens import Lens
from cuibono.response.bounded import draw_bounded
from cuibono.response.outcomes import HORIZON, LENGTH, Trial, outcomes

COUPLINGS = (1.0, 2.0, 2.5, 3.0)
STRENGTHS = (1.0, 4.0)
DRAWS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class LastingCell:
    """What becomes of a push on one node, in one variant, at one coupling and strength.

    Counts are of draws whose status quo is stable.

    Attributes
    ----------
    variant : str
        `as it is`, or the driver and what is done to it.
    coupling, strength : float
        Where on the curve.
    draws, stable : int
        Draws, and those with a stable status quo.
    moved : int
        Changed in the direction of the push when it ends.
    back, stays, reversed : int
        At the horizon: back at the status quo; changed for good in the direction of the
        push and not in the control; changed the other way and not in the control.
    control_back : int
        Back after a push of a thousandth.
    """

    variant: str
    coupling: float
    strength: float
    draws: int
    stable: int
    moved: int
    back: int
    stays: int
    reversed: int
    control_back: int


def lasting_cells(
    lens: Lens,
    item: Conclusion,
    *,
    couplings: tuple[float, ...] = COUPLINGS,
    strengths: tuple[float, ...] = STRENGTHS,
    draws: int = DRAWS,
) -> tuple[LastingCell, ...]:
    """Return what becomes of the push that a conclusion about lasting names.

    As things are, with the nodes of each alternative removed, and with them held low (at
    a tenth, where the status quo lies between 0.3 and 0.7).

    Parameters
    ----------
    lens : Lens
        On the reading's model.
    item : Conclusion
        One that expects `back` or `stays`.
    couplings, strengths : tuple of float
        The grid.
    draws : int
        Draws in each cell, the same in all.

    Returns
    -------
    tuple of LastingCell
        Empty where the node is not in the model.
    """
    graph = lens.graph
    node = next((name for name, word in item.expect if word in LASTING), "")
    if node not in graph.names:
        return ()
    target = graph.position(node)
    pushes = dict((*item.do.pulse, *item.do.press)) or {node: -1.0}
    known = {name: size for name, size in pushes.items() if name in graph.names}
    press = {graph.position(name): size for name, size in known.items()}
    if not press:
        return ()
    direction = -1 if pushes.get(node, -1.0) < 0 else 1
    drawn = draw_bounded(
        graph,
        prior=lens.priors[0],
        draws=draws,
        rng=np.random.default_rng([lens.seed, zlib.crc32(b"bounded")]),
    )
    along, against = (0, 2) if direction < 0 else (2, 0)
    found = []
    for variant, held in _variants(lens, item, set(press)):
        trial = Trial(press=press, length=LENGTH, horizon=HORIZON, held=held)
        told = outcomes(drawn, trial, couplings=couplings, strengths=strengths)
        found += [
            LastingCell(
                variant=variant,
                coupling=coupling,
                strength=strength,
                draws=draws,
                stable=int(told.stable[c]),
                moved=int(told.during[c, s, target, along]),
                back=int(told.after[c, s, target, 1]),
                stays=int(told.credited[c, s, target, along]),
                reversed=int(told.credited[c, s, target, against]),
                control_back=int(told.control[c, 0, target, 1]),
            )
            for c, coupling in enumerate(couplings)
            for s, strength in enumerate(strengths)
        ]
    return tuple(found)


def _variants(
    lens: Lens, item: Conclusion, pushed: set[int]
) -> list[tuple[str, dict[int, float | None]]]:
    """Variants of what is held: nothing; each driver removed; each held at a tenth."""
    found: list[tuple[str, dict[int, float | None]]] = [("as it is", {})]
    names = lens.graph.names
    for other in item.alternatives:
        gone = [
            lens.graph.position(name)
            for name in (*other.do.remove, *other.do.clamp)
            if name in names and lens.graph.position(name) not in pushed
        ]
        if gone:
            told = ", ".join(names[k] for k in gone)
            found.append((f"{told} removed", dict.fromkeys(gone, 0.0)))
            found.append((f"{told} held at a tenth", dict.fromkeys(gone, 0.1)))
    return found
