"""cuibono events coverage, dyads and signs on a store of real events."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cuibono.cli.main import exit_status
from cuibono.cli.record_figures import command as record_figures
from cuibono.events.store.adding import add_files
from tests.reference import ROOT, reference

FLAGSHIP = ROOT / "cases/enemy-of-my-enemy"
ACTORS = FLAGSHIP / "record/actors.csv"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two days of ICEWS."""
    path = tmp_path_factory.mktemp("events") / "store"
    files = sorted(reference("events", "raw").glob("icews_20*.tab"))
    list(add_files(files, path))
    return path


def _run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = exit_status([str(word) for word in words])
    out = capsys.readouterr()
    return status, out.out, out.err


pytestmark = pytest.mark.reference


def test_dyads_carry_the_convention_the_scheme_and_the_files(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(
        capsys, "events", "dyads", store, "--actors", "country", "--sign", "oeda-quad",
        "--one-a-day", "--json",
    )  # fmt: skip
    found = json.loads(out)
    assert status == 0
    assert found["convention"] == "oeda-quad"
    assert found["schemes"] == ["cameo"]
    assert len(found["store"]) == 2
    assert [one["option"] for one in found["touched"]] == [
        "one-a-day",
        "actors",
        "self",
    ]
    row = found["rows"][0]
    assert row["events"] == row["positive"] + row["negative"] + row["neutral"]
    assert "one-a-day" in err and "armed groups" in err


def test_csv_and_parquet_hold_the_same_rows(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    csv = pytest.importorskip("pyarrow.csv")
    parquet = pytest.importorskip("pyarrow.parquet")
    for form in ("csv", "parquet"):
        status, _, _ = _run(
            capsys, "events", "dyads", store, "--actors", ACTORS, "--sign", "goldstein",
            f"--{form}", "-o", tmp_path / f"d.{form}",
        )  # fmt: skip
        assert status == 0
    one = csv.read_csv(tmp_path / "d.csv").to_pylist()
    two = parquet.read_table(tmp_path / "d.parquet").to_pylist()
    assert one == two and one


def test_coverage_names_what_was_looked_for_in_vain(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = _run(
        capsys, "events", "coverage", store, "--actors", ACTORS, "--json"
    )
    actors = {one["actor"]: one for one in json.loads(out)["actors"]}
    assert status == 0
    assert actors["iran-government"]["coverage"] == "covered"
    assert "Bashar al-Assad" not in actors["iran-government"]["names"]
    assert actors["pmoi-mek"]["coverage"].startswith("not covered")


def test_signs_compares_every_convention_that_fits(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = _run(capsys, "events", "signs", store, "--json")
    found = json.loads(out)
    assert status == 0
    assert {one["convention"] for one in found["shares"]} == {
        "gdelt-quad",
        "oeda-quad",
        "goldstein",
        "goldstein-keds",
        "plover",
    }
    assert len(found["pairs"]) == 10


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["dyads", "STORE", "--sign", "nonsense"], "nonsense"),
        (["dyads", "STORE", "--sign", "ucdp"], "Use gdelt-quad"),
        (["dyads", "STORE", "--sign", "goldstein", "--json", "--csv"], "name one of"),
        (["dyads", "STORE", "--sign", "goldstein", "--parquet"], "name a file"),
        (["coverage", "STORE", "--actors", "no-such.csv"], "no such file"),
        (["dyads", "nowhere", "--sign", "goldstein"], "nowhere"),
        (["dyadz", "STORE"], "dyads"),
    ],
)
def test_misuse_gets_one_clear_line_and_status_2(
    store: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    status, out, err = _run(
        capsys, "events", *(str(store) if word == "STORE" else word for word in words)
    )
    assert (status, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_the_shipped_counts_come_back_from_a_store_of_the_same_events(
    tmp_path: Path,
) -> None:
    """ICEWS14 as triples with names: imported, counted, equal to what the case ships."""
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(
        reference("events", "icews14_tkg.parquet"),
        columns=["source", "relation", "target", "date"],
    )
    triples = tmp_path / "icews14.txt"
    triples.write_text(
        "".join("\t".join(map(str, row.values())) + "\n" for row in table.to_pylist()),
        encoding="utf-8",
    )
    list(add_files([triples], tmp_path / "store"))
    made = CliRunner().invoke(
        record_figures,
        [
            str(FLAGSHIP), str(tmp_path / "store"), "--sign", "goldstein",
            "--id", "icews14", "--title", "t", "-o", str(tmp_path / "made"),
        ],
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    for name in ("dyads.csv", "actors.csv", "names.csv", "volume.csv"):
        shipped = (FLAGSHIP / "record/icews14" / name).read_text(encoding="utf-8")
        assert (tmp_path / "made" / name).read_text(encoding="utf-8") == shipped


def test_without_the_extra_one_line_says_what_to_install(store: Path) -> None:
    code = (
        "import sys; sys.modules['ibis'] = None; sys.modules['duckdb'] = None\n"
        "from cuibono.cli.main import main\n"
        f"main(['events', 'dyads', {str(store)!r}, '--sign', 'goldstein'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.strip().splitlines() == [
        'needs the extra "events": pip install "cuibono[events]"'
    ]
