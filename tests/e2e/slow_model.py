"""A model service on loopback that speaks the real streaming protocol and goes on only when the test lets it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WAIT_SECONDS = 60


class SlowModel:
    """Says `first`, waits until `go_on` is set, then says `rest`."""

    def __init__(self, *, first: str, rest: str) -> None:
        self.first = first
        self.rest = rest
        self.go_on = threading.Event()
        self.url = ""

    @property
    def settings(self) -> dict[str, str]:
        """Settings that make an app ask this model first."""
        return {
            "AI_SERVICES__ORDER": "custom",
            "AI_SERVICES__CUSTOM_BASE_URL": self.url,
            "AI_SERVICES__CUSTOM_MODEL": "slow",
            "AI_SERVICES__CUSTOM_API_KEY": "test-key",
        }


@contextmanager
def slow_model(first: str, rest: str) -> Iterator[SlowModel]:
    """Serve a slow model for as long as the block lasts."""
    model = SlowModel(first=first, rest=rest)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:  # the name that the base class calls
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                self._piece({"content": model.first})
                model.go_on.wait(WAIT_SECONDS)
                for word in model.rest.split(" "):
                    self._piece({"content": f" {word}"})
                self._piece({}, finish="stop")
                self.wfile.write(b"data: [DONE]\n\n")
            except OSError:  # the app was ended, or stopped listening
                self.close_connection = True

        def _piece(self, delta: dict[str, str], *, finish: str | None = None) -> None:
            chunk = {
                "id": "c",
                "object": "chat.completion.chunk",
                "created": 1,
                "model": "slow",
                "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
            }
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield model
    model.go_on.set()
    server.shutdown()
    server.server_close()
    thread.join(10)
