"""A provider that writes recordings down, on loopback: it answers what the test says, when the test lets it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WAIT_SECONDS = 60


class Listener:
    """Refuses what it hears until `words` are set; waits for `go_on` before every answer."""

    def __init__(self) -> None:
        self.words = ""
        self.go_on = threading.Event()
        self.heard = 0
        self.url = ""

    @property
    def settings(self) -> dict[str, str]:
        """Settings that make an app ask this provider."""
        return {
            "SPEECH__TRANSCRIBER": "openai",
            "AI_SERVICES__OPENAI_BASE_URL": self.url,
            "AI_SERVICES__OPENAI_API_KEY": "test-key",
            "AI_SERVICES__GRADE_WITH_MODEL": "false",
            "AI_SERVICES__ORDER": "ollama",
        }


@contextmanager
def listening() -> Iterator[Listener]:
    """Serve a listener for as long as the block lasts."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            listener.heard += 1
            listener.go_on.wait(WAIT_SECONDS)
            words = listener.words
            self._answer(200, {"text": words}) if words else self._answer(400, {"error": {"message": "no"}})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - the library's name

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    listener.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield listener
    finally:
        listener.go_on.set()
        server.shutdown()
        thread.join()
        server.server_close()
