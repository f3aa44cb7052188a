"""A real Chromium, axe-core, and the reports that are looked at."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cuibono.formats.case import inspect_case
from cuibono.report.html import html_report
from cuibono.study.run import run_study
from tests.reference import ROOT, TEXTS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(
    os.environ.get("CUIBONO_AXE")
    or ROOT / "build/node/node_modules/axe-core/axe.min.js"
)
CASES = ("enemy-of-my-enemy", "levee-effect", "harbour")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Debian's Chromium, headless; without it the test is skipped with that reason."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (.ci/run installs Debian's)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's script; without it the test is skipped with that reason."""
    if not AXE.is_file():
        pytest.skip("no axe-core on this machine (.ci/run installs it from npm)")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Function that gives the report of a case, made once."""
    made: dict[str, Path] = {}

    def make(name: str) -> Path:
        if name not in made:
            texts = TEXTS if TEXTS.is_dir() and name == CASES[0] else None
            read = inspect_case(ROOT / "cases" / name, texts)
            assert not list(read.problems)
            study = run_study(
                read.case, draws=60, texts=read.texts, deep=name == CASES[0], max_size=1
            )
            path = tmp_path_factory.mktemp(name) / "report.html"
            path.write_text(html_report(study), encoding="utf-8")
            made[name] = path
        return made[name]

    return make
