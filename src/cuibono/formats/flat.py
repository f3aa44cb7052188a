"""Claims as flat rows of text: the one form that CSV, XLSX and JSONL pass through."""

import json
import re
from dataclasses import dataclass, replace
from typing import TypeVar

from cuibono.claims.edtf import edtf_fault
from cuibono.claims.identity import claim_id
from cuibono.claims.names import clean_name, nearest
from cuibono.claims.records import (
    AUTHOR,
    Anchor,
    Claim,
    EdgeOverride,
    Prov,
    TimeStated,
    Voice,
    voice_chain,
    voice_text,
)
from cuibono.claims.words import (
    SIGN_WORDS,
    Layer,
    Method,
    Modality,
    Polarity,
    Role,
    Sign,
    Stance,
    Status,
    Strength,
)
from cuibono.errors import Problems
from cuibono.formats.limits import text_fault

REQUIRED = ("source", "subject", "sign", "object")
COLUMNS = """
id source start end exact prefix suffix exact_sha256 context voice voice_roles
voice_verbs stance subject predicate object sign polarity layer modality condition
time_stated time_start time_end hedge strength edge_from edge_to edge_sign resolves_by
would_count_as paraphrase notes tags coder coded_at prov_method prov_tool prov_version
prov_model prov_prompt_sha256 prov_derived_from status supersedes
""".split()
DEFAULT_PREDICATE = "affects"
GIVEN_ID = re.compile(r"[\w.:-]{1,80}")
LONGEST_CELL = 20_000

