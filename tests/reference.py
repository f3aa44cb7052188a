"""Where the reference data and the source texts are, and the skips where they are not."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REFERENCE = Path(
    os.environ.get("CUIBONO_REFERENCE") or ROOT / "../shared/data"
).resolve()
TEXTS = Path(os.environ.get("CUIBONO_TEXTS") or ROOT / "../shared/seeds").resolve()

needs_texts = pytest.mark.skipif(
    not TEXTS.is_dir(),
    reason="the source texts are not in this checkout ($CUIBONO_TEXTS)",
)


def reference(*parts: str) -> Path:
    """Path of a reference file; the test is skipped where the folder is absent."""
    if not REFERENCE.is_dir():
        pytest.skip("the reference data are not in this checkout ($CUIBONO_REFERENCE)")
    return REFERENCE.joinpath(*parts)
