"""Lines of plain text, wrapped for a terminal."""

import textwrap

WIDTH = 88


def wrapped(text: str, lead: str = "") -> list[str]:
    """Lines of a sentence, the first after a lead, the others under it."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