Word = TypeVar("Word", Layer, Stance, Polarity, Modality, Strength, Status, Method)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a flat row was read."""

    file: str
    row: int


class RowReader:
    """One flat row with its place; every `take` notes what is wrong with a cell."""

    def __init__(self, row: dict[str, str], place: Place, problems: Problems) -> None:
        """Read cells of `row`; faults go to `problems`."""
        self.row = row
        self.place = place
        self.problems = problems
        self.faults = 0

    def fault(self, column: str, found: str, expected: str, mend: str = "") -> None:
        """Note a fault of one cell."""
        self.faults += 1
        self.problems.add(
            self.place.file,
            row=self.place.row,
            column=column,
            found=found,
            expected=expected,
            mend=mend,
        )

    def text(self, column: str) -> str:
        """Cell as text, outer spaces removed; controls and formulas are faults."""
        value = self.row.get(column, "").strip()
        if fault := text_fault(value):
            self.fault(column, fault, "visible characters", "retype the cell")
            return ""
        if len(value) > LONGEST_CELL:
            self.fault(
                column, f"{len(value)} characters", f"at most {LONGEST_CELL}", "cut it"
            )
            return ""
        if value[:1] in {"=", "@"}:
            self.fault(
                column,
                f'a formula ("{value[:20]}")',
                "text",
                "replace the formula by its value",
            )
            return ""
        return value

    def name(self, column: str, *, required: bool = False) -> str:
        """Cell as a name; with `required` an empty one is a fault."""
        before = self.faults
        value = clean_name(self.text(column))
        if required and not value and self.faults == before:
            self.fault(column, "nothing", "a name", "fill the cell or delete the row")
        return value

    def word(self, column: str, kind: type[Word], default: Word) -> Word:
        """Cell as one of a closed set of words."""
        value = self.text(column).lower()
        if not value:
            return default
        try:
            return kind(value)
        except ValueError:
            known = [item.value for item in kind]
            self.fault(
                column,
                f'"{value}"',
                " or ".join(known),
                nearest(value, known),
            )
            return default

    def sign(self, column: str, default: Sign | None = None) -> Sign:
        """Cell as a sign; words and 1/-1 of spreadsheets are read too."""
        before = self.faults
        value = self.text(column)
        if self.faults > before:
            return Sign.NOT_STATED
        if not value and default is not None:
            return default
        sign = SIGN_WORDS.get(value.casefold())
        if sign is None:
            found = f'"{value}"' if value else "nothing"
            mend = 'write + (helps) or - (harms); keep a word in column "predicate"'
            self.fault(column, found, "+ or - or 0 or ?", mend)
            return Sign.NOT_STATED
        return sign

    def position(self, column: str) -> int | None:
        """Cell as a position in code points, or None if empty or wrong."""
        value = self.text(column)
        if not value:
            return None
        if not re.fullmatch(r"\d{1,9}(\.0)?", value):
            self.fault(
                column, f'"{value}"', "a whole number from 0", "count in characters"
            )
            return None
        return int(value.removesuffix(".0"))

    def date(self, column: str) -> str:
        """Cell as an EDTF date or interval."""
        value = self.text(column)
        if value and (fault := edtf_fault(value)):
            mend = "write 2014, 2014-06, 2014-06-10, 2006/2007, 2011~"
            self.fault(column, fault, "a date in EDTF (ISO 8601-2)", mend)
            return ""
        return value


def claim_from_row(
    row: dict[str, str],
    place: Place,
    problems: Problems,
    default_predicate: str = DEFAULT_PREDICATE,
) -> Claim | None:
    """Claim of a flat row, or None with every fault of the row in `problems`."""
    cells = RowReader(row, place, problems)
    source = cells.name("source", required=True)
    subject = cells.name("subject", required=True)
    object_ = cells.name("object", required=True)
    sign = cells.sign("sign")
    anchor = _anchor(cells)
    claim = Claim(
        id="",
        source=source,
        subject=subject,
        predicate=cells.name("predicate") or default_predicate,
        object=object_,
        sign=sign,
        anchor=anchor,
        context=_context(cells),
        voice=_voice(cells),
        stance=cells.word("stance", Stance, Stance.ENDORSES),
        polarity=cells.word("polarity", Polarity, Polarity.AFFIRMED),
        layer=cells.word("layer", Layer, Layer.EFFECT),
        modality=cells.word("modality", Modality, Modality.ASSERTED),
        condition=cells.text("condition"),
        time=_time(cells),
        hedge=cells.text("hedge"),
        strength=cells.word("strength", Strength, Strength.UNSPECIFIED),
        edge=_edge(cells),
        resolves_by=cells.date("resolves_by"),
        would_count_as=cells.text("would_count_as"),
        paraphrase=cells.text("paraphrase"),
        notes=cells.text("notes"),
        tags=tuple(tag for tag in cells.text("tags").split("|") if tag),
        coder=cells.name("coder"),
        coded_at=cells.date("coded_at"),
        prov=_prov(cells),
        status=cells.word("status", Status, Status.SUBMITTED),
        supersedes=cells.name("supersedes"),
        file=place.file,
        row=place.row,
    )
    given = cells.name("id")
    if given and not GIVEN_ID.fullmatch(given):
        cells.fault(
            "id", f'"{given[:40]}"', "letters, digits, . _ : -", "rename the id"
        )
    if cells.faults:
        return None
    return _with_id(claim, given)


def _with_id(claim: Claim, given: str) -> Claim:
    """Return the claim under its given id, or under the hash of what it says."""
    return replace(claim, id=given or claim_id(claim))


def _anchor(cells: RowReader) -> Anchor | None:
    """Anchor of a row, if it states one."""
    start, end = cells.position("start"), cells.position("end")
    if start is None and end is None:
        return None
    if start is None or end is None or end <= start:
        cells.fault(
            "end", f"start {start}, end {end}", "an end after the start", "recount"
        )
        return None
    return Anchor(
        start=start,
        end=end,
        exact=cells.row.get("exact", ""),
        prefix=cells.row.get("prefix", ""),
        suffix=cells.row.get("suffix", ""),
        exact_sha256=_sha256(cells, "exact_sha256"),
    )


def _sha256(cells: RowReader, column: str) -> str:
    """Cell as a SHA-256, or nothing."""
    value = cells.text(column).lower()
    if value and not re.fullmatch(r"[0-9a-f]{64}", value):
        cells.fault(column, f'"{value[:20]}"', "64 hexadecimal digits", "hash it again")
        return ""
    return value


def _context(cells: RowReader) -> tuple[Anchor, ...]:
    """Further anchors of a row, held as JSON in one cell."""
    # Quotes stand as they are in the text, direction marks and all.
    value = cells.row.get("context", "").strip()
    if not value:
        return ()
    try:
        items = json.loads(value)
        return tuple(
            Anchor(
                start=int(item["start"]),
                end=int(item["end"]),
                exact=str(item.get("exact", "")),
                prefix=str(item.get("prefix", "")),
                suffix=str(item.get("suffix", "")),
                exact_sha256=str(item.get("exact_sha256", "")),
            )
            for item in items
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        expected = 'a list such as [{"start": 0, "end": 9}]'
        cells.fault("context", f'"{value[:30]}"', expected, "write it as JSON")
        return ()


def _voice(cells: RowReader) -> tuple[Voice, ...]:
    """Chain of voices of a row."""
    text = cells.name("voice")
    if not text:
        return (AUTHOR,)
    chain = voice_chain(text)
    if any(not step.who for step in chain):
        cells.fault("voice", f'"{text}"', "names joined by >", "author > javad-zarif")
        return (AUTHOR,)
    roles = _spread(cells.text("voice_roles"), len(chain))
    verbs = _spread(cells.text("voice_verbs"), len(chain))
    steps = []
    for step, role, verb in zip(chain, roles, verbs, strict=True):
        try:
            kind = Role(role) if role else step.role
        except ValueError:
            known = [item.value for item in Role]
            cells.fault("voice_roles", f'"{role}"', " or ".join(known), "")
            kind = step.role
        steps.append(Voice(who=step.who, role=kind, verb=verb))
    return tuple(steps)


def _spread(text: str, count: int) -> list[str]:
    """Split a cell by | into as many parts as there are voices."""
    parts = [part.strip() for part in text.split("|")] if text else []
    return (parts + [""] * count)[:count]


def _time(cells: RowReader) -> TimeStated:
    """Time of a row."""
    return TimeStated(
        stated=cells.text("time_stated"),
        start=cells.date("time_start"),
        end=cells.date("time_end"),
    )


def _edge(cells: RowReader) -> EdgeOverride | None:
    """Arrow of a row where it overrides the predicate's."""
    tail, head = cells.name("edge_from"), cells.name("edge_to")
    if not tail and not head and not cells.text("edge_sign"):
        return None
    if not tail or not head:
        cells.fault(
            "edge_from" if not tail else "edge_to",
            "nothing",
            "both ends of the arrow",
            "fill edge_from, edge_to and edge_sign, or none of them",
        )
        return None
    return EdgeOverride(tail=tail, head=head, sign=cells.sign("edge_sign"))


