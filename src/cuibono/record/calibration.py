"""How often verdicts err in records whose truth is known: the study's results as data."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Verdicts on one rule in records of one simulated truth.

    Attributes
    ----------
    cell : str
        The truth in words.
    rule : str
        Which rule; "any of the four" counts records with at least one verdict.
    kind : str
        "error": third actors play no part; "power": they do; "estimate": no verdict.
    records : int
        Simulated records.
    rate : float
        Share with a verdict: a wrong one, or for power the right one.
    low, high : float
        95 % Wilson interval.
    """

    cell: str
    rule: str
    kind: str
    records: int
    rate: float
    low: float
    high: float

    @property
    def says(self) -> str:
        """One sentence for a report."""
        what = "wrongly given a verdict" if self.kind == "error" else "found"
        return (
            f"In simulated records ({self.cell}), {self.rule} was {what} in "
            f"{self.rate:.1%} of {self.records} ({self.low:.1%} to {self.high:.1%})."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Results of the study.

    Attributes
    ----------
    aim : float
        Share of records that may err, for each rule.
    rates : tuple of Rate
        By cell and rule.
    missed : tuple of Rate
        Errors above the aim: what a report has to warn of.
    """

    aim: float
    rates: tuple[Rate, ...]
    missed: tuple[Rate, ...]


@cache
def calibration() -> Calibration:
    """Results of the calibration study that this release was made with."""
    text = files("cuibono.record").joinpath("calibration.json").read_text("utf-8")
    told = json.loads(text)
    rates = tuple(
        Rate(
            cell=cell["cell"],
            rule=cell["rule"],
            kind=cell["kind"],
            records=cell["records"],
            rate=cell["rate"],
            low=cell["interval"][0],
            high=cell["interval"][1],
        )
        for cell in told["cells"]
    )
    missed = {(cell["cell"], cell["rule"]) for cell in told["missed"]}
    return Calibration(
        aim=told["aim"],
        rates=rates,
        missed=tuple(one for one in rates if (one.cell, one.rule) in missed),
    )
