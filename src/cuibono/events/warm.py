"""Compiles every kernel once, so that the first import does not wait.

``python -m cuibono.events.warm`` is run at set-up; compiled code is kept on disk.
"""

import tempfile
from pathlib import Path
from typing import Final

from cuibono.events.store.adding import add_files

_FIELDS: Final = {1: "20140610", 2: "201406", 3: "2014", 26: "040", 28: "04", 30: "1.0"}


def example_row(number: int) -> str:
    """Row in the layout of GDELT 2 with two invented actors."""
    fields = [""] * 61
    for at, text in {0: str(number), 5: "ARD", 15: "BRU", **_FIELDS}.items():
        fields[at] = text
    return "\t".join(fields) + "\n"


def warm() -> None:
    """Compile the kernels by importing a few rows; GDELT's need every one of them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.CSV"
        path.write_text("".join(map(example_row, range(3))))
        add_files([path], Path(folder) / "store")


if __name__ == "__main__":
    warm()
