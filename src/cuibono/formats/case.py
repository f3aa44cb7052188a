"""A case folder on disk: reading it whole with every problem, and writing it."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from cuibono.claims.check import check_case
from cuibono.claims.identity import claim_id
from cuibono.claims.names import alias_table, folded_name
from cuibono.claims.quotes import text_sha256
from cuibono.claims.records import (
    Case,
    Claim,
    Codebook,
    Node,
    Reading,
    Selector,
    Source,
)
from cuibono.claims.words import Layer, NodeKind, Stance, Status
from cuibono.errors import Problem, Problems
from cuibono.formats.case_toml import CaseHead, read_case_head
from cuibono.formats.codebook_toml import PLAIN_CODEBOOK, read_codebook, read_source
from cuibono.formats.jsonl import claim_sort_key, read_claim_lines
from cuibono.formats.limits import MOST_BYTES, CaseFolder
from cuibono.formats.tables import read_claim_table, read_node_table

FINAL = "_final"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRead:
    """A case with its texts at hand and everything wrong with it.

    Attributes
    ----------
    case : Case
        What could be read.
    texts : dict of str to str
        Text by source id, as far as given and unchanged.
    problems : Problems
        Empty if the case is valid.
    """

    case: Case
    texts: dict[str, str] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)


def read_case(root: Path, texts: Path | None = None) -> Case:
    """Valid case of a folder, or of a single table of claims.

    Parameters
    ----------
    root : Path
        A case folder, or a `claims.csv`.
    texts : Path, optional
        Folder with the sources' texts, found by file name, then by hash.

    Raises
    ------
    CaseFileError
        With every problem of the case at once.
    """
    read = inspect_case(root, texts)
    read.problems.raise_if_any()
    return read.case


def inspect_case(root: Path, texts: Path | None = None) -> CaseRead:
    """Case of a folder with its texts and every problem, valid or not."""
    problems = Problems()
    if root.is_file() and root.suffix.lower() in {".csv", ".tsv", ".txt"}:
        return _inspect_table(root, problems)
    if not root.is_dir():
        problems.add(
            str(root),
            found="no such folder" if not root.exists() else "a file",
            expected="a case folder or a table of claims (.csv)",
            mend="cuibono init makes one; cuibono demo writes a worked one",
        )
        return CaseRead(case=Case(id=root.name), problems=problems)
    folder = CaseFolder(root, problems)
    case = _assemble(folder, problems)
    at_hand = _texts(case, folder, texts, problems)
    problems.extend(check_case(case, at_hand))
    return CaseRead(case=case, texts=at_hand, problems=_once(problems))


def _inspect_table(path: Path, problems: Problems) -> CaseRead:
    """Case of a lone table of claims."""
    folder = CaseFolder(path.parent, problems)
    notes: list[str] = []
    text = folder.text(path.name)
    claims = read_claim_table(text, path.name, problems, notes) if text else []
    if text == "":
        read_claim_table("", path.name, problems, notes)
    head = CaseHead(title=path.stem)
    case = _case(path.stem, head, (), PLAIN_CODEBOOK, (), claims, [], notes, folder)
    problems.extend(check_case(case))
    return CaseRead(case=case, problems=_once(problems))


def _once(problems: Problems) -> Problems:
    """The same problems, each said once."""
    return Problems(list(dict.fromkeys(problems)))


def _assemble(folder: CaseFolder, problems: Problems) -> Case:
    """Case of a folder, as far as it can be read."""
    notes: list[str] = []
    head = CaseHead(title=folder.root.resolve().name)
    if folder.exists("case.toml"):
        text = folder.text("case.toml")
        head = read_case_head(text, "case.toml", problems) if text is not None else head
    codebook = PLAIN_CODEBOOK
    if folder.exists("codebook.toml"):
        text = folder.text("codebook.toml")
        if text is not None:
            codebook = read_codebook(text, "codebook.toml", problems)
    nodes: tuple[Node, ...] = ()
    if folder.exists("nodes.csv"):
        text = folder.text("nodes.csv")
        if text is not None:
            nodes = tuple(read_node_table(text, "nodes.csv", problems, notes))
    sources = _sources(folder, problems)
    claims, coded = _claims(folder, problems, notes)
    name = folder.root.resolve().name
    return _case(name, head, nodes, codebook, sources, claims, coded, notes, folder)


def _sources(folder: CaseFolder, problems: Problems) -> tuple[Source, ...]:
    """Sources of the folder, by id."""
    found = []
    for path in folder.names("sources", "*"):
        name = path.split("/")[1]
        text = folder.text(f"{path}/meta.toml")
        if text is not None:
            found.append(read_source(text, f"{path}/meta.toml", name, problems))
    return tuple(found)


def _claims(
    folder: CaseFolder, problems: Problems, notes: list[str]
) -> tuple[list[Claim], list[Claim]]:
    """Claims in force, and every coder's own."""
    simple = folder.exists("claims.csv")
    full = folder.exists("claims")
    if simple and full:
        problems.add(
            "claims.csv",
            found="both claims.csv and the folder claims",
            expected="one of the two forms",
            mend="import one into the other, then delete it",
        )
    if simple:
        text = folder.text("claims.csv")
        if text is None:
            return [], []
        return read_claim_table(text, "claims.csv", problems, notes), []
    if not full:
        problems.add(
            "claims.csv",
            found="neither claims.csv nor the folder claims",
            expected="one of them",
            mend="write claims.csv with the columns source, subject, sign, object; or code "
            "a source that was added: cuibono suggest rules, then cuibono review",
        )
        return [], []
    return _claim_folders(folder, problems)


