"""What a file of another tool brings: sources, nodes, claims, and what was left out."""

import re
import unicodedata
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import NoReturn

from cuibono.claims.identity import claim_id
from cuibono.claims.names import clean_name, folded_name, refused_characters
from cuibono.claims.quotes import anchor_at, fold, text_sha256
from cuibono.claims.records import Anchor, Claim, Node, Predicate, Source
from cuibono.claims.words import NodeKind
from cuibono.errors import CuibonoError
from cuibono.formats.archives import shown
from cuibono.formats.exchange.offsets import Utf16
from cuibono.formats.limits import MOST_BYTES

LONGEST_ID = 60
"""Characters of an id that is made from a label."""


class ForeignFileError(CuibonoError):
    """A file of another tool that is not taken: which, what was found, what expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A passage that was given codes and no relation: no claim, and kept apart."""

    source: str
    anchor: Anchor
    codes: tuple[str, ...]
    coder: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """A claim that the file's coding permits and does not state, with the reason."""

    claim: Claim
    reason: str


def slug(text: str) -> str:
    """Id from a label: small letters and digits of any script, joined by hyphens.

    Examples
    --------
    >>> slug("Arda's Guard (2nd)")
    'arda-s-guard-2nd'
    """
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold())
    return "-".join(words)[:LONGEST_ID].strip("-") or "unnamed"


@dataclass(slots=True)
class Intake:
    """Gathers a case while a file is read; `name` is the file's, for messages."""

    name: str
    tool: str
    notes: list[str] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    predicates: tuple[Predicate, ...] = ()
    claims: list[Claim] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    possible: list[Possible] = field(default_factory=list)
    code_nodes: dict[str, tuple[str, NodeKind]] = field(default_factory=dict)
    offsets: str = ""
    skipped: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)
    _labels: dict[str, str] = field(default_factory=dict)

    def refuse(self, found: str, expected: str) -> NoReturn:
        """Stop reading; nothing of the file is taken.

        Raises
        ------
        ForeignFileError
            Always: one line.
        """
        name = shown(self.name)
        raise ForeignFileError(f"{name}: found {found}, expected {expected}")

    def skip(self, what: str, count: int = 1) -> None:
        """Count something that the case does not take in."""
        if count:
            self.skipped[what] += count

    def mark(self, what: str) -> None:
        """Count something that was taken in with a reservation."""
        self.marked[what] += 1

    def told(self) -> list[str]:
        """Everything that the user should hear, one line each."""
        left = [f"not read: {count} {what}" for what, count in self.skipped.items()]
        kept = [f"{count} {what}" for what, count in self.marked.items()]
        return list(dict.fromkeys([*self.notes, *kept, *left]))

    def source(self, label: str, text: str | None, **stated: str) -> str:
        """Take in a document; its id comes from the label.

        Raises
        ------
        ForeignFileError
            If its text has characters that no text file may hold, or is too long.
        """
        base = slug(label)
        name, number = base, 2
        while name in self.sources:
            name, number = f"{base}-{number}", number + 1
        digest = ""
        if text is not None:
            digest = text_sha256(self._sane(text, label))
            self.texts[name] = text
        plain = {key: without_controls(value) for key, value in stated.items()}
        title = without_controls(plain.pop("title", "") or label)
        self.sources[name] = Source(id=name, title=title, sha256=digest, **plain)
        return name

    def rename_source(self, old: str, new: str) -> str:
        """Give a document that was taken in another id."""
        self.sources[new] = replace(self.sources.pop(old), id=new)
        self.texts[new] = self.texts.pop(old)
        return new

    def _sane(self, text: str, label: str) -> bytes:
        """Bytes of a document's text.

        Raises
        ------
        ForeignFileError
            If it cannot be kept as a text file.
        """
        try:
            data = text.encode()
        except UnicodeEncodeError:
            self.refuse(f'half a character in "{shown(label)}"', "Unicode text")
        if "\x00" in text:
            self.refuse(f'a NUL character in "{shown(label)}"', "plain text")
        if len(data) > MOST_BYTES:
            found = f'{len(data) / 1e6:.0f} MB of text in "{shown(label)}"'
            self.refuse(found, f"at most {MOST_BYTES / 1e6:.0f} MB")
        return data

    def node(self, label: str, kind: NodeKind, part_of: str = "") -> str:
        """Take in a party or condition; the same name gives the same node."""
        name = clean_name(without_controls(label))
        known = self._labels.get(folded_name(name))
        if known:
            return known
        base = slug(name)
        chosen, number = base, 2
        while chosen in self.nodes or self._labels.get(chosen, chosen) != chosen:
            chosen, number = f"{base}-{number}", number + 1
        self.nodes[chosen] = Node(id=chosen, label=name, kind=kind, part_of=part_of)
        self._labels[folded_name(name)] = chosen
        self._labels.setdefault(folded_name(chosen), chosen)
        return chosen

    def whole_node(self, node: Node) -> None:
        """Take in a node as our own files describe it."""
        self.nodes[node.id] = node
        for label in (node.id, node.label, *node.aliases):
            self._labels.setdefault(folded_name(label), node.id)

    def known_node(self, label: str) -> str:
        """Id of a node that was taken in, or an empty string."""
        return self._labels.get(folded_name(clean_name(label)), "")

    def anchor(self, source: str, start: int, end: int, quote: str = "") -> Anchor:
        """Anchor of a stretch of a document, in code points.

        Raises
        ------
        ForeignFileError
            If it lies outside the text, or the file quotes other words.
        """
        text = self.texts[source]
        if not 0 <= start < end <= len(text):
            found = f'positions {start} to {end} in "{shown(source)}"'
            self.refuse(found, f"positions from 0 to {len(text)}, in order")
        if quote and fold(text[start:end]) != fold(quote):
            self.refuse(
                f'"{shown(quote)}" said to stand at {start} of "{shown(source)}"',
                f'"{shown(text[start:end])}", which stands there',
            )
        return anchor_at(text, start, end, keep=True)

    def add(self, claim: Claim) -> None:
        """Take in a claim, under the hash of what it says unless it has an id."""
        self.claims.append(claim if claim.id else replace(claim, id=claim_id(claim)))


def span_points(
    intake: Intake, source: str, start: int, end: int, quote: str
) -> tuple[int, int]:
    """Positions in code points of a span whose unit the format leaves open.

    The file's own quote decides; without one, what the user said.

    Raises
    ------
    ForeignFileError
        If neither does, and the two ways of counting differ.
    """
    text = intake.texts[source]
    places = Utf16(text)
    found = [(start, end)] if 0 <= start < end <= len(text) else []
    with suppress(ValueError):
        found.append((places.points(start), places.points(end)))
    if quote:
        fits = [(a, b) for a, b in found if fold(text[a:b]) == fold(quote)]
        return fits[0] if fits else (start, end)
    if not places.wide or not found or intake.offsets == "code-points":
        return start, end
    if intake.offsets == "utf-16":
        return found[-1]
    if len(found) != 2 or found[0] != found[1]:
        intake.refuse(
            f'positions {start} to {end} of "{shown(source)}" beyond an emoji, '
            "in units that the file does not name",
            "--offsets utf-16 or --offsets code-points",
        )
    return found[0]


def without_controls(text: str) -> str:
    """Text in one line, without control and direction marks."""
    bad = {int(mark[2:], 16) for mark in refused_characters(text)}
    return " ".join("".join(m for m in text if ord(m) not in bad).split())


def hull(one: Anchor, other: Anchor) -> tuple[int, int]:
    """Positions of the shortest stretch that holds two others."""
    return min(one.start, other.start), max(one.end, other.end)
