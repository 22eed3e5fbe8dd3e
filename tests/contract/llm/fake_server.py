"""A local server that speaks the OpenAI-compatible chat protocol, and every way in which such servers fail.

Each request takes the next behaviour of `script`; when the script is used up, `default` answers. Nothing sleeps: a server that
hangs waits for an event that is set when the test is over.
"""

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

WORDS = ("Well, ", "that is ", "a clear ", "answer. ", "Why?")


@dataclass(frozen=True, kw_only=True)
class Request:
    """What the server was asked."""

    path: str
    key: str
    body: Mapping[str, Any]
    proxy_login: str = ""


class Exchange:
    """One request and the means to answer it in any broken way."""

    def __init__(
        self, handler: BaseHTTPRequestHandler, request: Request, released: threading.Event, when_silent: Callable[[], None]
    ) -> None:
        self._handler = handler
        self._released = released
        self._when_silent = when_silent
        self.request = request

    def send_json(self, status: int, body: object, headers: Mapping[str, str] | None = None) -> None:
        data = json.dumps(body).encode()
        self._handler.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **(headers or {})}.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()
        self._handler.wfile.write(data)

    def begin_stream(self) -> None:
        self._handler.send_response(200)
        self._handler.send_header("Content-Type", "text/event-stream")
        self._handler.send_header("Transfer-Encoding", "chunked")
        self._handler.end_headers()

    def send_line(self, text: str) -> None:
        data = f"{text}\n\n".encode()
        self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self._handler.wfile.flush()

    def send_event(self, body: object) -> None:
        self.send_line(f"data: {json.dumps(body)}")

    def end_stream(self) -> None:
        self.send_line("data: [DONE]")
        self._handler.wfile.write(b"0\r\n\r\n")

    def say_done(self) -> None:
        """Say that the answer is over, but leave the HTTP answer open."""
        self.send_line("data: [DONE]")

    def begin_plain_stream(self) -> None:
        """Begin an answer without chunks, as HTTP/1.0 has it: the connection's end is its end."""
        self._handler.send_response(200)
        self._handler.send_header("Content-Type", "text/event-stream")
        self._handler.send_header("Connection", "close")
        self._handler.end_headers()

    def send_plain_event(self, body: object) -> None:
        self.send_plain(f"data: {json.dumps(body)}\n\n")

    def send_plain(self, text: str) -> None:
        self._handler.wfile.write(text.encode())

    def end_http(self) -> None:
        """End the HTTP answer without the protocol's own end."""
        self._handler.wfile.write(b"0\r\n\r\n")

    def cut(self) -> None:
        """Close the connection without ending the answer."""
        self._handler.wfile.flush()
        self._handler.close_connection = True
        self._handler.connection.shutdown(2)

    def hang(self) -> None:
        self._when_silent()
        self._released.wait(60)
        self._handler.close_connection = True

    def trickle(self, line: str) -> None:
        """Send a line every few milliseconds for ever: the connection is never silent."""
        self._when_silent()
        while not self._released.wait(0.02):
            self.send_line(line)
        self._handler.close_connection = True


