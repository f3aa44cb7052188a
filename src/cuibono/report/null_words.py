"""What a comparison with a null says, in a sentence, and what two of them say together."""

from collections.abc import Sequence

from cuibono.balance.nulls import Null

_CLEAR = 1.96
_AGAINST = {
    "shuffle": "signs shuffled over the same ties",
    "stp": "signs that keep each actor's count of friends and of enemies",
    "configuration": "ties and signs drawn anew from each actor's counts",
}


def null_sentence(null: Null) -> str:
    """One null: what L is, what chance gives, and what that says.

    Examples
    --------
    >>> from cuibono.balance.nulls import Comparison
    >>> seen = Comparison(quantity="L", observed=7.0, mean=14.7, sd=1.3, z=-5.9)
    >>> null_sentence(Null(name="shuffle", description="", draws=200, entropy_bits=1.0,
    ...     free_ties=1, has_power=True, frustration=seen, triads=(seen,) * 4))
    'Against signs shuffled over the same ties: L is 7, chance gives 14.7 (standard \
deviation 1.3; z -5.9, 200 draws): more balanced than that.'
    """
    seen = null.frustration
    against = _AGAINST.get(null.name, null.name)
    if not null.has_power or seen.z is None:
        return (
            f"Against {against}: no power. L is {seen.observed:g} and hardly varies "
            f"(mean {seen.mean:.4g}, standard deviation {seen.sd:.2g}); nothing follows."
        )
    word = {
        -1: "more balanced than that",
        0: "neither more nor less balanced than that",
        1: "less balanced than that",
    }[way(null)]
    return (
        f"Against {against}: L is {seen.observed:g}, chance gives {seen.mean:.4g} "
        f"(standard deviation {seen.sd:.2g}; z {seen.z:.1f}, {null.draws} draws): {word}."
    )


def way(null: Null) -> int:
    """-1 more balanced than the null (z of L below -1.96), 1 less, 0 neither."""
    z = null.frustration.z
    if z is None or not null.has_power:
        return 0
    return int(z > _CLEAR) - int(z < -_CLEAR)


def together(nulls: Sequence[Null]) -> str:
    """What the sign shuffle and the signed-degree null say side by side; "" without both.

    The second keeps more, so that what it explains needs no balance to explain it.
    """
    named = {null.name: null for null in nulls}
    if not {"shuffle", "stp"} <= named.keys():
        return ""
    loose, tight = named["shuffle"], named["stp"]
    if not (loose.has_power or tight.has_power):
        return "Taken together: neither null has power here, so that nothing follows."
    more = {-1: "more balanced", 0: "no more balanced", 1: "less balanced"}[way(loose)]
    head = f"Taken together: {more} than shuffled signs; "
    if not tight.has_power or tight.frustration.z is None:
        return head + (
            "whether each actor's own count of friends and enemies explains that cannot "
            "be told here, as these counts settle almost every sign."
        )
    if way(loose) == way(tight):
        also = {
            -1: "and also more than",
            0: "and no more than",
            1: "and also less than",
        }
        own = "each actor's own count of friends and enemies lets expect."
        return f"{head}{also[way(loose)]} {own}"
    if not way(tight):
        return head + (
            "but each actor's own count of friends and enemies is enough to explain that. "
            "It is no evidence that ties follow balance."
        )
    told = "more" if way(tight) < 0 else "less"
    return head + (
        f"but {told} balanced than each actor's own count of friends and enemies lets "
        "expect. The two nulls disagree; which one fits the question must be argued."
    )
