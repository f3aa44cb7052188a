"""Signs that follow from structure."""

import sys
from subprocess import run

import numpy as np
from hypothesis import assume, given, settings

from cuibono.model.digraph import SignedDigraph, digraph
from cuibono.response.answers import response_matrix
from cuibono.response.determined import By, determination, sign_determined
from cuibono.response.drawing import draw_ensemble
from cuibono.response.equilibrium import no_equilibrium
from cuibono.response.priors import PRIORS
from tests.definitions import response_determinants as definition
from tests.response import reference
from tests.strategies.digraphs import signed_digraphs


@settings(deadline=None)
@given(signed_digraphs(limited=None, self_edges=True))
def test_terms_that_agree_determine_the_sign(g: SignedDigraph) -> None:
    """Counted on the whole model, which is stricter than block by block."""
    assume(not no_equilibrium(g))
    found = sign_determined(g)
    terms = definition.absolute_feedback(g)
    for i in range(g.n):
        for j in range(g.n):
            sign = definition.whole_terms_agree(g, i, j)
            if sign:
                assert found[i, j] == sign
            assert terms[i][j] == 0 or found[i, j] != 0


@settings(max_examples=40, deadline=None)
@given(
    signed_digraphs(
        self_edges=True, disputed=True, uncertain=True, signs=(-1, 1, 0), limited=True
    )
)
def test_a_determined_sign_holds_in_every_draw(g: SignedDigraph) -> None:
    found = sign_determined(g)
    for prior in (PRIORS[0], PRIORS[4]):
        rng = np.random.default_rng(20260101)
        drawn = draw_ensemble(g, prior=prior, draws=60, rng=rng, most_tries=4000)
        signs = np.sign(response_matrix(drawn))
        may_vanish = (g.group > 0).any()
        for sign in (1, -1):
            held = signs[:, found == sign]
            assert ((held == sign) | (may_vanish & (held == 0))).all()
        assert (signs[:, found == 0] == 0).all()


def test_reinforcing_loops_are_determined_by_stability_alone() -> None:
    edges = [("Arda", "Brun", 1), ("Brun", "Arda", 1)]
    edges += [("Brun", "Cor", -1), ("Cor", "Brun", -1)]
    found = determination(digraph(edges))
    assert found.sign.tolist() == [[1, 1, -1], [1, 1, -1], [-1, -1, 1]]
    # Brun and Cor reinforce each other beside Arda: its own terms differ in sign.
    assert found.by[0, 0] == By.STABILITY
    assert found.by[0, 2] == By.ADJOINT


def test_the_published_conflict_maps_have_structural_zeros_only_without_path() -> None:
    g = reference.small_model("thucydides_trap")
    war = g.position("WAR")
    assert (sign_determined(g)[:, war] != 0).sum() == 1


def test_an_edge_of_open_sign_determines_nothing_that_it_reaches() -> None:
    for edges in ([("a", "b", 0)], [("a", "b", 1), ("a", "b", -1)]):
        g = digraph([*edges, ("b", "c", 1), ("d", "c", 1)])
        a, b, c, d = (g.position(name) for name in "abcd")
        found = sign_determined(g)
        assert found[b, a] == found[c, a] == 2
        assert found[c, b] == found[c, d] == 1


def test_two_chains_of_opposite_sign_are_not_determined() -> None:
    edges = [("a", "b", 1), ("b", "d", 1), ("a", "c", 1), ("c", "d", -1)]
    assert sign_determined(digraph(edges))[3 - 1, 0] == 2


def test_a_missing_limit_gives_a_zero_although_there_is_a_path() -> None:
    """A prey without a limit does not respond to what feeds it: its hunter does."""
    edges = [("prey", "hunter", 1), ("hunter", "prey", -1), ("hunter", "hunter", -1)]
    g = digraph(edges, self_limitation=False)
    prey, hunter = g.position("prey"), g.position("hunter")
    assert sign_determined(g)[hunter, hunter] == 0
    assert sign_determined(g)[hunter, prey] == 1


def test_structure_does_without_numba() -> None:
    code = "import sys, cuibono.response.structure; assert 'numba' not in sys.modules"
    assert run([sys.executable, "-c", code], check=False).returncode == 0
