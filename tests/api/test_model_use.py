"""What administrators are told about the use of models, over the real server: by day, by person, of one person; nobody else is told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from auth.flows import admin
from chat.models import Conversation, MessageDraft, MessageRole, MessageStatus, ReplyOutcome, Usage
from tests.api.conftest import PASSWORD, World

DAY = date(2026, 3, 10)
ROUTES = ("/api/v1/admin/usage", "/api/v1/admin/usage/people")


@pytest.fixture
def boss(world: World) -> dict[str, str]:
    world.register("boss@example.com", name="Grace Hopper")
    admin.promote(world.services.auth.kit, "boss@example.com")
    return world.bearer(world.client.post("/login", json={"email": "boss@example.com", "password": PASSWORD}).json()["token"])


def answered(world: World, user_id: str, day: date, *, tokens: int, tag: str, cost: int = 0) -> None:
    """Store an answer that took so many tokens, as the writer does."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    store = world.services.chat._store
    made = Conversation(id=f"conv_{tag}", user_id=user_id, created_at=at, updated_at=at)
    draft = MessageDraft(id=f"msg_{tag}", role=MessageRole.ASSISTANT, content="", status=MessageStatus.STREAMING, created_at=at)
    store.start(made, [draft])
    usage = Usage(prompt_tokens=tokens - 1, completion_tokens=1, cost_micros=cost)
    outcome = ReplyOutcome(status=MessageStatus.COMPLETE, content="Why?", finished_at=at, usage=usage)
    assert store.finish_reply(user_id, draft.id, outcome) is not None


def use(*, tokens: int, replies: int = 1, cost: int = 0) -> dict[str, int]:
    return {
        "sends": 0,
        "replies": replies,
        "tokens": tokens,
        "prompt_tokens": tokens - replies,
        "completion_tokens": replies,
        "cost_micros": cost,
    }


def got(world: World, headers: dict[str, str], path: str, **query: Any) -> Any:
    answer = world.client.get(f"/api/v1/admin/{path}", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_tokens_and_cost_are_told_by_day_by_person_and_of_one_person(world: World, boss: dict[str, str]) -> None:
    ada, bob = world.register()["user_id"], world.register("bob@example.com")["user_id"]
    answered(world, ada, DAY, tokens=10, cost=7, tag="a")
    answered(world, bob, DAY, tokens=50, tag="b")
    answered(world, ada, DAY + timedelta(days=2), tokens=5, cost=1, tag="c")
    answered(world, ada, DAY - timedelta(days=40), tokens=1000, tag="d")
    days = {"first": "2026-03-01", "last": "2026-03-31"}
    both, once = {"day": "2026-03-10"}, {"day": "2026-03-12", **use(tokens=5, cost=1)}
    assert got(world, boss, "usage", **days) == [{**both, **use(tokens=60, replies=2, cost=7)}, once]
    assert got(world, boss, f"users/{ada}/usage", **days) == [{**both, **use(tokens=10, cost=7)}, once]
    people = [{"user_id": bob, **use(tokens=50)}, {"user_id": ada, **use(tokens=15, replies=2, cost=8)}]
    assert got(world, boss, "usage/people", **days) == people
    assert got(world, boss, "usage/people", **days, per_page=1, page=2) == people[1:]
    assert got(world, boss, "usage/people", **days, per_page=1, page=3) == []


def test_without_days_the_last_thirty_are_told_and_never_more_than_a_year(world: World, boss: dict[str, str]) -> None:
    ada, today = world.register()["user_id"], world.clock.now().date()
    for tag, back in (("a", 0), ("b", 29), ("c", 30), ("d", 365), ("e", 366)):
        answered(world, ada, today - timedelta(days=back), tokens=5, tag=tag)

    def told(**query: Any) -> list[int]:
        return [(today - date.fromisoformat(one["day"])).days for one in got(world, boss, "usage", **query)]

    assert told() == [29, 0]
    assert told(last=(today - timedelta(days=1)).isoformat()) == [30, 29]
    assert told(first="0001-01-01") == [365, 30, 29, 0]
    assert told(first="9999-12-31") == []
    assert told(last="0001-01-01") == []


def test_somebody_who_was_deleted_or_never_was_is_not_found(world: World, boss: dict[str, str]) -> None:
    answer = world.client.get("/api/v1/admin/users/usr_nobody/usage", headers=boss)
    assert answer.status_code == 404
    assert answer.json()["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    "query", ["first=0", "first=1772323200", "last=yesterday", "last=", "first=2026-02-30", "first=2026-01-01T00:00:00", "first=20260101"]
)
def test_what_is_no_day_is_a_422(world: World, boss: dict[str, str], query: str) -> None:
    for path in (*ROUTES, "/api/v1/admin/users/usr_1/usage"):
        answer = world.client.get(f"{path}?{query}", headers=boss)
        assert answer.status_code == 422, path
        assert answer.json()["code"] == "VALIDATION_ERROR"


@pytest.mark.parametrize("query", ["page=0", "page=1000001", "per_page=0", "per_page=101", "page=x"])
def test_a_page_out_of_range_is_a_422(world: World, boss: dict[str, str], query: str) -> None:
    assert world.client.get(f"/api/v1/admin/usage/people?{query}", headers=boss).status_code == 422


def test_nobody_else_is_told(world: World) -> None:
    login = world.register()
    for path in (*ROUTES, f"/api/v1/admin/users/{login['user_id']}/usage"):
        for headers, status, code in (({}, 401, "NOT_AUTHENTICATED"), (world.bearer(login["token"]), 403, "FORBIDDEN")):
            answer = world.client.get(path, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (status, code)
            assert "tokens" not in answer.text
