"""What we add to conversations: how long a deleted one is kept, and the kinds that a list can be narrowed to."""

import pytest

from tests.api.conftest import Start, World


def begun(world: World) -> tuple[str, dict[str, str]]:
    """Begin a conversation; return its id and the headers of whose it is."""
    headers = world.bearer(world.register()["token"])
    return world.client.post("/api/chat", json={"message": "I like walking."}, headers=headers).json()["session_id"], headers


@pytest.mark.parametrize(("days", "said"), [(7, "for 7 days."), (1, "for one day.")])
def test_a_deletion_promises_the_days_of_the_settings(start: Start, days: int, said: str) -> None:
    world = start(chat={"restore_days": days})
    session, headers = begun(world)
    answer = world.client.delete(f"/api/v1/chat/sessions/{session}", headers=headers).json()
    assert answer["message"] == f"The conversation is deleted. It can be restored {said}"


def test_a_list_is_narrowed_to_a_kind_that_there_is(world: World) -> None:
    session, headers = begun(world)
    for path in ("/api/v1/chat/sessions", "/api/v1/chat/search"):
        found = {
            kind: world.client.get(path, params={"q": "walking", "kind": kind}, headers=headers) for kind in ("chat", "practice", "exam")
        }
        assert [item["session_id"] for item in found["chat"].json()["items"]] == [session]
        assert found["practice"].json()["items"] == []
        assert (found["exam"].status_code, found["exam"].json()["details"][0]["field"]) == (422, "kind")
