"""From counts to a verdict: the rules, in one place."""

from typing import Final

from cuibono.record.compare.records import Change, Level, Verdict

LEAST_ACTS: Final = 10
"""Acts below which nothing is decided."""


def level_direction(found: Level | None) -> int | None:
    """1 or -1 if share and odds point the same way, 0 if not, None for too few acts.

    Both must be clear: the claimed acts are more than half of the signed ones, and
    more than among comparable dyads. One alone shows how such records are made (most
    reported acts are talks) or how an actor treats everybody.
    """
    if found is None or found.signed < LEAST_ACTS or found.base_signed < LEAST_ACTS:
        return None
    share, odds = found.share.direction(0.5), found.odds_ratio.direction()
    return share if share == odds else 0


def change_direction(found: Change | None) -> int | None:
    """1 for a rise, -1 for a fall, 0 if neither is clear, None for too few acts."""
    if found is None or found.before + found.after < LEAST_ACTS:
        return None
    return found.ratio.direction()


def verdict(direction: int | None, expect: int) -> Verdict:
    """Verdict of a direction, where the claims expect 1 or -1."""
    if direction is None:
        return Verdict.TOO_FEW
    if direction == 0:
        return Verdict.NOT_DECIDED
    return Verdict.AGREES if direction == expect else Verdict.DISAGREES


def level_reason(found: Level | None) -> str:
    """Sentence part that says why a level verdict is what it is."""
    direction = level_direction(found)
    if found is None or direction is None:
        number = found.signed if found is not None else 0
        return f"{number} signed acts, fewer than {LEAST_ACTS}"
    share, odds = found.share.direction(0.5), found.odds_ratio.direction()
    if direction:
        much = "most" if share > 0 else "few"
        more = "more" if odds > 0 else "fewer"
        return f"{much} signed acts are such, and {more} than among comparable dyads"
    if share and odds:
        return (
            "against one half and against comparable dyads the acts point opposite ways"
        )
    if share or odds:
        clear = "one half" if share else "comparable dyads"
        return f"clear against {clear} only"
    return "neither against one half nor against comparable dyads a clear difference"


def change_reason(found: Change | None) -> str:
    """Sentence part that says why a change verdict is what it is."""
    if found is None:
        return "too few whole months on one side of the date"
    direction = change_direction(found)
    if direction is None:
        return f"{found.before + found.after} acts, fewer than {LEAST_ACTS}"
    if direction == 0:
        return "no change beyond that of comparable dyads is clear"
    return f"such acts {'rose' if direction > 0 else 'fell'} beyond comparable dyads"
