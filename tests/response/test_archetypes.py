"""Archetypes: each shape is found where it is, and nowhere else."""

from cuibono.model.digraph import digraph
from cuibono.response.archetypes import archetypes


def _named(edges: list[tuple[str, str, int]]) -> list[tuple[str, dict[str, str]]]:
    g = digraph(edges)
    return [
        (one.name, {role: g.names[node] for role, node in one.roles})
        for one in archetypes(g).archetypes
    ]


def test_two_that_raise_each_other_escalate() -> None:
    assert _named([("A", "B", 1), ("B", "A", 1)]) == [
        ("escalation", {"one": "A", "other": "B"})
    ]


def test_two_that_lower_each_other_drive_each_other_out() -> None:
    assert _named([("A", "B", -1), ("B", "A", -1)])[0][0] == "success to the successful"


def test_a_fix_with_a_delayed_side_effect_fails() -> None:
    edges = [("P", "F", 1), ("F", "P", -1), ("F", "S", 1), ("S", "P", 1)]
    found = [one for one in _named(edges) if one[0] == "fixes that fail"]
    assert found == [("fixes that fail", {"problem": "P", "fix": "F"})]
    # Where the side effect helps, the fix does not fail.
    kind = [(a, b, -s if (a, b) == ("S", "P") else s) for a, b, s in edges]
    assert not [one for one in _named(kind) if one[0] == "fixes that fail"]


def test_a_quick_fix_that_wears_down_the_lasting_one_shifts_the_burden() -> None:
    edges = [("P", "Q", 1), ("Q", "P", -1), ("P", "L", 1), ("L", "P", -1)]
    burden = [*edges, ("Q", "L", -1)]
    found = [one for one in _named(burden) if one[0] == "shifting the burden"]
    roles = {"problem": "P", "quick": "Q", "lasting": "L"}
    assert found == [("shifting the burden", roles)]
    assert not [one for one in _named(edges) if one[0] == "shifting the burden"]


def test_growth_with_a_brake_is_limited() -> None:
    edges = [("A", "B", 1), ("B", "A", 1), ("A", "C", 1), ("C", "A", -1)]
    found = [one for one in _named(edges) if one[0] == "limits to success"]
    assert found == [("limits to success", {"grows": "A"})]


def test_loops_of_unknown_sign_belong_to_none_and_a_limit_is_told() -> None:
    assert _named([("A", "B", 1), ("B", "A", 0)]) == []
    names = "ABCDEF"
    full = digraph([(a, b, 1) for a in names for b in names if a != b])
    found = archetypes(full, most=3)
    assert not found.complete
    assert len(found.archetypes) == 3
