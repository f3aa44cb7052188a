"""Positions in a text: UTF-16 code units, as Java and browsers count, and code points."""

from bisect import bisect_left

LARGEST_UNIT = 0xFFFF
"""Largest code point that takes one UTF-16 unit; those above it take two."""


class Utf16:
    """Both ways of counting through one text.

    Examples
    --------
    >>> places = Utf16("I 😊 it")
    >>> places.units(3), places.points(4)
    (4, 3)
    """

    def __init__(self, text: str) -> None:
        """Note where the text has characters of two units."""
        self.length = len(text)
        self.wide = [at for at, mark in enumerate(text) if ord(mark) > LARGEST_UNIT]
        self._wide_units = [at + before for before, at in enumerate(self.wide)]

    @property
    def unit_length(self) -> int:
        """Length of the text in UTF-16 units."""
        return self.length + len(self.wide)

    def units(self, point: int) -> int:
        """UTF-16 position of a position in code points.

        Raises
        ------
        ValueError
            If it lies outside the text.
        """
        if not 0 <= point <= self.length:
            raise ValueError(f"position {point} lies outside 0 to {self.length}")
        return point + bisect_left(self.wide, point)

    def points(self, unit: int) -> int:
        """Position in code points of a UTF-16 position.

        Raises
        ------
        ValueError
            If it lies outside the text, or in the middle of a character.
        """
        if not 0 <= unit <= self.unit_length:
            raise ValueError(f"position {unit} lies outside 0 to {self.unit_length}")
        before = bisect_left(self._wide_units, unit)
        if before and self._wide_units[before - 1] + 1 == unit:
            raise ValueError(f"position {unit} is in the middle of a character")
        return unit - before
