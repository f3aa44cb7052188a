"""Settings from an eventnet configuration: how the past counts, nothing else."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

import defusedxml.ElementTree as SafeTree
from defusedxml import DefusedXmlException

from cuibono.errors import Problems
from cuibono.record.settings import Memory, Order, Triads, Weights

MOST_BYTES: Final = 5_000_000
ORDERS: Final = {"TIME_POINT": Order.SIMULTANEOUS, "EVENT": Order.SEQUENTIAL}
FORMS: Final = {None: Triads.PRODUCT, "PRODUCT": Triads.PRODUCT, "MIN": Triads.MIN}
"""Function that joins two ties; eventnet multiplies where none is named."""


def read_memory(path: Path) -> Memory:
    """Half-life, trimming, weights, triad function and time handling of a configuration.

    The events that it names are not read.

    Raises
    ------
    CaseFileError
        With every setting that is missing, mixed or not known here.
    """
    problems = Problems()
    root = _root(path, problems)
    problems.raise_if_any()
    assert root is not None  # noqa: S101
    reader = _Reader(path.name, root, problems)
    half_life = reader.number("halflife", None)
    trim = reader.number("zero.if.absolute.value.below", 0.0)
    made = {
        "weights": reader.weights(),
        "triads": reader.triads(),
        "order": reader.order(),
    }
    if half_life is not None and half_life <= 0:
        reader.refuse("halflife", f"{half_life:g}", "a positive number of days")
    problems.raise_if_any()
    return Memory(
        half_life_days=half_life or 1.0,
        trim_below=abs(trim or 0.0),
        weights=Weights(made["weights"]),
        triads=Triads(made["triads"]),
        order=Order(made["order"]),
    )


def _root(path: Path, problems: Problems) -> Element | None:
    """Root of the configuration, or None with the problem noted."""
    data = path.read_bytes()[: MOST_BYTES + 1]
    if len(data) > MOST_BYTES:
        problems.add(
            path.name,
            found=f"more than {MOST_BYTES} bytes",
            expected="an eventnet configuration",
        )
        return None
    try:
        root: Element = SafeTree.fromstring(data, forbid_dtd=True)
    except (SafeTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        problems.add(
            path.name,
            found=f"a file that is no plain XML ({type(error).__name__})",
            expected="an eventnet configuration without a document type",
        )
        return None
    if root.tag != "eventnet.configuration":
        problems.add(
            path.name,
            found=f"the root element <{root.tag}>",
            expected="<eventnet.configuration>",
        )
    return root


class _Reader:
    """Reads one setting after the other and notes what does not fit."""

    def __init__(self, name: str, root: Element, problems: Problems) -> None:
        self.name, self.root, self.problems = name, root, problems

    def refuse(self, what: str, found: str, expected: str) -> None:
        """Note a setting that does not fit."""
        self.problems.add(
            self.name,
            column=what,
            found=found,
            expected=expected,
            mend="give one setting throughout, or the command's own options",
        )

    def one(self, what: str, found: Iterable[str | None]) -> str | None:
        """Return the single value of a setting."""
        values = sorted({value or "" for value in found})
        if len(values) > 1:
            told = ", ".join(value or "nothing" for value in values)
            self.refuse(what, told, "one value for all attributes")
        return (values[0] or None) if values else None

    def number(self, key: str, default: float | None) -> float | None:
        """Return a number that all attributes share."""
        updates = self.root.iter("attr.update")
        text = self.one(key, [update.get(key) for update in updates])
        if text is None:
            if default is None:
                self.refuse(key, "nothing", "a number of days in each attr.update")
            return default
        try:
            return float(text)
        except ValueError:
            self.refuse(key, f'"{text}"', "a number")
            return default

    def weights(self) -> Weights:
        """Whether each event counts one, or its size."""
        kinds = set()
        for response in self.root.iter("event.response"):
            function = response.find("function")
            kind = None if function is None else function.get("type")
            one = function is not None and function.get("parameter") in {"1", "1.0"}
            if kind == "CONSTANT" and one:
                kinds.add(Weights.UNIT)
            elif kind == "ABS" or (
                kind is None and response.get("event.type") == "pos"
            ):
                kinds.add(Weights.SIZE)
            else:
                told = f"{kind or 'no function'} on {response.get('event.type')} events"
                self.refuse(
                    "event.response", told, "CONSTANT 1, or ABS on hostile events"
                )
        if len(kinds) > 1:
            self.refuse(
                "event.response", "CONSTANT and ABS", "one function for all events"
            )
        return kinds.pop() if kinds else Weights.UNIT

    def triads(self) -> Triads:
        """How two ties with a third actor are joined."""
        found = []
        for statistic in self.root.iter("statistic"):
            if statistic.get("type") != "TRIANGLE_STATISTIC":
                continue
            ways = {statistic.get("direction.1"), statistic.get("direction.2")}
            if ways != {"SYM"}:
                self.refuse(
                    "direction",
                    ", ".join(map(str, ways)),
                    "SYM on both ties of a triad",
                )
            function = statistic.find("function.combine.serial")
            found.append(None if function is None else function.get("type"))
        kind = self.one("function.combine.serial", found)
        if kind not in FORMS:
            self.refuse("function.combine.serial", str(kind), "MIN or PRODUCT")
        return FORMS.get(kind, Triads.MIN) if found else Triads.MIN

    def order(self) -> Order:
        """Whether events of one moment see each other."""
        kinds = [time.get("interval.type") for time in self.root.iter("time")]
        kind = self.one("interval.type", kinds) or "TIME_POINT"
        if kind not in ORDERS:
            self.refuse("interval.type", kind, " or ".join(ORDERS))
        return ORDERS.get(kind, Order.SIMULTANEOUS)
