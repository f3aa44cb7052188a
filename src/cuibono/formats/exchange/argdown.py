"""Argdown: what claims bear on as statements, claims for and against below them."""

import re

from cuibono.claims.records import Case, Claim, voice_text
from cuibono.claims.words import Polarity, Sign, Stance
from cuibono.formats.exchange.outgoing import Outgoing

_MARKS = re.compile(r"([\\`*_{}\[\]<>#@:/|])")
_RELATIONS = {Sign.PLUS: "+", Sign.MINUS: "-"}


def escaped(text: str) -> str:
    r"""Text on one line in which no mark means anything to Argdown.

    Examples
    --------
    >>> escaped("[a] #b\n<c>")
    '\\[a\\] \\#b \\<c\\>'
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def label(text: str) -> str:
    """Text as the title of a statement, which has no escapes.

    Examples
    --------
    >>> label("Arda [sic]: #1")
    'Arda (sic), 1'
    """
    plain = text.translate({91: "(", 93: ")", 58: ",", 35: None, 60: "(", 62: ")"})
    return " ".join(plain.split())


def write(out: Outgoing) -> bytes:
    """Argdown text of the claims in force, by what they bear on."""
    case = out.case
    lines = [f"# {escaped(case.title or case.id)}", ""]
    names = {node.id: node.label for node in case.nodes}
    objects = dict.fromkeys(claim.object for claim in case.claims)
    for node in objects:
        mine = [claim for claim in case.claims if claim.object == node]
        # Its relations follow without an empty line, or they would be a paragraph.
        lines += [f"[{label(names[node])}]: More of {escaped(names[node])}"]
        bare = []
        for claim in mine:
            relation = _relation(claim)
            if relation:
                lines += [f"  {relation} {_statement(claim, case, names)}"]
            else:
                bare += ["", _statement(claim, case, names)]
        lines += [*bare, ""]
    return ("\n".join(lines).rstrip() + "\n").encode()


def _relation(claim: Claim) -> str:
    """Mark of support or attack; none for a denial, or where no sign is stated."""
    told = claim.polarity is Polarity.AFFIRMED and claim.stance is not Stance.REJECTS
    return _RELATIONS.get(claim.sign, "") if told else ""


def _statement(claim: Claim, case: Case, names: dict[str, str]) -> str:
    """One claim, attributed."""
    source = case.source(claim.source)
    where = source.title or source.id
    denied = " it is not so that" if claim.polarity is Polarity.DENIED else ""
    told = f"{claim.stance.value}{denied}"
    said = claim.paraphrase or (
        f"{names[claim.subject]} {claim.predicate} {names[claim.object]}"
    )
    text = f"{voice_text(claim.voice)} ({where}) {told}: {said} [{claim.sign.value}]"
    tags = f" #{claim.layer.value} #{claim.modality.value}"
    return (
        f"[{label(f'{claim.source}.{claim.coder}.{claim.id}')}]: {escaped(text)}{tags}"
    )
