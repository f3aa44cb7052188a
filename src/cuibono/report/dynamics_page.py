"""The page of `cuibono response --dynamics`: a grid for each node that moves."""

from cuibono.model.digraph import SignedDigraph
from cuibono.report.balance_page import Origin
from cuibono.report.dynamics_words import (
    CAVEATS,
    dynamics_lines,
    held_document,
    outcome_picture,
)
from cuibono.report.html import rendered
from cuibono.report.response_words import press_label
from cuibono.response.outcomes import Outcomes


def dynamics_page(
    origin: Origin, g: SignedDigraph, found: Outcomes, nodes: list[int]
) -> str:
    """One self-contained HTML page: where a change lasts, returns or turns round.

    Parameters
    ----------
    origin : Origin
        What was read, and how.
    g : SignedDigraph
        The model.
    found : Outcomes
        The grid.
    nodes : list of int
        Nodes that are shown.
    """
    trial = found.trial
    held = held_document(g, trial.held or {})
    return rendered(
        "dynamics.html.j2",
        {
            "title": f"What lasts: {origin.name}",
            "origin": origin,
            "press": press_label(g, trial.press),
            "held": ", ".join(f"{name} at {level}" for name, level in held.items()),
            "trial": trial,
            "draws": found.draws,
            "stable": [
                (f"{coupling:g}", stable)
                for coupling, stable in zip(
                    found.couplings, found.stable.tolist(), strict=True
                )
            ],
            "pictures": [
                (g.names[node], outcome_picture(found, node, g.names[node]))
                for node in nodes
            ],
            "lines": dynamics_lines(g, found, nodes),
            "caveats": CAVEATS,
        },
    )
