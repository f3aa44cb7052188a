"""What makes a case valid: every reference leads somewhere, every quote is in place."""

from collections import Counter
from collections.abc import Iterable, Mapping

from cuibono.claims.names import alias_table, folded_name, nearest
from cuibono.claims.quotes import holds_in
from cuibono.claims.records import Action, Case, Claim, Conclusion, Selector, Source
from cuibono.claims.words import Role
from cuibono.errors import Problems

LONGEST_UNKEPT = 4
"""Words of a hedge or a stated time where the text may not be kept."""


def check_case(case: Case, texts: Mapping[str, str] | None = None) -> Problems:
    """Every problem of a case that was read.

    Parameters
    ----------
    case : Case
        As read; its claims name nodes by id.
    texts : mapping of source id to text, optional
        Texts at hand; each anchor into one of them must hold to the character.

    Returns
    -------
    Problems
        In the order of the files; empty for a valid case.
    """
    problems = Problems()
    _check_nodes(case, problems)
    claims = _every_claim(case)
    _check_ids(case, problems)
    for claim in claims:
        _check_claim(claim, case, problems)
    for source in case.sources:
        if texts is not None and source.id in texts:
            mine = (claim for claim in claims if claim.source == source.id)
            _check_anchors(mine, source, texts[source.id], problems)
    _check_readings(case, problems)
    _check_conclusions(case, problems)
    return problems


def _every_claim(case: Case) -> list[Claim]:
    """Claims in force and every coder's own, each file's row once."""
    seen: dict[tuple[str, int], Claim] = {}
    for claim in (*case.claims, *case.coded):
        seen.setdefault((claim.file, claim.row), claim)
    return list(seen.values())


def _fault(
    claim: Claim,
    problems: Problems,
    column: str,
    found: str,
    expected: str,
    mend: str = "",
) -> None:
    """Note a fault of one claim at the place where it was read."""
    problems.add(
        claim.file,
        row=claim.row,
        column=column,
        found=found,
        expected=expected,
        mend=mend,
    )


def _check_nodes(case: Case, problems: Problems) -> None:
    """Ids once, wholes that exist, no node part of itself, no alias of two nodes."""
    file = "nodes.csv"
    ids = [node.id for node in case.nodes]
    for name, count in Counter(folded_name(name) for name in ids).items():
        if count > 1:
            problems.add(
                file,
                column="id",
                found=f'"{name}" {count} times',
                expected="each id once",
                mend="merge the rows, or rename one",
            )
    owner: dict[str, str] = {}
    for node in case.nodes:
        for alias in (node.label, *node.aliases):
            other = owner.setdefault(folded_name(alias), node.id)
            if other != node.id:
                problems.add(
                    file,
                    column="aliases",
                    found=f'"{alias}" for {other} and for {node.id}',
                    expected="each name for one node",
                    mend="take it from one of them",
                )
        if node.part_of and node.part_of not in ids:
            problems.add(
                file,
                column="part_of",
                found=f'"{node.part_of}"',
                expected="the id of a node",
                mend=nearest(node.part_of, ids) or "add the node",
            )
    _check_wholes(case, problems)


def _check_wholes(case: Case, problems: Problems) -> None:
    """No node is, through any chain, part of itself."""
    whole = {node.id: node.part_of for node in case.nodes}
    for node in case.nodes:
        seen, at = {node.id}, whole[node.id]
        while at and at in whole and at not in seen:
            seen.add(at)
            at = whole[at]
        if at == node.id:
            problems.add(
                "nodes.csv",
                column="part_of",
                found=f'"{node.id}" as a part of itself',
                expected="a chain that ends",
                mend="empty one of the cells",
            )


def _check_ids(case: Case, problems: Problems) -> None:
    """Ids once within one file."""
    for claims in (case.claims, case.coded):
        first: dict[tuple[str, str], Claim] = {}
        for claim in claims:
            other = first.setdefault((claim.file, claim.id), claim)
            if other is not claim and other.row != claim.row:
                _fault(
                    claim,
                    problems,
                    "id",
                    f'"{claim.id}", which row {other.row} has too',
                    "each id once in a file",
                    "delete the repeated line, or empty its id",
                )


def _check_claim(claim: Claim, case: Case, problems: Problems) -> None:
    """Source, nodes, predicate and voices of one claim exist."""
    sources = [source.id for source in case.sources]
    if claim.source not in sources:
        hint = nearest(claim.source, sources) or f"add sources/{claim.source}/meta.toml"
        _fault(claim, problems, "source", f'"{claim.source}"', "a source", hint)
    nodes = [node.id for node in case.nodes]
    for column, name in _named_nodes(claim):
        if name not in nodes:
            hint = nearest(name, alias_table(case.nodes)) or "add a row to nodes.csv"
            _fault(claim, problems, column, f'"{name}"', "a node of nodes.csv", hint)
    words = [word.id for word in case.codebook.predicates]
    if claim.predicate not in words:
        hint = nearest(claim.predicate, words) or "add it to codebook.toml"
        _fault(
            claim, problems, "predicate", f'"{claim.predicate}"', "a predicate", hint
        )
    _check_voice(claim, nodes, problems)
    _check_unkept(claim, problems)