def _claim_folders(
    folder: CaseFolder, problems: Problems
) -> tuple[list[Claim], list[Claim]]:
    """Claims of `claims/<source>/<coder>.jsonl`."""
    in_force: list[Claim] = []
    coded: list[Claim] = []
    known = {path.split("/")[1] for path in folder.names("sources", "*")}
    for path in folder.names("claims", "*"):
        source = path.split("/")[1]
        own: list[Claim] = []
        final: list[Claim] | None = None
        for file in folder.names(path, "*.jsonl"):
            text = folder.text(file)
            claims = read_claim_lines(text or "", file, problems)
            if text is not None and not text.strip():
                problems.add(
                    file,
                    found="an empty file",
                    expected="at least one claim",
                    mend="delete the file, or code the source",
                )
            _same_source(claims, source, known, problems)
            if Path(file).stem == FINAL:
                final = claims
            else:
                own += claims
        coded += own
        in_force += own if final is None else final
    return in_force, coded


def _same_source(
    claims: list[Claim], source: str, known: set[str], problems: Problems
) -> None:
    """Claims in a source's folder are of that source."""
    for claim in claims:
        if claim.source != source and claim.source in known:
            problems.add(
                claim.file,
                row=claim.row,
                column="source",
                found=f'"{claim.source}"',
                expected=f'"{source}", as the folder is named',
                mend="move the line to its source's folder",
            )


def _case(
    name: str,
    head: CaseHead,
    nodes: tuple[Node, ...],
    codebook: Codebook,
    sources: tuple[Source, ...],
    claims: list[Claim],
    coded: list[Claim],
    notes: list[str],
    folder: CaseFolder,
) -> Case:
    """Case with names resolved to node ids and what was left out filled in."""
    if nodes:
        table = alias_table(nodes)
        claims = [_resolved(claim, table) for claim in claims]
        coded = [_resolved(claim, table) for claim in coded]
    else:
        claims = _spelled_alike(claims)
        nodes = _implied_nodes(claims)
        notes.append("no nodes.csv: what is ever a subject is taken as an actor")
    if not sources:
        ids = dict.fromkeys(claim.source for claim in (*claims, *coded))
        sources = tuple(Source(id=source) for source in ids)
    claims = [claim for claim in claims if claim.status != Status.WITHDRAWN]
    readings = head.readings or plain_readings(claims)
    return Case(
        id=name,
        title=head.title,
        summary=head.summary,
        sources=tuple(sorted(sources, key=lambda source: source.id)),
        nodes=tuple(sorted(nodes, key=lambda node: node.id)),
        codebook=codebook,
        claims=tuple(sorted(_first_of_each(claims), key=claim_sort_key)),
        coded=tuple(
            sorted(coded, key=lambda claim: (claim.coder, claim_sort_key(claim)))
        ),
        readings=readings,
        conclusions=head.conclusions,
        questions=head.questions,
        open_questions=head.open_questions,
        pairs=head.pairs,
        digests=tuple(sorted(folder.digests.items())),
        defaults_used=tuple(notes),
        schema=head.schema,
    )


def case_of_claims(
    name: str, claims: list[Claim], notes: list[str], nodes: tuple[Node, ...] = ()
) -> Case:
    """Case of claims alone, with the plain codebook; nodes implied unless given."""
    folder = CaseFolder(Path(), Problems())
    head = CaseHead(title=name)
    return _case(name, head, nodes, PLAIN_CODEBOOK, (), claims, [], notes, folder)


def _first_of_each(claims: list[Claim]) -> list[Claim]:
    """Claims without repetitions: one read twice counts once.

    Repetitions of a given id within one file are kept, for `check_case` to refuse;
    equal rows of a simple table, and one claim in two coders' files, are not.
    """
    first: dict[str, Claim] = {}
    kept = []
    for claim in claims:
        other = first.setdefault(claim.id, claim)
        same_file = other.file == claim.file and claim.file.endswith(".jsonl")
        if other is claim or same_file or not _alike(other, claim):
            kept.append(claim)
    return kept


