"""`auth.ports.TokenStore`, `DeviceStore` and `AuditStore`, on every backend."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from auth.models import Purpose
from mail.models import LetterState
from tests.contract.bundle import Stores
from tests.contract.make import device, event, later, letter, token
from tests.factories import NOW

VERIFY, RESET, INVITE = Purpose.VERIFY_EMAIL, Purpose.RESET_PASSWORD, Purpose.INVITE


def test_a_token_comes_back_as_it_was_stored(stores: Stores) -> None:
    stored = token(data={"$where": "1", "a.b": "\x00"}, used_at=later(minutes=1))
    stores.tokens.add(stored, letters=[letter()], events=[event()])
    assert stores.tokens.get(VERIFY, "hash-t1") == stored
    assert stores.outbox.counts()[LetterState.WAITING] == 1
    assert stores.audit.of_user("usr_ada", before=None, limit=5) == [event()]


def test_a_token_of_another_purpose_is_not_found(stores: Stores) -> None:
    stores.tokens.add(token())
    assert stores.tokens.get(RESET, "hash-t1") is None
    assert stores.tokens.take(RESET, "hash-t1", now=NOW) is None
    assert stores.tokens.take(VERIFY, "hash-t1", now=NOW) is not None


def test_a_token_works_once(stores: Stores) -> None:
    stores.tokens.add(token())
    assert stores.tokens.take(VERIFY, "hash-t1", now=NOW) == token(used_at=NOW)
    assert stores.tokens.take(VERIFY, "hash-t1", now=NOW) is None
    assert stores.tokens.get(VERIFY, "hash-t1") == token(used_at=NOW)


def test_an_expired_token_cannot_be_taken(stores: Stores) -> None:
    stores.tokens.add(token())
    assert stores.tokens.take(VERIFY, "hash-t1", now=later(hours=24)) is None
    assert stores.tokens.get(VERIFY, "hash-t1") == token()
    assert stores.tokens.take(VERIFY, "hash-t1", now=later(hours=23, minutes=59)) is not None


def test_of_parallel_uses_of_one_token_exactly_one_succeeds(stores: Stores) -> None:
    stores.tokens.add(token())
    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(lambda _: stores.tokens.take(VERIFY, "hash-t1", now=NOW), range(16)))
    assert sum(found is not None for found in taken) == 1


def test_voiding_ends_the_unused_tokens_of_one_person_and_purpose(stores: Stores) -> None:
    stores.tokens.add(token("a"))
    stores.tokens.add(token("b", used_at=NOW))
    stores.tokens.add(token("c", purpose=RESET))
    stores.tokens.add(token("d", user_id="usr_bob"))
    stores.tokens.void("usr_ada", VERIFY, now=later(minutes=1))
    assert stores.tokens.take(VERIFY, "hash-a", now=NOW) is None
    assert stores.tokens.get(VERIFY, "hash-b") == token("b", used_at=NOW)
    assert stores.tokens.take(RESET, "hash-c", now=NOW) is not None
    assert stores.tokens.take(VERIFY, "hash-d", now=NOW) is not None


def test_pending_tokens_are_the_usable_ones_newest_first(stores: Stores) -> None:
    invites = [token(f"i{n}", purpose=INVITE, user_id="", created_at=later(minutes=n)) for n in range(4)]
    for invite in invites:
        stores.tokens.add(invite)
    stores.tokens.add(token("used", purpose=INVITE, user_id="", used_at=NOW))
    stores.tokens.add(token("old", purpose=INVITE, user_id="", expires_at=NOW))
    stores.tokens.add(token("other"))
    assert stores.tokens.pending(INVITE, now=NOW, limit=3) == invites[:0:-1]


def test_expired_tokens_are_removed(stores: Stores) -> None:
    stores.tokens.add(token("a", expires_at=later(hours=1)))
    stores.tokens.add(token("b", expires_at=later(hours=2)))
    assert stores.tokens.delete_expired(before=later(hours=2)) == 1
    assert stores.tokens.get(VERIFY, "hash-a") is None
    assert stores.tokens.get(VERIFY, "hash-b") is not None


def test_a_persons_tokens_are_removed_and_invites_stay(stores: Stores) -> None:
    stores.tokens.add(token("a"))
    stores.tokens.add(token("i", purpose=INVITE, user_id=""))
    stores.tokens.delete_all_of("usr_ada")
    stores.tokens.delete_all_of("")
    assert stores.tokens.get(VERIFY, "hash-a") is None
    assert stores.tokens.get(INVITE, "hash-i") is not None


def test_a_device_is_added_then_moved(stores: Stores) -> None:
    stores.devices.save(device())
    stores.devices.save(device(first_seen_at=later(days=1), last_seen_at=later(days=1), user_agent="Chrome"))
    assert stores.devices.get("usr_ada", "device-d1") == device(last_seen_at=later(days=1), user_agent="Chrome")
    assert stores.devices.count("usr_ada") == 1


def test_a_device_is_known_to_its_person_only(stores: Stores) -> None:
    stores.devices.save(device())
    assert stores.devices.get("usr_bob", "device-d1") is None
    stores.devices.save(device(user_id="usr_bob"))
    assert stores.devices.count("usr_bob") == 1
    stores.devices.delete_all_of("usr_ada")
    assert stores.devices.get("usr_ada", "device-d1") is None
    assert stores.devices.get("usr_bob", "device-d1") is not None


def test_events_come_newest_first_and_page_by_time(stores: Stores) -> None:
    events = [event(f"e{n}", at=later(minutes=n)) for n in range(5)]
    stores.audit.append(events[:3])
    stores.audit.append(events[3:])
    stores.audit.append([event("bob", user_id="usr_bob")])
    assert stores.audit.of_user("usr_ada", before=None, limit=2) == [events[4], events[3]]
    assert stores.audit.of_user("usr_ada", before=later(minutes=3), limit=9) == [events[2], events[1], events[0]]


def test_events_of_one_moment_come_last_stored_first(stores: Stores) -> None:
    stores.audit.append([event("z"), event("a")])
    stores.audit.append([event("m")])
    assert [found.id for found in stores.audit.of_user("usr_ada", before=None, limit=9)] == ["evt_m", "evt_a", "evt_z"]


def test_events_of_nobody_are_kept_for_a_while_and_only_so_many(stores: Stores) -> None:
    nobodys = [event(f"n{n}", name="account:login:failure", user_id="", actor_id="", at=later(minutes=n)) for n in range(8)]
    of_one_moment = [event(f"m{n}", user_id="", actor_id="", at=later(minutes=8)) for n in range(3)]
    theirs = [event("a"), event("b", user_id="", actor_id="usr_ada"), event("c", actor_id="")]
    stores.audit.append([*theirs, *nobodys, *of_one_moment])
    assert stores.audit.trim_nobodys(before=later(minutes=-1), keep=100) == 0
    assert stores.audit.trim_nobodys(before=later(minutes=2), keep=100) == 2
    assert stores.audit.trim_nobodys(before=later(minutes=2), keep=2) == 7
    left = stores.audit.recent(name_prefix="", before=None, limit=99)
    assert {found.id for found in left} == {"evt_m1", "evt_m2", "evt_a", "evt_b", "evt_c"}
    assert stores.audit.trim_nobodys(before=later(minutes=2), keep=2) == 0
    assert stores.audit.trim_nobodys(before=later(days=1), keep=2) == 2
    assert len(stores.audit.recent(name_prefix="", before=None, limit=99)) == len(theirs)


def test_recent_events_of_everybody_are_chosen_by_the_start_of_their_name(stores: Stores) -> None:
    login = event("a", name="account:login:failure", user_id="")
    reset = event("b", name="account:reset:requested", at=later(minutes=1))
    odd = event("c", name="accountXlogin", at=later(minutes=2))
    stores.audit.append([login, reset, odd])
    assert stores.audit.recent(name_prefix="", before=None, limit=9) == [odd, reset, login]
    assert stores.audit.recent(name_prefix="account:", before=None, limit=9) == [reset, login]
    assert stores.audit.recent(name_prefix="account:login", before=None, limit=9) == [login]
    assert stores.audit.recent(name_prefix="account.", before=None, limit=9) == []
    assert stores.audit.recent(name_prefix="", before=later(minutes=1), limit=9) == [login]


def test_a_persons_events_are_removed_and_their_name_from_those_of_others(stores: Stores) -> None:
    other = event("b", user_id="usr_bob", actor_id="usr_ada", ip="192.0.2.9", user_agent="Firefox")
    stores.audit.append([event("a"), other, event("c", user_id="", actor_id="")])
    stores.audit.delete_all_of("usr_ada")
    stores.audit.delete_all_of("")
    assert stores.audit.of_user("usr_ada", before=None, limit=9) == []
    assert stores.audit.of_user("usr_bob", before=None, limit=9) == [replace(other, actor_id="", ip="", user_agent="")]
    assert len(stores.audit.recent(name_prefix="", before=None, limit=9)) == 2
