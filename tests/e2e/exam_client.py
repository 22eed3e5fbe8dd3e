"""The same person as in the browser, as a program: to look at what is stored, and to get to a question quickly."""

import json
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.e2e.person import PASSWORD


@dataclass
class Client:
    """Somebody's access to the API of an app."""

    url: str
    email: str
    _token: str = field(default="", init=False)

    def begin(self, form: str, *, level: str = "B1", leave: int = 0) -> str:
        """Start an exam and pass every question but the last `leave` (0: none is passed); returns its id."""
        state = self.call("POST", "", {"format_id": form, "level": level})
        turns = state["turn"]["turn_count"]
        while leave and state["turn"]["number"] <= turns - leave:
            state = self.act(state, "skip")
        return str(state["exam"]["id"])

    def act(self, state: dict[str, Any], what: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Act on the current question."""
        return self.call("POST", f"/{state['exam']['id']}/turns/{state['turn']['key']}/{what}", body or {})

    def state(self, exam: str) -> dict[str, Any]:
        """Return where an exam stands."""
        return self.call("GET", f"/{exam}")

    def said(self, exam: str) -> list[str]:
        """Return the words of every stored answer; "-" for one that was passed."""
        return [answer["text"] if answer["mode"] != "none" else "-" for answer in self.answers(exam)]

    def answers(self, exam: str) -> list[dict[str, Any]]:
        """Return every stored answer."""
        found: Any = self.call("GET", f"/{exam}/answers")
        return list(found)

    def speak(self, state: dict[str, Any], recording: bytes) -> dict[str, Any]:
        """Agree to being recorded and hand a recording in."""
        self.call("PUT", "/consent", {"agreed": True})
        self.act(state, "begin")
        mark = uuid.uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="recording"; filename="a.wav"\r\nContent-Type: audio/wav\r\n\r\n'
        body = head.encode() + recording + f"\r\n--{mark}--\r\n".encode()
        path = f"/{state['exam']['id']}/turns/{state['turn']['key']}/answer"
        return self._ask("POST", f"/api/v1/exams{path}", body, f"multipart/form-data; boundary={mark}")

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Call a route below `/api/v1/exams`."""
        return self._ask(method, f"/api/v1/exams{path}", json.dumps(body).encode() if body is not None else None, "application/json")

    def _ask(self, method: str, path: str, body: bytes | None, kind: str) -> dict[str, Any]:
        headers = {"Content-Type": kind}
        if path != "/login":
            self._token = self._token or str(self._sign_in()["token"])
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            with urlopen(Request(self.url + path, data=body, method=method, headers=headers), timeout=60) as answer:
                return json.load(answer)  # type: ignore[no-any-return]  # whatever the route says
        except HTTPError as error:
            with error:
                raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from None

    def _sign_in(self) -> dict[str, Any]:
        body = json.dumps({"email": self.email, "password": PASSWORD}).encode()
        return self._ask("POST", "/login", body, "application/json")
