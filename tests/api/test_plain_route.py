"""A stream is opened by a shorter way where a request is plain; what comes of a request does not depend on the way."""

import json
from typing import Annotated

import httpx2
import pytest
from fastapi import Depends, FastAPI, Query, Response
from pydantic import BaseModel

from api.plain_route import PlainRoute
from tests.api.conftest import World

JSON = "application/json"
HELLO = b'{"message": "Hello"}'
DEEP = b'{"message": ' + b"[" * 5000 + b"]" * 5000 + b"}"


BODIES = [
    HELLO,
    b'{"message": "Hello", "unknown": 1}',
    b'{"message": "one", "message": "two"}',
    b'{"message": "caf\\u00e9"}',
    b'{"message": "\\ud83d"}',
    b'{"message": "\\u0000"}',
    b'{"message": NaN}',
    b'{"message": ""}',
    b'{"message": "Hello", "level": "Z9"}',
    b'{"message": "Hello", "session_id": "conv_unknown"}',
    b'{"message": "Hello", "session_id": null}',
    b'{"message": 5}',
    b'{"message": null}',
    b"{}",
    b"null",
    b"[]",
    b'"text"',
    b"",
    b"{",
    b"\xff\xfe",
    '{"message": "Hello"}'.encode("utf-16"),
    DEEP,
]


@pytest.mark.parametrize("content_type", [JSON, "application/json; charset=utf-8", "APPLICATION/JSON", "text/plain", ""])
def test_a_stream_takes_and_refuses_what_a_message_does_and_says_the_same(world: World, content_type: str) -> None:
    known = world.bearer(world.register()["token"])
    for person in (world.bearer("no-token"), known):
        for body in BODIES:
            headers = person | ({"Content-Type": content_type} if content_type else {})
            whole, stream = (world.client.post(path, content=body, headers=headers) for path in ("/api/chat", "/api/chat/stream"))
            assert stream.status_code == whole.status_code, body
            if whole.status_code == 200:
                assert asked(world, stream, known) == json.loads(body)["message"]
            else:
                assert stream.json() == whole.json()


def asked(world: World, stream: httpx2.Response, headers: dict[str, str]) -> str:
    """Return what was stored as the question that the stream answers."""
    messages = world.client.get(f"/api/v1/chat/chats/{stream.headers['x-session-id']}/", headers=headers).json()["messages"]
    return str(messages[0]["content"])


class Body(BaseModel):
    text: str


class Other(BaseModel):
    number: int


async def needs_a_parameter(word: str) -> str:
    return word


async def without_body() -> Response:
    return Response()


async def with_a_query(body: Body, word: Annotated[str, Query()]) -> Response:
    return Response(body.text + word)


async def with_a_dependency(body: Body, word: Annotated[str, Depends(needs_a_parameter)]) -> Response:
    return Response(body.text + word)


@pytest.mark.parametrize("endpoint", [without_body, with_a_query, with_a_dependency])
def test_a_route_that_asks_for_more_than_a_plain_request_has_cannot_be_made(endpoint: object) -> None:
    app = FastAPI()
    app.router.route_class = PlainRoute
    with pytest.raises(TypeError):
        app.post("/")(endpoint)  # type: ignore[type-var]
