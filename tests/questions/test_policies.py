"""Policies by outcomes, and what taking one of a pair out does to the other."""

from cuibono.claims.records import Action, Alternative, Conclusion
from cuibono.questions.answer import ChangeClass, Verdict
from cuibono.questions.depends import depends
from cuibono.questions.policies import policy_table
from tests.questions.models import MUTUAL, expecting, lens_of, press


def test_each_action_is_listed_once_with_what_it_does_to_every_outcome() -> None:
    lens = lens_of([("arda", "brun", 1), ("brun", "cor", -1), ("dana", "cor", 1)])
    other = Alternative(id="o", title="dana instead", do=press(dana=1.0))
    one = expecting(press(arda=1.0), alternatives=(other,), cor="-")
    again = Conclusion(
        id="again",
        title="again",
        claims=("c",),
        do=press(arda=1.0),
        expect=(("brun", "+"),),
    )
    table = policy_table(lens, [one, again])
    assert table.outcomes == ("brun", "cor")
    assert [policy.title for policy in table.policies] == [one.title, "dana instead"]
    first, second = table.policies
    signs = [change.sign if change else None for change in first.changes]
    assert signs == [1, -1]
    assert second.changes[0] is not None and second.changes[1] is not None
    assert second.changes[0].kind is ChangeClass.NO_PATH
    assert second.changes[1].sign == 1


def test_a_policy_tells_nothing_of_what_it_pushes_itself() -> None:
    lens = lens_of([("arda", "brun", 1)])
    table = policy_table(
        lens,
        [expecting(press(brun=1.0), brun="+"), expecting(press(arda=1.0), brun="+")],
    )
    assert [policy.changes[0] is None for policy in table.policies] == [False]


def test_what_is_not_in_the_model_is_no_outcome() -> None:
    lens = lens_of([("arda", "brun", 1)])
    table = policy_table(
        lens,
        [
            expecting(press(arda=1.0), nowhere="+"),
            expecting(Action(), untestable="vague", brun="+"),
        ],
    )
    assert table.outcomes == ("brun",)


def test_of_two_that_depend_on_each_other_one_falls_without_the_other() -> None:
    answer = depends(lens_of(MUTUAL), "arda", "brun")
    assert [one.id for one in answer.comparisons] == ["without-arda", "without-brun"]
    assert {one.verdict for one in answer.comparisons} == {Verdict.FOLLOWS_BY_STRUCTURE}
    rivals = depends(
        lens_of([("arda", "brun", -1), ("brun", "arda", -1)]), "arda", "brun"
    )
    assert {one.verdict for one in rivals.comparisons} == {Verdict.CONTRADICTED}
