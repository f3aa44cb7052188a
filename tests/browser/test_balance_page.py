"""The page of `cuibono balance`, as a person meets it."""

from pathlib import Path
from typing import Any

import pytest

from cuibono.cli.main import exit_status
from tests.browser.test_report_page import RULES, opened
from tests.reference import reference

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    names = [f"cow/cow_{year}_{year + 3}.csv" for year in (1946, 1947, 1948)]
    windows = [str(reference("signed", name)) for name in names]
    nulls = ["--null", "shuffle,stp", "--draws", "20"]
    made = {"one": windows[:1], "series": windows}
    for name, paths in made.items():
        page = str(folder / f"{name}.html")
        assert exit_status(["balance", *paths, *nulls, "--report", page]) == 0
    return {name: folder / f"{name}.html" for name in made}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["one", "series"])
def test_axe_finds_no_violation_and_nothing_is_requested(
    browser: Any, axe: str, pages: dict[str, Path], name: str, scheme: str
) -> None:
    page, asked, said = opened(browser, pages[name], color_scheme=scheme)
    assert len(asked) == 1
    assert said == []
    page.evaluate(
        "() => { for (const d of document.querySelectorAll('details')) d.open = true; }"
    )
    page.evaluate(axe)
    found = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES
    )
    assert [item["id"] for item in found["violations"]] == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["one", "series"])
def test_it_fits_the_screen(
    browser: Any, pages: dict[str, Path], name: str, width: int
) -> None:
    page, _, _ = opened(browser, pages[name], viewport={"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
