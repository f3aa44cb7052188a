"""From the words of a sentence to items: names first, then verbs and nouns."""

from dataclasses import replace
from typing import Final

from cuibono.coding.suggest import closed
from cuibono.coding.suggest.items import Item, Kind
from cuibono.coding.suggest.lexicon import Form, forms_by_first_word
from cuibono.coding.suggest.names import Name, Names
from cuibono.coding.suggest.tokens import Token

_VERBAL: Final = frozenset({"verb", "helper", "say"})
_MOST_SKIPPED: Final = 3
_AFTER_NOUN: Final = closed.STOPS | closed.BE | closed.HAVE | closed.MODALS | {
    ",", "and", "in", "at", "who", "which", "that",
}  # fmt: skip
_PURPOSE: Final = (["in", "order", "to"], ["so", "as", "to"])
_MOST_ASIDE: Final = 12
_LISTING: Final = frozenset({"including", "like", "such", "notably"})
_ASIDES: Final = {"(": ")", "[": "]", "\u2014": "\u2014", "\u2013": "\u2013"}
_NOUN_ENDINGS: Final = ("al", "ive", "ic", "ary", "ous", "less", "an", "able")
_CLASSES: Final = (
    (closed.STOPS, Kind.STOP),
    (closed.QUOTES, Kind.QUOTE),
    (closed.NEGATIONS, Kind.NOT),
    (closed.BE | closed.HAVE | closed.MODALS, Kind.AUX),
    (closed.DETERMINERS, Kind.DET),
    (closed.RELATIVES, Kind.REL),
    (closed.POSSESSIVES, Kind.OWN),
    (closed.CONJUNCTIONS, Kind.CONJ),
    (closed.SUBORDINATORS, Kind.SUB),
    (closed.PREPOSITIONS, Kind.PREP),
    (closed.ADVERBS, Kind.ADV),
)


def tagged(found: list[Token], names: Names) -> list[Item]:
    """Items of a sentence, in order.

    Examples
    --------
    >>> from cuibono.claims.records import Node
    >>> from cuibono.claims.words import NodeKind
    >>> from cuibono.coding.suggest.names import case_names
    >>> from cuibono.coding.suggest.tokens import tokens
    >>> known = [Node(id=name, label=name.title(), kind=NodeKind.ACTOR)
    ...          for name in ("arda", "brun")]
    >>> [item.kind.value for item in tagged(tokens("Arda will attack Brun."),
    ...                                     case_names(known))]
    ['node', 'aux', 'verb', 'node', 'stop']
    """
    made: list[Item] = []
    place = 0
    while place < len(found):
        shared = _shared_head(found, place, names)
        if shared:
            made += shared
            place += 4
            continue
        if found[place].word == "." and made and made[-1].word in closed.TITLES:
            place += 1
            continue
        item, used = _next(found, place, names, made)
        made.append(item)
        place += used
    return made


def _next(
    found: list[Token], place: int, names: Names, before: list[Item]
) -> tuple[Item, int]:
    """Item that begins at a token, and how many tokens it takes."""
    token = found[place]
    if _is_up_to(found, place):
        return Item(Kind.DET, "up to", token.start, found[place + 1].end), 2
    if [one.word for one in found[place : place + 3]] in _PURPOSE:
        return Item(Kind.TO, "to", token.start, found[place + 2].end), 3
    name = names.at(found, place)
    if name is not None and _longer_inside(found, place, name, names):
        return _plain(token), 1
    if name is not None and not _is_verb_here(found, place, name, names):
        last = found[place + len(name.words) - 1]
        words = " ".join(name.words)
        item = Item(Kind.NODE, words, token.start, last.end, node=name.node)
        return item, len(name.words)
    forms, used = _lexical(found, place, names)
    if forms:
        last = found[place + used - 1]
        nouns = tuple(form for form in forms if form.form == "noun")
        verbs = tuple(form for form in forms if form.form != "noun")
        following = found[place + used].word if place + used < len(found) else ""
        gerund = bool(nouns and verbs) and verbs[0].form == "ing"
        ruling = following in closed.DETERMINERS or (
            place + used < len(found) and names.at(found, place + used)
        )
        in_phrase = before and before[-1].kind in {Kind.WORD, Kind.NOUN}
        if gerund and in_phrase and not ruling:
            return _item(nouns, token, last), used
        is_noun = bool(nouns) and (not verbs or _as_noun(verbs, before, following))
        chosen = nouns if is_noun else verbs
        if not nouns and _as_noun(verbs, before, following) and used == 1:
            return _plain(token), 1
        return _item(chosen, token, last), used
    following = found[place + 1].word if place + 1 < len(found) else ""
    within = before and before[-1].kind in {Kind.NODE, Kind.AUX, Kind.WORD}
    if token.word in closed.CONNECTIVES and within and following != ",":
        return Item(Kind.ADV, token.word, token.start, token.end), 1
    return _plain(token, following), 1


