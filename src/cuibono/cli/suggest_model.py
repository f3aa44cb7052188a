"""cuibono suggest model: proposals by a language model that the user names."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from cuibono import __version__
from cuibono.cli.output import emit_json
from cuibono.cli.progress import Progress
from cuibono.coding.model.client import Client
from cuibono.coding.model.prompt import TEMPLATE, chunks, prompt_sha256, tokens
from cuibono.coding.model.run import Outcome, suggestions_of_model
from cuibono.coding.model.settings import Endpoint, checked, is_loopback
from cuibono.coding.suggest.files import write_suggestions
from cuibono.errors import UsageError
from cuibono.files.atomic import write_text
from cuibono.formats.case import inspect_case

KEY: Final = "CUIBONO_MODEL_KEY"
LOG: Final = "log/model-runs.jsonl"


@click.command(
    "model",
    epilog="""\b
Examples:
  cuibono suggest model my-case --url http://localhost:11434/v1 --model qwen3 --dry-run
  cuibono suggest model my-case --url http://localhost:8080/v1 --model local
  CUIBONO_MODEL_KEY=... cuibono suggest model my-case --url https://example.org/v1 \\
      --model big --send-to-remote --price 0.5 2""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--url", required=True, help="Base of an OpenAI-compatible endpoint.")
@click.option("--model", required=True, help="Name of the model there.")
@click.option("--texts", type=click.Path(path_type=Path), help="Folder with the texts.")
@click.option("--source", "only", multiple=True, help="Only this source; repeatable.")
@click.option(
    "--send-to-remote", is_flag=True, help="Let documents leave this machine."
)
@click.option("--dry-run", is_flag=True, help="Estimate tokens and cost; send nothing.")
@click.option(
    "--price",
    nargs=2,
    type=click.FloatRange(min=0),
    help="Price of a million tokens, sent and received, for the estimate.",
)
@click.option("--timeout-seconds", type=click.FloatRange(1, 3600), default=120.0)
@click.option("--retries", type=click.IntRange(0, 10), default=2, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    case: Path,
    url: str,
    model: str,
    texts: Path | None,
    only: tuple[str, ...],
    send_to_remote: bool,
    dry_run: bool,
    price: tuple[float, float] | None,
    timeout_seconds: float,
    retries: int,
    as_json: bool,
) -> int:
    """Suggest claims by a model: only what stands in the text word for word counts.

    Documents go to this machine alone unless --send-to-remote is given. The key, if
    one is needed, is read from CUIBONO_MODEL_KEY and written nowhere. What was answered
    is kept, so that a run that is stopped asks only for the rest. Nothing is said here
    about how good any model is: cuibono suggest eval lets you measure yours.

    Raises
    ------
    UsageError
        If no text is at hand, or documents may not be sent to the address.
    """
    endpoint = checked(
        Endpoint(
            url=url,
            model=model,
            key=os.environ.get(KEY, ""),
            remote=send_to_remote,
            timeout_seconds=timeout_seconds,
            retries=retries,
        )
    )
    read = inspect_case(case, texts)
    wanted = {
        name: text for name, text in read.texts.items() if not only or name in only
    }
    if not wanted:
        raise UsageError(f"{case}: no text is at hand; --texts names their folder")
    parts = tuple(part for name, text in wanted.items() for part in chunks(name, text))
    _estimate(tokens(read.case, parts), len(parts), endpoint, price)
    if dry_run:
        return 0
    client = Client(endpoint)
    try:
        found = suggestions_of_model(
            read.case,
            wanted,
            endpoint,
            client,
            _cache(),
            Progress(quiet=as_json),
        )
    finally:
        client.close()
    made = {
        name: [one for one in found.suggestions if one.source == name]
        for name in wanted
    }
    written = write_suggestions(case, made, "model")
    kept = all((case / "sources" / name / "text.txt").exists() for name in wanted)
    log = found.log if kept else tuple(map(_without_words, found.log))
    head: dict[str, object] = {
        "prompt_sha256": prompt_sha256(read.case),
        "files": dict(read.case.digests),
    }
    _log(case, found, endpoint, head, log)
    _tell(found, written, as_json)
    return 0


def _cache() -> Path:
    """Folder for answers, outside every case: they hold words of the texts."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "cuibono" / "answers"


def _without_words(line: dict[str, object]) -> dict[str, object]:
    """Line of the log without words of a text that may not be kept."""
    rejected = line.get("rejected")
    pairs = rejected if isinstance(rejected, list) else []
    return {**line, "rejected": [["", reason] for _, reason in pairs]}


def _estimate(
    number: int, requests: int, endpoint: Endpoint, price: tuple[float, float] | None
) -> None:
    """Say on stderr what will be sent, where to, and what it may cost."""
    where = "this machine" if is_loopback(_name(endpoint)) else endpoint.host
    text = f"{requests} requests to {where}, about {number:,} tokens to send"
    if price is not None:
        most = (
            number * price[0] / 1e6 + requests * endpoint.most_tokens * price[1] / 1e6
        )
        text += f"; at most {most:.2f} in the unit of --price"
    click.echo(text, err=True)


def _name(endpoint: Endpoint) -> str:
    """Host without its port."""
    host = endpoint.host
    return host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host


def _log(
    case: Path,
    found: Outcome,
    endpoint: Endpoint,
    head: dict[str, object],
    log: tuple[dict[str, object], ...],
) -> None:
    """Add the run to the log: everything but the key."""
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "tool": f"cuibono {__version__}",
        "host": endpoint.host,
        "model": endpoint.model,
        "template": TEMPLATE,
        **head,
        "temperature": endpoint.temperature,
        "seed": endpoint.seed,
        "suggested": len(found.suggestions),
        "rejected": len(found.rejected),
        "failed": found.failed,
        "tokens": list(found.tokens),
        "requests": list(log),
    }
    path = case / LOG
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    write_text(path, before + json.dumps(line, ensure_ascii=False) + "\n")


def _tell(found: Outcome, written: tuple[Path, ...], as_json: bool) -> None:
    """Print what came of a run."""
    if as_json:
        emit_json(
            "suggest-model",
            {
                "accepted_by": None,
                "suggestions": [one.to_record() for one in found.suggestions],
                "rejected": [[one.quote, one.reason] for one in found.rejected],
                "asked": found.asked,
                "cached": found.cached,
                "failed": found.failed,
                "silent_sentences": found.silent,
                "tokens": list(found.tokens),
            },
        )
        return
    click.echo(
        f"{len(found.suggestions)} suggested, accepted by nobody; "
        f"{len(found.rejected)} rejected; {found.asked} asked, {found.cached} kept from "
        f"before, {found.failed} without a readable answer; {found.silent} sentences "
        "without a claim"
    )
    for one in found.rejected[:10]:
        click.echo(f"  rejected ({one.reason}): {one.quote[:70]}")
    for path in written:
        click.echo(f"wrote {path}")
