"""Local servers that speak each provider's protocol: they check a request as the provider would and answer as it does.

`faults` are served first, one a request: a status, `(status, headers)`, raw bytes, or a function that takes the handler.
"""

import base64
import json
import threading
from collections.abc import Callable
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

KEY = "sk-test-0123456789abcdefghij"
WORDS = [("I", 0.0, 0.2), ("um", 0.3, 0.5), ("goed", 0.6, 0.9), ("there", 1.0, 1.4)]
TEXT = "I um goed there"
Fault = int | tuple[int, dict[str, str]] | bytes | Callable[[BaseHTTPRequestHandler], None]


class Refused(Exception):
    """The provider would answer with this status and error object."""

    def __init__(self, status: int, error: dict[str, Any]) -> None:
        super().__init__(status)
        self.status, self.error = status, error


class Provider:
    """A server on a free port. `requests` are the understood bodies, `seen` counts all requests."""

    root: ClassVar[str] = "/v1"

    def __init__(self) -> None:
        self.text = TEXT
        self.faults: list[Fault] = []
        self.requests: list[dict[str, Any]] = []
        self.seen = 0
        self.released = threading.Event()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                provider.seen += 1
                if provider.faults:
                    provider.play(self, provider.faults.pop(0))
                    return
                try:
                    provider.reply(self, 200, json.dumps(provider.answer(self, body)).encode())
                except Refused as refused:
                    provider.reply(self, refused.status, json.dumps({"error": refused.error}).encode())

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{self.root}"

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def play(self, handler: BaseHTTPRequestHandler, fault: Fault) -> None:
        if callable(fault):
            handler.close_connection = True
            fault(handler)
        elif isinstance(fault, bytes):
            self.reply(handler, 200, fault)
        else:
            status, headers = fault if isinstance(fault, tuple) else (fault, {})
            error = {"message": f"Incorrect API key provided: {KEY}", "type": "server_error", "code": "some_code"}
            self.reply(handler, status, json.dumps({"error": error}).encode(), headers)

    def hang(self, _handler: BaseHTTPRequestHandler) -> None:
        self.released.wait(20)

    def trickle(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        for _ in range(50):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            if self.released.wait(0.02):
                return

    def reply(self, handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> dict[str, Any]:
        raise NotImplementedError

    def bearer(self, handler: BaseHTTPRequestHandler) -> None:
        if handler.headers["Authorization"] != f"Bearer {KEY}":
            raise Refused(401, {"message": f"Incorrect API key provided: {handler.headers['Authorization']}", "code": "invalid_api_key"})

    def words(self) -> list[dict[str, Any]]:
        return [{"word": word, "start": start, "end": end} for word, start, end in WORDS] if self.text == TEXT else []


class FormServer(Provider):
    """OpenAI's and Groq's form endpoint."""

    def __init__(self, *, groq: bool = False) -> None:
        self.groq = groq
        super().__init__()

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> dict[str, Any]:
        if handler.path != "/v1/audio/transcriptions":
            raise Refused(404, {"code": "not_found"})
        self.bearer(handler)
        form = parse_form(handler.headers["Content-Type"], body)
        self.requests.append(form)
        file = form["file"]
        if not (file["filename"].endswith(".wav") and file["type"] == "audio/wav" and file["data"][:4] == b"RIFF"):
            raise Refused(400, {"code": "invalid_file_format"})
        whisper = "whisper" in form["model"]
        allowed = {"file", "model", "prompt", "response_format", "temperature", "timestamp_granularities[]", "language"}
        if not self.groq and form["model"].startswith("gpt-transcribe"):
            allowed = {"file", "model", "prompt", "response_format", "temperature", "languages[]", "keywords[]"}
        if set(form) - allowed or (form["response_format"] == "verbose_json" and not whisper):
            raise Refused(400, {"type": "invalid_request_error", "code": "unknown_parameter"})
        if form["response_format"] != "verbose_json":
            return {"text": self.text, "languages": [{"code": "en"}], "usage": {"type": "duration", "seconds": 2}}
        answer: dict[str, Any] = {"task": "transcribe", "language": "english", "duration": 2.5, "text": f" {self.text}"}
        if form.get("timestamp_granularities[]") == "word":
            answer["words"] = self.words()
        return answer | ({"x_groq": {"id": "req_1"}} if self.groq else {"usage": {"type": "duration", "seconds": 3}})


class OpenRouterServer(Provider):
    """OpenRouter's two endpoints."""

    root = "/api/v1"

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> dict[str, Any]:
        self.bearer(handler)
        request = json.loads(body)
        if handler.path == "/api/v1/audio/transcriptions":
            self.requests.append(request | {"audio": self.sound(request["input_audio"])})
            if set(request) - {"model", "input_audio", "language", "temperature", "response_format", "timestamp_granularities", "provider"}:
                raise Refused(400, {"code": 400, "message": "Unrecognized key"})
            return {"text": self.text, "task": "transcribe", "duration": 2.5, "words": self.words(), "usage": {"cost": 0.0}}
        if handler.path != "/api/v1/chat/completions":
            raise Refused(404, {"code": 404})
        system, user = request["messages"]
        parts = {part["type"]: part for part in user["content"]}
        self.requests.append(request | {"audio": self.sound(parts["input_audio"]["input_audio"]), "system": system["content"]})
        content = self.text or "[no speech]"
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
        return {"id": "gen-1", "object": "chat.completion", "model": request["model"], "choices": [choice]}

    def sound(self, given: dict[str, str]) -> bytes:
        if given["format"] != "wav" or given["data"].startswith("data:"):
            raise Refused(400, {"code": 400})
        return base64.b64decode(given["data"], validate=True)


class GeminiServer(Provider):
    """Gemini's `generateContent`."""

    root = "/v1beta"

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> dict[str, Any]:
        if handler.path != "/v1beta/models/gemini-flash-latest:generateContent":
            raise Refused(404, {"code": 404, "status": "NOT_FOUND"})
        if handler.headers["x-goog-api-key"] != KEY:
            raise Refused(400, {"code": 400, "status": "INVALID_ARGUMENT", "message": "API key not valid."})
        request = json.loads(body)
        text, sound = request["contents"][0]["parts"]
        if set(request) - {"system_instruction", "contents", "generationConfig"} or sound["inline_data"]["mime_type"] != "audio/wav":
            raise Refused(400, {"code": 400, "status": "INVALID_ARGUMENT"})
        audio = base64.b64decode(sound["inline_data"]["data"], validate=True)
        system = request["system_instruction"]["parts"][0]["text"]
        self.requests.append({"audio": audio, "system": system, "prompt": text["text"], **request["generationConfig"]})
        content = {"role": "model", "parts": [{"text": "thinking…", "thought": True}, {"text": json.dumps({"transcript": self.text})}]}
        return {"candidates": [{"content": content, "finishReason": "STOP", "index": 0}], "modelVersion": "gemini-flash"}


def parse_form(content_type: str, body: bytes) -> dict[str, Any]:
    """Return the fields of a multipart form; the file as filename, type and data."""
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    form: dict[str, Any] = {}
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        if part.get_filename():
            form[name] = {"filename": part.get_filename(), "type": part.get_content_type(), "data": data}
        else:
            form[name] = data.decode("utf-8")
    return form
