"""`auth.ports.SessionStore`, on every backend."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest

from mail.models import LetterState
from tests.contract.bundle import Stores
from tests.contract.make import event, later, letter, session
from tests.factories import NOW


def rotate(stores: Stores, old: str, new: str, *, name: str = "s1", at: datetime = NOW) -> bool:
    return stores.sessions.rotate(f"ses_{name}", expected_hash=old, new_hash=new, at=at, idle_expires_at=later(days=8))


def test_a_session_comes_back_as_it_was_stored(stores: Stores) -> None:
    stored = session(
        previous_refresh_hash="before", rotated_at=later(seconds=1), revoked_at=later(hours=1), revoked_reason="logout", device_hash="d"
    )
    stores.sessions.add(stored, letters=[letter()], events=[event()])
    assert stores.sessions.get("ses_s1") == stored
    assert stores.sessions.by_cookie("cookie-s1") == stored
    assert stores.outbox.counts()[LetterState.WAITING] == 1
    assert stores.audit.of_user("usr_ada", before=None, limit=5) == [event()]


def test_an_unknown_session_is_none(stores: Stores) -> None:
    stores.sessions.add(session(cookie_hash="", refresh_hash=""))
    assert stores.sessions.get("ses_x") is None
    assert stores.sessions.by_cookie("cookie-x") is None
    assert stores.sessions.by_refresh("refresh-x") is None


def test_empty_digests_find_nobody(stores: Stores) -> None:
    stores.sessions.add(session("a", cookie_hash="", refresh_hash=""))
    stores.sessions.add(session("b", cookie_hash="", refresh_hash=""))
    assert stores.sessions.by_cookie("") is None
    assert stores.sessions.by_refresh("") is None


def test_a_refresh_token_is_known_with_its_age(stores: Stores) -> None:
    stores.sessions.add(session())
    assert rotate(stores, "refresh-s1", "r2")
    assert rotate(stores, "r2", "r3", at=later(minutes=1))
    assert rotate(stores, "r3", "r4", at=later(minutes=2))
    ages = {}
    for digest in ("refresh-s1", "r2", "r3", "r4"):
        match = stores.sessions.by_refresh(digest)
        assert match is not None
        ages[digest] = match.age
        assert match.session == stores.sessions.get("ses_s1")
    assert ages == {"refresh-s1": 2, "r2": 2, "r3": 1, "r4": 0}


def test_rotating_moves_the_digests_and_the_idle_expiry(stores: Stores) -> None:
    stores.sessions.add(session())
    assert rotate(stores, "refresh-s1", "r2", at=later(hours=1))
    stored = stores.sessions.get("ses_s1")
    assert stored is not None
    assert (stored.refresh_hash, stored.previous_refresh_hash, stored.rotated_at) == ("r2", "refresh-s1", later(hours=1))
    assert stored.idle_expires_at == later(days=8)


def test_rotating_with_a_stale_digest_changes_nothing(stores: Stores) -> None:
    stores.sessions.add(session())
    assert rotate(stores, "refresh-s1", "r2")
    before = stores.sessions.get("ses_s1")
    assert not rotate(stores, "refresh-s1", "evil")
    assert not rotate(stores, "never", "evil")
    assert not rotate(stores, "r2", "evil", name="unknown")
    assert stores.sessions.get("ses_s1") == before
    assert stores.sessions.by_refresh("evil") is None


def test_a_revoked_session_rotates_no_more(stores: Stores) -> None:
    stores.sessions.add(session())
    assert stores.sessions.revoke("ses_s1", at=NOW, reason="logout")
    assert not rotate(stores, "refresh-s1", "r2")
    assert stores.sessions.by_refresh("r2") is None


def test_of_parallel_rotations_of_one_token_exactly_one_wins(stores: Stores) -> None:
    stores.sessions.add(session())
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda number: rotate(stores, "refresh-s1", f"new-{number}"), range(8)))
    assert outcomes.count(True) == 1
    stored = stores.sessions.get("ses_s1")
    assert stored is not None
    assert stored.refresh_hash == f"new-{outcomes.index(True)}"


def test_a_new_cookie_kills_the_old_one(stores: Stores) -> None:
    stores.sessions.add(session())
    assert stores.sessions.set_cookie("ses_s1", "fresh")
    assert stores.sessions.by_cookie("cookie-s1") is None
    found = stores.sessions.by_cookie("fresh")
    assert found is not None
    assert found.id == "ses_s1"


def test_a_revoked_or_unknown_session_gets_no_cookie(stores: Stores) -> None:
    stores.sessions.add(session())
    stores.sessions.revoke("ses_s1", at=NOW, reason="logout")
    assert not stores.sessions.set_cookie("ses_s1", "fresh")
    assert not stores.sessions.set_cookie("ses_x", "fresh")
    assert stores.sessions.by_cookie("fresh") is None


def test_proving_oneself_again_is_recorded(stores: Stores) -> None:
    stores.sessions.add(session())
    stores.sessions.set_authenticated("ses_s1", later(hours=1))
    stored = stores.sessions.get("ses_s1")
    assert stored is not None
    assert stored.authenticated_at == later(hours=1)


def test_use_moves_times_forward_only(stores: Stores) -> None:
    stores.sessions.add(session())
    stores.sessions.touch("ses_s1", at=later(hours=2), idle_expires_at=later(days=9), ip="198.51.100.7")
    stores.sessions.touch("ses_s1", at=later(hours=1), idle_expires_at=later(days=8), ip="198.51.100.8")
    stored = stores.sessions.get("ses_s1")
    assert stored is not None
    assert (stored.last_seen_at, stored.idle_expires_at) == (later(hours=2), later(days=9))


def test_use_of_a_revoked_session_is_not_recorded(stores: Stores) -> None:
    stores.sessions.add(session())
    stores.sessions.revoke("ses_s1", at=NOW, reason="logout")
    before = stores.sessions.get("ses_s1")
    stores.sessions.touch("ses_s1", at=later(hours=2), idle_expires_at=later(days=9), ip="198.51.100.7")
    assert stores.sessions.get("ses_s1") == before


def test_of_parallel_logouts_exactly_one_ends_the_session(stores: Stores) -> None:
    stores.sessions.add(session())
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda n: stores.sessions.revoke("ses_s1", at=later(seconds=n), reason=f"r{n}"), range(8)))
    assert outcomes.count(True) == 1
    stored = stores.sessions.get("ses_s1")
    assert stored is not None
    assert stored.revoked_reason == f"r{outcomes.index(True)}"


@pytest.mark.parametrize("field", ["idle_expires_at", "expires_at"])
def test_an_expired_session_is_not_ended_again_and_cannot_be_revived(stores: Stores, field: str) -> None:
    soon: Any = {field: later(hours=1)}
    stores.sessions.add(session(**soon))
    assert not stores.sessions.revoke("ses_s1", at=later(hours=1), reason="logout")
    stores.sessions.touch("ses_s1", at=later(hours=1), idle_expires_at=later(days=9), ip="")
    assert stores.sessions.alive("usr_ada", now=later(hours=1)) == []


def test_ending_all_sessions_of_a_person_spares_one_and_everybody_else(stores: Stores) -> None:
    for name in "abc":
        stores.sessions.add(session(name))
    stores.sessions.add(session("expired", idle_expires_at=NOW))
    stores.sessions.add(session("bob", user_id="usr_bob"))
    assert stores.sessions.revoke_all("usr_ada", at=NOW, reason="password", keep="ses_b") == 2
    assert [found.id for found in stores.sessions.alive("usr_ada", now=NOW)] == ["ses_b"]
    assert len(stores.sessions.alive("usr_bob", now=NOW)) == 1
    assert stores.sessions.revoke_all("usr_ada", at=NOW, reason="again") == 1
    ended = stores.sessions.get("ses_a")
    assert ended is not None
    assert ended.revoked_reason == "password"


def test_living_sessions_come_most_recently_seen_first(stores: Stores) -> None:
    stores.sessions.add(session("a", last_seen_at=later(minutes=1)))
    stores.sessions.add(session("b", last_seen_at=later(minutes=3)))
    stores.sessions.add(session("c", last_seen_at=later(minutes=2)))
    stores.sessions.add(session("idle", idle_expires_at=later(hours=1)))
    stores.sessions.add(session("old", expires_at=later(hours=1)))
    stores.sessions.add(session("revoked", revoked_at=NOW))
    assert [found.id for found in stores.sessions.alive("usr_ada", now=later(hours=1))] == ["ses_b", "ses_c", "ses_a"]


def test_everybodys_sessions_can_be_ended_at_once(stores: Stores) -> None:
    stores.sessions.add(session("a"))
    stores.sessions.add(session("b", user_id="usr_bob"))
    stores.sessions.add(session("c", revoked_at=NOW))
    assert stores.sessions.revoke_everyone(at=NOW, reason="key") == 2
    assert stores.sessions.alive("usr_bob", now=NOW) == []


def test_long_dead_sessions_are_removed_with_their_old_digests(stores: Stores) -> None:
    stores.sessions.add(session("a", idle_expires_at=later(hours=1)))
    stores.sessions.add(session("b", expires_at=later(hours=1)))
    stores.sessions.add(session("c", revoked_at=later(hours=1)))
    stores.sessions.add(session("d"))
    stores.sessions.add(session("e", revoked_at=later(hours=3)))
    rotate(stores, "refresh-a", "next-a", name="a")
    assert stores.sessions.delete_expired(before=later(hours=2)) == 2
    assert stores.sessions.get("ses_b") is None
    assert stores.sessions.get("ses_a") is not None  # rotating moved its idle expiry
    assert stores.sessions.delete_expired(before=later(days=8, hours=1)) == 3
    assert stores.sessions.by_refresh("refresh-a") is None
    assert stores.sessions.by_refresh("next-a") is None


def test_a_persons_sessions_can_be_removed(stores: Stores) -> None:
    stores.sessions.add(session("a"))
    stores.sessions.add(session("b", user_id="usr_bob"))
    rotate(stores, "refresh-a", "next-a", name="a")
    stores.sessions.delete_all_of("usr_ada")
    assert stores.sessions.get("ses_a") is None
    assert stores.sessions.by_refresh("refresh-a") is None
    assert stores.sessions.by_refresh("next-a") is None
    assert stores.sessions.get("ses_b") is not None