def _prov(cells: RowReader) -> Prov:
    """What made the claim."""
    return Prov(
        method=cells.word("prov_method", Method, Method.UNSTATED),
        tool=cells.text("prov_tool"),
        version=cells.text("prov_version"),
        model=cells.text("prov_model"),
        prompt_sha256=_sha256(cells, "prov_prompt_sha256"),
        derived_from=cells.text("prov_derived_from"),
    )


def row_from_claim(claim: Claim) -> dict[str, str]:
    """Flat row of a claim, in the order of `COLUMNS`; the inverse of reading."""
    anchor = claim.anchor
    roles = [step.role.value for step in claim.voice]
    plain = voice_chain(voice_text(claim.voice))
    implied = [step.role.value for step in plain]
    verbs = [step.verb for step in claim.voice]
    edge = claim.edge
    cells = {
        "id": claim.id,
        "source": claim.source,
        "start": str(anchor.start) if anchor else "",
        "end": str(anchor.end) if anchor else "",
        "exact": anchor.exact if anchor else "",
        "prefix": anchor.prefix if anchor else "",
        "suffix": anchor.suffix if anchor else "",
        "exact_sha256": anchor.exact_sha256 if anchor else "",
        "context": _context_cell(claim.context),
        "voice": voice_text(claim.voice),
        "voice_roles": "|".join(roles) if roles != implied else "",
        "voice_verbs": "|".join(verbs) if any(verbs) else "",
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "sign": claim.sign.value,
        "condition": claim.condition,
        "time_stated": claim.time.stated,
        "time_start": claim.time.start,
        "time_end": claim.time.end,
        "hedge": claim.hedge,
        "edge_from": edge.tail if edge else "",
        "edge_to": edge.head if edge else "",
        "edge_sign": edge.sign.value if edge else "",
        "tags": "|".join(claim.tags),
    }
    for name in ("stance", "polarity", "layer", "modality", "strength", "status"):
        cells[name] = str(getattr(claim, name).value)
    for name in (
        "resolves_by",
        "would_count_as",
        "paraphrase",
        "notes",
        "coder",
        "coded_at",
        "supersedes",
    ):
        cells[name] = getattr(claim, name)
    for name in ("tool", "version", "model", "prompt_sha256", "derived_from"):
        cells[f"prov_{name}"] = getattr(claim.prov, name)
    cells["prov_method"] = claim.prov.method.value
    return {name: cells[name] for name in COLUMNS}


def _context_cell(context: tuple[Anchor, ...]) -> str:
    """Further anchors as JSON for one cell."""
    if not context:
        return ""
    items = [
        {
            key: value
            for key, value in (
                ("start", item.start),
                ("end", item.end),
                ("exact", item.exact),
                ("prefix", item.prefix),
                ("suffix", item.suffix),
                ("exact_sha256", item.exact_sha256),
            )
            if value != ""
        }
        for item in context
    ]
    return json.dumps(items, ensure_ascii=False)