def _is_up_to(found: list[Token], place: int) -> bool:
    """Whether "up to" only rounds a number: "up to 400 riders"."""
    words = [one.word for one in found[place : place + 3]]
    return len(words) == 3 and words[:2] == ["up", "to"] and words[2][0].isdigit()


def _longer_inside(found: list[Token], place: int, name: Name, names: Names) -> bool:
    """Whether "the raid" is only the beginning of another name: "raid of the hills"."""
    if name.words[0] not in closed.DETERMINERS or len(name.words) > 2:
        return False
    inner = names.at(found, place + 1) if place + 1 < len(found) else None
    return inner is not None and len(inner.words) >= len(name.words)


def _is_verb_here(found: list[Token], place: int, name: Name, names: Names) -> bool:
    """Whether the one word of a name is a verb with its object after it."""
    after = place + 1
    if len(name.words) > 1 or after >= len(found):
        return False
    forms = forms_by_first_word().get(name.words[0], ())
    if not any(form.form == "ing" and len(form.words) == 1 for form in forms):
        return False
    return found[after].word in closed.DETERMINERS or bool(names.at(found, after))


def _shared_head(found: list[Token], place: int, names: Names) -> list[Item]:
    """Two names that share their last word: "the Arda and Brun governments"."""
    part = found[place : place + 4]
    if len(part) < 4 or part[1].word not in closed.CONJUNCTIONS:
        return []
    heads = [part[3], replace(part[3], word=part[3].word.removesuffix("s"))]
    for head in heads:
        both = [names.at([part[at], head], 0) for at in (0, 2)]
        first, second = both
        if first and second and len(first.words) == len(second.words) == 2:
            end = part[3].end
            return [
                Item(Kind.NODE, part[0].word, part[0].start, end, node=first.node),
                Item(Kind.CONJ, "and", part[1].start, part[1].end),
                Item(Kind.NODE, part[2].word, part[2].start, end, node=second.node),
            ]
    return []


def without_asides(items: list[Item], *, keep_lists: bool = False) -> list[Item]:
    """Items without quotation marks and short asides in brackets or dashes.

    With `keep_lists`, "(including Brun)" stays, without its brackets.
    """
    row = [item for item in items if item.kind is not Kind.QUOTE]
    kept: list[Item] = []
    place = 0
    while place < len(row):
        closing = _ASIDES.get(row[place].word)
        ends = (
            at
            for at in range(place + 1, min(len(row), place + _MOST_ASIDE))
            if row[at].word == closing
        )
        end = next(ends, None) if closing else None
        if end is None:
            kept.append(row[place])
            place += 1
        else:
            if keep_lists and row[place + 1].word in _LISTING:
                kept += row[place + 1 : end]
            place = end + 1
    return kept


def _lexical(
    found: list[Token], place: int, names: Names
) -> tuple[tuple[Form, ...], int]:
    """Longest entries that begin at a token, with the tokens that they take."""
    best: list[Form] = []
    most, used = 0, 0
    for form in forms_by_first_word().get(found[place].word, ()):
        if len(form.words) < most:
            break
        taken = _matched(form, found, place, names)
        if taken and (len(form.words) > most or taken == used):
            best = best if len(form.words) == most else []
            best.append(form)
            most, used = len(form.words), taken
    return tuple(best), used


