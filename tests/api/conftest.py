"""A real server on loopback for each test: uvicorn in a thread, SQLite in a temporary folder, a clock that the test moves."""

import asyncio
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import httpx2
import pytest
import uvicorn
from starlette.types import ASGIApp

import wiring
from api.app import build_api
from api.middleware.client_address import ClientAddress
from api.middleware.one_length import OneLength
from api.middleware.request_id import RequestId
from api.middleware.security_headers import SecurityHeaders
from core.ids import RandomIds
from core.setting_groups import Limits
from core.settings import Settings
from mail.models import LetterState
from tests.factories import FrozenClock
from wiring import Services

PASSWORD = "Corr3ct-horse-battery"
_LONGEST_END = 5.0
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""One for all clients, none of which uses it: httpx2 would read the system's certificates for each, 30 ms."""


@dataclass
class World:
    """One running server with its services, its clock and a client."""

    services: Services
    clock: FrozenClock
    url: str
    client: httpx2.Client

    def register(self, email: str = "ada@example.com", **fields: Any) -> dict[str, Any]:
        """Create an account through the registration dialect and return its answer."""
        body = {"email": email, "password": PASSWORD, "confirm_password": PASSWORD, "name": "Ada Lovelace"} | fields
        answer = self.client.post("/register", json=body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def bearer(self, token: str) -> dict[str, str]:
        """Headers that carry a token."""
        return {"Authorization": f"Bearer {token}"}

    def letters(self) -> list[dict[str, str]]:
        """Every letter that waits, newest first, as `{template, to, …data}`."""
        waiting = self.services.outbox.entries(state=LetterState.WAITING, limit=100)
        return [{"template": entry.letter.template.value, "to": entry.letter.to, **entry.letter.data} for entry in waiting]

    def token_in(self, template: str) -> str:
        """The token in the link of the newest waiting letter of this template."""
        letter = next(letter for letter in self.letters() if letter["template"] == template)
        link = next(value for name, value in letter.items() if name.endswith("_link") and "token=" in value)
        found = re.search(r"token=([^&]+)", link)
        assert found
        return found[1]


def whole_stack(services: Services) -> ASGIApp:
    """The API behind the same middleware as in app.py, without the pages."""
    api: ASGIApp = OneLength(build_api(services))
    api = SecurityHeaders(api, https=services.settings.is_https)
    api = ClientAddress(api, trusted=services.settings.security.trusted_proxies)
    return RequestId(api, ids=services.ids)


class _Server(uvicorn.Server):
    """uvicorn in a thread, which says when it listens and ends at once when it is told to: its own loops look only ten times a second."""

    def __init__(self, app: ASGIApp, sock: socket.socket) -> None:
        super().__init__(uvicorn.Config(app, log_config=None, proxy_headers=False, lifespan="on", timeout_graceful_shutdown=5))
        self._listening = threading.Event()
        self._thread = threading.Thread(target=self.run, kwargs={"sockets": [sock]}, daemon=True)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        self._listening.set()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self._end.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for listening in (*self.servers, *(sockets or ())):
            listening.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for _ in range(3):  # turns of the loop, in which idle connections are gone
            await asyncio.sleep(0)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wait_tasks_to_complete(), _LONGEST_END)
        for task in self.server_state.tasks:
            task.cancel()
        await self.lifespan.shutdown()

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._listening.wait(60), "the server did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(60)
        assert not self._thread.is_alive(), "the server did not end"


Start = Callable[..., World]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Return a function that starts a server with these settings; all are ended after the test.

    Letters stay in the outbox unless `mail` is asked for. `local` False: as if the stores were on other machines.
    """
    monkeypatch.chdir(tmp_path)
    running: list[tuple[_Server, socket.socket, httpx2.Client]] = []

    def begin(*, mail: bool = False, local: bool = True, **settings: Any) -> World:
        clock = FrozenClock()
        base: dict[str, Any] = {"security": {"bcrypt_rounds": 4}, "data_dir": tmp_path / "data"}
        for name, value in settings.items():
            base[name] = {**base[name], **value} if isinstance(value, dict) and name in base else value
        services = wiring.build(Settings(**base), clock=clock, ids=RandomIds())
        services = replace(services, local=local)
        if not mail:
            services = replace(services, on_start=())
        sock = socket.socket(proto=socket.IPPROTO_TCP)  # with protocol 0 asyncio leaves Nagle on: 40 ms more an answer
        sock.bind(("127.0.0.1", 0))
        server = _Server(whole_stack(services), sock)
        server.__enter__()
        url = f"http://127.0.0.1:{sock.getsockname()[1]}"
        client = httpx2.Client(base_url=url, timeout=120, verify=_NO_TLS)
        running.append((server, sock, client))
        return World(services=services, clock=clock, url=url, client=client)

    yield begin
    for server, sock, client in reversed(running):
        client.close()
        server.__exit__()
        sock.close()


@pytest.fixture
def world(start: Start) -> World:
    """A server with the default settings and without limits."""
    return start(limits=dict.fromkeys(Limits.model_fields, ""))
