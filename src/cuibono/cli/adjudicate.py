"""cuibono adjudicate: two coders' disagreements, decided one by one, with reasons."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from cuibono.claims.records import Case, Claim, Codebook
from cuibono.cli.output import emit_json
from cuibono.coding.adjudicate import (
    EDITABLE,
    Decision,
    Item,
    Kind,
    Take,
    decision_fault,
    final_claims,
    items,
    told,
)
from cuibono.coding.agree import coders_of
from cuibono.coding.sentences import sentence_around
from cuibono.errors import Problems, UsageError
from cuibono.files.atomic import write_text
from cuibono.formats.case import FINAL, inspect_case
from cuibono.formats.jsonl import claim_lines
from cuibono.formats.limits import decoded
from cuibono.formats.tables import escaped, unescaped
from cuibono.formats.write import codebook_text, toml_text

FIXED: Final = ("item", "source", "kind", "start", "text", "one", "other", "differs")
HEADER: Final = (*FIXED, "take", "why", *EDITABLE)


@click.command(
    "adjudicate",
    epilog="""\b
Examples:
  cuibono adjudicate my-case --coders ana ben --worksheet decide.csv
  cuibono adjudicate my-case --coders ana ben --decided decide.csv --by cor
  cuibono adjudicate my-case --coders ana ben --decided decide.csv --by cor \\
      --rule "aid: Money for refugees is support of the refugees, not of their host." """,
)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--coders", nargs=2, required=True, help="Two coder ids.")
@click.option("--texts", type=click.Path(path_type=Path), help="Folder with the texts.")
@click.option(
    "--worksheet",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the two versions side by side, to be decided in a spreadsheet.",
)
@click.option(
    "--decided",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read the decisions back and write the claims in force.",
)
@click.option("--by", "who", help="Who decided.")
@click.option("--rule", "rules", multiple=True, help='For the codebook: "id: text".')
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    case: Path,
    coders: tuple[str, str],
    texts: Path | None,
    worksheet: Path | None,
    decided: Path | None,
    who: str | None,
    rules: tuple[str, ...],
    as_json: bool,
) -> int:
    """List what two coders coded, or make the claims in force from decisions on it.

    Items that both coded alike are taken as they are. Every other one needs a decision
    (one, other, edit or drop) and a reason, which go into log/adjudication.jsonl; the
    claims in force go into claims/SOURCE/_final.jsonl.

    Raises
    ------
    UsageError
        If a coder is unknown, or nobody is named who decided.
    CaseFileError
        If the case or the worksheet has problems.
    """
    read = inspect_case(case, texts)
    read.problems.raise_if_any()
    known = coders_of(read.case)
    if missing := [name for name in coders if name not in known]:
        raise UsageError(
            f"no claims by {', '.join(missing)}; coders: {', '.join(known) or 'none'}"
        )
    listed = items(read.case, *coders)
    if decided is None:
        _list(listed, read.texts, read.case, coders, worksheet, as_json)
        return 0
    if not who:
        raise UsageError("say who decided: --by NAME")
    decisions = _decisions(decided, listed)
    parsed = [_rule(rule, read.case) for rule in rules]
    claims, log = final_claims(listed, decisions)
    if parsed:
        _add_rules(case / "codebook.toml", read.case.codebook, parsed)
    _write(case, claims, log, who)
    dropped = sum(one.take is Take.DROP for one in decisions)
    click.echo(f"{len(claims)} claims in force, {dropped} items dropped")
    return 0


def _list(
    listed: tuple[Item, ...],
    texts: dict[str, str],
    case: Case,
    coders: tuple[str, str],
    worksheet: Path | None,
    as_json: bool,
) -> None:
    """Write the worksheet, or print what differs."""
    rows = [_row(at, item, texts, case) for at, item in enumerate(listed, start=1)]
    if worksheet is not None:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows([escaped(cell) for cell in row] for row in rows)
        write_text(worksheet, out.getvalue())
        click.echo(f"wrote {worksheet}: fill in take (one, other, edit, drop) and why")
    counts = {kind.value: sum(item.kind is kind for item in listed) for kind in Kind}
    if as_json:
        emit_json(
            "adjudicate",
            {
                "coders": list(coders),
                "counts": counts,
                "items": [dict(zip(HEADER, row, strict=True)) for row in rows],
            },
        )
        return
    click.echo(
        "; ".join(f"{number} {kind}" for kind, number in counts.items() if number)
    )
    if worksheet is None:
        for item in listed:
            if item.kind is not Kind.SAME:
                _print(item, coders)


def _print(item: Item, coders: tuple[str, str]) -> None:
    """Print one item that is not alike."""
    fields = f" in {', '.join(item.differs)}" if item.differs else ""
    click.echo(f"\n{item.source}, character {item.start}: {item.kind.value}{fields}")
    for name, claim in zip(coders, (item.one, item.other), strict=True):
        click.echo(f"  {name}: {told(claim) or '(nothing)'}")


def _row(at: int, item: Item, texts: dict[str, str], case: Case) -> list[str]:
    """Row of the worksheet; alike items are decided already."""
    alike = item.kind is Kind.SAME
    return [
        str(at),
        item.source,
        item.kind.value,
        str(item.start),
        _sentence(item, texts, case),
        told(item.one),
        told(item.other),
        " ".join(item.differs),
        Take.ONE.value if alike else "",
        "",
        *("" for _ in EDITABLE),
    ]


def _sentence(item: Item, texts: dict[str, str], case: Case) -> str:
    """Sentence of an item, where the text is at hand."""
    text = texts.get(item.source)
    claim = item.one or item.other
    if text is None or claim is None or claim.anchor is None:
        return ""
    language = case.source(item.source).language or "en"
    span = sentence_around(text, claim.anchor.start, claim.anchor.end, language)
    return " ".join(text[span.start : span.end].split())


def _decisions(path: Path, listed: tuple[Item, ...]) -> list[Decision]:
    """Decisions of a filled worksheet, one for each item.

    Raises
    ------
    CaseFileError
        With every fault of the sheet.
    """
    problems = Problems()
    if not path.is_file():
        problems.add(str(path), found="no such file", expected="a filled worksheet")
        problems.raise_if_any()
    text = decoded(path.read_bytes(), path.name, problems) or ""
    reader = csv.DictReader(io.StringIO(text))
    if tuple(reader.fieldnames or ()) != HEADER:
        problems.add(
            path.name,
            row=1,
            found="another header",
            expected=",".join(HEADER),
            mend="write the worksheet again with --worksheet",
        )
        problems.raise_if_any()
    rows = {row["item"]: (at, row) for at, row in enumerate(reader, start=2)}
    made = []
    for number, item in enumerate(listed, start=1):
        at, row = rows.get(str(number), (0, None))
        if row is None or (row["source"], row["start"]) != (
            item.source,
            str(item.start),
        ):
            problems.add(
                path.name,
                row=at or None,
                found=f"no row for item {number} of {item.source}",
                expected="one row for each item",
                mend="the claims changed since: write the worksheet again",
            )
            continue
        decision = _decision(path.name, at, row, item, problems)
        if decision is not None:
            made.append(decision)
    problems.raise_if_any()
    return made


def _decision(
    name: str, at: int, row: dict[str, str], item: Item, problems: Problems
) -> Decision | None:
    """Decision of one row, or None with its fault."""
    word = unescaped(row["take"] or "").strip()
    if word not in list(Take):
        problems.add(
            name,
            row=at,
            column="take",
            found=f'"{word}"',
            expected=" or ".join(Take),
        )
        return None
    edits = tuple(
        (field, value)
        for field in EDITABLE
        if (value := unescaped(row[field] or "").strip())
    )
    made = Decision(
        take=Take(word), why=unescaped(row["why"] or "").strip(), edits=edits
    )
    if fault := decision_fault(item, made):
        problems.add(
            name,
            row=at,
            column="take",
            found=fault,
            expected="a decision with a reason",
        )
        return None
    return made


def _rule(text: str, case: Case) -> tuple[str, str]:
    """Id and text of a decision rule.

    Raises
    ------
    UsageError
        If it has no id, or the codebook has one of that id.
    """
    name, mark, rule = text.partition(":")
    if not mark or not name.strip() or not rule.strip():
        raise UsageError(f'a rule is "id: text", got "{text}"')
    if name.strip() in {known for known, _ in case.codebook.rules}:
        raise UsageError(f'the codebook has a rule "{name.strip()}" already')
    return name.strip(), rule.strip()


def _add_rules(book: Path, known: Codebook, rules: list[tuple[str, str]]) -> None:
    """Write decision rules into the codebook; one that was implied is written out."""
    old = (
        book.read_text(encoding="utf-8")
        if book.exists()
        else codebook_text(known.predicates)
    )
    added = "".join(
        f"\n[[rule]]\nid = {toml_text(name)}\ntext = {toml_text(text)}\n"
        for name, text in rules
    )
    write_text(book, old.rstrip("\n") + "\n" + added)


def _write(
    case: Path,
    claims: tuple[Claim, ...],
    log: tuple[dict[str, object], ...],
    who: str,
) -> None:
    """Write the log and the claims in force, each file in one step."""
    at = datetime.now(UTC).date().isoformat()
    path = case / "log" / "adjudication.jsonl"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = [
        json.dumps({"at": at, "who": who, **line}, ensure_ascii=False) for line in log
    ]
    write_text(path, before + "\n".join(lines) + "\n")
    for source in sorted({str(line["source"]) for line in log}):
        own = [claim for claim in claims if claim.source == source]
        target = case / "claims" / source / f"{FINAL}.jsonl"
        write_text(target, claim_lines(own))
