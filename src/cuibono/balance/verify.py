"""Checks a certificate of the frustration index; shares no code with what made it.

A partition shows that so much suffices. Negative cycles show that so much is needed: each
costs one of its ties, and no tie is charged for more than its weight. Whole numbers only.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import gcd

Tie = tuple[str, str, int, float]
SCHEMA = "cuibono/balance-certificate/1"


class RejectedError(ValueError):
    """A certificate does not hold; says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a certificate proves, in millionths of weight.

    Attributes
    ----------
    lower, upper : int
        What the cycles and the partition prove.
    stated : int
        Lower bound that the certificate states; above `lower` it is the word of a
        solver.
    """

    lower: int
    upper: int
    stated: int

    @property
    def proven(self) -> bool:
        """Whether cycles and partition meet."""
        return self.lower == self.upper


def network_digest(ties: Iterable[Tie]) -> str:
    """SHA-256 of the ties, whatever their order."""
    rows = sorted((*sorted((a, b)), sign, _millionths(w)) for a, b, sign, w in ties)
    text = "\n".join(json.dumps(row, ensure_ascii=True) for row in rows)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def verify(ties: Iterable[Tie], certificate: object) -> Verified:
    """Return what a certificate proves about a network.

    Parameters
    ----------
    ties : iterable of (actor, actor, sign, weight)
        The network; ties of sign 0 are free.
    certificate : object
        As read from JSON.

    Raises
    ------
    RejectedError
        If anything in it does not hold.
    """
    listed = list(ties)
    document = _mapping(certificate, "certificate")
    if document.get("schema") != SCHEMA:
        raise RejectedError(f"schema must be {SCHEMA}, got {document.get('schema')!r}")
    if document.get("network_sha256") != network_digest(listed):
        raise RejectedError("the certificate is for another network or another rule")
    room = {
        frozenset((a, b)): (sign, _millionths(weight))
        for a, b, sign, weight in listed
        if sign
    }
    upper = _frustrated(room, _mapping(document.get("sides"), "sides"))
    unit = gcd(*(weight for _, weight in room.values())) or 1
    lower = _carried(room, document.get("cycles"), unit)
    stated = _whole(document.get("lower_millionths"), "lower_millionths")
    if _whole(document.get("upper_millionths"), "upper_millionths") != upper:
        raise RejectedError(
            f"the partition costs {upper} millionths, not the upper bound"
        )
    if not lower <= stated <= upper:
        raise RejectedError(f"lower is {stated}, the cycles carry {lower} of {upper}")
    if stated > lower and document.get("solver_word") is not True:
        raise RejectedError(f"lower is {stated} millionths, the cycles carry {lower}")
    return Verified(lower=lower, upper=upper, stated=stated)


def _frustrated(
    room: dict[frozenset[str], tuple[int, int]], sides: dict[str, object]
) -> int:
    """Weight that the sides frustrate.

    Raises
    ------
    RejectedError
        If it does not hold.
    """
    total = 0
    for pair, (sign, weight) in room.items():
        a, b = sorted(pair)
        for name in (a, b):
            if type(sides.get(name)) is not int or sides[name] not in {1, -1}:
                raise RejectedError(f"{name!r} must be on side 1 or -1")
        total += weight * ((sides[a] == sides[b]) != (sign > 0))
    return total


def _carried(
    room: dict[frozenset[str], tuple[int, int]], cycles: object, unit: int
) -> int:
    """Weight that the cycles carry, rounded up to units in each part they join.

    Raises
    ------
    RejectedError
        If it does not hold.
    """
    if not isinstance(cycles, list):
        raise RejectedError("cycles must be a list")
    load = dict.fromkeys(room, 0)
    root = {pair: pair for pair in room}

    def top(pair: frozenset[str]) -> frozenset[str]:
        while root[pair] != pair:
            root[pair] = root[root[pair]]
            pair = root[pair]
        return pair

    for at, cycle in enumerate(cycles):
        pairs, carried = _cycle(room, cycle, at)
        for pair in pairs:
            load[pair] += carried
            root[top(pair)] = top(pairs[0])
    sums: dict[frozenset[str], int] = {}
    for at, cycle in enumerate(cycles):
        pairs, carried = _cycle(room, cycle, at)
        part = top(pairs[0])
        sums[part] = sums.get(part, 0) + carried
    for pair, (_, weight) in room.items():
        if load[pair] > 1000 * weight:
            raise RejectedError(f"tie {sorted(pair)} carries more than its weight")
    return sum(-(-carried // (1000 * unit)) * unit for carried in sums.values())


def _cycle(
    room: dict[frozenset[str], tuple[int, int]], cycle: object, at: int
) -> tuple[list[frozenset[str]], int]:
    """Ties around a cycle of distinct actors, and the billionths that it carries.

    Raises
    ------
    RejectedError
        If it does not hold.
    """
    if not isinstance(cycle, dict) or not isinstance(cycle.get("actors"), list):
        raise RejectedError(f"cycle {at} must name its actors")
    actors = cycle["actors"]
    if len(actors) < 3 or not all(isinstance(name, str) for name in actors):
        raise RejectedError(f"cycle {at} must go through at least three actors")
    if len(set(actors)) != len(actors):
        raise RejectedError(f"cycle {at} meets an actor twice")
    pairs = [
        frozenset(two) for two in zip(actors, actors[1:] + actors[:1], strict=True)
    ]
    sign = 1
    for pair in pairs:
        if pair not in room:
            raise RejectedError(f"cycle {at}: there is no tie {sorted(pair)}")
        sign *= room[pair][0]
    if sign != -1:
        raise RejectedError(f"cycle {at} is not negative")
    carried = _whole(cycle.get("billionths"), f"billionths of cycle {at}")
    if carried <= 0:
        raise RejectedError(f"cycle {at} must carry a positive weight")
    return pairs, carried


def _millionths(weight: float) -> int:
    """Weight to the nearest millionth."""
    return round(weight * 1_000_000)


def _whole(value: object, name: str) -> int:
    """A whole number, and nothing that only looks like one.

    Raises
    ------
    RejectedError
        If it does not hold.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise RejectedError(f"{name} must be a whole number")
    return value


def _mapping(value: object, name: str) -> dict[str, object]:
    """A JSON object.

    Raises
    ------
    RejectedError
        If it does not hold.
    """
    if not isinstance(value, dict):
        raise RejectedError(f"{name} must be an object")
    return value
