"""codebook.toml and sources/<id>/meta.toml; the codebook that a simple case goes by."""

from cuibono.claims.edtf import edtf_fault
from cuibono.claims.names import nearest
from cuibono.claims.records import Codebook, Predicate, Source
from cuibono.claims.words import SIGN_WORDS, Arrow, Layer, Sign
from cuibono.errors import Problems
from cuibono.formats.toml_table import TomlTable, toml_table

_PLAIN = (
    (
        "affects",
        "?",
        "forward",
        True,
        "The subject bears on the object as the sign says.",
    ),
    ("supports", "+", "forward", True, "The subject gives the object what helps it."),
    ("opposes", "-", "forward", True, "The subject fights or rejects the object."),
    ("enables", "+", "forward", True, "The subject makes the object easier."),
    ("causes", "+", "forward", False, "The subject brings the object about."),
    ("weakens", "-", "forward", True, "The subject lowers the object."),
    ("prevents", "-", "forward", False, "The subject keeps the object from happening."),
    ("depends-on", "+", "backward", True, "The subject needs the object."),
    ("benefits", "+", "backward", True, "The subject gains from the object."),
    ("uses", "+", "backward", True, "The subject draws on the object as a means."),
    ("uses-as-pretext", "+", "backward", False, "The object is the reason given."),
    ("controls", "+", "forward", True, "The subject directs the object."),
    ("threatens", "-", "forward", True, "The subject is a danger to the object."),
    ("cooperates", "+", "both", True, "Subject and object work together."),
    ("recommends", "+", "none", False, "The subject should, or should not, do it."),
    ("is-part-of", "0", "none", False, "The subject is part of the object."),
    ("labels", "0", "none", False, "The subject is given a name or a quality."),
)

PLAIN_CODEBOOK = Codebook(
    version="plain-1",
    title="The plain codebook, for cases that bring none of their own",
    predicates=tuple(
        Predicate(
            id=name, sign=Sign(sign), arrow=Arrow(arrow), tie=tie, definition=definition
        )
        for name, sign, arrow, tie, definition in _PLAIN
    ),
)


def read_codebook(text: str, file: str, problems: Problems) -> Codebook:
    """Codebook of a TOML text; every fault goes to `problems`."""
    top = toml_table(text, file, problems)
    if top is None:
        return Codebook()
    top.whole("schema", 1)
    codebook = Codebook(
        version=top.text("version"),
        title=top.text("title"),
        unit=top.text("unit"),
        anchor=top.text("anchor"),
        predicates=tuple(_predicate(item) for item in top.tables("predicate")),
        fields=tuple(_ruled(item, "name", "rule") for item in top.tables("field")),
        rules=tuple(_ruled(item, "id", "text") for item in top.tables("rule")),
    )
    top.close()
    ids = [word.id for word in codebook.predicates]
    for twice in dict.fromkeys(name for name in ids if ids.count(name) > 1):
        top.fault("predicate", f'"{twice}" twice', "each predicate once", "rename one")
    return codebook


def _ruled(item: TomlTable, name: str, rule: str) -> tuple[str, str]:
    """Name and rule of a table."""
    pair = item.text(name, required=True), item.text(rule, required=True)
    item.close()
    return pair


def _predicate(item: TomlTable) -> Predicate:
    """Predicate of a table."""
    sign = item.text("sign", required=True)
    if sign not in SIGN_WORDS:
        item.fault("sign", f'"{sign}"', '"+", "-", "0" or "?"')
    arrows = [word.value for word in Arrow]
    arrow = item.text("arrow") or Arrow.FORWARD.value
    if arrow not in arrows:
        item.fault("arrow", f'"{arrow}"', " or ".join(arrows), nearest(arrow, arrows))
        arrow = Arrow.FORWARD.value
    layers = [word.value for word in Layer]
    layer = item.text("layer") or Layer.EFFECT.value
    if layer not in layers:
        item.fault("layer", f'"{layer}"', " or ".join(layers), nearest(layer, layers))
        layer = Layer.EFFECT.value
    predicate = Predicate(
        id=item.text("id", required=True),
        sign=SIGN_WORDS.get(sign, Sign.NOT_STATED),
        arrow=Arrow(arrow),
        layer=Layer(layer),
        tie=bool(item.flag("tie")),
        definition=item.text("definition"),
        example=item.text("example"),
        distinction=item.text("not"),
    )
    item.close()
    return predicate


SOURCE_KEYS = (
    "title author publisher date url language licence retrieved text_file sha256 note"
).split()


def read_source(text: str, file: str, name: str, problems: Problems) -> Source:
    """Source of a meta.toml text; every fault goes to `problems`."""
    top = toml_table(text, file, problems)
    if top is None:
        return Source(id=name)
    cells = {key: top.text(key) for key in SOURCE_KEYS}
    top.close()
    for key in ("date", "retrieved"):
        if cells[key] and (fault := edtf_fault(cells[key])):
            top.fault(key, fault, "a date in EDTF (ISO 8601-2)", "2014 or 2014-11")
    digest = cells["sha256"]
    if digest and (len(digest) != 64 or set(digest) - set("0123456789abcdef")):
        top.fault(
            "sha256", f'"{digest[:20]}"', "64 hexadecimal digits", "hash it again"
        )
    if "/" in cells["text_file"] or "\\" in cells["text_file"]:
        top.fault("text_file", f'"{cells["text_file"]}"', "a file name without folders")
    return Source(id=name, **cells)
