"""Closed classes of English: the words that hold a clause together."""

from typing import Final


def _words(listed: str) -> frozenset[str]:
    """Set of the words of a line."""
    return frozenset(listed.split())


DETERMINERS: Final = _words(
    "the a an this that these those some any all each every no both most many several "
    "few such own another other more less one two three four five hundreds thousands"
)
BE: Final = _words("be is are was were been being am 's 're")
HAVE: Final = _words("have has had having")
MODALS: Final = _words(
    "will would shall should can could may might must do does did cannot ought"
)
NEGATIONS: Final = _words("not never n't nor neither hardly scarcely barely cannot")
PREPOSITIONS: Final = _words(
    "of in on by with for from to against at into over under about between among through "
    "during since after before across around near within without toward towards upon "
    "onto behind beyond via despite amid alongside than like until throughout inside "
    "outside along as"
)
RELATIVES: Final = _words("who which whom whose where")
PERSONAL: Final = _words("it they he she them him")
POSSESSIVES: Final = _words("its their his her")
CONJUNCTIONS: Final = _words("and or but nor &")
SUBORDINATORS: Final = _words(
    "because although though while whereas if unless when whether so yet however "
    "moreover furthermore thus therefore meanwhile"
)
CONNECTIVES: Final = _words(
    "so yet however moreover furthermore thus therefore meanwhile"
)
UNWILLED: Final = _words(
    "rise fall emergence growth birth death collapse decline demise presence existence "
    "survival spread return comeback defeat ouster removal overthrow downfall size age"
)
STOPS: Final = frozenset(";:.!?\u2014\u2013()[]\u2026")
QUOTES: Final = frozenset("\"'\u2018\u2019\u201c\u201d`\u00ab\u00bb")
ADVERBS: Final = _words(
    "also already now then still again ever just even only often once soon long further "
    "today yesterday tomorrow together virtually so very well much back ahead later "
    "away here there thus almost too instead otherwise monday tuesday wednesday thursday "
    "friday saturday sunday"
)
DAYS: Final = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march "
    "april june july august september october november december yesterday"
)
GROUP_WORDS: Final = _words(
    "group organization organisation movement entity militants fighters party network "
    "gang insurgents rebels militia"
)
TITLES: Final = _words(
    "mr mrs ms dr gen col lt maj capt sgt sen rep gov prof rev hon st"
)
WAYS: Final = _words("posed caused committed led carried perpetrated unleashed wrought")