Behaviour = Callable[[Exchange], None]


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: a client that goes away in the middle is what some tests are about."""


@dataclass
class FakeServer:
    """Use as a context manager; `base_url` is what a provider is configured with."""

    script: list[Behaviour] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    default: Behaviour | None = None
    when_silent: Callable[[], None] = lambda: None
    """Called at each request from which no more word will come: a test can move its clock there."""
    tls: ssl.SSLContext | None = None

    def __enter__(self) -> Self:
        self._released = threading.Event()
        self._lock = threading.Lock()
        self._server = _QuietServer(("127.0.0.1", 0), self._handler_class())
        if self.tls is not None:
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    @property
    def base_url(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def keys_used(self) -> list[str]:
        return [request.key for request in self.requests]

    def _next(self, request: Request) -> Behaviour:
        with self._lock:
            self.requests.append(request)
            return self.script.pop(0) if self.script else self.default or answer()

    def _handler_class(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                server.connections += 1
                super().setup()

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                key = self.headers.get("Authorization", "").removeprefix("Bearer ")
                request = Request(path=self.path, key=key, body=body, proxy_login=self.headers.get("Proxy-Authorization", ""))
                try:
                    server._next(request)(Exchange(self, request, server._released, server.when_silent))
                except (BrokenPipeError, ConnectionError):
                    self.close_connection = True

            def log_message(self, *_: object) -> None: ...

        return Handler


def answer(words: Sequence[str] = WORDS, *, finish: str | None = "stop", cost: float | None = 0.000123, model: str = "fake-1") -> Behaviour:
    """Answer well: streamed or whole, as the request asks."""

    def behave(exchange: Exchange) -> None:
        if not exchange.request.body.get("stream"):
            exchange.send_json(200, _completion("".join(words), model, finish, cost))
            return
        exchange.begin_stream()
        for chunk in _chunks(words, model):
            exchange.send_event(chunk)
        if finish is not None:
            exchange.send_event(_chunk({}, model, finish=finish))
        if exchange.request.body.get("stream_options", {}).get("include_usage"):
            exchange.send_event({**_chunk({}, model), "choices": [], "usage": _usage(cost)})
        exchange.end_stream()

    return behave


def answer_json(value: object, *, fenced: bool = False) -> Behaviour:
    """Answer with JSON as the whole content."""
    text = json.dumps(value)
    return answer([f"```json\n{text}\n```" if fenced else text])


def status(code: int, *, error: str = "", kind: str = "", headers: Mapping[str, str] | None = None) -> Behaviour:
    """Refuse with an HTTP status. The message quotes a prompt, as real services do."""
    body = {"error": {"message": "refused: SECRET PROMPT sk-leaked-key", "code": error or None, "type": kind or None}}
    return lambda exchange: exchange.send_json(code, body, headers)


def hang_before_answer() -> Behaviour:
    """Take the request and say nothing."""
    return Exchange.hang


def trickle_before_answer() -> Behaviour:
    """Send comments for ever, as services do that keep a connection open while the model is busy."""

    def behave(exchange: Exchange) -> None:
        exchange.begin_stream()
        exchange.trickle(": still working")

    return behave


def hang_mid_stream(after: int = 2) -> Behaviour:
    """Stream some words and then nothing more."""
    return _broken(after, Exchange.hang)


def trickle_mid_stream(after: int = 2) -> Behaviour:
    """Stream some words and then empty chunks for ever."""
    return _broken(after, lambda exchange: exchange.trickle(f"data: {json.dumps(_chunk({'content': ''}, 'fake-1'))}"))


def silent_after_done() -> Behaviour:
    """Answer well, say that this was all, and leave the connection open."""

    def behave(exchange: Exchange) -> None:
        exchange.begin_stream()
        for chunk in _chunks(WORDS, "fake-1"):
            exchange.send_event(chunk)
        exchange.say_done()
        exchange.hang()

    return behave


def plain_then_hang(words: Sequence[str] = WORDS) -> Behaviour:
    """Stream words without chunks and then nothing more."""

    def behave(exchange: Exchange) -> None:
        exchange.begin_plain_stream()
        for chunk in _chunks(words, "fake-1"):
            exchange.send_plain_event(chunk)
        exchange.hang()

    return behave


def cut_mid_stream(after: int = 2) -> Behaviour:
    """Stream some words and drop the connection."""
    return _broken(after, Exchange.cut)


def end_without_finish(after: int = 2) -> Behaviour:
    """Stream some words and end the HTTP answer properly, but not the model's."""
    return _broken(after, Exchange.end_http)


def malformed_chunk(after: int = 2, *, data: str = '{"choices": [{"del') -> Behaviour:
    """Stream some words and then `data`, which is no JSON or no chunk."""
    return _broken(after, lambda exchange: exchange.send_line(f"data: {data}"))


def error_in_stream(after: int = 0, *, code: int = 502) -> Behaviour:
    """Begin with status 200 and report the trouble as an event."""
    return _broken(after, lambda exchange: exchange.send_event({"error": {"code": code, "message": "upstream SECRET PROMPT"}}))


def content_filter(after: int = 0) -> Behaviour:
    """Stream some words and then end because of the service's content rules."""
    return _broken(after, lambda exchange: exchange.send_event(_chunk({}, "fake-1", finish="content_filter")))


def empty_answer() -> Behaviour:
    """End at once without a word."""
    return answer([])


def _broken(after: int, then: Behaviour) -> Behaviour:
    def behave(exchange: Exchange) -> None:
        exchange.begin_stream()
        for chunk in _chunks(WORDS[:after], "fake-1"):
            exchange.send_event(chunk)
        then(exchange)

    return behave


def _chunks(words: Sequence[str], model: str) -> Iterator[dict[str, Any]]:
    yield _chunk({"role": "assistant", "content": ""}, model)
    for word in words:
        yield _chunk({"content": word}, model)


def _chunk(delta: Mapping[str, Any], model: str, *, finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": dict(delta), "finish_reason": finish}
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": model, "choices": [choice]}


def _completion(text: str, model: str, finish: str | None, cost: float | None) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": model, "choices": [choice], "usage": _usage(cost)}


def _usage(cost: float | None) -> dict[str, Any]:
    usage: dict[str, Any] = {"prompt_tokens": 20, "completion_tokens": 7, "total_tokens": 27}
    return usage if cost is None else {**usage, "cost": cost}
