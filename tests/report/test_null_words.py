"""What a null says, and what two say together: one sentence for each outcome."""

import pytest

from cuibono.balance.nulls import Comparison, Null
from cuibono.report.null_words import null_sentence, together, way


def _null(name: str, z: float | None, *, has_power: bool = True) -> Null:
    seen = Comparison(quantity="L", observed=7.0, mean=9.0, sd=1.0, z=z)
    return Null(
        name=name,
        description="",
        draws=100,
        entropy_bits=1.0,
        free_ties=5,
        has_power=has_power,
        frustration=seen,
        triads=(seen, seen, seen, seen),
    )


@pytest.mark.parametrize(
    ("loose", "tight", "says"),
    [
        (-5.0, -3.0, "more balanced than shuffled signs; and also more than each"),
        (-5.0, 0.1, "is enough to explain that. It is no evidence"),
        (-5.0, 4.0, "but less balanced than each actor's own count"),
        (0.0, 0.0, "no more balanced than shuffled signs; and no more than"),
        (0.0, -4.0, "but more balanced than each actor's own count"),
        (6.0, 3.0, "less balanced than shuffled signs; and also less"),
        (6.0, 0.0, "is enough to explain that"),
    ],
)
def test_two_nulls_together_say_what_follows(
    loose: float, tight: float, says: str
) -> None:
    assert says in together([_null("shuffle", loose), _null("stp", tight)])


def test_nulls_without_power_decide_nothing() -> None:
    weak = _null("stp", -9.0, has_power=False)
    assert way(weak) == 0
    assert "nothing follows" in null_sentence(weak)
    assert "cannot be told" in together([_null("shuffle", -5.0), weak])
    idle = _null("shuffle", None, has_power=False)
    assert "neither null has power" in together([idle, weak])


def test_one_null_alone_says_nothing_together() -> None:
    assert together([_null("shuffle", -5.0)]) == ""
