"""Taking everything along: one document, all of one's own, nothing of anybody else's, nothing secret."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.conftest import PASSWORD, World
from tests.unit.exam.engine.speaker import spoken

EXPORT = "/api/v1/account/export"
MEMBERS = ["format", "version", "exported_at", "profile", "preferences", "sessions", "consents", "events", "conversations", "exams"]
SECRET_COLUMNS = {
    "users": ("password_hash", "password_key_id"),
    "sessions": ("cookie_hash", "refresh_hash", "previous_refresh_hash", "device_hash"),
    "session_refresh": ("refresh_hash",),
    "tokens": ("hash",),
    "devices": ("device_hash",),
    "shares": ("token_hash",),
}


def take(world: World, headers: dict[str, str]) -> dict[str, Any]:
    answer = world.client.get(EXPORT, headers=headers)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def names_in(value: Any) -> Iterator[str]:
    """Every member's name, however deep it stands."""
    if isinstance(value, dict):
        yield from value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from names_in(part)


def lives(world: World, name: str) -> tuple[dict[str, str], dict[str, Any]]:
    """Somebody with a bit of everything, each word of it marked with their name; returns their headers and login."""
    login = world.register(f"{name}@example.com", name=name.title(), preferences={"colour": f"{name}-blue"})
    headers = world.bearer(login["token"])
    said = world.client.post("/api/chat", json={"message": f"I collect {name} umbrellas"}, headers=headers).json()
    world.client.post(f"/api/v1/chat/sessions/{said['session_id']}/shares", json={}, headers=headers).raise_for_status()
    world.client.put("/api/v1/exams/consent", json={"agreed": True}, headers=headers).raise_for_status()
    state = world.client.post("/api/v1/exams", json={"format_id": "quick-check", "level": "B1", "mode": "practice"}, headers=headers).json()
    turn = f"/api/v1/exams/{state['exam']['id']}/turns/{state['turn']['key']}"
    world.client.post(f"{turn}/begin", headers=headers).raise_for_status()
    typed = {"text": f"Every {name} morning I walk to the harbour.", "hand_in_anyway": True}
    world.client.post(f"{turn}/answer", json=typed, headers=headers).raise_for_status()
    return headers, login


def test_one_document_holds_the_whole_account(world: World) -> None:
    headers, login = lives(world, "ada")
    world.client.post("/login", json={"email": "ada@example.com", "password": "Wr0ng-password"})
    world.client.post("/login", json={"email": "ada@example.com", "password": PASSWORD}).raise_for_status()
    found = take(world, headers)
    assert list(found) == MEMBERS
    assert (found["profile"]["id"], found["profile"]["email"], found["profile"]["full_name"]) == (
        login["user_id"],
        "ada@example.com",
        "Ada",
    )
    assert found["preferences"] == {"colour": "ada-blue"}
    assert found["consents"]["recording"]["agreed_at"]
    assert [session["is_current"] for session in found["sessions"]].count(True) == 1
    assert len(found["sessions"]) == 2
    names = [event["name"] for event in found["events"]]
    assert {"account:register:success", "account:login:success", "account:login:failure"} <= set(names)
    (conversation,) = found["conversations"]
    assert "I collect ada umbrellas" in [message["content"] for message in conversation["messages"]]
    (exam,) = found["exams"]
    assert [answer["text"] for answer in exam["answers"]] == ["Every ada morning I walk to the harbour."]


def test_what_can_still_be_restored_is_in_it_too(world: World) -> None:
    headers, _ = lives(world, "ada")
    (conversation,) = take(world, headers)["conversations"]
    world.client.delete(f"/api/v1/chat/sessions/{conversation['session_id']}", headers=headers).raise_for_status()
    (deleted,) = take(world, headers)["conversations"]
    assert deleted["session_id"] == conversation["session_id"]
    assert deleted["deleted_at"]


def test_it_is_a_file_that_nobody_keeps_on_the_way(world: World) -> None:
    headers, _ = lives(world, "ada")
    answer = world.client.get(EXPORT, headers=headers)
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["content-disposition"] == 'attachment; filename="viva-account.json"'
    assert "no-store" in answer.headers["cache-control"]
    assert "content-length" not in answer.headers, "it is sent piece by piece, however long the history"


