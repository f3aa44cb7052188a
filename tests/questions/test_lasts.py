"""Does it last: only the contrast with the driver taken out is credited."""

import numpy as np
import pytest

from cuibono.claims.records import Action, Alternative
from cuibono.questions.answer import Answer, PriorShare, Verdict
from cuibono.questions.follows import follows
from cuibono.questions.lasts import BY_CONSTRUCTION, lasts
from cuibono.questions.lens import Lens
from tests.questions.models import RUNAWAY, Edges, expecting, lens_of

FED: Edges = [("driver", "weed", 1), ("weed", "driver", -1), ("driver", "driver", -1)]
"""The weed does not limit itself and lives on the driver alone."""

ANYWAY: Edges = [("driver", "weed", -1), ("weed", "other", 1)]
"""The driver harms the weed: it grows back all the more without it."""

PARTLY: Edges = [("driver", "weed", 1)]
"""The weed limits itself and is fed: what it would be alone is open."""


def fed() -> Lens:
    """Lens on the model in which the driver alone feeds the weed."""
    return lens_of(FED, self_limitation=False)


def asked(lens: Lens, *drivers: str, word: str = "back") -> Answer:
    """Whether a gain against the weed comes undone, as a conclusion says."""
    others = tuple(
        Alternative(id=f"without-{name}", title=name, do=Action(remove=(name,)))
        for name in drivers
    )
    gain = Action(pulse=(("weed", -1.0),))
    return follows(lens, expecting(gain, alternatives=others, weed=word))


def test_it_follows_where_the_driver_is_all_that_feeds_the_node() -> None:
    """With the driver it comes back, without it never."""
    answer = asked(fed(), "driver")
    assert answer.verdict is Verdict.FOLLOWS_UNDER_ALL_PRIORS
    assert [share.share for share in answer.shares] == [0.0] * 5
    (other,) = answer.comparisons
    assert other.verdict is Verdict.FOLLOWS_UNDER_ALL_PRIORS
    assert other.shares == answer.shares
    assert answer.claims == ("c0", "said")


def test_it_is_contradicted_where_the_node_grows_back_anyway() -> None:
    """Then the driver is not what undoes the gain."""
    answer = asked(lens_of(ANYWAY), "driver")
    assert answer.verdict is Verdict.CONTRADICTED
    assert [share.share for share in answer.shares] == [1.0] * 5


def test_it_is_open_where_the_strengths_decide() -> None:
    """The shares say how far."""
    answer = asked(lens_of(PARTLY, draws=150), "driver")
    assert answer.verdict is Verdict.UNDETERMINED
    assert all(0.1 < share.share < 0.9 for share in answer.shares)


def test_it_leans_where_the_node_seldom_grows_back_without_the_driver() -> None:
    """Several things that feed it, taken out together."""
    edges: Edges = [(f"driver{k}", "weed", 1) for k in range(4)]
    together = Alternative(
        id="all", do=Action(remove=("driver0", "driver1"), clamp=("driver2", "driver3"))
    )
    said = expecting(
        Action(pulse=(("weed", -1.0),)), alternatives=(together,), weed="back"
    )
    answer = follows(lens_of(edges, draws=200), said)
    assert answer.verdict is Verdict.LEANS
    assert 0.1 < max(share.share for share in answer.shares) <= 1 / 3


def test_nothing_is_credited_without_a_driver() -> None:
    """A return by itself is true by construction."""
    answer = asked(lens_of(ANYWAY))
    assert answer.verdict is Verdict.UNDETERMINED
    assert answer.shares == () and answer.comparisons == ()
    assert answer.reason.startswith(BY_CONSTRUCTION)
    assert "names no driver" in answer.reason
    assert answer.figures and answer.untold


def test_nothing_stays_in_a_stable_model() -> None:
    """A conclusion that a gain stays while the rest is as it was fails by construction."""
    assert asked(fed(), "driver", word="stays").verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("driver", "missing"),
    [("nobody", ("nobody", "weed")), ("other", ("other", "weed"))],
)
def test_a_driver_that_no_path_links_is_a_missing_premise(
    driver: str, missing: tuple[str, str]
) -> None:
    """It is named, and the verdict is that of the first driver."""
    answer = asked(lens_of(ANYWAY), driver)
    assert answer.verdict is Verdict.NOT_CONNECTED
    assert answer.missing == missing
    assert answer.comparisons[0].missing == missing
    both = asked(lens_of(ANYWAY), "driver", driver)
    assert both.verdict is Verdict.CONTRADICTED and both.missing is None


def test_a_driver_that_is_the_node_itself_explains_nothing() -> None:
    """Taking the weed out is no way to see whether it grows back without a driver."""
    assert asked(lens_of(ANYWAY), "weed").verdict is Verdict.NOT_CONNECTED