def _named_nodes(claim: Claim) -> list[tuple[str, str]]:
    """Column and name of every node that a claim mentions."""
    named = [("subject", claim.subject), ("object", claim.object)]
    if claim.edge:
        named += [("edge_from", claim.edge.tail), ("edge_to", claim.edge.head)]
    return named


def _check_voice(claim: Claim, nodes: list[str], problems: Problems) -> None:
    """The chain starts with the author or the publisher and names known voices."""
    first, *rest = claim.voice
    if first.role not in {Role.AUTHOR, Role.PUBLISHER}:
        _fault(
            claim,
            problems,
            "voice",
            f'"{first.who}" first',
            "author or publisher first",
            f"author > {first.who}",
        )
    for step in rest:
        if step.role != Role.UNNAMED and step.who not in nodes:
            hint = nearest(step.who, nodes) or f"unnamed:{step.who}, or add the node"
            _fault(
                claim, problems, "voice", f'"{step.who}"', "a node of nodes.csv", hint
            )


def _check_unkept(claim: Claim, problems: Problems) -> None:
    """Of a text that is not kept, hedge and stated time hold few words."""
    anchor = claim.anchor
    if anchor is None or anchor.exact or not anchor.exact_sha256:
        return
    for column, words in (("hedge", claim.hedge), ("time_stated", claim.time.stated)):
        if len(words.split()) > LONGEST_UNKEPT:
            _fault(
                claim,
                problems,
                column,
                f"{len(words.split())} words",
                f"at most {LONGEST_UNKEPT}, as the text is not kept",
                "keep the deciding words",
            )


def _check_anchors(
    claims: Iterable[Claim], source: Source, text: str, problems: Problems
) -> None:
    """Every anchor into a text at hand holds."""
    for claim in claims:
        for anchor in filter(None, (claim.anchor, *claim.context)):
            if anchor.end > len(text):
                _fault(
                    claim,
                    problems,
                    "end",
                    f"position {anchor.end}",
                    f"at most {len(text)}, the length of {source.id}'s text",
                    "anchor the claim again",
                )
            elif not holds_in(anchor, text):
                _fault(
                    claim,
                    problems,
                    "exact",
                    f"other words at {anchor.start} to {anchor.end} of {source.id}",
                    "the words that were quoted",
                    "anchor the claim again",
                )


def _check_readings(case: Case, problems: Problems) -> None:
    """Selectors name sources, claims and predicates that exist."""
    ids = {claim.id for claim in _every_claim(case)}
    sources = {source.id for source in case.sources}
    for reading in case.readings:
        where = f"reading {reading.id}"
        for selector in (*reading.include, *reading.exclude):
            _known(selector.source, sources, f"{where}: source", problems)
            _known(selector.claims, ids, f"{where}: claims", problems)
            words = {word.id for word in case.codebook.predicates}
            _known(selector.predicate, words, f"{where}: predicate", problems)
        if reading.include == () or any(_empty(item) for item in reading.include):
            problems.add(
                "case.toml",
                column=where,
                found="an include that selects everything",
                expected="at least one condition",
                mend='[[reading.include]] layer = ["effect"]',
            )


def _empty(selector: Selector) -> bool:
    """Whether a selector states no condition."""
    return selector == Selector()


def _known(
    names: Iterable[str], known: Iterable[str], column: str, problems: Problems
) -> None:
    """Note names that lead nowhere."""
    known = set(known)
    for name in names:
        if name not in known:
            problems.add(
                "case.toml",
                column=column,
                found=f'"{name}"',
                expected="a name that the case has",
                mend=nearest(name, known) or "correct or remove it",
            )


def _check_conclusions(case: Case, problems: Problems) -> None:
    """Conclusions rest on conclusion claims and touch nodes that exist."""
    by_id = {claim.id: claim for claim in case.claims}
    nodes = {node.id for node in case.nodes}
    readings = {reading.id for reading in case.readings}
    for item in case.conclusions:
        where = f"conclusion {item.id}"
        _known(item.claims, by_id, f"{where}: claims", problems)
        _known(_touched(item), nodes, f"{where}: nodes", problems)
        _known(item.readings, readings, f"{where}: readings", problems)
    for pair in case.pairs:
        _known(pair, nodes, "pair", problems)


def _touched(conclusion: Conclusion) -> list[str]:
    """Every node that a conclusion's translation names."""
    names = [node for node, _ in conclusion.expect]
    for action in (conclusion.do, *(other.do for other in conclusion.alternatives)):
        names += action_nodes(action)
    return list(dict.fromkeys(names))


def action_nodes(action: Action) -> list[str]:
    """Every node that an action names, in the order written."""
    links = (*action.add, *action.cut)
    return [
        *(node for node, _ in (*action.press, *action.pulse)),
        *action.remove,
        *action.clamp,
        *(name for link in links for name in (link.tail, link.head)),
    ]