def test_nothing_of_anybody_else_is_in_it(world: World) -> None:
    """ASVS 8.2.2."""
    ada, _ = lives(world, "wilhelmina")  # long names: short ones turn up in random ids by chance
    bob, login = lives(world, "bartholomew")
    boss = world.register("headmistress@example.com", name="Headmistress")
    world.services.auth.promote_to_admin("headmistress@example.com")
    world.client.post(f"/api/v1/admin/users/{login['user_id']}/unlock", headers=world.bearer(boss["token"])).raise_for_status()
    mine, theirs = world.client.get(EXPORT, headers=ada).text, world.client.get(EXPORT, headers=bob).text
    assert "wilhelmina" in mine.lower()
    assert "bartholomew" not in mine.lower()
    assert "wilhelmina" not in theirs.lower()
    for text in (mine, theirs):
        assert boss["user_id"] not in text
        assert "headmistress" not in text.lower()
    unlocked = next(event for event in json.loads(theirs)["events"] if event["name"] == "admin:user:unlocked")
    assert (unlocked["by"], unlocked["ip"], unlocked["user_agent"]) == ("an administrator", "", "")


def test_no_hash_and_no_token_is_in_it(world: World) -> None:
    """ASVS 14.2.6: nothing that a database keeps as a digest, and no token that a person was ever given."""
    headers, login = lives(world, "ada")
    world.services.auth.redeem_handoff(world.services.auth.start_handoff(world.services.auth.authenticate(login["token"]).session.id))
    world.client.post("/api/v1/auth/password/forgot", json={"email": "ada@example.com"})
    answer = world.client.get(EXPORT, headers=headers)
    text = answer.text
    secrets = {login["token"], login["refresh_token"], world.token_in("password_reset"), PASSWORD}
    with sqlite3.connect(world.services.settings.data_dir / "viva.db") as database:
        for table, columns in SECRET_COLUMNS.items():
            rows = database.execute(f"select {', '.join(columns)} from {table}").fetchall()
            assert rows, table
            secrets |= {value for row in rows for value in row if value}
    assert len(secrets) > len(SECRET_COLUMNS)
    assert [secret for secret in secrets if str(secret) in text] == []
    assert [word for word in ("$2b$", "refresh_token", "access_token") if word in text] == []
    assert [name for name in names_in(answer.json()) if "hash" in name or "pepper" in name] == []


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nonsense"}])
def test_a_stranger_gets_none_of_it(world: World, headers: dict[str, str]) -> None:
    lives(world, "ada")
    assert world.client.get(EXPORT, headers=headers).status_code == 401


def test_a_long_trail_is_in_it_whole_and_in_order(world: World) -> None:
    headers, login = lives(world, "ada")
    kit = world.services.auth.kit
    for number in range(450):  # more than two pages, many of them of one instant
        if number % 150 == 0:
            world.clock.advance(seconds=1)
        world.services.auth.update_profile(world.services.auth.authenticate(login["token"]), {"full_name": f"Ada {'A' * (number % 2 + 1)}"})
    stored = {event.id for event in kit.stores.audit.of_user(login["user_id"], before=None, limit=10_000)}
    found = take(world, headers)["events"]
    assert len(found) == len(stored) > 450
    assert {event["id"] for event in found} == stored
    assert [event["at"] for event in found] == sorted((event["at"] for event in found), reverse=True)


def test_a_recording_is_named_and_not_included(world: World) -> None:
    headers, _ = lives(world, "ada")
    world.clock.advance(seconds=1)  # of two exams of one moment either may be the newest
    state = world.client.post("/api/v1/exams", json={"format_id": "quick-check", "level": "B1", "mode": "practice"}, headers=headers).json()
    turn = f"/api/v1/exams/{state['exam']['id']}/turns/{state['turn']['key']}"
    world.client.post(f"{turn}/begin", headers=headers).raise_for_status()
    files = {"recording": ("answer.wav", spoken(), "audio/wav")}
    world.client.post(f"{turn}/answer", files=files, data={"hand_in_anyway": "true"}, headers=headers).raise_for_status()
    newest = take(world, headers)["exams"][0]
    assert newest["answers"][0]["recording_id"]
    assert len(json.dumps(newest)) < len(spoken()) / 20
