"""Small cases with invented parties, built in a folder of a test's own."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TEXT = "Arda feeds Brun. Brun, says Cor, raids the valley; Arda denies it."

CASE_TOML = """\
schema = 1
title = "Arda and Brun"

[[reading]]
id = "author"
title = "What the author says"
[[reading.include]]
stance = ["endorses"]
layer = ["covert", "effect"]

[[conclusion]]
id = "valley-suffers"
title = "The valley suffers if Arda grows"
claims = ["c-three"]
do = { press = { arda = 1 } }
expect = { valley = "-" }
"""

NODES = """\
id,label,kind,aliases,part_of,qid,codes,note
arda,Arda,actor,House of Arda,,Q1,iso3=ARD,
brun,Brun,actor,,,,,
cor,Cor,actor,,,,,
valley,The valley,place,,,,,
"""

META = """\
title = "A short text"
author = "A. Writer"
date = "2014"
"""


def claim(**fields: object) -> dict[str, Any]:
    """JSON object of a claim; `fields` replace the defaults."""
    record: dict[str, Any] = {
        "id": "c-one",
        "source": "text",
        "subject": "arda",
        "predicate": "supports",
        "object": "brun",
        "sign": "+",
    }
    record.update(fields)
    return record


def claims() -> list[dict[str, Any]]:
    """Three claims that make a valid case."""
    return [
        claim(anchor={"start": 0, "end": 15, "exact": TEXT[0:15]}),
        claim(
            id="c-two",
            subject="brun",
            predicate="opposes",
            object="valley",
            sign="-",
            voice=[
                {"who": "author", "role": "author"},
                {"who": "cor", "role": "reported"},
            ],
        ),
        claim(
            id="c-three",
            subject="brun",
            predicate="weakens",
            object="valley",
            sign="-",
            modality="predicted",
        ),
    ]


def lines(records: Iterable[dict[str, Any]]) -> str:
    """JSONL text of records."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def small_case(folder: Path) -> Path:
    """Valid case in the folder form, its text kept."""
    root = folder / "case"
    (root / "sources/text").mkdir(parents=True)
    (root / "claims/text").mkdir(parents=True)
    (root / "case.toml").write_text(CASE_TOML, encoding="utf-8")
    (root / "nodes.csv").write_text(NODES, encoding="utf-8")
    (root / "sources/text/meta.toml").write_text(META, encoding="utf-8")
    (root / "sources/text/text.txt").write_text(TEXT, encoding="utf-8")
    (root / "claims/text/_final.jsonl").write_text(lines(claims()), encoding="utf-8")
    return root
