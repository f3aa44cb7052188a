"""One HTML file that opens offline and runs under its own strict content policy."""

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from cuibono.report.view import page_view
from cuibono.study.records import Study


def html_report(study: Study) -> str:
    """The report as one self-contained page: no request, no style or script from outside.

    Style and script are allowed by their hash alone, so that markup which slipped
    through a text could neither load nor run anything.
    """
    style, script = _asset("report.css"), _asset("report.js")
    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    policy = (
        f"default-src 'none'; style-src 'sha256-{_hash(style)}'; "
        f"script-src 'sha256-{_hash(script)}'; img-src 'none'; base-uri 'none'; "
        "form-action 'none'"
    )
    return environment.get_template("report.html.j2").render(
        page_view(study),
        policy=policy,
        # Both are files of this package, in the page under their own hash.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
    )


def _asset(name: str) -> str:
    """Text of a file of this package, without its last line end."""
    path = files("cuibono.report") / "assets" / name
    return path.read_text(encoding="utf-8").rstrip("\n")


def _hash(text: str) -> str:
    """SHA-256 of a text, as a content policy wants it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
