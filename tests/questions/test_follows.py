"""Does it follow: every verdict on a model whose answer is known."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from cuibono.claims.records import Action, Alternative, Conclusion, LinkChange
from cuibono.model.digraph import SignedDigraph
from cuibono.questions.answer import (
    LEANING,
    SETTLED,
    Answer,
    ChangeClass,
    PriorShare,
    Verdict,
    verdict_from,
)
from cuibono.questions.follows import follows
from cuibono.questions.lasts import BY_CONSTRUCTION
from cuibono.response.priors import PRIORS
from tests.questions.models import (
    CHAIN,
    DISPUTED,
    MUTUAL,
    OPPOSED,
    RUNAWAY,
    TWO_SOURCES,
    Edges,
    expecting,
    lens_of,
    lens_on,
    press,
)
from tests.strategies.digraphs import signed_digraphs

MANY: Edges = [(f"ally{k}", "brun", 1) for k in range(4)] + [("arda", "brun", -1)]


def asked(edges: Edges, conclusion: Conclusion) -> Answer:
    """Answer on a model of edges."""
    return follows(lens_of(edges), conclusion)


VERDICTS: dict[Verdict, tuple[Edges, Conclusion]] = {
    Verdict.FOLLOWS_BY_STRUCTURE: (CHAIN, expecting(press(arda=1), cor="-")),
    Verdict.FOLLOWS_UNDER_ALL_PRIORS: (
        TWO_SOURCES,
        expecting(press(arda=1000, cor=1), brun="+"),
    ),
    Verdict.LEANS: (
        MANY,
        expecting(press(arda=1, ally0=1, ally1=1, ally2=1, ally3=1), brun="+"),
    ),
    Verdict.UNDETERMINED: (OPPOSED, expecting(press(arda=1), brun="+")),
    Verdict.CONTRADICTED: (CHAIN, expecting(press(arda=1), cor="+")),
    Verdict.NOT_CONNECTED: (CHAIN, expecting(press(cor=1), arda="+")),
    Verdict.NO_EQUILIBRIUM: (RUNAWAY, expecting(press(arda=1), brun="+")),
    Verdict.NOT_TESTABLE: (
        CHAIN,
        expecting(press(arda=1), untestable="it names no node"),
    ),
}


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_reached_by_a_model_that_earns_it(verdict: Verdict) -> None:
    """The eight words, each with its premises."""
    answer = asked(*VERDICTS[verdict])
    assert answer.verdict is verdict
    assert answer.question == "follows" and answer.reading == "author"
    assert "said" in answer.claims


def test_shares_alone_can_contradict() -> None:
    """Where structure is open and hardly any model agrees."""
    answer = asked(TWO_SOURCES, expecting(press(arda=1000, cor=1), brun="-"))
    assert answer.verdict is Verdict.CONTRADICTED
    assert max(share.share for share in answer.shares) <= 1 - SETTLED
    assert "not decided by the signs alone" in answer.reason


def shares(*values: float) -> tuple[PriorShare, ...]:
    """Shares under priors of no name."""
    return tuple(PriorShare(prior="p", share=v, draws=9, error=0.0) for v in values)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ((), Verdict.UNDETERMINED),
        ((SETTLED, 1.0), Verdict.FOLLOWS_UNDER_ALL_PRIORS),
        ((LEANING, 1.0), Verdict.LEANS),
        ((0.0, 1 - SETTLED), Verdict.CONTRADICTED),
        ((0.0, 0.5), Verdict.UNDETERMINED),
        ((0.0, 1.0), Verdict.UNDETERMINED),
        ((LEANING - 0.01, 0.95), Verdict.UNDETERMINED),
    ],
)
def test_a_verdict_holds_under_the_whole_prior_set(
    values: tuple[float, ...], verdict: Verdict
) -> None:
    """The least of the shares decides for, the greatest against."""
    assert verdict_from(shares(*values)) is verdict


def test_where_chains_disagree_nothing_is_called_certain() -> None:
    """What would follow leans, what would be contradicted is open."""
    apart = tuple(replace(share, settled=False) for share in shares(SETTLED, 1.0))
    assert verdict_from(apart) is Verdict.LEANS
    apart = tuple(replace(share, settled=False) for share in shares(0.0, 0.05))
    assert verdict_from(apart) is Verdict.UNDETERMINED


def test_a_conclusion_that_names_several_nodes_needs_all_of_them() -> None:
    """In the same model: one contradicted node contradicts the whole."""
    both = expecting(press(arda=1), brun="+", cor="-")
    assert asked(CHAIN, both).verdict is Verdict.FOLLOWS_BY_STRUCTURE
    half = asked(CHAIN, expecting(press(arda=1), brun="+", cor="+"))
    assert half.verdict is Verdict.CONTRADICTED
    assert half.reason.startswith("the signs of the premises alone decide against")


def test_shares_of_several_nodes_are_counted_in_the_same_model() -> None:
    """Two nodes that always move apart never rise together, though each often does."""
    edges: Edges = [*DISPUTED, ("brun", "cor", -1)]
    lens = lens_of(edges)
    apart = follows(lens, expecting(press(arda=1), brun="+", cor="+"))
    assert {share.share for share in apart.shares} == {0.0}
    alone = follows(lens, expecting(press(arda=1), brun="+"))
    assert min(share.share for share in alone.shares) > 0.2


def test_expecting_no_change_is_contradicted_where_there_is_one() -> None:
    """And holds where structure alone cancels it."""
    assert asked(CHAIN, expecting(press(arda=1), brun="0")).verdict is (
        Verdict.CONTRADICTED
    )
    # A press is taken up whole by the node that the pressed one damps in a loop.
    held: Edges = [("arda", "brun", 1), ("brun", "arda", -1), ("brun", "brun", -1)]
    lens = lens_of(held, self_limitation=False)
    answer = follows(lens, expecting(press(brun=1), brun="0"))
    assert answer.verdict is Verdict.FOLLOWS_BY_STRUCTURE


@pytest.mark.parametrize(
    ("conclusion", "gap"),
    [
        (expecting(press(cor=1), arda="+"), ("cor", "arda")),
        (expecting(press(nobody=1), arda="+"), ("nobody", "arda")),
        (expecting(press(arda=1), nobody="+"), ("arda", "nobody")),
        (expecting(press(cor=1, nobody=1), arda="+"), ("cor", "arda")),
        (expecting(press(arda=1), brun="+", nobody="-"), ("arda", "nobody")),
        (expecting(Action(), brun="+"), ("", "brun")),
    ],
)
def test_a_missing_premise_is_named_by_its_two_ends(
    conclusion: Conclusion, gap: tuple[str, str]
) -> None:
    """From what is done to what is expected; an unstated premise is not false."""
    answer = asked(CHAIN, conclusion)
    assert answer.verdict is Verdict.NOT_CONNECTED
    assert answer.missing == gap
    assert "an unstated premise is not a false one" in answer.reason
    assert answer.shares == () and answer.sampling == ()
    # What is linked is told all the same.
    told = {part.node for part in answer.expectations if part.change is not None}
    assert told == {node for node, _ in conclusion.expect} - {gap[1]}


def test_among_several_pushes_one_that_leads_there_is_enough() -> None:
    """A node that the reading does not have takes nothing from the others."""
    answer = asked(CHAIN, expecting(press(arda=1, nobody=1), cor="-"))
    assert answer.verdict is Verdict.FOLLOWS_BY_STRUCTURE


def test_two_policies_that_add_different_nodes_are_told_apart() -> None:
    """Though their models have the same shape."""
    others = tuple(
        Alternative(
            id=name,
            do=Action(
                press=((name, 1.0),),
                add=(LinkChange(tail=name, head="arda"),),
            ),
        )
        for name in ("dana", "eska")
    )
    lens = lens_of(CHAIN)
    answer = follows(lens, expecting(press(arda=1), alternatives=others, brun="+"))
    assert [c.verdict for c in answer.comparisons] == [
        Verdict.FOLLOWS_BY_STRUCTURE,
        Verdict.FOLLOWS_BY_STRUCTURE,
    ]
    for other, name in zip(others, ("dana", "eska"), strict=True):
        said = replace(expecting(other.do), expect=((name, "+"),))
        told = follows(lens, said)
        (part,) = told.expectations
        assert part.change is not None and part.change.node == name


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        ("not +", Verdict.FOLLOWS_BY_STRUCTURE),
        ("not -", Verdict.CONTRADICTED),
    ],
)
def test_an_expectation_may_only_rule_a_sign_out(word: str, verdict: Verdict) -> None:
    """`not +` is falling or staying."""
    answer = asked(CHAIN, expecting(press(arda=1), cor=word))
    assert answer.verdict is verdict


def test_a_link_added_by_the_policy_connects() -> None:
    """What is done may itself make the path, and a cut may break it."""
    link = LinkChange(tail="cor", head="arda")
    bridged = Action(press=(("cor", 1.0),), add=(link,))
    answer = asked(
        [("arda", "brun", 1), ("brun", "cor", 1)], expecting(bridged, arda="+")
    )
    assert answer.verdict is Verdict.FOLLOWS_BY_STRUCTURE
    broken = Action(press=(("arda", 1.0),), cut=(LinkChange(tail="arda", head="brun"),))
    assert asked(CHAIN, expecting(broken, cor="-")).missing == ("arda", "cor")


def test_taking_a_node_out_undoes_what_followed_from_it() -> None:
    """Removal pushes down: what it raised falls."""
    gone = Action(remove=("arda",))
    answer = asked(CHAIN, expecting(gone, brun="-", cor="+"))
    assert answer.verdict is Verdict.FOLLOWS_BY_STRUCTURE


def test_alternatives_are_put_to_the_same_models() -> None:
    """Each with its own verdict, and its own missing premise."""
    others = (
        Alternative(id="back", title="the other way", do=press(arda=-1)),
        Alternative(id="same", do=press(brun=1)),
        Alternative(id="gap", do=press(nobody=1)),
        Alternative(
            id="runaway",
            do=Action(
                press=(("brun", 1.0),), add=(LinkChange(tail="brun", head="brun"),)
            ),
        ),
    )
    answer = asked(CHAIN, expecting(press(arda=1), alternatives=others, cor="-"))
    assert [(c.id, c.verdict) for c in answer.comparisons] == [
        ("back", Verdict.CONTRADICTED),
        ("same", Verdict.FOLLOWS_BY_STRUCTURE),
        ("gap", Verdict.NOT_CONNECTED),
        ("runaway", Verdict.NO_EQUILIBRIUM),
    ]
    assert answer.comparisons[0].title == "the other way"
    assert answer.comparisons[2].missing == ("nobody", "cor")
    assert answer.comparisons[1].shares and not answer.comparisons[2].shares


def test_an_answer_names_the_claims_of_the_shortest_stated_paths() -> None:
    """And those that state the conclusion itself."""
    edges: Edges = [
        *CHAIN,
        ("arda", "dana", 1),
        ("dana", "eska", 1),
        ("eska", "cor", 1),
    ]
    answer = asked(edges, expecting(press(arda=1), cor="-"))
    assert answer.claims == ("c0", "c1", "said")


def test_an_open_answer_says_which_nodes_opposed_paths_reach() -> None:
    """By id; the report gives the label."""
    answer = asked(OPPOSED, expecting(press(arda=1), brun="+"))
    assert answer.reason == "opposed paths reach brun"
    (part,) = answer.expectations
    assert part.change is not None
    assert part.change.kind in {ChangeClass.AMBIGUOUS, ChangeClass.PRIOR_DEPENDENT}


def test_shares_come_one_a_prior_with_how_they_were_drawn() -> None:
    """Draws, share of stable models, and the sampler."""
    answer = asked(MUTUAL, expecting(press(arda=1), brun="+"))
    names = [prior.name for prior in PRIORS]
    assert [share.prior for share in answer.shares] == names
    assert [item.prior for item in answer.sampling] == names
    for item in answer.sampling:
        assert item.draws == 60 and 0 < item.stable_share <= 1
        assert not item.chain and item.r_hat == 1.0
    for share in answer.shares:
        assert share.share == 1.0 and share.error == 0.0


@settings(max_examples=25, deadline=None)
@given(signed_digraphs(most_nodes=4))
def test_structure_never_disagrees_with_the_models_it_speaks_of(
    graph: SignedDigraph,
) -> None:
    """A verdict by structure holds in every draw, its contrary in none."""
    lens = lens_on(graph, draws=20)
    start = graph.names[0]
    for node in graph.names:
        for word in "+-":
            said = replace(expecting(press(**{start: 1})), expect=((node, word),))
            answer = follows(lens, said)
            given_shares = {share.share for share in answer.shares}
            if answer.verdict is Verdict.FOLLOWS_BY_STRUCTURE:
                assert given_shares <= {1.0}
            by_signs = answer.reason.startswith("the signs of the premises alone")
            if answer.verdict is Verdict.CONTRADICTED and by_signs:
                assert given_shares <= {0.0}


def test_the_same_seed_gives_the_same_shares_and_another_seed_others() -> None:
    """What was drawn can be drawn again."""
    asked_of = expecting(press(arda=1), brun="+")
    one, same, other = (
        follows(lens_of(OPPOSED, seed=seed), asked_of).shares for seed in (5, 5, 6)
    )
    assert one == same
    assert one != other


def test_an_empty_reading_is_an_answer() -> None:
    """It says what it lacks."""
    lens = lens_of([], names=())
    answer = follows(lens, expecting(press(arda=1), brun="+"))
    assert answer.verdict is Verdict.NOT_CONNECTED
    assert answer.missing == ("arda", "brun")


def test_a_conclusion_about_lasting_is_asked_of_the_other_question() -> None:
    """`back` and `stays` are not signs of an equilibrium."""
    lens = lens_of(CHAIN)
    answer = follows(lens, expecting(Action(pulse=(("brun", -1.0),)), brun="back"))
    assert answer.reason.startswith(BY_CONSTRUCTION)
    mixed = follows(lens, expecting(press(arda=1), cor="-", brun="back"))
    assert mixed.reason.startswith(BY_CONSTRUCTION)
    assert dict(mixed.figures) == dict(answer.figures)
    assert np.isfinite([value for _, value in answer.figures]).all()