def _alike(one: Claim, other: Claim) -> bool:
    """Whether two claims of one id say the same, notes and coders apart."""
    names = ("source", "subject", "predicate", "object", "sign", "polarity", "layer")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _resolved(claim: Claim, table: dict[str, str]) -> Claim:
    """Claim with its nodes and voices named by id; unknown names stay."""

    def known(name: str) -> str:
        return table.get(folded_name(name), name)

    edge = claim.edge
    if edge:
        edge = replace(edge, tail=known(edge.tail), head=known(edge.head))
    first, *rest = claim.voice
    voice = (first, *(replace(step, who=known(step.who)) for step in rest))
    named = replace(
        claim,
        subject=known(claim.subject),
        object=known(claim.object),
        edge=edge,
        voice=voice,
    )
    # An id that is the hash of what was written is the hash of what it names.
    hashed = claim.id == claim_id(claim)
    return replace(named, id=claim_id(named)) if hashed else named


def _spelled_alike(claims: list[Claim]) -> list[Claim]:
    """Claims in which a name that differs only in case or spaces is one name."""
    table: dict[str, str] = {}
    for claim in claims:
        for name in (claim.subject, claim.object):
            table.setdefault(folded_name(name), name)
    return [_resolved(claim, table) for claim in claims]


def _implied_nodes(claims: list[Claim]) -> tuple[Node, ...]:
    """Nodes that the claims mention: an actor if ever a subject, else a factor."""
    subjects = {claim.subject for claim in claims}
    names = dict.fromkeys(
        name
        for claim in claims
        for name in (
            claim.subject,
            claim.object,
            *((claim.edge.tail, claim.edge.head) if claim.edge else ()),
            *(step.who for step in claim.voice[1:] if step.role != "unnamed"),
        )
    )
    return tuple(
        Node(
            id=name,
            label=name,
            kind=NodeKind.ACTOR if name in subjects else NodeKind.FACTOR,
        )
        for name in names
    )


def plain_readings(claims: list[Claim]) -> tuple[Reading, ...]:
    """Readings of a case that states none: the authors' own, and all claims."""
    authors = Reading(
        id="author",
        title="the sources' authors",
        include=(
            Selector(
                stance=(Stance.ENDORSES, Stance.CONCEDES),
                layer=(Layer.COVERT, Layer.EFFECT),
            ),
        ),
    )
    everything = Reading(
        id="open",
        title="all voices together",
        include=(Selector(layer=tuple(Layer)),),
    )
    declared = any(claim.layer == Layer.DECLARED for claim in claims)
    stances = {claim.stance for claim in claims}
    if declared or stances - {Stance.ENDORSES, Stance.CONCEDES}:
        return authors, everything
    return (authors,)


def _texts(
    case: Case, folder: CaseFolder, given: Path | None, problems: Problems
) -> dict[str, str]:
    """Text by source, from the case itself or from the folder given."""
    found = {}
    for source in case.sources:
        kept = f"sources/{source.id}/text.txt"
        if folder.exists(kept):
            data = folder.bytes(kept)
        elif given is not None:
            data = _given_text(source, given, problems)
        else:
            data = None
        if data is None:
            continue
        problem = _hash_problem(source, data, given)
        if problem:
            problems.extend([problem])
            continue
        try:
            found[source.id] = data.decode("utf-8")
        except UnicodeDecodeError:
            problems.add(
                source.text_file or kept,
                found="bytes that are not UTF-8",
                expected="UTF-8 text",
                mend="save the text as UTF-8 and anchor the claims again",
            )
    return found


def _given_text(source: Source, given: Path, problems: Problems) -> bytes | None:
    """Bytes of a source's text in a folder: by file name, then by hash."""
    if not given.is_dir():
        problems.add(
            str(given),
            found="no such folder",
            expected="a folder with the sources' texts",
            mend="--texts DIR",
        )
        return None
    named = given / source.text_file if source.text_file else None
    if named and named.is_file():
        return _sized(named)
    for path in sorted(given.iterdir()):
        if source.sha256 and path.is_file() and path.stat().st_size <= MOST_BYTES:
            data = path.read_bytes()
            if text_sha256(data) == source.sha256:
                return data
    return None


def _sized(path: Path) -> bytes | None:
    """Bytes of a file of sane size."""
    return path.read_bytes() if path.stat().st_size <= MOST_BYTES else None


def _hash_problem(source: Source, data: bytes, given: Path | None) -> Problem | None:
    """Problem of a text that is not the one that was coded."""
    digest = text_sha256(data)
    if not source.sha256 or digest == source.sha256:
        return None
    name = source.text_file or f"sources/{source.id}/text.txt"
    place = str(given / name) if given and source.text_file else name
    return Problem(
        file=place,
        found=f"a text with SHA-256 {digest}",
        expected=f"{source.sha256}, the text of source {source.id} that was coded",
        mend="get the text that was coded; a changed text must be anchored again",
    )
