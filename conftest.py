"""Examples of the pages run as tests; those of docstrings are pytest's own."""

import os
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE

from hypothesis import settings
from sybil import Sybil
from sybil.parsers.myst import DocTestDirectiveParser, PythonCodeBlockParser

FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE

_pages = Sybil(
    parsers=[
        DocTestDirectiveParser(optionflags=FLAGS),
        PythonCodeBlockParser(doctest_optionflags=FLAGS),
    ],
    patterns=["README.md", "docs/*.md"],
)
pytest_collect_file = _pages.pytest()

# No example is timed; CI draws the same ones each time, so that a red run can be repeated.
settings.register_profile(
    "suite", deadline=None, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("suite")
