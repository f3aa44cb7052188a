"""One HTML file that opens offline and runs under its own strict content policy."""

import base64
import hashlib
from collections.abc import Mapping
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
    return rendered("report.html.j2", page_view(study))


def rendered(template: str, view: Mapping[str, object]) -> str:
    """A page of this package's `assets`, filled in and closed off by its own policy.

    Parameters
    ----------
    template : str
        File name in `assets`; takes `policy`, `style` and `script` beside the view.
    view : mapping
        What the page shows.
    """
    style, script = asset("report.css"), asset("report.js")
    environment = Environment(
        loader=FunctionLoader(asset),
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
    return environment.get_template(template).render(
        view,
        policy=policy,
        # Both are files of this package, in the page under their own hash.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
    )


def asset(name: str) -> str:
    """Text of a file of this package, without its last line end."""
    path = files("cuibono.report") / "assets" / name
    return path.read_text(encoding="utf-8").rstrip("\n")


def _hash(text: str) -> str:
    """SHA-256 of a text, as a content policy wants it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
