"""Who is the subject of a verb group, by rules on the row of items."""

from typing import Final

from cuibono.coding.suggest import closed
from cuibono.coding.suggest.items import Item, Kind
from cuibono.coding.suggest.mentions import governed
from cuibono.coding.suggest.reading import Found

_REACH: Final = 7
_LIST: Final = 5
_BEARERS: Final = frozenset(
    "problem problems trouble difficulty qualms scruples hesitation interest".split()
)
_OPENS_ASIDE: Final = frozenset({Kind.DET, Kind.PART, Kind.OWN, Kind.REL, Kind.ADV})
_VERBAL: Final = frozenset({Kind.VERB, Kind.HELPER, Kind.SAY})


def chain_start(items: list[Item], verb: int) -> tuple[int, list[int]]:
    """First item of the verb group that a verb ends, and its helpers and negations.

    "vowed to help fight": the group begins at "vowed".
    """
    at = verb
    parts: list[int] = []
    while at > 0:
        item = items[at - 1]
        to_verb = items[at].kind in _VERBAL | {Kind.TO}
        if item.kind in {Kind.AUX, Kind.NOT, Kind.ADV, Kind.TO}:
            parts += [at - 1] if item.kind is Kind.NOT else []
        elif _helps(item) and (to_verb or items[at].kind in {Kind.ADV, Kind.CONJ}):
            parts.append(at - 1)
        elif item.kind is Kind.CONJ and at > 1 and _helps(items[at - 2]) and to_verb:
            pass
        else:
            break
        at -= 1
    while at < verb and items[at].kind is Kind.ADV:
        at += 1
    return at, parts


def _helps(item: Item) -> bool:
    """Whether an item may be a helper of the verb after it."""
    return any(form.entry.kind == "helper" for form in item.forms)


def is_passive(items: list[Item], verb: int, start: int) -> bool:
    """Whether a participle is passive: after a form of "be", or before "by"."""
    forms = {form.form for form in items[verb].forms}
    if not forms & {"ed", "en"}:
        return False
    if verb + 1 < len(items) and items[verb + 1].word == "by":
        return True
    for at in range(verb - 1, start - 1, -1):
        if items[at].kind is Kind.AUX:
            return items[at].word in closed.BE
        if items[at].kind not in {Kind.ADV, Kind.NOT}:
            return False
    return False


def subject_before(items: list[Item], start: int) -> Found:
    """Subject of a verb group that begins at a place."""
    found = Found()
    at = start - 1
    if not items:
        return found
    if _is_participle(items, start) and at >= 0:
        if items[at].kind is Kind.NODE:
            return Found([at])
        if items[at].kind is Kind.WORD and items[at].word not in _BEARERS:
            return _presented(items, at)
    if at < 0 or items[at].kind is Kind.COMMA:
        return _beyond_comma(items, start, found)
    comma = False
    loose = None
    crossed_verb = items[start].kind is Kind.TO
    while at >= 0:
        item = items[at]
        if item.kind is Kind.REL or _relative_that(items, at):
            return _antecedent(items, at, found)
        if item.kind in {Kind.STOP, Kind.SUB}:
            return found
        if item.kind is Kind.SAY or _complement_that(items, at):
            if not crossed_verb:
                return found
            found.doubts.append("across a verb of saying")
        if item.kind in {Kind.VERB, Kind.HELPER} and item.form != "noun":
            if item.form in {"ed", "s", "en", "base", "ing"}:
                crossed_verb = True
        elif item.kind is Kind.COMMA:
            before = _before_aside(items, at)
            comma = comma or before is None
            at = at if before is None else before
        elif item.kind is Kind.NODE:
            if _is_subject(items, at, crossed_verb or comma):
                found.places = _joined(items, at)
                _distance_doubt(items, at, start, comma, crossed_verb, found)
                return found
            if not crossed_verb and not comma:
                loose = at
        at -= 1
    if loose is not None:
        return Found([loose], ["named within the subject only"])
    fronted = {"rather than", "instead of"}
    opens = items[start].kind is Kind.TO or items[start].word in fronted
    if items[start].form == "ing" or opens:
        return _in_clause_after(items, start, found)
    return found


def _distance_doubt(
    items: list[Item],
    at: int,
    start: int,
    comma: bool,
    crossed_verb: bool,
    found: Found,
) -> None:
    """What stands between a subject and its verb may part them."""
    if crossed_verb and (comma or not _coordinate(items, at, start)):
        if _is_manner(items, start) and not comma:
            return
        found.doubts.append("across another verb")
    elif start - at > _REACH:
        found.doubts.append("far from its verb")
    _owner_doubt(items, at, found)


def _before_aside(items: list[Item], comma: int) -> int | None:
    """Comma before an apposition that a comma ends: "Arda, the old house, ..."."""
    for at in range(comma - 1, max(-1, comma - 2 * _REACH), -1):
        if items[at].kind is Kind.COMMA:
            opens = items[at + 1].kind in _OPENS_ASIDE
            named = at > 0 and items[at - 1].kind is Kind.NODE
            return at if opens and named else None
        if items[at].kind in {Kind.STOP, Kind.SUB, Kind.SAY}:
            return None
    return None


def _presented(items: list[Item], at: int) -> Found:
    """Node that a common noun stands for: "Brun as the only group fighting ..."."""
    while at > 0 and items[at].kind in {Kind.WORD, Kind.DET, Kind.ADV}:
        at -= 1
    if at > 0 and items[at].word == "as" and items[at - 1].kind is Kind.NODE:
        return Found([at - 1], ["presented as such"])
    return Found()


