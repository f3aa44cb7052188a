"""What a page shows of the four rules in a record."""

from typing import Any

from cuibono.events.principle import Principle
from cuibono.report.principle_pictures import curve_picture
from cuibono.report.principle_words import (
    TERMS,
    rule_numbers,
    rule_range,
    rule_sentence,
    rule_title,
    settings_sentence,
)

_CLASS = {
    "supported": "v-follows",
    "contradicted": "v-against",
    "too little data": "v-gap",
}


def principle_view(found: Principle, name: str) -> dict[str, Any]:
    """Four rows, the curve, who carries each rule, and what it all depends on."""
    return {
        "id": name,
        "record": found.record,
        "settings": settings_sentence(found),
        "caveats": found.caveats,
        "rules": [
            {
                "title": rule_title(one),
                "name": one.name,
                "verdict": one.verdict,
                "partial": "" if one.partial.startswith("neither") else one.partial,
                "class": _CLASS.get(one.verdict, "v-open"),
                "sentence": rule_sentence(one),
                "numbers": rule_numbers(one),
                "range": rule_range(found, at),
                "triples": [
                    {
                        "actors": ", ".join(triple.actors),
                        "push": f"{abs(triple.push):.1%}",
                        "events": triple.events,
                        "friendly": triple.friendly,
                        "examples": triple.examples,
                    }
                    for triple in one.triples
                ],
            }
            for at, one in enumerate(found.rules)
        ],
        "curve": curve_picture(
            found, f"Coefficients of the four rules under every setting, {name}"
        ),
        "points": [
            {
                "setting": f"{point.actors}, {point.half_life_days:g} days",
                "terms": TERMS.get(point.terms, str(point.terms)),
                "cells": [
                    f"{value:+.2f} ({low:+.2f} to {high:+.2f})"
                    for value, low, high in zip(
                        point.values, point.lows, point.highs, strict=True
                    )
                ],
            }
            for point in found.curve
        ],
        "digests": found.digests,
    }
