"""Triads and the four rules."""

import pytest
from hypothesis import given, settings

from cuibono.balance.rules import Rule, four_rules, tally
from cuibono.balance.triads import Share, triads
from cuibono.model.graph import SignedGraph, graph
from tests.definitions import balance_brute as brute
from tests.strategies.graphs import signed_graphs


@given(signed_graphs(disputed=True))
@settings(max_examples=80, deadline=None)
def test_triads_are_those_of_the_definition(g: SignedGraph) -> None:
    found, expected = triads(g), brute.triads(g)
    assert found.nodes.tolist() == [[i, j, k] for i, j, k, _ in expected]
    assert [tuple(g.sign[row].tolist()) for row in found.ties] == [
        signs for _, _, _, signs in expected
    ]
    assert found.product.tolist() == [a * b * c for _, _, _, (a, b, c) in expected]
    stated = [signs for _, _, _, signs in expected if 0 not in signs]
    assert found.counts == tuple(
        sum(signs.count(-1) == k for signs in stated) for k in range(4)
    )


@given(signed_graphs())
@settings(max_examples=30, deadline=None)
def test_without_disputes_every_share_is_one_figure(g: SignedGraph) -> None:
    found = triads(g)
    assert found.counts == found.most_counts
    for share in (found.strongly_balanced, found.weakly_balanced):
        assert (share is None) == (len(found) == 0)
        assert share is None or share.low == share.high


def test_all_hostile_triad_is_balanced_only_weakly() -> None:
    found = triads(graph([("A", "B", -1), ("A", "C", -1), ("B", "C", -1)]))
    assert found.strongly_balanced == Share(low=0, high=0)
    assert found.weakly_balanced == Share(low=1, high=1)


def test_a_disputed_tie_opens_a_range() -> None:
    found = triads(graph([("A", "B", -1), ("A", "C", 1), ("B", "C", 0)]))
    assert found.counts == (0, 0, 0, 0)
    assert found.most_counts == (0, 1, 1, 0)
    assert found.strongly_balanced == Share(low=0, high=1)
    assert found.weakly_balanced == Share(low=0, high=1)


def test_two_hostile_ties_are_weakly_balanced_whatever_the_disputed_one_is() -> None:
    found = triads(graph([("A", "B", -1), ("A", "C", -1), ("B", "C", 0)]))
    assert found.strongly_balanced == Share(low=0, high=1)
    assert found.weakly_balanced == Share(low=1, high=1)


@pytest.mark.parametrize(
    ("first", "second", "rule", "predicts"),
    [
        (1, 1, Rule.FRIEND_OF_FRIEND, 1),
        (-1, 1, Rule.FRIEND_OF_ENEMY, -1),
        (1, -1, Rule.ENEMY_OF_FRIEND, -1),
        (-1, -1, Rule.ENEMY_OF_ENEMY, 1),
        (0, 1, Rule.DISPUTED, 0),
        (-1, 0, Rule.DISPUTED, 0),
    ],
)
def test_rule_is_read_from_the_first_party_to_the_third(
    first: int, second: int, rule: Rule, predicts: int
) -> None:
    g = graph([("Arda", "Cor", first), ("Brun", "Cor", second)])
    (reading,) = four_rules(g, "Arda", "Brun")
    assert (reading.third, reading.rule, reading.predicts) == ("Cor", rule, predicts)
    assert reading.stated is None
    assert [g.sign[tie] for tie in reading.ties] == [first, second]


@given(signed_graphs(disputed=True))
@settings(max_examples=30, deadline=None)
def test_swapping_the_pair_predicts_the_same(g: SignedGraph) -> None:
    if g.n < 2:
        return
    there, back = (four_rules(g, *pair) for pair in (g.names[:2], g.names[1::-1]))
    assert [r.predicts for r in there] == [r.predicts for r in back]
    assert [r.third for r in there] == [r.third for r in back]


def test_tally_counts_rules_and_agreement() -> None:
    g = graph(
        [
            ("Arda", "Brun", -1),
            ("Arda", "Cor", -1),
            ("Brun", "Cor", -1),
            ("Arda", "Dana", 1),
            ("Brun", "Dana", -1),
            ("Arda", "Esk", 0),
            ("Brun", "Esk", 1),
        ]
    )
    counts = tally(four_rules(g, "Arda", "Brun"))
    assert (counts.friendly, counts.hostile, counts.nothing) == (1, 1, 1)
    assert (counts.stated, counts.agree, counts.disagree) == (-1, 1, 1)
    assert dict(counts.by_rule)[Rule.ENEMY_OF_FRIEND] == 1


def test_tally_of_a_pair_without_third_parties_is_empty() -> None:
    counts = tally(four_rules(graph([("Arda", "Brun", 1)]), "Arda", "Brun"))
    assert (counts.friendly, counts.hostile, counts.stated) == (0, 0, None)


def test_unknown_and_equal_names_are_refused() -> None:
    g = graph([("Arda", "Brun", 1)])
    with pytest.raises(ValueError, match="must be actors of the graph, got 'Zed'"):
        four_rules(g, "Arda", "Zed")
    with pytest.raises(ValueError, match="must be two actors, got 'Arda' twice"):
        four_rules(g, "Arda", "Arda")
