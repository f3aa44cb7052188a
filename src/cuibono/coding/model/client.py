"""One request to an OpenAI-compatible endpoint, with bounded retries and fall-backs."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from cuibono.coding.model.reply import UnreadableError, content_of, parsed
from cuibono.coding.model.settings import Endpoint
from cuibono.errors import UsageError

MOST_REPLY: Final = 5_000_000
"""Bytes of a reply that are read."""

RETRY_STATUS: Final = frozenset({0, 200, 408, 409, 429, 500, 502, 503, 504})
"""Status after which another attempt may help; 0 where no reply came."""

FORM_REFUSED: Final = 400
LONGEST_WAIT_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What became of one request.

    Attributes
    ----------
    claims : tuple
        Claims as the reply has them, unverified; empty if none could be read.
    raw : str
        The last reply, as it came.
    attempts : tuple of str
        What became of each attempt.
    tokens : (int, int)
        Tokens sent and received, as the server counts them; 0 where it does not.
    """

    claims: tuple[object, ...]
    raw: str
    attempts: tuple[str, ...]
    tokens: tuple[int, int] = (0, 0)
    failed: bool = False


class Client:
    """Asks an endpoint; never follows redirects, never reads settings of proxies."""

    def __init__(
        self, endpoint: Endpoint, wait: Callable[[float], None] = time.sleep
    ) -> None:
        """Open a client.

        Raises
        ------
        UsageError
            If the extra `llm` is missing.
        """
        try:
            import httpx
        except ImportError as error:
            raise UsageError(
                'needs the extra "llm": pip install "cuibono[llm]"'
            ) from error
        self.endpoint = endpoint
        self.wait = wait
        self.errors: Any = (httpx.HTTPError, httpx.InvalidURL)
        headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
        self.http = httpx.Client(
            timeout=endpoint.timeout_seconds,
            headers=headers,
            follow_redirects=False,
            trust_env=False,
        )

    def close(self) -> None:
        """Close the connection."""
        self.http.close()

    def ask(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Answered:
        """Claims of a reply, after as many attempts as the endpoint allows.

        A server that does not take a JSON schema is asked again for a JSON object, and
        then without a form.
        """
        told: list[str] = []
        forms = _forms(schema)
        failures = 0
        while failures <= self.endpoint.retries:
            status, raw, after = self._send(messages, forms[0])
            if status == FORM_REFUSED and len(forms) > 1:
                forms = forms[1:]
                told.append("the server does not take this form of reply")
                continue
            try:
                claims, used = _read(status, raw)
            except UnreadableError as error:
                told.append(str(error))
                failures += 1
                if status not in RETRY_STATUS or failures > self.endpoint.retries:
                    break
                self.wait(min(after or 2.0**failures, LONGEST_WAIT_SECONDS))
                continue
            told.append("read")
            return Answered(
                claims=tuple(claims), raw=raw, attempts=tuple(told), tokens=used
            )
        return Answered(claims=(), raw=raw, attempts=tuple(told), failed=True)

    def _send(
        self, messages: list[dict[str, str]], form: dict[str, Any]
    ) -> tuple[int, str, float]:
        """Status, body and wanted wait of one attempt; status 0 where none came."""
        end = self.endpoint
        body = {
            "model": end.model,
            "messages": messages,
            "temperature": end.temperature,
            "seed": end.seed,
            "max_tokens": end.most_tokens,
            **form,
        }
        url = f"{end.url.rstrip('/')}/chat/completions"
        deadline = time.monotonic() + end.timeout_seconds
        try:
            with self.http.stream("POST", url, json=body) as reply:
                found = bytearray()
                for part in reply.iter_bytes():
                    found += part
                    if len(found) > MOST_REPLY:
                        return 0, "", 0.0
                    if time.monotonic() > deadline:
                        return 0, "", 0.0
                wait = reply.headers.get("retry-after", "")
                text = bytes(found).decode("utf-8", "replace")
                return reply.status_code, text, float(wait) if wait.isdigit() else 0.0
        except self.errors:
            return 0, "", 0.0


def _forms(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Ways to ask for JSON, the strictest first."""
    strict = {"name": "claims", "strict": True, "schema": schema}
    return [
        {"response_format": {"type": "json_schema", "json_schema": strict}},
        {"response_format": {"type": "json_object"}},
        {},
    ]


def _read(status: int, raw: str) -> tuple[list[object], tuple[int, int]]:
    """Claims and tokens of a reply.

    Raises
    ------
    UnreadableError
        If the reply is none, or no claims can be read from it.
    """
    if status == 0:
        raise UnreadableError("no reply, too slow, or too long")
    if status != 200:
        raise UnreadableError(f"status {status}")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("the reply is no JSON") from error
    usage = body.get("usage") if isinstance(body, dict) else None
    counted = usage if isinstance(usage, dict) else {}
    numbers = [counted.get(key) for key in ("prompt_tokens", "completion_tokens")]
    sent, got = (number if isinstance(number, int) else 0 for number in numbers)
    return parsed(content_of(body)), (sent, got)
