"""`auth.ports.AccountStore`, on every backend."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from auth.errors import EmailTaken, UsernameTaken
from auth.models import Purpose, Role
from mail.models import LetterState
from tests.contract.bundle import Stores
from tests.contract.make import event, later, letter, session, token, user
from tests.factories import NOW


def test_an_account_comes_back_as_it_was_stored(stores: Stores) -> None:
    ada = user(
        first_name="Ada",
        last_name="Ó'Brien-Łuksza",
        role=Role.TEACHER,
        is_active=False,
        is_verified=True,
        must_change_password=True,
        preferences={"theme": "dark", "size": 3, "$set": {"a.b": [1, None, True, 0.5]}},
        last_login_at=later(microseconds=1),
        deleted_at=later(days=1),
        version=7,
    )
    stores.accounts.add(ada)
    assert stores.accounts.get(ada.id) == ada
    assert stores.accounts.by_email("ada@example.com") == ada
    assert stores.accounts.by_username("ada") == ada


def test_an_unknown_account_is_none(stores: Stores) -> None:
    stores.accounts.add(user())
    assert stores.accounts.get("usr_x") is None
    assert stores.accounts.by_email("") is None
    assert stores.accounts.by_email("Ada@Example.com") is None
    assert stores.accounts.by_username("%") is None


def test_a_second_account_with_the_same_email_is_refused_and_leaves_nothing(stores: Stores) -> None:
    stores.accounts.add(user())
    with pytest.raises(EmailTaken):
        stores.accounts.add(user("bob", email_key="ada@example.com"), tokens=[token()], letters=[letter()], events=[event()])
    assert stores.accounts.count() == 1
    assert stores.accounts.by_username("bob") is None
    assert stores.tokens.get(Purpose.VERIFY_EMAIL, "hash-t1") is None
    assert stores.outbox.counts()[LetterState.WAITING] == 0
    assert stores.audit.of_user("usr_ada", before=None, limit=5) == []


def test_a_second_account_with_the_same_username_is_refused(stores: Stores) -> None:
    stores.accounts.add(user())
    with pytest.raises(UsernameTaken):
        stores.accounts.add(user("bob", username_key="ada"))
    assert stores.accounts.by_email("bob@example.com") is None


def test_when_both_are_taken_the_email_is_named(stores: Stores) -> None:
    stores.accounts.add(user())
    stores.accounts.add(user("bob"))
    with pytest.raises(EmailTaken):
        stores.accounts.add(user("eve", email_key="bob@example.com", username_key="ada"))
    with pytest.raises(EmailTaken):
        stores.accounts.add(user("eve", email_key="ada@example.com", username_key="ada"))


def test_what_is_given_with_a_new_account_is_stored_with_it(stores: Stores) -> None:
    stores.accounts.add(user(), tokens=[token("a"), token("b")], letters=[letter("a"), letter("b")], events=[event("a"), event("b")])
    assert stores.tokens.get(Purpose.VERIFY_EMAIL, "hash-b") == token("b")
    assert stores.outbox.counts()[LetterState.WAITING] == 2
    assert {found.id for found in stores.audit.of_user("usr_ada", before=None, limit=5)} == {"evt_a", "evt_b"}


def test_of_thirty_two_parallel_registrations_of_one_email_exactly_one_succeeds(stores: Stores) -> None:
    def register(number: int) -> bool:
        try:
            stores.accounts.add(user(f"u{number}", email_key="ada@example.com"), letters=[letter(f"l{number}")])
        except EmailTaken:
            return False
        return True

    with ThreadPoolExecutor(32) as pool:
        outcomes = list(pool.map(register, range(32)))
    assert outcomes.count(True) == 1
    assert stores.accounts.count() == 1
    assert stores.outbox.counts()[LetterState.WAITING] == 1


def test_a_change_needs_the_version_before_it(stores: Stores) -> None:
    stores.accounts.add(user())
    changed = user(full_name="Ada King", version=2)
    assert stores.accounts.replace(changed, tokens=[token()], letters=[letter()], events=[event()])
    assert stores.accounts.get("usr_ada") == changed
    assert stores.tokens.get(Purpose.VERIFY_EMAIL, "hash-t1") == token()
    assert stores.outbox.counts()[LetterState.WAITING] == 1
    assert len(stores.audit.of_user("usr_ada", before=None, limit=5)) == 1


def test_a_stale_change_changes_nothing_and_sends_nothing(stores: Stores) -> None:
    stores.accounts.add(user(version=3))
    for version in (1, 3, 5):
        assert not stores.accounts.replace(user(full_name="X", version=version), tokens=[token()], letters=[letter()], events=[event()])
    assert not stores.accounts.replace(user("nobody", version=4))
    assert stores.accounts.get("usr_ada") == user(version=3)
    assert stores.accounts.get("usr_nobody") is None
    assert stores.tokens.get(Purpose.VERIFY_EMAIL, "hash-t1") is None
    assert stores.outbox.counts()[LetterState.WAITING] == 0
    assert stores.audit.of_user("usr_ada", before=None, limit=5) == []


def test_a_change_to_a_taken_email_or_username_is_refused(stores: Stores) -> None:
    stores.accounts.add(user())
    stores.accounts.add(user("bob"))
    with pytest.raises(EmailTaken):
        stores.accounts.replace(user("bob", email_key="ada@example.com", username_key="ada", version=2), letters=[letter()])
    with pytest.raises(UsernameTaken):
        stores.accounts.replace(user("bob", username_key="ada", version=2), letters=[letter()])
    assert stores.accounts.get("usr_bob") == user("bob")
    assert stores.outbox.counts()[LetterState.WAITING] == 0


def test_the_old_email_is_free_after_a_change(stores: Stores) -> None:
    stores.accounts.add(user())
    stores.accounts.replace(user(email_key="new@example.com", version=2))
    stores.accounts.add(user("bob", email_key="ada@example.com"))
    assert stores.accounts.by_email("new@example.com") is not None


def test_of_parallel_changes_of_one_version_exactly_one_wins(stores: Stores) -> None:
    stores.accounts.add(user())

    def change(number: int) -> bool:
        return stores.accounts.replace(user(full_name=f"Ada {number}", version=2))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(change, range(8))).count(True) == 1


def test_a_login_moves_the_accounts_last_login_forward_only(stores: Stores) -> None:
    stores.accounts.add(user())
    stores.sessions.add(session("a", created_at=later(hours=2)))
    stores.sessions.add(session("b", created_at=later(hours=1)))
    stored = stores.accounts.get("usr_ada")
    assert stored == user(last_login_at=later(hours=2))
    assert stores.accounts.replace(user(version=2, last_login_at=NOW))
    assert stores.accounts.get("usr_ada") == user(version=2, last_login_at=later(hours=2))


def test_a_change_may_move_the_last_login_forward_or_leave_it_empty(stores: Stores) -> None:
    stores.accounts.add(user())
    assert stores.accounts.replace(user(version=2))
    assert stores.accounts.get("usr_ada") == user(version=2)
    assert stores.accounts.replace(user(version=3, last_login_at=NOW))
    assert stores.accounts.get("usr_ada") == user(version=3, last_login_at=NOW)


def test_a_removed_account_is_gone_and_its_names_are_free(stores: Stores) -> None:
    stores.accounts.add(user())
    stores.accounts.delete("usr_ada")
    stores.accounts.delete("usr_unknown")
    assert stores.accounts.get("usr_ada") is None
    assert stores.accounts.count() == 0
    stores.accounts.add(user())


def test_search_finds_parts_of_names_literally_and_pages_by_id(stores: Stores) -> None:
    for name in ("ada", "bob", "cyd"):
        stores.accounts.add(user(name))
    stores.accounts.add(user("x_y", full_name="Straße 100% [a-z]"))

    def ids(text: str, after: str = "", limit: int = 10) -> list[str]:
        return [found.id for found in stores.accounts.search(text, after=after, limit=limit)]

    assert ids("LOVELACE") == ["usr_ada", "usr_bob", "usr_cyd"]
    assert ids("lovelace", limit=2) == ["usr_ada", "usr_bob"]
    assert ids("lovelace", after="usr_bob") == ["usr_cyd"]
    assert ids("STRASSE") == ids("100%") == ids("[a-z]") == ids("x_y@") == ["usr_x_y"]
    assert ids("b.b") == ids("%a%") == ids("a_a") == ids(".*") == []
    assert len(ids("")) == 4


def test_counting_by_role_counts_usable_accounts_of_exactly_that_role(stores: Stores) -> None:
    stores.accounts.add(user("a", role=Role.ADMIN))
    stores.accounts.add(user("b", role=Role.ADMIN, is_active=False))
    stores.accounts.add(user("c", role=Role.ADMIN, deleted_at=NOW))
    stores.accounts.add(user("d", role=Role.TEACHER))
    assert stores.accounts.count() == 4
    assert stores.accounts.count(role=Role.ADMIN) == 1
    assert stores.accounts.count(role=Role.TEACHER) == 1
    assert stores.accounts.count(role=Role.LEARNER) == 0


def test_interrupted_deletions_are_found_again(stores: Stores) -> None:
    stores.accounts.add(user("a"))
    gone = [user(name, deleted_at=NOW) for name in "dcb"]
    for account in gone:
        stores.accounts.add(account)
    assert stores.accounts.marked_deleted(limit=2) == [gone[2], gone[1]]
    restored = replace(gone[2], deleted_at=None, version=2)
    assert stores.accounts.replace(restored)
    assert stores.accounts.marked_deleted(limit=5) == [gone[1], gone[0]]


@pytest.mark.parametrize("odd", ["' OR 1=1 --", '{"$gt": ""}', "a\x00b", "\U0001f600", "x" * 1_000_000])
def test_odd_text_is_only_text(stores: Stores, odd: str) -> None:
    stores.accounts.add(user())
    assert stores.accounts.get(odd) is None
    assert stores.accounts.by_email(odd) is None
    assert stores.accounts.search(odd, after="", limit=5) == []
    stores.accounts.add(user("odd", full_name=odd[:1000]))
    found: Any = stores.accounts.get("usr_odd")
    assert found.full_name == odd[:1000]