def _is_participle(items: list[Item], start: int) -> bool:
    """Whether a verb group is a participle by itself: "the party ruling", "caused by"."""
    forms = {form.form for form in items[start].forms}
    reduced = start + 1 < len(items) and items[start + 1].word == "by"
    return "ing" in forms or (bool(forms & {"en", "ed"}) and reduced)


def _owner_doubt(items: list[Item], at: int, found: Found) -> None:
    """A possessive is not the head of its phrase: "Brun's camps"."""
    if at + 1 < len(items) and items[at + 1].word == "'s":
        found.doubts.append("only the owner of the subject")
    if governed(items, at):
        found.doubts.append("named within the subject only")


def _coordinate(items: list[Item], subject: int, start: int) -> bool:
    """Whether a verb is the second of two: "Arda fed Brun and armed Cor"."""
    verbs = [item for item in items[subject:start] if item.kind in _VERBAL]
    linked = items[start - 1].kind is Kind.CONJ
    return linked and len(verbs) == 1 and verbs[0].form != "ing"


def _is_manner(items: list[Item], start: int) -> bool:
    """Whether a participle says how the subject did it: "helped Brun by arming Cor"."""
    before = start - 1
    while before > 0 and items[before].kind is Kind.CONJ:
        before -= 1
    return items[start].form == "ing" and items[before].word == "by"


def _relative_that(items: list[Item], at: int) -> bool:
    """Whether "that" at a place stands for the noun before it."""
    if items[at].word != "that" or at == 0 or at + 1 >= len(items):
        return False
    before = items[at - 1]
    after = items[at + 1]
    return before.kind in {Kind.NODE, Kind.WORD, Kind.NOUN, Kind.PART} and (
        after.kind in _VERBAL | {Kind.AUX, Kind.ADV, Kind.NOT}
        or (after.kind is Kind.WORD and after.word.endswith(("ed", "s")))
    )


def _complement_that(items: list[Item], at: int) -> bool:
    """Whether "that" at a place opens a clause of its own."""
    return items[at].word == "that" and not _relative_that(items, at)


def _antecedent(items: list[Item], at: int, found: Found) -> Found:
    """Noun that a relative pronoun stands for: the node named right before it."""
    for place in range(at - 1, max(-1, at - _REACH), -1):
        item = items[place]
        if item.kind is Kind.NODE:
            if at - place > 2:
                found.doubts.append("far from its relative clause")
            found.places = [place]
            return found
        if item.kind in _VERBAL | {Kind.STOP}:
            return found
    return found


def _beyond_comma(items: list[Item], start: int, found: Found) -> Found:
    """Subject across a comma: of a participle clause, or after an apposition."""
    aside = _before_aside(items, start - 1) if items[start].form != "ing" else None
    at = start - 2 if aside is None else aside - 1
    while at >= 0:
        item = items[at]
        if item.kind is Kind.NODE and _is_subject(items, at, crossed=True):
            found.places = _joined(items, at)
            closed_by_comma = any(
                items[mid].kind is Kind.COMMA for mid in range(at + 1, start - 1)
            )
            verbs = any(items[m].kind in _VERBAL for m in range(at + 1, start - 1))
            adjunct = items[start].form == "ing" and closed_by_comma
            if (verbs and not adjunct) or not closed_by_comma:
                found.doubts.append("across a comma")
            _owner_doubt(items, at, found)
            return found
        if item.kind is Kind.STOP:
            break
        at -= 1
    return _in_clause_after(items, start, found)


def _in_clause_after(items: list[Item], start: int, found: Found) -> Found:
    """Subject of the main clause that follows a participle clause."""
    for place in range(start, len(items)):
        if items[place].kind is Kind.COMMA:
            after = next(
                (p for p in range(place, len(items)) if items[p].kind is Kind.NODE),
                None,
            )
            if after is not None and after - place <= _LIST:
                found.places = [after]
                found.doubts.append("subject of the clause after")
            return found
    return found


def _is_subject(items: list[Item], at: int, crossed: bool) -> bool:
    """Whether a node stands free, as a subject does: after no verb and no preposition."""
    preposition = governed(items, at)
    if items[at].inert:
        return False
    if preposition and (crossed or preposition != "of"):
        return False
    before = at - 1
    while before >= 0 and items[before].kind in {Kind.DET, Kind.WORD, Kind.ADV}:
        if items[before].word == "that":
            return True
        before -= 1
    if before < 0:
        return True
    if items[before].kind is Kind.NODE and at - before > 1 and not crossed:
        return items[before + 1].word == "'s" and _is_subject(items, before, crossed)
    if items[before].kind in {Kind.NODE, Kind.CONJ} and crossed:
        lead = before if items[before].kind is Kind.NODE else before - 1
        if lead >= 0 and items[lead].kind is Kind.NODE:
            return _is_subject(items, lead, crossed)
    return items[before].kind not in {Kind.VERB, Kind.HELPER}


def _joined(items: list[Item], at: int) -> list[int]:
    """A node with those listed before it: "Arda, Brun and Cor"."""
    places = [at]
    while True:
        first = places[0]
        joint = first - 1
        while joint >= 0 and items[joint].kind in {Kind.DET, Kind.OWN}:
            joint -= 1
        if joint < 1 or items[joint].kind not in {Kind.CONJ, Kind.COMMA}:
            return places
        if items[joint].word in {"but", "nor"} or governed(items, first):
            return places
        before = joint - 1 if items[joint - 1].kind is not Kind.COMMA else joint - 2
        listed = items[joint].kind is Kind.CONJ or len(places) > 1
        if before >= 0 and governed(items, before):
            return places
        if before < 0 or items[before].kind is not Kind.NODE or not listed:
            return places
        places.insert(0, before)
