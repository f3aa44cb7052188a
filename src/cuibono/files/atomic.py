"""Writing that leaves what was there before, whole, if it is interrupted."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cuibono.errors import UsageError


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file in one step: the old content stays until the new one is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file in one step."""
    write_bytes(path, text.encode("utf-8"))


def write_folder(path: Path, files: Mapping[str, str]) -> None:
    """Write a new folder of UTF-8 files in one step.

    Raises
    ------
    UsageError
        If the folder is there already and not empty.
    """
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        raise UsageError(f"{path} is there already; name a new or empty folder")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    try:
        for name, text in files.items():
            target = draft / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        draft.chmod(0o755)
        if path.is_dir():
            path.rmdir()
        draft.replace(path)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
