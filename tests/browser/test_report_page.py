"""The report as a person meets it: offline, at three widths, in print, without scripts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import CASES

pytestmark = pytest.mark.browser
Reports = Callable[[str], Path]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def opened(
    browser: Any, path: Path, **context: object
) -> tuple[Any, list[str], list[str]]:
    """Page of a report, with what it asked the network for and what it complained of."""
    page = browser.new_context(**context).new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    return page, asked, said


@pytest.mark.parametrize("name", CASES)
def test_it_asks_the_network_for_nothing_and_keeps_its_own_policy(
    browser: Any, report: Reports, name: str
) -> None:
    """One request, for the file itself; no complaint, not even of the policy."""
    page, asked, said = opened(browser, report(name))
    assert [url for url in asked if not url.startswith("file:")] == []
    assert len(asked) == 1
    assert said == []
    policy = page.locator("meta[http-equiv]").get_attribute("content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", CASES)
def test_axe_finds_no_violation(
    browser: Any, axe: str, report: Reports, name: str, scheme: str
) -> None:
    """WCAG 2.0 to 2.2, levels A and AA, everything unfolded."""
    page, _, _ = opened(browser, report(name), color_scheme=scheme)
    page.evaluate(
        "() => { for (const d of document.querySelectorAll('details')) d.open = true; }"
    )
    page.evaluate(axe)
    found = page.evaluate(
        """(tags) => axe.run(document, {
            runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']
        })""",
        RULES,
    )
    assert [item["id"] for item in found["violations"]] == []
    assert found["passes"]


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("name", CASES)
def test_it_fits_the_screen(
    browser: Any, report: Reports, name: str, width: int
) -> None:
    """Nothing sticks out sideways; wide tables and pictures scroll in their own box."""
    page, _, _ = opened(browser, report(name), viewport={"width": width, "height": 844})
    page.evaluate(
        "() => { for (const d of document.querySelectorAll('details')) d.open = true; }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", CASES)
def test_it_is_whole_without_scripts(browser: Any, report: Reports, name: str) -> None:
    """Finding, map and every claim are there; links from the map lead to entries."""
    page, _, said = opened(browser, report(name), java_script_enabled=False)
    assert said == []
    assert page.locator("#finding").count() == 1
    assert page.locator("svg.map a.node").count() >= 5
    assert page.locator(".claim").count() >= 12
    for href in {
        link.get_attribute("href") for link in page.locator("svg.map a.node").all()[:5]
    }:
        assert page.locator(href).count() == 1


@pytest.mark.parametrize("name", CASES)
def test_it_prints(browser: Any, report: Reports, name: str) -> None:
    """A PDF of some pages, nothing cut off at the side."""
    page, _, _ = opened(browser, report(name))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})  # A4 less its margins
    data = page.pdf(format="A4")
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page") > 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 688


def test_boxes_of_the_map_do_not_overlap(browser: Any, report: Reports) -> None:
    """Every label of the large map can be read."""
    page, _, _ = opened(browser, report(CASES[0]))
    boxes = page.eval_on_selector_all(
        "svg.map a.node rect",
        "els => els.map(e => [e.x, e.y, e.width, e.height].map(v => v.baseVal.value))",
    )
    assert len(boxes) >= 40
    for i, (x, y, w, h) in enumerate(boxes):
        for u, v, s, t in boxes[:i]:
            assert x >= u + s or u >= x + w or y >= v + t or v >= y + h


def test_the_keyboard_reaches_the_map_and_the_claims(
    browser: Any, report: Reports
) -> None:
    """Focus on a node shows its links; Enter leads to what is claimed of it."""
    page, _, said = opened(browser, report(CASES[1]))
    node = page.locator("svg.map a.node").first
    node.focus()
    assert "live" in (page.locator("svg.map").get_attribute("class") or "")
    page.keyboard.press("Escape")
    assert "live" not in (page.locator("svg.map").get_attribute("class") or "")
    target = node.get_attribute("href")
    node.press("Enter")
    assert page.locator(target).is_visible()
    assert said == []


def test_the_search_box_narrows_the_claims(browser: Any, report: Reports) -> None:
    """Comfort that the script adds."""
    page, _, _ = opened(browser, report(CASES[1]))
    page.locator("#find").fill("insurers")
    shown = page.locator("#found").text_content() or ""
    assert shown.startswith("3 of 22")
