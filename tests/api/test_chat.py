"""Chat in both dialects, streams and history, over a real server with the offline examiner."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.api.conftest import World


@pytest.fixture
def headers(world: World) -> dict[str, str]:
    return world.bearer(world.register()["token"])


@pytest.fixture
def stranger(world: World) -> dict[str, str]:
    return world.bearer(world.register("eve@example.com")["token"])


def say(world: World, headers: dict[str, str], message: str, session_id: str | None = None) -> dict[str, Any]:
    answer = world.client.post("/api/chat", json={"message": message, "session_id": session_id}, headers=headers)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def frames(text: str) -> list[dict[str, Any]]:
    return [json.loads(line.removeprefix("data: ")) for line in text.splitlines() if line.startswith("data: ")]


def test_a_message_is_answered_in_the_shape_of_both_documents(world: World, headers: dict[str, str]) -> None:
    answer = say(world, headers, "Hello, how are you?")
    assert set(answer) >= {"message_id", "session_id", "reply", "message", "model", "usage", "created_at"}
    assert answer["reply"] == answer["message"] != ""
    assert "tokens" in answer["usage"]
    again = say(world, headers, "I live in a small town.", answer["session_id"])
    assert again["session_id"] == answer["session_id"]


def test_a_conversation_begun_in_one_dialect_is_visible_in_the_other(world: World, headers: dict[str, str]) -> None:
    begun = world.client.post("/api/v1/chat/", json={"message": "Hello there"}, headers=headers).json()
    say(world, headers, "I work in a bank.", begun["session_id"])
    (item,) = world.client.get("/api/history", headers=headers).json()["items"]
    assert item["session_id"] == begun["session_id"]
    (listed,) = world.client.get("/api/v1/chat/chats-history/", headers=headers).json()
    assert set(listed) >= {"session_id", "created_at", "updated_at"}
    whole = world.client.get(f"/api/v1/chat/chats/{begun['session_id']}/", headers=headers).json()
    assert [message["role"] for message in whole["messages"]] == ["user", "assistant", "user", "assistant"]
    assert whole["messages"][2]["content"] == "I work in a bank."
    assert world.client.get(f"/api/v1/chat/chats/{begun['session_id']}", headers=headers).json() == whole


def test_the_deltas_of_a_stream_join_to_the_stored_reply(world: World, headers: dict[str, str]) -> None:
    answer = world.client.post("/api/chat/stream", json={"message": "Tell me about yourself"}, headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = frames(answer.text)
    assert {event["type"] for event in events[:-1]} == {"delta"}
    assert events[-1]["type"] == "done"
    assert (answer.headers["x-session-id"], answer.headers["x-message-id"]) == (events[-1]["session_id"], events[-1]["message_id"])
    joined = "".join(event["delta"] for event in events if event["type"] == "delta")
    assert joined == events[-1]["reply"]
    session = events[-1]["session_id"]
    stored = world.client.get(f"/api/v1/chat/chats/{session}/", headers=headers).json()["messages"]
    assert stored[-1]["content"] == joined


def test_a_stream_goes_on_behind_the_last_event_that_arrived(world: World, headers: dict[str, str]) -> None:
    text = world.client.post("/api/chat/stream", json={"message": "Tell me about yourself"}, headers=headers).text
    ids = [line.removeprefix("id: ") for line in text.splitlines() if line.startswith("id: ")]
    middle = ids[len(ids) // 2]
    position = int(middle.rpartition(":")[2])
    whole = frames(text)[-1]["reply"]
    for method, path in (("POST", "/api/chat/stream"), ("GET", f"/api/chat/stream/{middle.rpartition(':')[0]}")):
        body = {"message": "ignored"} if method == "POST" else None
        rest = world.client.request(method, path, headers=headers | {"Last-Event-ID": middle}, json=body)
        assert "".join(event["delta"] for event in frames(rest.text) if event["type"] == "delta") == whole[position:]
    assert world.client.get("/api/history", headers=headers).json()["total"] == 1


def test_a_client_that_leaves_in_the_middle_does_not_lose_the_answer(world: World, headers: dict[str, str]) -> None:
    with world.client.stream("POST", "/api/chat/stream", json={"message": "Tell me about yourself"}, headers=headers) as answer:
        assert any(line.startswith("id:") for line in answer.iter_lines())
    person = world.client.get("/profile", headers=headers).json()["id"]
    done = world.services.chat.finished(person, answer.headers["x-message-id"], timeout=20)
    assert done.status.value == "complete"


def test_a_socket_answers_with_the_same_events(world: World, headers: dict[str, str]) -> None:
    token = headers["Authorization"].removeprefix("Bearer ")
    address = world.url.replace("http", "ws") + "/api/chat/ws"
    for uri, sent in ((f"{address}?token={token}", {}), (address, headers)):
        with connect(uri, additional_headers=sent, proxy=None) as socket:
            socket.send(json.dumps({"message": "Tell me a short story", "session_id": None}))
            events = [json.loads(socket.recv(timeout=20))]
            while events[-1]["type"] not in {"done", "error"}:
                events.append(json.loads(socket.recv(timeout=20)))
        assert events[-1]["type"] == "done"
        assert "".join(event["delta"] for event in events if event["type"] == "delta") == events[-1]["reply"]


def test_a_socket_refuses_bad_messages_and_goes_on(world: World, headers: dict[str, str]) -> None:
    with connect(world.url.replace("http", "ws") + "/api/chat/ws", additional_headers=headers, proxy=None) as socket:
        for bad in (
            "{",
            b"\xff",
            b'{"message": "hi"}',
            "[]",
            '{"message": ""}',
            '{"message": 5}',
            '{"message": "hi", "session_id": "conv_unknown"}',
        ):
            socket.send(bad)
            assert json.loads(socket.recv(timeout=20))["type"] == "error"
        socket.send('{"message": "Hello"}')
        assert json.loads(socket.recv(timeout=20))["type"] == "delta"


def test_a_socket_needs_a_living_session_for_every_message(world: World, headers: dict[str, str]) -> None:
    address = world.url.replace("http", "ws") + "/api/chat/ws"
    with pytest.raises(InvalidStatus):
        connect(address, proxy=None)
    with pytest.raises(InvalidStatus):
        connect(address, additional_headers=headers, origin=Origin("https://evil.example"), proxy=None)
    with connect(address, additional_headers=headers, proxy=None) as socket:
        world.client.post("/logout", headers=headers)
        socket.send('{"message": "Hello"}')
        assert json.loads(socket.recv(timeout=20))["code"] == "NOT_AUTHENTICATED"
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=20)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"message": ""},
        {"message": "   \n "},
        {"message": "x" * 8001},
        {"message": "null\x00byte"},
        {"message": ["hi"]},
        {"message": {"$gt": ""}},
        {"message": "hi", "session_id": 5},
        {"message": "hi", "level": "Z9"},
    ],
)
def test_a_bad_message_is_a_422_and_stores_nothing(world: World, headers: dict[str, str], body: dict[str, Any]) -> None:
    for path in ("/api/chat", "/api/chat/stream", "/api/v1/chat/"):
        answer = world.client.post(path, json=body, headers=headers)
        assert answer.status_code == 422, answer.text
        assert answer.json()["status"] == "error"
    assert world.client.get("/api/history", headers=headers).json()["total"] == 0


def test_a_megabyte_is_refused(world: World, headers: dict[str, str]) -> None:
    assert world.client.post("/api/chat", json={"message": "x" * 1_000_000}, headers=headers).status_code == 413


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=1e9", "page=1000001", "page=x", "per_page=0", "per_page=101", "page=", "page=1_0", "page=%201"]
)
def test_a_page_out_of_range_is_a_422(world: World, headers: dict[str, str], query: str) -> None:
    answer = world.client.get(f"/api/history?{query}", headers=headers)
    assert answer.status_code == 422
    assert answer.json()["code"] == "VALIDATION_ERROR"


def test_history_is_paged_and_counted(world: World, headers: dict[str, str]) -> None:
    ids = [say(world, headers, f"Hello number {number}")["session_id"] for number in range(3)]
    first = world.client.get("/api/history?page=1&per_page=2", headers=headers).json()
    second = world.client.get("/api/history?page=2&per_page=2", headers=headers).json()
    assert {item["session_id"] for item in first["items"] + second["items"]} == set(ids)
    assert (first["page"], first["per_page"], first["total"]) == (1, 2, 3)


def test_nothing_of_one_person_can_be_reached_by_another(world: World, headers: dict[str, str], stranger: dict[str, str]) -> None:
    mine = say(world, headers, "My secret is a pineapple")
    session, message = mine["session_id"], mine["message_id"]
    assert world.client.post("/api/chat", json={"message": "hi", "session_id": session}, headers=stranger).status_code == 404
    for method, path in (
        ("GET", f"/api/v1/chat/chats/{session}/"),
        ("DELETE", f"/api/v1/chat/sessions/{session}"),
        ("GET", f"/api/v1/chat/sessions/{session}/export"),
        ("GET", f"/api/v1/chat/sessions/{session}/shares"),
        ("GET", f"/api/chat/stream/{message}"),
        ("POST", f"/api/v1/chat/messages/{message}/regenerate"),
        ("POST", f"/api/v1/chat/messages/{message}/stop"),
    ):
        assert world.client.request(method, path, headers=stranger).status_code == 404, path
    assert world.client.patch(f"/api/v1/chat/sessions/{session}", json={"title": "x"}, headers=stranger).status_code == 404
    assert world.client.put(f"/api/v1/chat/messages/{mine['user_message_id']}", json={"message": "x"}, headers=stranger).status_code == 404
    assert world.client.post("/api/v1/chat/delete", json={"session_ids": [session]}, headers=stranger).json() == {"session_ids": []}
    assert world.client.get("/api/v1/chat/search?q=pineapple", headers=stranger).json()["items"] == []
    assert world.client.get(f"/api/v1/chat/chats/{session}/", headers=headers).status_code == 200


def test_chat_needs_a_token(world: World) -> None:
    for path in ("/api/history", "/api/v1/chat/chats-history/", "/api/v1/chat/search?q=a", "/api/v1/chat/export"):
        assert world.client.get(path).status_code == 401
    assert world.client.post("/api/chat", json={"message": "hi"}).status_code == 401


def test_the_same_key_stores_a_message_once(world: World, headers: dict[str, str]) -> None:
    keyed = headers | {"Idempotency-Key": "key-1"}
    first = world.client.post("/api/chat", json={"message": "Hello"}, headers=keyed).json()
    second = world.client.post("/api/chat", json={"message": "Hello"}, headers=keyed).json()
    assert first["message_id"] == second["message_id"]
    other = world.client.post("/api/chat", json={"message": "Something else"}, headers=keyed)
    assert other.status_code == 409
    assert world.client.get("/api/history", headers=headers).json()["total"] == 1


def test_fifty_messages_at_once_into_one_conversation_are_all_there_in_one_order(world: World, headers: dict[str, str]) -> None:
    session = say(world, headers, "Hello")["session_id"]
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda number: say(world, headers, f"Sentence number {number}", session), range(50)))
    assert len({answer["message_id"] for answer in answers}) == 50
    one = world.client.get(f"/api/v1/chat/chats/{session}/", headers=headers).json()["messages"]
    exported = world.client.get(f"/api/v1/chat/sessions/{session}/export?format=json", headers=headers).json()
    two = exported["conversations"][0]["messages"]
    link = world.client.post(f"/api/v1/chat/sessions/{session}/shares", json={}, headers=headers).json()["url"].partition("link=")[2]
    three = world.client.get(f"/api/v1/chat/shared/{link}").json()["messages"]
    order = [(message["role"], message["content"]) for message in one]
    assert (
        order == [(message["role"], message["content"]) for message in two] == [(message["role"], message["content"]) for message in three]
    )
    assert [message["seq"] for message in two] == list(range(1, 103))
    assert all(reply["reply_to"] == mine["message_id"] for mine, reply in zip(two[::2], two[1::2], strict=True))
    assert {message["content"] for message in one if message["role"] == "user"} >= {f"Sentence number {number}" for number in range(50)}


def test_rename_star_delete_and_restore(world: World, headers: dict[str, str]) -> None:
    session = say(world, headers, "I like walking in the mountains")["session_id"]
    path = f"/api/v1/chat/sessions/{session}"
    assert world.client.patch(path, json={"title": "Mountains", "starred": True}, headers=headers).json()["title"] == "Mountains"
    assert world.client.get("/api/v1/chat/sessions?starred=true", headers=headers).json()["items"][0]["session_id"] == session
    world.client.delete(path, headers=headers).raise_for_status()
    assert world.client.get("/api/history", headers=headers).json()["total"] == 0
    assert world.client.get(f"/api/v1/chat/chats/{session}/", headers=headers).status_code == 404
    assert world.client.post("/api/v1/chat/restore", json={"session_ids": [session]}, headers=headers).json()["session_ids"] == [session]
    assert world.client.get("/api/history", headers=headers).json()["total"] == 1


def test_an_answer_out_of_a_deleted_conversation_is_not_found_by_any_way_until_it_is_restored(
    world: World, headers: dict[str, str]
) -> None:
    keyed = headers | {"Idempotency-Key": "key-1"}
    answer = world.client.post("/api/chat", json={"message": "My pineapple is ripe"}, headers=keyed).json()
    session, message = answer["session_id"], answer["message_id"]
    world.client.delete(f"/api/v1/chat/sessions/{session}", headers=headers).raise_for_status()
    resumed = headers | {"Last-Event-ID": f"{message}:0"}
    for response in (
        world.client.get(f"/api/chat/stream/{message}", headers=headers),
        world.client.post("/api/chat/stream", json={"message": "My pineapple is ripe"}, headers=resumed),
        world.client.post("/api/chat", json={"message": "My pineapple is ripe"}, headers=keyed),
        world.client.post("/api/chat/stream", json={"message": "My pineapple is ripe"}, headers=keyed),
        world.client.post(f"/api/v1/chat/messages/{message}/regenerate", headers=headers),
        world.client.post(f"/api/v1/chat/messages/{message}/stop", headers=headers),
        world.client.put(f"/api/v1/chat/messages/{answer['user_message_id']}", json={"message": "x"}, headers=headers),
    ):
        assert response.status_code == 404, response.request.url
        assert answer["reply"] not in response.text
    world.client.post("/api/v1/chat/restore", json={"session_ids": [session]}, headers=headers).raise_for_status()
    assert frames(world.client.get(f"/api/chat/stream/{message}", headers=headers).text)[-1]["reply"] == answer["reply"]


def test_only_answers_can_be_followed(world: World, headers: dict[str, str]) -> None:
    mine = say(world, headers, "My pineapple is ripe")["user_message_id"]
    for response in (
        world.client.get(f"/api/chat/stream/{mine}", headers=headers),
        world.client.post("/api/chat/stream", json={"message": "Hello"}, headers=headers | {"Last-Event-ID": f"{mine}:0"}),
    ):
        assert response.status_code == 404
        assert "pineapple" not in response.text


def test_search_finds_words_and_shows_where(world: World, headers: dict[str, str]) -> None:
    session = say(world, headers, "Yesterday I saw a kingfisher by the river")["session_id"]
    (hit,) = [
        item for item in world.client.get("/api/v1/chat/search?q=KINGfish", headers=headers).json()["items"] if item["role"] == "user"
    ]
    assert hit["session_id"] == session
    start, end = hit["hits"][0]
    assert hit["snippet"][start:end].lower() == "kingfisher"
    assert world.client.get("/api/v1/chat/search?q=albatross", headers=headers).json()["items"] == []


def test_a_shared_link_shows_the_words_and_nothing_about_the_person(world: World, headers: dict[str, str]) -> None:
    session = say(world, headers, "I like the sea")["session_id"]
    made = world.client.post(f"/api/v1/chat/sessions/{session}/shares", json={"days": 1}, headers=headers).json()
    path = "/api/v1/chat/shared/" + made["url"].rpartition("=")[2]
    seen = world.client.get(path)
    assert seen.json()["messages"][0]["content"] == "I like the sea"
    for private in ("ada@example.com", "ada lovelace", "lovelace"):
        assert private not in seen.text.lower()
    world.clock.advance(days=1)
    assert world.client.get(path).status_code == 404


def test_a_revoked_link_is_dead_at_once(world: World, headers: dict[str, str]) -> None:
    session = say(world, headers, "I like the sea")["session_id"]
    made = world.client.post(f"/api/v1/chat/sessions/{session}/shares", json={}, headers=headers).json()
    world.client.delete(f"/api/v1/chat/shares/{made['id']}", headers=headers).raise_for_status()
    assert world.client.get("/api/v1/chat/shared/" + made["url"].rpartition("=")[2]).status_code == 404


def test_an_export_holds_every_word(world: World, headers: dict[str, str]) -> None:
    answer = say(world, headers, "I like the sea")
    markdown = world.client.get(f"/api/v1/chat/sessions/{answer['session_id']}/export", headers=headers)
    assert "I like the sea" in markdown.text
    whole = world.client.get("/api/v1/chat/export?format=json", headers=headers).json()
    assert answer["reply"] in {message["content"] for message in whole["conversations"][0]["messages"]}


def test_regenerate_keeps_both_answers_and_edit_replaces(world: World, headers: dict[str, str]) -> None:
    answer = say(world, headers, "I like the sea and I swim every day")
    again = world.client.post(f"/api/v1/chat/messages/{answer['message_id']}/regenerate", headers=headers).json()
    assert again["message_id"] != answer["message_id"]
    edited = world.client.put(f"/api/v1/chat/messages/{answer['user_message_id']}", json={"message": "I like the hills"}, headers=headers)
    assert edited.status_code == 200, edited.text
    whole = world.client.get(f"/api/v1/chat/chats/{answer['session_id']}/", headers=headers).json()["messages"]
    assert [message["content"] for message in whole if message["role"] == "user"] == ["I like the hills"]


def test_the_same_key_answers_again_once(world: World, headers: dict[str, str]) -> None:
    answer = say(world, headers, "I like the sea and I swim every day")
    path, keyed = f"/api/v1/chat/messages/{answer['message_id']}/regenerate", headers | {"Idempotency-Key": "again-1"}
    first = world.client.post(path, headers=keyed).json()
    assert world.client.post(path, headers=keyed).json() == first
    other = world.client.post(path, params={"provider": "offline"}, headers=keyed)
    assert (other.status_code, other.json()["code"]) == (409, "IDEMPOTENCY_KEY_REUSED")
    whole = world.client.get(f"/api/v1/chat/sessions/{answer['session_id']}/export?format=json", headers=headers).json()
    assert len(whole["conversations"][0]["messages"]) == 3


def test_what_is_too_late_or_too_early_to_change_is_a_conflict(world: World, headers: dict[str, str]) -> None:
    first = say(world, headers, "I work in a bank.")
    say(world, headers, "It is a small one.", first["session_id"])
    late = world.client.post(f"/api/v1/chat/messages/{first['message_id']}/regenerate", headers=headers)
    assert (late.status_code, late.json()["code"]) == (409, "NOT_THE_LAST_MESSAGE")
    changed = world.client.put(f"/api/v1/chat/messages/{first['user_message_id']}", json={"message": "No."}, headers=headers)
    assert (changed.status_code, changed.json()["code"]) == (409, "NOT_THE_LAST_MESSAGE")


@pytest.mark.parametrize("path", ["/api/chat", "/api/v1/chat/"])
def test_a_key_that_was_used_for_other_words_is_a_conflict_in_every_dialect(world: World, headers: dict[str, str], path: str) -> None:
    keyed = {**headers, "Idempotency-Key": "one"}
    assert world.client.post(path, json={"message": "I like tea."}, headers=keyed).status_code == 200
    again = world.client.post(path, json={"message": "I like coffee."}, headers=keyed)
    assert (again.status_code, again.json()["code"]) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert world.client.get("/api/history", headers=headers).json()["total"] == 1


def test_history_and_search_are_narrowed_to_days(world: World, headers: dict[str, str]) -> None:
    say(world, headers, "I once saw an albatross.")
    for path in ("/api/v1/chat/sessions?", "/api/v1/chat/search?q=albatross&"):

        def found(where: str, path: str = path) -> int:
            return len(world.client.get(path + where, headers=headers).json()["items"])

        everything = found("")
        assert everything > 0
        assert found("since=2020-01-01T00:00:00Z&until=2999-01-01T00:00:00%2B02:00") == everything
        assert found("since=2999-01-01T00:00:00Z") == found("until=2020-01-01T00:00:00Z") == 0


@pytest.mark.parametrize(
    "where",
    [
        "since=0001-01-01T00:00:00%2B23:59",
        "until=9999-12-31T23:59:00-23:59",
        "since=2026-01-01T00:00:00",
        "since=today",
        "until=0",
        "since=-1.5",
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/chat/sessions?", "/api/v1/chat/search?q=a&"])
def test_an_impossible_moment_is_refused(world: World, headers: dict[str, str], path: str, where: str) -> None:
    answer = world.client.get(path + where, headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.json()["details"][0]["field"] in {"since", "until"}


def test_no_search_engine_keeps_a_shared_conversation(world: World, headers: dict[str, str]) -> None:
    session = say(world, headers, "Between you and me.")["session_id"]
    url = world.client.post(f"/api/v1/chat/sessions/{session}/shares", json={}, headers=headers).json()["url"]
    shared = world.client.get(f"/api/v1/chat/shared/{url.partition('link=')[2]}")
    assert (shared.status_code, shared.headers["x-robots-tag"]) == (200, "noindex, nofollow")
