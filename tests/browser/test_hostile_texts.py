"""Texts from strangers do not become markup: not in a name, a claim, a title, a quote."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from cuibono.formats.case import read_case
from cuibono.report.html import html_report
from cuibono.study.run import run_study
from tests.browser.test_report_page import opened

pytestmark = pytest.mark.browser

HOSTILE = [
    "<script>window.PWN=1</script>",
    "<img src=x onerror=window.PWN=1>",
    '"><svg onload=window.PWN=1>',
    "'-window.PWN=1-'",
    "</title><script>window.PWN=1</script>",
    "</style><script>window.PWN=1</script>",
    "{{ 7*7 }}{% raw %}",
    "javascript:window.PWN=1",
    "<!--<script>window.PWN=1</script>",
    "]]><script>window.PWN=1</script>",
    "&lt;script&gt;window.PWN=1&lt;/script&gt;",
    "${window.PWN=1}`",
    "<iframe src=//e>",
    "<a href='javascript:window.PWN=1' autofocus onfocus=window.PWN=1>x",
]


def hostile_case(folder: Path) -> Path:
    """Case whose every field holds hostile text."""
    out = io.StringIO()
    table = csv.writer(out)
    columns = "source subject sign object paraphrase notes hedge condition tags".split()
    table.writerow(columns)
    for at, text in enumerate(HOSTILE):
        name = text.replace(">", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
        for sign, other in (("1", f"{name} end"), ("-1", "a plain node")):
            table.writerow([text, name, sign, other, text, text, text, text, f"t{at}"])
    root = folder / "case"
    root.mkdir()
    (root / "claims.csv").write_text(out.getvalue(), encoding="utf-8")
    title = HOSTILE[0].replace('"', "")
    (root / "case.toml").write_text(
        f'schema = 1\ntitle = "{title}"\n', encoding="utf-8"
    )
    return root


def test_no_hostile_text_runs_or_asks_for_anything(
    browser: Any, tmp_path: Path
) -> None:
    """It is shown as text; nothing runs, nothing loads, nothing breaks the policy."""
    study = run_study(read_case(hostile_case(tmp_path)), draws=40)
    path = tmp_path / "report.html"
    path.write_text(html_report(study), encoding="utf-8")
    page, asked, said = opened(browser, path)
    page.wait_for_timeout(300)
    assert page.evaluate("window.PWN") is None
    assert len(asked) == 1
    assert said == []
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, embed, link").count() == 0
    assert HOSTILE[0] in (page.locator("h1").text_content() or "")


def test_markup_forced_into_the_page_is_stopped_by_the_policy(
    browser: Any, tmp_path: Path
) -> None:
    """Even past the escaping, a script without its hash does not run."""
    study = run_study(read_case(hostile_case(tmp_path)), draws=40)
    page_text = html_report(study).replace(
        "</main>", HOSTILE[0] + HOSTILE[1] + "</main>"
    )
    path = tmp_path / "forced.html"
    path.write_text(page_text, encoding="utf-8")
    page, _, said = opened(browser, path)
    page.wait_for_timeout(300)
    assert page.evaluate("window.PWN") is None
    assert any("Content Security Policy" in text for text in said)
