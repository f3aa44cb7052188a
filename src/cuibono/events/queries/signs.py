"""Events with the sign that a named convention gives their codes."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir

from cuibono.errors import UsageError
from cuibono.events.codes.read import WEIS_ONLY_ROOTS
from cuibono.events.conventions import CONVENTIONS
from cuibono.events.conventions.records import Convention, Found, look_up
from cuibono.events.queries.small import fetched, small_table


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedTable:
    """Events with the columns `sign`, `quad` and `tenths`, and what the look-up did.

    Attributes
    ----------
    table : ibis.Table
        `sign` is 1, -1, 0, or null for a code that the convention does not hold.
    convention : Convention
        The rule.
    schemes : tuple of str
        Event schemes of the rows.
    rows : int
        Number of events.
    by_parent, unknown : tuple of (code, rows)
        Codes signed by their parent code, and codes without a sign.
    """

    table: ir.Table
    convention: Convention
    schemes: tuple[str, ...]
    rows: int
    by_parent: tuple[tuple[str, int], ...] = ()
    unknown: tuple[tuple[str, int], ...] = ()


def signed(
    events: ir.Table,
    convention: Convention,
    counts: dict[tuple[str, str], int] | None = None,
) -> SignedTable:
    """Events with their signs.

    `counts` are the events by scheme and code, where they are known already.

    Raises
    ------
    UsageError
        If the convention is not made for the scheme of the events, or if codes that
        are said to be CAMEO have roots that only WEIS has.
    """
    if counts is None:
        counts = _codes(events)
    schemes = tuple(sorted({scheme for scheme, _ in counts}))
    _check(counts, convention)
    rows, how = [], {Found.PARENT: Counter[str](), Found.NO: Counter[str]()}
    for (scheme, code), number in sorted(counts.items()):
        found, kind = look_up(convention.of(scheme), code)
        if kind in how:
            how[kind][code] += number
        if found is not None:
            rows.append((scheme, code, found.sign, found.quad, found.tenths))
    return SignedTable(
        table=_joined(events, rows),
        convention=convention,
        schemes=schemes,
        rows=sum(counts.values()),
        by_parent=tuple(how[Found.PARENT].most_common()),
        unknown=tuple(how[Found.NO].most_common()),
    )


def _codes(events: ir.Table) -> dict[tuple[str, str], int]:
    """How often each code occurs, by scheme."""
    grouped = events.group_by("scheme", "code").aggregate(n=events.count())
    return {
        (row["scheme"], row["code"] or ""): row["n"]
        for row in fetched(grouped).to_pylist()
    }


def _joined(events: ir.Table, rows: list[tuple[Any, ...]]) -> ir.Table:
    """Events with what the table says of their codes."""
    kinds = (("sign", "int8"), ("quad", "int8"), ("tenths", "int16"))
    known = small_table(
        events, (("of_scheme", "string"), ("of_code", "string"), *kinds), rows
    )
    joined = events.left_join(
        known, [events.scheme == known.of_scheme, events.code == known.of_code]
    )
    return joined.drop("of_scheme", "of_code")


def _check(counts: dict[tuple[str, str], int], convention: Convention) -> None:
    """Refuse a convention that is not made for these codes.

    Raises
    ------
    UsageError
        Saying which one is.
    """
    for scheme in sorted({scheme for scheme, _ in counts}):
        if scheme not in convention.schemes:
            fit = [one.name for one in CONVENTIONS.values() if scheme in one.schemes]
            raise UsageError(
                f"{convention.name} is made for {' and '.join(convention.schemes)} "
                f"codes; these events have {scheme} codes. "
                f"Use {' or '.join(fit) or 'another store'}."
            )
    weis = sum(
        number
        for (scheme, code), number in counts.items()
        if scheme == "cameo" and code[:2] in WEIS_ONLY_ROOTS
    )
    if weis:
        raise UsageError(
            f"{weis} events are said to have CAMEO codes, but roots "
            f"{' and '.join(WEIS_ONLY_ROOTS)} exist in WEIS only. "
            "Import the file again with the scheme weis."
        )