def _matched(form: Form, found: list[Token], place: int, names: Names) -> int:
    """Tokens that a form takes from a place on, 0 if it is not there.

    Idioms of a verb and more may be parted after the verb: "take much of the heat off".
    """
    at = place + 1
    slack = _MOST_SKIPPED if len(form.words) > 1 and form.form != "noun" else 0
    for count, word in enumerate(form.words[1:]):
        while at < len(found) and found[at].word != word:
            loose = found[at].word.isalpha() and names.at(found, at) is None
            shut = found[at].word in closed.CONJUNCTIONS | closed.BE | {"to"}
            if slack == 0 or not loose or shut or (count and len(form.words) < 3):
                return 0
            if len(form.words) == 2 and word in closed.PREPOSITIONS | {"up", "down"}:
                return 0
            slack -= 1
            at += 1
        if at >= len(found):
            return 0
        at += 1
    return at - place


def _as_noun(verbs: tuple[Form, ...], before: list[Item], following: str) -> bool:
    """Whether a word that may be a verb is a noun or an adjective here."""
    form = verbs[0].form
    last = next((item for item in reversed(before) if item.kind is not Kind.ADV), None)
    if last is None:
        return form in {"base", "s"} and following in {
            "of",
            "on",
            "against",
            "for",
            "by",
        }
    if last.kind in {Kind.DET, Kind.OWN} or last.word in {"'s", "'"}:
        open_words = {"that"} if form == "s" else {"that", "both"}
        return last.word not in open_words or form in {"ing", "base"}
    if last.kind is Kind.TO and form == "s":
        return True
    if last.kind in {Kind.TO, Kind.AUX, Kind.NOT}:
        return False
    if form == "base" and last.kind is Kind.CONJ and before[-2:-1]:
        return before[-2].kind is Kind.NOUN
    if form == "base" and last.kind in {Kind.PREP, Kind.VERB, Kind.HELPER}:
        return last.word != "help"
    if form == "s" and last.kind in {Kind.PREP, Kind.VERB, Kind.NOUN}:
        return True
    if form == "base" and last.kind is Kind.WORD and not last.word.endswith("s"):
        return True
    if form in {"base", "s"} and last.kind is Kind.WORD:
        ruled = before[-2:-1] and before[-2].kind in {Kind.VERB, Kind.HELPER, Kind.DET}
        return last.word.endswith(_NOUN_ENDINGS) or following in {
            "of", "on", "against", "for", "by", "from", "to" if ruled else "of",
        }  # fmt: skip
    if form in {"base", "s"} and last.kind is Kind.NODE and following in _AFTER_NOUN:
        return True
    if form == "base" and last.kind is Kind.NODE:
        return not last.word.endswith("s")
    return False


def _item(forms: tuple[Form, ...], first: Token, last: Token) -> Item:
    """Item of some entries of the lexicon."""
    kind = Kind(forms[0].entry.kind)
    if any(form.entry.kind == "verb" for form in forms) and kind is not Kind.HELPER:
        kind = Kind.VERB
    name = forms[0].entry.name
    return Item(kind, name, first.start, last.end, forms=forms, said=first.word)


def _plain(token: Token, following: str = "") -> Item:
    """Item of a word outside the lexicons."""
    word = token.word
    if word in {"on", "last", "this"} and following in closed.DAYS:
        return Item(Kind.ADV, word, token.start, token.end)
    if word == "to":
        return Item(Kind.TO, word, token.start, token.end)
    if word == ",":
        return Item(Kind.COMMA, word, token.start, token.end)
    if word in {"'s", "'"}:
        return Item(Kind.WORD, "'s", token.start, token.end)
    if word.endswith("n't"):
        return Item(Kind.NOT, word, token.start, token.end)
    for words, kind in _CLASSES:
        if word in words:
            return Item(kind, word, token.start, token.end)
    if word.endswith("ly") and len(word) > _MOST_SKIPPED + 1:
        return Item(Kind.ADV, word, token.start, token.end)
    return Item(Kind.WORD, word, token.start, token.end)


def with_node(item: Item, node: str, *, vague: bool, safe: bool = False) -> Item:
    """Item read as a mention of a node."""
    return replace(item, kind=Kind.NODE, node=node, vague=vague, safe=safe)
