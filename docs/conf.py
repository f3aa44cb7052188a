"""Sphinx settings: MyST pages, furo, one bibliography; warnings are errors."""

from cuibono import __version__

project = "cuibono"
author = "The cuibono contributors"
copyright = "2026, the cuibono contributors"
release = version = __version__
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinxcontrib.bibtex",
]
bibtex_bibfiles = ["references.bib"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = f"cuibono {release}"
exclude_patterns = ["_build"]
autodoc_typehints = "none"
autodoc_default_options = {"members": True, "member-order": "bysource"}
napoleon_google_docstring = False
# Records document their fields once, in the class.
napoleon_use_ivar = True
suppress_warnings = ["ref.python"]
