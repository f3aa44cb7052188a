"""A server on this machine that replays what servers of models do."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = tuple[int, bytes, dict[str, str]]
Behaviour = Callable[[dict[str, Any], int], Reply]


def chat(
    content: object, message: dict[str, object] | None = None, **more: object
) -> Reply:
    """A reply in the shape of a chat completion."""
    said: dict[str, object] = {"role": "assistant", "content": content}
    body = {
        "choices": [
            {"message": said | (message or {}), "finish_reason": "stop", **more}
        ],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20},
    }
    return 200, json.dumps(body, ensure_ascii=False).encode(), {}


class Stub:
    """Address of a running stub, and the requests that it got."""

    def __init__(self, port: int) -> None:
        """Keep the port."""
        self.url = f"http://127.0.0.1:{port}/v1"
        self.requests: list[dict[str, Any]] = []


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Stub]:
    """A stub that answers each request by `behaviour(request, how many before)`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            request = json.loads(self.rfile.read(length))
            stub.requests.append(request)
            status, body, headers = behaviour(request, len(stub.requests) - 1)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            slow = float(headers.get("X-Slow", 0))
            try:
                for at in range(0, len(body), 64) if slow else (0,):
                    self.wfile.write(body[at : at + 64] if slow else body)
                    self.wfile.flush()
                    time.sleep(slow)
            except OSError:
                return

        def log_message(self, *args: object) -> None:
            del args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub = Stub(server.server_address[1])
    poll = {"poll_interval": 0.02}
    thread = threading.Thread(target=server.serve_forever, kwargs=poll, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
