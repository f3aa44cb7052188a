"""What every reader of a causal map fills: nodes, links, and every fault."""

from dataclasses import dataclass, field

from cuibono.claims.names import refused_characters
from cuibono.errors import Problems

MOST_PROBLEMS = 1000
MOST_LINKS = 200_000
SIGN_WORDS = {
    **dict.fromkeys(("1", "+1", "+", "1.0", "positive", "s", "same"), 1),
    **dict.fromkeys(
        ("-1", "-", "-1.0", "\u2212", "\u22121", "negative", "o", "opposite"), -1
    ),
    **dict.fromkeys(("", "0", "?", "unknown"), 0),
}
"""How maps write signs; anything missing is unknown, never guessed."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a map: sign 1, -1, or 0 for unknown; group above 0 if uncertain."""

    tail: str
    head: str
    sign: int
    group: int = 0
    pair: int = 0


@dataclass(slots=True)
class MapPass:
    """One pass over a file: nodes in order of mention, links, notes, problems."""

    file: str
    names: dict[str, None] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)

    def fault(
        self, row: int | None, column: str | None, found: str, expected: str, mend: str
    ) -> None:
        """Note what is wrong in one place, up to a limit."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.add(
                self.file,
                row=row,
                column=column,
                found=found,
                expected=expected,
                mend=mend,
            )

    def refuse(self, found: str, expected: str, mend: str = "") -> None:
        """Note what ended the reading."""
        self.problems.add(self.file, found=found, expected=expected, mend=mend)

    def place(self, name: str, row: int | None = None) -> str:
        """Name of a node, taken in; faults are noted."""
        name = " ".join(name.split())
        if not name:
            self.fault(row, None, "a node without a name", "a name", "name it")
        elif bad := refused_characters(name):
            found = f"the control character {', '.join(bad)}"
            self.fault(row, None, found, "text", "take it out")
        else:
            self.names.setdefault(name)
        return name

    def link(
        self,
        tail: str,
        head: str,
        sign: int,
        *,
        group: int = 0,
        pair: int = 0,
        row: int | None = None,
    ) -> None:
        """Take one link."""
        if len(self.links) >= MOST_LINKS:
            if len(self.links) == MOST_LINKS:
                self.refuse(f"more than {MOST_LINKS} links", "a smaller map")
            return
        before = len(self.problems)
        ends = self.place(tail, row), self.place(head, row)
        if len(self.problems) == before:
            self.links.append(Link(*ends, sign, group, pair))

    def sign(self, text: str, row: int | None = None) -> int:
        """Sign of a cell; a missing one is unknown (0)."""
        sign = SIGN_WORDS.get(text.strip().lower())
        if sign is None:
            self.fault(
                row, "sign", repr(text.strip()[:40]), "1, -1, + or -, or ?", "mend it"
            )
        return sign or 0
