"""Signed networks from files: rows or edges with a sign, symmetrised by a named rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cuibono.errors import UsageError
from cuibono.formats.case import read_case
from cuibono.formats.network_graphml import read_graphml
from cuibono.formats.network_pajek import read_pajek
from cuibono.formats.network_pass import Pass
from cuibono.formats.network_table import read_table
from cuibono.formats.symmetrise import (
    RULES,
    Statements,
    Symmetrised,
    taken_as_it_stands,
)
from cuibono.model.build import build_model

LAYERS = ("declared", "effective")
PAJEK = (".net", ".paj")


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A signed graph with what was done to make it one.

    Attributes
    ----------
    name : str
        File or case.
    symmetrised : Symmetrised
        The graph, the rule and what it did.
    notes : tuple of str
        What of the file was not read.
    stated : Statements or None
        The statements of a file, with their direction; None for a case.
    """

    name: str
    symmetrised: Symmetrised
    notes: tuple[str, ...] = ()
    stated: Statements | None = None


def read_network(
    path: Path,
    *,
    rule: str = "drop",
    weighted: bool = False,
    layer: str | None = None,
    reading: str | None = None,
    relations: Mapping[str, int] | None = None,
) -> Network:
    """Signed graph of a table, a GraphML or Pajek file, or a case folder.

    Parameters
    ----------
    path : Path
        `.csv` or `.csv.gz` with the columns source, target, sign; `.graphml` with an
        integer edge attribute `sign`; `.net` (Pajek) with signed values or relations;
        or a case folder.
    rule : str
        How several statements on a pair become one tie: drop, sum, any-negative, multi.
        Of a case nothing is dropped: a pair with both signs stays, disputed.
    weighted : bool
        Read the column or attribute `weight`; otherwise each statement weighs 1.
    layer, reading : str, optional
        Of a case: `declared` (the default) or `effective`; the first reading if none.
    relations : mapping of str to int, optional
        Sign of each relation of a Pajek file, by its number.

    Raises
    ------
    CaseFileError
        With every bad row of the file.
    UsageError
        If the options do not fit what `path` is.
    """
    if rule not in RULES:
        raise UsageError(f'no rule "{rule}"; there are: {", ".join(RULES)}')
    if path.is_dir():
        return _of_case(path, layer, reading)
    if layer is not None or reading is not None:
        raise UsageError("--layer and --reading are for a case folder, not for a file")
    read = read_statements(path, weighted=weighted, relations=relations)
    stated = read.finish()
    return Network(
        name=path.name,
        symmetrised=RULES[rule](stated),
        notes=tuple(read.notes),
        stated=stated,
    )


def read_statements(
    path: Path,
    *,
    weighted: bool = False,
    dated: bool = False,
    relations: Mapping[str, int] | None = None,
) -> Pass:
    """Every statement of a network file, with its faults; `finish` raises them.

    Parameters
    ----------
    path : Path
        As for `read_network`, but no case folder.
    weighted, dated : bool
        Whether each row must have a weight, a time (tables only).
    relations : mapping of str to int, optional
        Sign of each relation of a Pajek file.

    Raises
    ------
    UsageError
        If the options do not fit what `path` is.
    """
    suffix = path.suffix.lower()
    if relations and suffix not in PAJEK:
        raise UsageError("--relations is for a Pajek file (.net)")
    if dated and suffix in {".graphml", *PAJEK}:
        raise UsageError(f"{path.name}: times are read from a table with a column time")
    read = Pass(path.name, weighted=weighted, dated=dated)
    if not path.is_file():
        read.problems.add(
            str(path), found="no such file", expected="a network", mend="check the path"
        )
    elif suffix == ".graphml":
        read_graphml(path, read)
    elif suffix in PAJEK:
        read_pajek(path, read, relations or {})
    else:
        read_table(path, read)
    return read


def _of_case(path: Path, layer: str | None, reading: str | None) -> Network:
    """Ties between actors in one layer of a case, under one reading.

    Raises
    ------
    UsageError
        If there is no such layer or reading.
    """
    if layer is not None and layer not in LAYERS:
        raise UsageError(f'no layer "{layer}"; there are: {", ".join(LAYERS)}')
    case = read_case(path)
    known = [item.id for item in case.readings]
    if reading is not None and reading not in known:
        raise UsageError(f'no reading "{reading}"; this case has: {", ".join(known)}')
    chosen = next(item for item in case.readings if item.id == (reading or known[0]))
    model = build_model(case, chosen)
    g = model.effective if layer == "effective" else model.declared
    return Network(
        name=f"{case.id}: {layer or LAYERS[0]} layer, reading {chosen.id}",
        symmetrised=taken_as_it_stands(g),
    )
