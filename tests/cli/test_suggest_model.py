"""cuibono suggest model: nothing leaves without leave, the key is written nowhere."""

import json
from pathlib import Path

import pytest

from cuibono.claims.quotes import text_sha256
from cuibono.cli.main import exit_status
from cuibono.coding.suggestions import read_suggestions
from cuibono.errors import Problems
from cuibono.formats.case import read_case
from tests.cases import TEXT, small_case
from tests.coding.model.stub import chat, serving

pytest.importorskip("httpx", reason="the extra [llm] is not installed")

CLAIM = {
    "quote": "Arda feeds Brun",
    "subject": "arda",
    "predicate": "supports",
    "object": "brun",
    "sign": "+",
}
REPLY = chat(json.dumps({"claims": [CLAIM, {**CLAIM, "quote": "Arda starves Brun"}]}))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, outside the case."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = exit_status(["suggest", "model", *(str(word) for word in words)])
    out = capsys.readouterr()
    return status, out.out, out.err


def test_verified_claims_wait_for_a_person_and_the_run_is_logged_without_the_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUIBONO_MODEL_KEY", "sk-very-secret")
    case = small_case(tmp_path)
    before = read_case(case)
    with serving(lambda *_: REPLY) as stub:
        status, out, _ = _run(capsys, case, "--url", stub.url, "--model", "m", "--json")
        again = _run(capsys, case, "--url", stub.url, "--model", "m", "--json")
        assert len(stub.requests) == 1
    told = json.loads(out)
    assert status == 0
    assert (len(told["suggestions"]), len(told["rejected"])) == (1, 1)
    assert told["accepted_by"] is None
    assert json.loads(again[1])["cached"] == 1
    assert read_case(case).claims == before.claims
    written = b"".join(one.read_bytes() for one in case.rglob("*") if one.is_file())
    assert b"sk-very-secret" not in written
    lines = (case / "log/model-runs.jsonl").read_text("utf-8").splitlines()
    log = json.loads(lines[0])
    assert log["model"] == "m" and log["prompt_sha256"]
    assert log["requests"][0]["rejected"] == [
        ["Arda starves Brun", "its quote is not in the text"]
    ]


def test_of_a_text_that_is_not_kept_no_word_stays_in_the_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = small_case(tmp_path)
    texts = tmp_path / "texts"
    texts.mkdir()
    (case / "sources/text/text.txt").rename(texts / "text.txt")
    meta = case / "sources/text/meta.toml"
    digest = text_sha256(TEXT.encode())
    lines = f'text_file = "text.txt"\nsha256 = "{digest}"\n'
    meta.write_text(meta.read_text("utf-8") + lines, encoding="utf-8")
    for file in (case / "claims/text").glob("*.jsonl"):
        file.unlink()
    with serving(lambda *_: REPLY) as stub:
        status, _, err = _run(
            capsys, case, "--url", stub.url, "--model", "m", "--texts", texts
        )
    assert status == 0, err
    written = b"".join(one.read_bytes() for one in case.rglob("*") if one.is_file())
    assert b"Arda feeds" not in written and b"Arda starves" not in written
    waiting = read_suggestions(case, Problems(), {"text": TEXT})
    assert [one.quote for one in waiting] == ["Arda feeds Brun"]
    assert [one.quote for one in read_suggestions(case, Problems())] == [""]


def test_a_dry_run_estimates_and_sends_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = small_case(tmp_path)
    with serving(lambda *_: REPLY) as stub:
        status, out, err = _run(
            capsys,
            case,
            "--url",
            stub.url,
            "--model",
            "m",
            "--dry-run",
            "--price",
            1,
            2,
        )
        assert stub.requests == []
    assert (status, out) == (0, "")
    assert "1 requests to this machine" in err and "--price" in err
    assert not (case / "suggestions").exists()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://example.org/v1", "--send-to-remote"),
        ("nonsense", "no address"),
    ],
)
def test_documents_stay_here_unless_leave_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], url: str, told: str
) -> None:
    status, _, err = _run(capsys, small_case(tmp_path), "--url", url, "--model", "m")
    assert status == 2
    assert told in err


def test_a_server_that_is_not_there_leaves_the_case_as_it_was_but_for_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = small_case(tmp_path)
    status, out, _ = _run(
        capsys, case, "--url", "http://127.0.0.1:9/v1", "--model", "m", "--retries", 0,
        "--json",
    )  # fmt: skip
    told = json.loads(out)
    assert status == 0
    assert (told["failed"], told["suggestions"]) == (1, [])
