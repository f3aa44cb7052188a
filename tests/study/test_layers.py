"""Balance of each layer as a study tells it, and what drives a model."""

from dataclasses import replace

import pytest

from cuibono.model.graph import graph
from cuibono.study.diagnose import diagnose
from cuibono.study.layers import disagreements, layered
from tests.questions.models import MUTUAL, RUNAWAY, lens_of, lens_on

TRIO = [("arda", "brun", 1), ("brun", "cor", 1), ("arda", "cor", -1)]


def claimed(*ties: tuple[str, str, int]) -> list[tuple[str, ...]]:
    """Claims behind each tie: one of its own."""
    return [(f"{one}-{other}",) for one, other, _ in ties]


def test_a_frustrated_triad_is_told_with_its_claims_and_its_proof() -> None:
    """Index one, and any of the three ties may be the frustrated one."""
    found = layered(
        "declared", graph(TRIO, claims=tuple(claimed(*TRIO))), [("arda", "cor")]
    )
    assert (found.low, found.high, found.proved) == (1, 1, True)
    assert not found.balanced and found.triads == (0, 1, 0, 0)
    assert found.strong == (0.0, 0.0)
    assert found.partitions == 3 and found.partitions_complete
    assert found.always == () and len(found.sometimes) == 3
    assert {tie.claims for tie in found.ties} == set(claimed(*TRIO))
    (pair,) = found.pairs
    assert (pair.stated, pair.friendly, pair.hostile) == (-1, 1, 0)
    (line,) = pair.lines
    assert (line.third, line.predicts) == ("brun", 1)
    assert line.claims == ("arda-brun", "brun-cor")


@pytest.mark.parametrize(("sign", "wanted"), [(1, 1), (-1, -1), (0, 0)])
def test_a_pairs_own_tie_is_told_beside_the_rules(sign: int, wanted: int) -> None:
    """Friendly, hostile, disputed; not stated; or not in the layer at all."""
    found = layered("declared", graph([("arda", "brun", sign)]), [("brun", "arda")])
    assert found.pairs[0].stated == wanted and found.ties[0].claims == ()
    two = graph([("arda", "brun", 1), ("brun", "cor", 1)])
    assert layered("declared", two, [("arda", "cor")]).pairs[0].stated is None
    assert layered("declared", two, [("arda", "nobody")]).pairs == ()


def test_factions_are_those_of_the_largest_connected_part() -> None:
    """Parts that no stated tie links cannot be set against each other."""
    ties = [
        *[("arda", "brun", -1), ("cor", "dana", 1), ("dana", "eska", -1)],
        *[("eska", "fenn", 1), ("arda", "cor", 0)],
    ]
    found = layered("effective", graph(ties), ())
    sides = {frozenset(side) for side in found.factions}
    assert sides == {frozenset({"cor", "dana"}), frozenset({"eska", "fenn"})}
    assert layered("effective", graph([]), ()).factions == ((), ())
    assert layered("effective", graph([]), ()).balanced


def test_of_two_parts_of_one_size_the_first_is_told() -> None:
    """Always the same one."""
    found = layered("effective", graph([("arda", "brun", 1), ("cor", "dana", 1)]), ())
    assert {name for side in found.factions for name in side} == {"arda", "brun"}


def test_layers_disagree_only_where_both_sign_a_pair_and_differ() -> None:
    """Disputed counts as another sign."""
    declared = layered(
        "declared",
        graph(
            [*TRIO, ("cor", "dana", 1)],
            claims=tuple(claimed(*TRIO, ("cor", "dana", 1))),
        ),
        (),
    )
    other = [("arda", "brun", 1), ("brun", "cor", 0), ("arda", "cor", 1)]
    effective = layered("effective", graph(other, claims=tuple(claimed(*other))), ())
    found = disagreements(declared, effective)
    assert {(d.one, d.other): (d.declared, d.effective) for d in found} == {
        ("brun", "cor"): (1, 0),
        ("arda", "cor"): (-1, 1),
    }
    assert found[0].claims and set(found[0].claims) <= {"brun-cor", "arda-cor"}


def test_what_drives_a_model_is_told_by_its_loops() -> None:
    """Reinforcing, balancing and of unknown sign, each with its claims."""
    links = [("cor", "dana", 0), ("dana", "cor", 1), ("dana", "eska", 1)]
    lens = lens_of([*MUTUAL, ("brun", "cor", 1), ("cor", "brun", -1), *links])
    found = diagnose(lens)
    assert (found.reinforcing, found.balancing, found.unknown) == (1, 1, 1)
    assert found.complete and not found.sign_stable and not found.impossible
    by_sign = {line.sign: line for line in found.loops}
    assert set(by_sign[1].nodes) == {"arda", "brun"}
    assert by_sign[1].claims == ("c0", "c1")
    assert set(by_sign[-1].nodes) == {"brun", "cor"}
    (block,) = found.blocks
    assert set(block.nodes) == {"arda", "brun", "cor", "dana"}
    assert found.sampling[0].prior == "uniform"


def test_a_model_that_cannot_rest_says_why_and_is_not_drawn() -> None:
    """With the loops that cause it."""
    found = diagnose(lens_of(RUNAWAY))
    assert found.impossible == ("a node amplifies itself and nothing acts back on it",)
    (loop,) = found.impossible_loops
    assert (loop.nodes, loop.sign) == (("arda",), 1)
    assert found.sampling == ()


def test_a_model_without_loops_settles_whatever_the_strengths() -> None:
    """Every node limits itself; loops of a network without claims name none."""
    found = diagnose(lens_of([("arda", "brun", 1)]))
    assert found.blocks == () and found.loops == () and found.sign_stable
    bare = lens_of(MUTUAL)
    drop = replace(bare.graph, claims=())
    assert diagnose(lens_on(drop)).loops[0].claims == ()
    assert diagnose(lens_of([], names=())).sampling == ()
