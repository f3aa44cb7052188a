"""How the past is remembered: half-life, trimming, weights, triads, order of time."""

from dataclasses import dataclass
from enum import Enum


class Weights(Enum):
    """What an event adds to the memory of its pair."""

    UNIT = "unit"
    SIZE = "size"


class Triads(Enum):
    """How the two ties with a third actor become one number."""

    MIN = "min"
    PRODUCT = "product"
    ROOT = "root"


class Legs(Enum):
    """Which direction of a tie with a third actor counts."""

    SYMMETRIC = "symmetric"
    DIRECTED = "directed"


class Order(Enum):
    """Whether events of one moment see each other."""

    SIMULTANEOUS = "simultaneous"
    SEQUENTIAL = "sequential"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """How past events make the statistics of a moment.

    Attributes
    ----------
    half_life_days : float
        Days until a past event weighs half as much.
    trim_below : float
        A directed value below it counts as zero, before the two directions are added;
        0 trims nothing.
    weights : Weights
        Each event counts 1, or the absolute weight in its file.
    triads : Triads
        Sum over third actors of the lesser tie, of the product of the ties, or the
        square root of the summed products.
    legs : Legs
        Both directions of a tie, or the directed path sender - third - receiver.
    density : bool
        Multiply every value by ln 2 / half-life, as R's `rem` does.
    order : Order
        Events of one moment see the state before it, or one another in file order.
    """

    half_life_days: float = 30.0
    trim_below: float = 0.0
    weights: Weights = Weights.UNIT
    triads: Triads = Triads.MIN
    legs: Legs = Legs.SYMMETRIC
    density: bool = False
    order: Order = Order.SIMULTANEOUS

    def __post_init__(self) -> None:
        """Check the numbers.

        Raises
        ------
        ValueError
            If the half-life is not positive or the threshold is negative.
        """
        if not 0 < self.half_life_days < float("inf"):
            raise ValueError(
                f"half_life_days must be positive, got {self.half_life_days}"
            )
        if not 0 <= self.trim_below < float("inf"):
            raise ValueError(f"trim_below must be 0 or more, got {self.trim_below}")
