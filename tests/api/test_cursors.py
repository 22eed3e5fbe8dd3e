"""Lists by cursor: the word that one page gives opens the next, and nothing else does."""

import base64

import pytest

from tests.api.conftest import World

LISTS = ("/api/v1/chat/search", "/api/v1/chat/sessions", "/api/v1/exams")


@pytest.fixture
def headers(world: World) -> dict[str, str]:
    return world.bearer(world.register()["token"])


def made_up(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_these_are_all_lists_that_take_a_cursor(world: World) -> None:
    paths = world.client.get("/openapi.json").json()["paths"]
    said = "`next` of the page before"
    found = [
        path for path, verbs in paths.items() if any(one.get("description") == said for one in verbs.get("get", {}).get("parameters", []))
    ]
    assert sorted(found) == sorted(LISTS)


@pytest.mark.parametrize(
    "cursor",
    [
        made_up("0001-01-01T00:00:00+00:00|x"),
        made_up("0001-01-01T00:00:00+14:00|x"),
        made_up("0001-01-01T00:00:00+23:59|x"),
        made_up("9999-12-31T23:59:59-23:59|x"),
        made_up("2026-01-01T00:00:00|x"),
        made_up("2026-01-01T00:00:00+00:00|"),
        made_up("2026-01-01T00:00:00+00:00"),
        made_up("|x"),
        "%",
        "é",
        "_w",
    ],
)
def test_a_cursor_that_somebody_made_up_is_refused(world: World, headers: dict[str, str], cursor: str) -> None:
    for path in LISTS:
        answer = world.client.get(path, params={"q": "a", "after": cursor}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_CHOICE"), path
        assert answer.json()["details"][0]["field"] == "after"


def test_the_next_page_begins_where_the_one_before_ended(world: World, headers: dict[str, str]) -> None:
    for word in ("apple one", "apple two", "apple three"):
        world.client.post("/api/chat", json={"message": word}, headers=headers)
        world.client.post("/api/v1/exams", json={"format_id": "quick-check", "level": "B1"}, headers=headers)
        world.clock.advance(seconds=1)
    for path in LISTS:
        whole = world.client.get(path, params={"q": "apple"}, headers=headers).json()
        first = world.client.get(path, params={"q": "apple", "limit": 2}, headers=headers).json()
        rest = world.client.get(path, params={"q": "apple", "limit": 2, "after": first["next"]}, headers=headers).json()
        assert first["items"] + rest["items"] == whole["items"], path
        assert len(rest["items"]) == 1
        assert rest["next"] is None
