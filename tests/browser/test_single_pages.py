"""The pages that single commands write, as a person meets them."""

import gzip
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from cuibono.cli.main import exit_status
from tests.browser.test_report_page import RULES, opened
from tests.reference import reference

pytestmark = pytest.mark.browser

OPEN = "() => { for (const d of document.querySelectorAll('details')) d.open = true; }"
PAGES = ("one network", "networks in time", "dynamics", "rules")


def events(folder: Path) -> Path:
    """First events of a year."""
    path = folder / "events.csv"
    source = reference("rem", "anchor_icews14/events_aggregated.csv.gz")
    with gzip.open(source, "rt", encoding="utf-8") as stream:
        path.write_text("".join(islice(stream, 4000)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    names = [f"cow/cow_{year}_{year + 3}.csv" for year in (1946, 1947, 1948)]
    windows = [str(reference("signed", name)) for name in names]
    nulls = ["--null", "shuffle,stp", "--draws", "20"]
    model = str(reference("response", "models/snowshoe_B.csv"))
    push = ["--press", "V=+1", "--samples", "40", "--couplings", "1,2"]
    made = {
        "one network": ["balance", windows[0], *nulls],
        "networks in time": ["balance", *windows, *nulls],
        "dynamics": ["response", model, "--dynamics", *push, "--strengths", "1,2"],
        "rules": ["record", "rules", str(events(folder)), "--null", "24"],
    }
    for name, words in made.items():
        assert exit_status([*words, "--report", str(folder / f"{name}.html")]) == 0
    return {name: folder / f"{name}.html" for name in made}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation_and_nothing_is_requested(
    browser: Any, axe: str, pages: dict[str, Path], name: str, scheme: str
) -> None:
    page, asked, said = opened(browser, pages[name], color_scheme=scheme)
    assert len(asked) == 1
    assert said == []
    page.evaluate(OPEN)
    page.evaluate(axe)
    found = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES
    )
    assert [item["id"] for item in found["violations"]] == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_it_fits_the_screen(
    browser: Any, pages: dict[str, Path], name: str, width: int
) -> None:
    page, _, _ = opened(browser, pages[name], viewport={"width": width, "height": 844})
    page.evaluate(OPEN)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_it_fits_on_paper(browser: Any, pages: dict[str, Path], name: str) -> None:
    page, _, _ = opened(browser, pages[name], viewport={"width": 688, "height": 1000})
    page.emulate_media(media="print")
    page.evaluate(OPEN)
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
