"""The page of `cuibono record rules`: the four rules in a record, for people."""

from cuibono.events.principle import Principle
from cuibono.report.balance_page import Origin
from cuibono.report.html import rendered
from cuibono.report.principle_view import principle_view


def principle_page(found: Principle, origin: Origin) -> str:
    """One self-contained HTML page on the four rules in a record."""
    return rendered(
        "rules.html.j2",
        {
            "title": f"Do the four rules hold in {found.record}?",
            "part": principle_view(found, "record"),
            "origin": origin,
        },
    )
