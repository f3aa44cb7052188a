"""Files that were damaged anywhere are taken or refused; nothing else happens."""

import copy
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cuibono.errors import CuibonoError
from cuibono.formats.exchange import dna_out, refi_out, web_annotation_out
from cuibono.formats.exchange.assemble import folder_files
from cuibono.formats.exchange.intake import Intake
from cuibono.formats.exchange.registry import take_in
from tests.formats.exchange.cases import small_out
from tests.formats.exchange.test_spans import TEXT, tasks, webanno

ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    10**20,
    1.5,
    "",
    "x",
    "\u202e",
    "a|b",
    "=1",
    [],
    {},
]
DOCCANO = {
    "text": "Arda opposes Brun",
    "entities": [
        {"id": 0, "start_offset": 0, "end_offset": 4, "label": "actor"},
        {"id": 1, "start_offset": 13, "end_offset": 17, "label": "actor"},
    ],
    "relations": [{"id": 0, "from_id": 0, "to_id": 1, "type": "opposes"}],
    "Comments": ["sure?"],
}


def places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths to every part of a JSON value but the whole."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, dict | list):
        keys = value if isinstance(value, dict) else range(len(value))
        pairs = [(key, value[key]) for key in keys]
    found = [] if not above else [above]
    for key, part in pairs:
        found += places(part, (*above, key))
    return found


def odd_json(value: Any, rng: random.Random) -> bytes:
    """JSON in which one part is gone or another."""
    value = copy.deepcopy(value)
    *above, last = rng.choice(places(value))
    part = value
    for key in above:
        part = part[key]
    if rng.random() < 0.3:
        del part[last]
    else:
        part[last] = copy.deepcopy(rng.choice(ODD))
    return json.dumps(value).encode()


def torn(data: bytes, rng: random.Random) -> bytes:
    """Bytes in which a few are gone, new or others."""
    found = bytearray(data)
    for _ in range(rng.choice([1, 2, 5])):
        at = rng.randrange(len(found))
        found[at : at + rng.randrange(20)] = rng.randbytes(rng.randrange(4))
    return bytes(found)


def torn_project(rng: random.Random) -> bytes:
    """Whole archive around a torn project file."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(refi_out.write(small_out()))) as whole,
        zipfile.ZipFile(out, "w") as archive,
    ):
        for name in whole.namelist():
            data = whole.read(name)
            archive.writestr(name, torn(data, rng) if name[0] == "p" else data)
    return out.getvalue()


ANNOTATIONS = json.loads(web_annotation_out.write(small_out()))
DATABASE = dna_out.write(small_out())
DAMAGES: dict[str, Callable[[random.Random], bytes]] = {
    "web-annotation": lambda rng: odd_json(ANNOTATIONS, rng),
    "label-studio": lambda rng: odd_json(json.loads(tasks()), rng),
    "doccano": lambda rng: odd_json(DOCCANO, rng),
    "webanno": lambda rng: torn(webanno(TEXT).encode(), rng),
    "refi-qda": torn_project,
    "dna": lambda rng: torn(DATABASE, rng),
}


@pytest.mark.parametrize("form", DAMAGES)
def test_a_damaged_file_is_taken_or_refused(form: str, tmp_path: Path) -> None:
    """No other error, and no control character in what is said."""
    rng = random.Random(20260101)
    path = tmp_path / "file"
    refused = []
    for _ in range(120):
        path.write_bytes(DAMAGES[form](rng))
        intake = Intake(name="file", tool=form)
        try:
            folder_files(intake, take_in(path, form, intake), simple=False)
        except CuibonoError as error:
            refused.append(str(error).replace("\n", " "))
    assert len(refused) > 10
    assert all(told.isprintable() for told in refused)
