"""What a store holds and where it came from; needs no database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from cuibono.errors import UsageError

MANIFEST: Final = "store.json"
SCHEMA: Final = "cuibono/event-store/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """Where some rows of a store came from.

    Attributes
    ----------
    import_id : str
        As in the column of that name: a number, in the order of coming.
    file, sha256, bytes : str, str, int
        Name of the file (and member of an archive), digest and size of its content as
        unpacked.
    format, importer_version, scheme, provider, extract : str, int, str, str, str
        How it was read; `extract` names the selection of actors and texts.
    read, kept, rejected, events : int
        Rows of the file, those kept, those not, and the events made of them (more than
        `kept` where a row names several actors on one side).
    reasons, flagged : mapping of str to int
        Rejected rows by reason; events that are mirrored, repeated, self, dated out of
        range, or carry an id that came before.
    first_day, last_day : str
        Dates of the events, empty if there are none.
    actors, actors_hash : int, str
        How many different sources and targets there are, and SHA-256 over the sorted
        digests (BLAKE2b, 16 bytes) of their names.
    layout, terms, licence_note : str
        What was seen of the file; the provider's terms; how to cite.
    imported : str
        Moment of the import, UTC.
    joined : bool
        Whether it was put beside another extract on request.
    rejects : str
        File of the rejected rows in the store, empty if there are none.
    """

    import_id: str
    file: str
    sha256: str
    bytes: int
    format: str
    importer_version: int
    scheme: str
    provider: str
    extract: str
    read: int
    kept: int
    rejected: int
    events: int
    reasons: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    flagged: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    first_day: str = ""
    last_day: str = ""
    actors: int = 0
    actors_hash: str = ""
    layout: str = ""
    terms: str = ""
    licence_note: str = ""
    imported: str = ""
    joined: bool = False
    rejects: str = ""


@dataclass(frozen=True, slots=True)
class Store:
    """An event store as its manifest tells it.

    Attributes
    ----------
    path : Path
        Its folder.
    imports : tuple of Import
        In the order in which they came.
    parts : tuple of str
        Parquet files, relative to the folder.
    """

    path: Path
    imports: tuple[Import, ...]
    parts: tuple[str, ...]

    @property
    def manifest(self) -> dict[str, object]:
        """Content of the sidecar."""
        return {
            "schema": SCHEMA,
            "imports": [_plain(item) for item in self.imports],
            "parts": list(self.parts),
        }

    def files(self) -> list[Path]:
        """Parquet files that count; others in the folder do not."""
        return [self.path / part for part in self.parts]


def _plain(item: Import) -> dict[str, Any]:
    """Import as JSON takes it."""
    told = {name.name: getattr(item, name.name) for name in fields(item)}
    return {
        name: dict(value) if isinstance(value, Mapping) else value
        for name, value in told.items()
    }


def open_store(path: Path) -> Store:
    """Store in a folder; a folder with nothing in it is an empty store.

    Raises
    ------
    UsageError
        If there is no store, or its manifest cannot be read.
    """
    if not path.is_dir():
        raise UsageError(
            f"{path}: found no event store. Make one: cuibono events import FILE --to "
            f"{path}"
        )
    sidecar = path / MANIFEST
    if not sidecar.is_file():
        if any(
            not entry.name.startswith(".")
            for entry in path.iterdir()
            if not _ours(entry)
        ):
            raise UsageError(
                f"{path}: found a folder without {MANIFEST}: no event store"
            )
        return Store(path, (), ())
    return _opened(path, sidecar)


def _ours(entry: Path) -> bool:
    """Whether an entry may be left over from an interrupted import."""
    return entry.name in {"events", "rejects"} and entry.is_dir()


def _opened(path: Path, sidecar: Path) -> Store:
    """Store of a manifest.

    Raises
    ------
    UsageError
        If the manifest is damaged, of another kind, or names files that are not there.
    """
    try:
        told = json.loads(sidecar.read_bytes())
        if told["schema"] != SCHEMA:
            raise UsageError(
                f"{sidecar}: found {told['schema']!r}, expected {SCHEMA!r}. Was the store "
                "made by a later release?"
            )
        imports = tuple(_import(item) for item in told["imports"])
        parts = tuple(map(str, told["parts"]))
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{sidecar}: damaged manifest ({error})") from error
    for part in parts:
        inside = ".." not in Path(part).parts and not Path(part).is_absolute()
        if not inside or not (path / part).is_file():
            raise UsageError(f"{sidecar}: names {part}, which is not in the store")
    return Store(path, imports, parts)


def _import(told: dict[str, Any]) -> Import:
    """Import from JSON; what later releases add is left out."""
    known = {name.name for name in fields(Import)}
    return Import(**{name: value for name, value in told.items() if name in known})


def filled_store(path: Path) -> Store:
    """Store that holds at least one import, for questions to it.

    Raises
    ------
    UsageError
        If there is no store, or nothing was ever imported into it.
    """
    store = open_store(path)
    if not store.imports:
        raise UsageError(
            f"{path}: no event store is there; cuibono events import FILE --to STORE "
            "makes one"
        )
    return store
