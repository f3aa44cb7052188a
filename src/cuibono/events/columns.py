"""The columns of an event in the store, the same for every provider."""

from typing import Final

COLUMNS: Final[tuple[tuple[str, str], ...]] = (
    ("date", "date"),
    ("source", "string"),
    ("target", "string"),
    ("source_name", "string"),
    ("target_name", "string"),
    ("source_country", "string"),
    ("target_country", "string"),
    ("source_sectors", "string"),
    ("target_sectors", "string"),
    ("code", "string"),
    ("code_raw", "string"),
    ("root", "string"),
    ("intensity", "int16"),
    ("directed", "boolean"),
    ("parts", "int16"),
    ("deaths", "int32"),
    ("place", "string"),
    ("publisher", "string"),
    ("story", "string"),
    ("sentence", "int32"),
    ("event_id", "string"),
    ("row", "int64"),
    ("scheme", "string"),
    ("import_id", "string"),
)
"""Name and type of each column, in the order of the files.

`source` and `target` are what the provider identifies an actor by (ICEWS and
POLECAT: the name; GDELT, Phoenix, KEDS: the code; ACLED and UCDP: the name of the
side); `*_name` is the name where there is one beside a code, else the same text;
`*_country` and `*_sectors` are what the provider files the actor under, as written.
`code` is the event code as text with its leading zeros, cleaned of stray characters;
`code_raw` is what the file says; `root` is the category above it. `intensity` is the
provider's own scale in tenths (Goldstein 3.4 is 34), null where it gives none.
`directed` is false where the provider gives no sender (ACLED, UCDP). `parts` is how
many dyads one row of the file became, so that each weighs 1/parts; 1 nearly always.
`story` and `sentence` tell which text the event was read from. `row` is the row of
the original file, counted from 1 with the header. `scheme` is one of `SCHEMES`;
`import_id` names the import in the provenance. An empty text is null.
"""

SCHEMES: Final = ("cameo", "weis", "plover", "acled", "ucdp")
"""Event schemes: what the codes mean."""
