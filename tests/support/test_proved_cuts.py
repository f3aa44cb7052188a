"""Certificates of cuts: what they prove, and what a check refuses."""

from dataclasses import replace

import pytest

from cuibono.model.digraph import digraph
from cuibono.support import cuts, proved_cuts
from cuibono.support.proved_cuts import Cut, Proof, check_cut, cut_of, least_cut, named

RING = digraph(
    [("arda", "brun", 1), ("brun", "cor", 1), ("arda", "dana", 1), ("dana", "cor", -1)]
)
LONE = (("a",), ("b", "x"), ("c", "y"), ("d",))
TWICE = (("a",), ("b",), ("a",), ("d",))


def test_claims_behind_one_link_each_are_cut_by_flow() -> None:
    """As many paths without a claim in common as claims in the cut."""
    cut = least_cut(RING, LONE, [0], 2)
    assert (cut.proof, cut.names, cut.bound) == (Proof.FLOW, ("a", "d"), 2)
    assert sorted(cut.paths) == [(0, 1), (2, 3)]
    assert check_cut(RING, LONE, [0], cut)


def test_a_claim_behind_two_links_makes_it_a_hitting_set() -> None:
    """One claim behind both ways."""
    cut = least_cut(RING, TWICE, [0], 2)
    assert (cut.proof, cut.names, cut.bound) == (Proof.COVER, ("a",), 1)
    assert check_cut(RING, TWICE, [0], cut)


def test_voices_and_sources_are_cut_by_their_names() -> None:
    """Two voices on either way."""
    of = {"a": "cor", "b": "cor", "x": "author", "c": "author", "y": "esk", "d": "cor"}
    behind = named(LONE, of)
    assert behind == (("cor",), ("cor", "author"), ("author", "esk"), ("cor",))
    assert least_cut(RING, behind, [0], 2).names == ("cor",)


@pytest.mark.parametrize("behind", [((), (), ("c",), ("d",)), ((), (), ("c",), ("c",))])
def test_a_path_that_no_claim_states_cannot_be_cut(
    behind: tuple[tuple[str, ...], ...],
) -> None:
    """Neither by flow nor by cover."""
    cut = least_cut(RING, behind, [0], 2)
    assert (cut.proof, cut.names) == (Proof.UNCUTTABLE, ())
    assert not check_cut(RING, behind, [0], cut)


def test_no_path_and_a_target_that_is_pushed_have_no_cut() -> None:
    """Nothing to part."""
    assert least_cut(RING, LONE, [2], 0).proof is Proof.NO_PATH
    assert cut_of(RING, LONE, ([2], [0, 2])).proof is Proof.NO_PATH
    assert cut_of(RING, LONE, ([0], [0])).proof is Proof.UNCUTTABLE
    with pytest.raises(ValueError, match="pushed itself"):
        least_cut(RING, LONE, [0], 0)


def test_the_easiest_target_to_part_is_enough() -> None:
    """A conclusion about several nodes falls with one."""
    cut = cut_of(RING, LONE, ([0], [2, 1]))
    assert (cut.target, cut.names) == (1, ("a",))


def good() -> Cut:
    """Return a cut whose certificate holds."""
    return least_cut(RING, LONE, [0], 2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"names": ("a",)},
        {"names": ("a", "c")},
        {"names": ("a", "d", "x"), "bound": 3},
        {"bound": 1},
        {"paths": ((0, 1), (0, 1))},
        {"paths": ((0, 1), (2, 1))},
        {"paths": ((0, 1), (3,))},
        {"paths": ((0, 1),)},
        {"proof": Proof.COVER, "paths": ((0, 1),)},
    ],
)
def test_a_wrong_certificate_is_refused(wrong: dict[str, object]) -> None:
    """Too few names, paths that are none, paths that prove less."""
    assert check_cut(RING, LONE, [0], good())
    assert not check_cut(RING, LONE, [0], replace(good(), **wrong))  # type: ignore[arg-type]


def test_a_check_or_search_that_takes_too_long_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No answer rather than a wrong one."""
    monkeypatch.setattr(proved_cuts, "MOST_LOOKS", 0)
    assert not check_cut(RING, TWICE, [0], least_cut(RING, TWICE, [0], 2))
    monkeypatch.setattr(cuts, "MOST_ROUNDS", 1)
    twice = (("a",), ("b",), ("c", "b"), ("d", "a"))
    assert least_cut(RING, twice, [0], 2).proof is Proof.STOPPED
