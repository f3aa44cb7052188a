"""SHA-256 of the files that a result was made from."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def file_digests(paths: Iterable[Path]) -> tuple[tuple[str, str], ...]:
    """File name and SHA-256 of each file; of a folder, of its files by relative name."""
    found = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            if file.is_file() and not file.is_symlink():
                with file.open("rb") as stream:
                    digest = hashlib.file_digest(stream, "sha256").hexdigest()
                name = file.relative_to(path).as_posix() if path.is_dir() else file.name
                found.append((name, digest))
    return tuple(found)