def test_taking_the_node_out_with_its_driver_is_taking_the_driver_out() -> None:
    """The node is taken away in any case."""
    gain = Action(pulse=(("weed", -1.0),))
    both, alone = (
        follows(
            lens_of(PARTLY),
            expecting(
                gain,
                alternatives=(Alternative(id="a", do=Action(remove=names)),),
                weed="back",
            ),
        )
        for names in (("weed", "driver"), ("driver",))
    )
    assert both.shares == alone.shares != ()


def test_a_node_that_the_reading_does_not_have_is_not_connected() -> None:
    """What is pushed is named, or nothing."""
    lens = lens_of([("arda", "brun", 1)])
    answer = asked(lens, "arda")
    assert answer.verdict is Verdict.NOT_CONNECTED
    assert answer.missing == ("", "weed") and answer.reason
    other = expecting(Action(pulse=(("arda", -1.0),)), weed="back")
    assert follows(lens, other).missing == ("arda", "weed")


def test_without_an_equilibrium_there_is_nothing_to_come_back_to() -> None:
    """The verdict says so."""
    answer = lasts(lens_of(RUNAWAY), "brun", ("arda",))
    assert answer.verdict is Verdict.NO_EQUILIBRIUM


def test_the_question_by_itself_names_its_drivers_one_by_one() -> None:
    """As asked on the command line."""
    answer = lasts(fed(), "weed", ("driver",))
    assert answer.question == "lasts" and answer.id == "lasts-weed"
    assert answer.verdict is Verdict.FOLLOWS_UNDER_ALL_PRIORS
    assert [other.id for other in answer.comparisons] == ["without-driver"]
    assert [part.expected for part in answer.expectations] == ["back"]


def test_how_much_of_a_push_stays_is_told_by_prior() -> None:
    """All of it alone, more in a reinforcing loop, less in a balancing one."""
    kept = {}
    for name, edges in {
        "alone": [("weed", "other", 1)],
        "amplified": [("weed", "other", 1), ("other", "weed", 1)],
        "damped": [("weed", "other", 1), ("other", "weed", -1)],
    }.items():
        figures = dict(lasts(lens_of(edges), "weed", ()).figures)
        kept[name] = figures["median_push_kept_uniform"]
        assert figures["share_backfires_uniform"] == 0.0
        assert len(figures) == 11
        assert figures["share_reversed_in_the_long_run"] == 0.0
    assert kept["alone"] == pytest.approx(1.0)
    assert kept["amplified"] > 1.0 > kept["damped"]


def test_how_much_stays_is_not_told_of_a_node_without_a_limit() -> None:
    """Alone it would have no level to compare with."""
    assert fed().ensemble(fed().priors[0]).draws
    told = dict(lasts(fed(), "weed", ()).figures)
    assert set(told) == {"share_reversed_in_the_long_run"}


def test_root_and_symptom_are_compared_in_the_same_models() -> None:
    """A push on a driver against the same push on the target; and early against late."""
    edges: Edges = [("root", "weed", 1), ("root", "root", -1), ("weed", "weed", -1)]
    lens = lens_of(edges, draws=300)
    told = dict(lasts(lens, "weed", ("root",)).figures)
    drawn = lens.ensemble(lens.priors[0])
    weed, root = lens.graph.position("weed"), lens.graph.position("root")
    own = lens.responses(lens.priors[0], [(weed, -1.0)])[:, weed]
    by_root = lens.responses(lens.priors[0], [(root, -1.0)])[:, weed]
    assert drawn.draws == 300
    assert told["share_deeper_by_root"] == pytest.approx((by_root < own).mean())
    # A push down that calls up what lowers it more: down at first, up in the end.
    turn: Edges = [("weed", "foe", 1), ("foe", "weed", 1)]
    assert (
        dict(lasts(lens_of(turn), "weed", ()).figures)["share_reversed_in_the_long_run"]
        == 0.0
    )


def test_the_same_seed_gives_the_same_levels() -> None:
    """Levels are drawn apart from the models, under the same seed."""
    one, same = (asked(lens_of(PARTLY, seed=3), "driver").shares for _ in range(2))
    other = asked(lens_of(PARTLY, seed=4), "driver").shares
    assert one == same and one != other
    assert all(isinstance(share, PriorShare) for share in one)
    assert np.isfinite([share.error for share in one]).all()


def test_an_empty_reading_is_an_answer() -> None:
    """Nothing is said about the node."""
    answer = lasts(lens_of([], names=()), "weed", ("driver",))
    assert answer.verdict is Verdict.NOT_CONNECTED
