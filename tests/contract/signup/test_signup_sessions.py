"""`signup.ports.SessionStore`, on every backend."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from signup.models import Collected, Phase, SignupSession, Step
from signup.ports import SessionStore
from tests.contract.make import later
from tests.factories import NOW

SESSION = SignupSession(
    id="sgn_1",
    step=Step.PASSWORD,
    collected=Collected(email="Ada@Example.com", username="ada", password_hash="$2b$04$x", password_key_id="k1", firstname="Ä\x00$set"),
    phase=Phase.CREATING,
    user_id="usr_1",
    created_at=NOW,
    updated_at=later(seconds=1, microseconds=1),
    expires_at=later(minutes=5),
)


def test_a_conversation_comes_back_as_it_was_stored(sessions: SessionStore) -> None:
    sessions.create(SESSION)
    assert sessions.get("sgn_1") == SESSION


@pytest.mark.parametrize("unknown", ["", "sgn_2", "*", '{"$gt": ""}', "sgn_1\x00", "é" * 200])
def test_an_unknown_conversation_is_none(sessions: SessionStore, unknown: str) -> None:
    sessions.create(SESSION)
    assert sessions.get(unknown) is None
    sessions.delete(unknown)
    assert sessions.get("sgn_1") == SESSION


def test_a_change_needs_the_version_before_it(sessions: SessionStore) -> None:
    sessions.create(SESSION)
    changed = replace(SESSION, step=Step.LASTNAME, collected=Collected(), version=2)
    assert not sessions.replace(replace(changed, version=1))
    assert not sessions.replace(replace(changed, version=3))
    assert not sessions.replace(replace(changed, id="sgn_2"))
    assert sessions.get("sgn_1") == SESSION
    assert sessions.replace(changed)
    assert sessions.get("sgn_1") == changed
    assert sessions.get("sgn_2") is None


def test_of_parallel_changes_exactly_one_wins(sessions: SessionStore) -> None:
    sessions.create(SESSION)
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda n: sessions.replace(replace(SESSION, user_id=f"usr_{n}", version=2)), range(8)))
    assert won.count(True) == 1
    stored = sessions.get("sgn_1")
    assert stored is not None
    assert stored.user_id == f"usr_{won.index(True)}"


def test_a_removed_conversation_is_gone_and_cannot_be_changed(sessions: SessionStore) -> None:
    sessions.create(SESSION)
    sessions.delete("sgn_1")
    sessions.delete("sgn_1")
    assert sessions.get("sgn_1") is None
    assert not sessions.replace(replace(SESSION, version=2))
    assert sessions.get("sgn_1") is None


def test_expired_conversations_are_removed_where_the_store_does_not_do_it_by_itself(sessions: SessionStore) -> None:
    sessions.create(SESSION)
    sessions.create(replace(SESSION, id="sgn_2", expires_at=later(minutes=9)))
    removed = sessions.delete_expired(before=later(minutes=6))
    assert removed in {0, 1}
    assert (sessions.get("sgn_1") is None) == (removed == 1)
    assert sessions.get("sgn_2") is not None


def test_the_conversation_of_a_deleted_account_goes_with_it(sessions: SessionStore) -> None:
    sessions.create(replace(SESSION, user_id="usr_ada"))
    sessions.create(replace(SESSION, id="sgn_2"))
    sessions.create(replace(SESSION, id="sgn_3", user_id="usr_bob"))
    sessions.delete_all_of("")
    sessions.delete_all_of("usr_ada")
    assert sessions.get("sgn_1") is None
    assert sessions.get("sgn_2") is not None
    assert sessions.get("sgn_3") is not None
