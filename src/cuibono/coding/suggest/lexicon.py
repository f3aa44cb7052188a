"""The verb and noun lexicon: what each word says of two parties, with its forms."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from cuibono.claims.words import Sign

IRREGULAR: Final = {
    line.split()[0]: tuple(line.split()[1:])
    for line in """\
be was been
bear bore borne
beat beat beaten
become became become
beget begot begotten
begin began begun
behead beheaded beheaded
bet bet bet
blow blew blown
bow bowed bowed
break broke broken
breed bred bred
bring brought brought
build built built
burn burned burned
buy bought bought
cast cast cast
choose chose chosen
cling clung clung
come came come
cut cut cut
deal dealt dealt
do did done
draw drew drawn
dream dreamed dreamed
drive drove driven
eat ate eaten
fall fell fallen
feed fed fed
feel felt felt
fight fought fought
fling flung flung
forget forgot forgotten
forgive forgave forgiven
get got got
give gave given
go went gone
hang hanged hanged
have had had
hide hid hidden
hit hit hit
hold held held
hurt hurt hurt
keep kept kept
lay laid laid
lead led led
leave left left
lend lent lent
let let let
make made made
meet met met
overrun overran overrun
oversee oversaw overseen
overthrow overthrew overthrown
pay paid paid
plead pleaded pleaded
put put put
rebuild rebuilt rebuilt
repay repaid repaid
rise rose risen
run ran run
say said said
seek sought sought
sell sold sold
send sent sent
set set set
shake shook shaken
shed shed shed
shoot shot shot
shrink shrank shrunk
shut shut shut
sow sowed sown
spawn spawned spawned
speak spoke spoken
spin spun spun
split split split
spread spread spread
stand stood stood
steal stole stolen
stick stuck stuck
strike struck struck
strive strove striven
swear swore sworn
take took taken
tear tore torn
tell told told
think thought thought
throw threw thrown
undercut undercut undercut
undergo underwent undergone
undertake undertook undertaken
undo undid undone
uphold upheld upheld
upset upset upset
wear wore worn
win won won
withdraw withdrew withdrawn
withhold withheld withheld
wreak wreaked wreaked
wrest wrested wrested
write wrote written
""".splitlines()
}
"""Past and participle of verbs that do not take -ed."""

_DOUBLED: Final = frozenset(
    "ban bar cut fan get grab hit let pat plan put quit rob run set shun shut split stab "
    "stop strip sap trap trim win abhor begin commit compel concur "
    "confer defer deter expel forget prefer refer regret occur "
    "propel rebel rebut recur repel transfer scrap gag flog spur snub nip tip "
    "equip slam spin spot step plot pin dip drop drag whip map sip outrun overrun "
    "forbid admit permit submit omit acquit beget upset".split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon.

    Attributes
    ----------
    words : tuple of str
        As in the lexicon, the first one uninflected.
    kind : str
        `verb`, `noun`, `part`, `helper` or `say`.
    prepositions : tuple of str
        One of which leads to the object; none where the object follows at once.
    does : str
        Of a helper: what it does to the verb after it.
    """

    words: tuple[str, ...]
    kind: str
    predicate: str
    sign: Sign
    prepositions: tuple[str, ...]
    does: str

    @property
    def name(self) -> str:
        """Words of the entry as one."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Form:
    """An inflected form of an entry: `base`, `s`, `ed`, `en`, `ing`, or `noun`."""

    words: tuple[str, ...]
    form: str
    entry: Entry


@cache
def lexicon() -> tuple[Entry, ...]:
    """Lines of the lexicon that the package holds."""
    text = resources.files(__package__).joinpath("lexicon.csv").read_text("utf-8")
    return tuple(
        Entry(
            words=tuple(row["words"].split()),
            kind=row["kind"],
            predicate=row["predicate"],
            sign=Sign(row["sign"]) if row["sign"] else Sign.NOT_STATED,
            prepositions=tuple(row["preposition"].split()),
            does=row["does"],
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def forms_by_first_word() -> dict[str, tuple[Form, ...]]:
    """Forms by their first word, those of most words first."""
    table: dict[str, list[Form]] = {}
    for entry in lexicon():
        for form in _forms(entry):
            table.setdefault(form.words[0], []).append(form)
    return {
        word: tuple(sorted(forms, key=lambda form: -len(form.words)))
        for word, forms in table.items()
    }


def _forms(entry: Entry) -> Iterator[Form]:
    """Forms of an entry."""
    if entry.kind in {"noun", "part"}:
        yield Form(entry.words, "noun", entry)
        *head, last = entry.words
        yield Form((*head, plural(last)), "noun", entry)
        return
    first, *rest = entry.words
    for form, word in verb_forms(first):
        yield Form((word, *rest), form, entry)
    if first.endswith("l") and first[-2] in "ea" and first[-3] not in "aeiou":
        # British English doubles the l: "cancelled", "rivalling".
        for form, ending in (("ing", "ling"), ("ed", "led"), ("en", "led")):
            yield Form((first + ending, *rest), form, entry)


@cache
def verb_forms(verb: str) -> tuple[tuple[str, str], ...]:
    """Forms of a verb, each with its name.

    Examples
    --------
    >>> [word for _, word in verb_forms("deny")]
    ['deny', 'denies', 'denying', 'denied', 'denied']
    >>> [word for _, word in verb_forms("take")]
    ['take', 'takes', 'taking', 'took', 'taken']
    """
    if verb == "be":
        named = (("s", "is"), ("s", "are"), ("ed", "was"), ("ed", "were"))
        return (("base", "be"), ("ing", "being"), ("en", "been"), *named)
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    if verb in _DOUBLED:
        stem = verb + verb[-1]
    regular = verb + "d" if verb.endswith("e") else stem + "ed"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        regular = verb[:-1] + "ied"
    past, participle = IRREGULAR.get(verb, (regular, regular))
    third = {"have": "has", "do": "does", "go": "goes"}.get(verb, plural(verb))
    ing = verb[:-2] + "ying" if verb.endswith("ie") else stem + "ing"
    return (
        ("base", verb),
        ("s", third),
        ("ing", ing),
        ("ed", past),
        ("en", participle),
    )


def plural(word: str) -> str:
    """Word with -s, as nouns and verbs take it.

    Examples
    --------
    >>> [plural(word) for word in ("ally", "clash", "foe")]
    ['allies', 'clashes', 'foes']
    """
    if word.endswith(("s", "sh", "ch", "x", "z")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return word[:-1] + "ies"
    return word + "s"
