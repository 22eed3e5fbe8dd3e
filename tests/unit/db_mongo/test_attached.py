"""What a crash leaves attached to a document is made up for, once, by whoever comes first."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

import db_mongo.attached
from auth.models import Purpose
from chat.listing import HistoryFilter, SearchQuery
from chat.models import UsageDay
from core.errors import StoreUnavailable
from db_mongo.attached import settle, settle_everything
from db_mongo.database import Document, MongoDatabase
from db_mongo.stores import MongoStores, stores_of
from mail.models import LetterState
from tests.contract.conftest import MONGODB_URI, new_mongodb
from tests.contract.make import conversation, draft, event, later, letter, outcome, reply, session, token, user
from tests.factories import NOW

ADA = "usr_ada"
Crash = Callable[[], None]
server = pytest.mark.skipif(not MONGODB_URI, reason="needs a MongoDB server: MONGODB_TEST_URI (.ci/mongodb-server provides one)")


@pytest.fixture
def database() -> Iterator[MongoDatabase]:
    opened = new_mongodb()
    yield opened
    opened.drop()
    opened.close()


@pytest.fixture
def stores(database: MongoDatabase) -> MongoStores:
    return stores_of(database)


@pytest.fixture
def crash(monkeypatch: pytest.MonkeyPatch) -> Crash:
    """From the call on, nothing is settled after a write: as if the process died right behind it."""

    def fail(*_: object) -> None:
        raise StoreUnavailable("gone")

    return lambda: monkeypatch.setattr(db_mongo.attached, "settle", fail)


def attached(database: MongoDatabase, collection: str) -> list[Document]:
    with database.using() as db:
        return list(db[collection].find({"attached.id": {"$exists": True}}))


def recover(database: MongoDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settle everything, twice with the same documents, as two processes that start at once do."""
    monkeypatch.setattr(db_mongo.attached, "settle", settle)
    with database.using() as db:
        snapshots = {name: attached(database, name) for name in db_mongo.attached.CARRIERS}
        settle_everything(db)
        for name, documents in snapshots.items():
            settle(db, name, documents)
    assert all(attached(database, name) == [] for name in db_mongo.attached.CARRIERS)


def test_a_letter_survives_a_crash_right_after_the_account_was_stored(
    stores: MongoStores, database: MongoDatabase, crash: Crash, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash()
    stores.accounts.add(user(), tokens=[token()], letters=[letter()], events=[event()])
    assert attached(database, "users")
    recover(database, monkeypatch)
    assert [entry.letter for entry in stores.outbox.claim(now=NOW, lease_until=later(minutes=1), limit=9)] == [letter()]
    assert stores.tokens.take(Purpose.VERIFY_EMAIL, "hash-t1", now=NOW) is not None
    assert stores.audit.of_user(ADA, before=None, limit=9) == [event()]


def test_a_used_token_or_sent_letter_is_not_brought_back_by_a_late_settler(stores: MongoStores, database: MongoDatabase) -> None:
    stores.accounts.add(user(), tokens=[token()], letters=[letter()])
    late = {"_id": ADA, "attached": db_mongo.attached.token_items([token()]) + db_mongo.attached.letter_items([letter()])}
    stores.tokens.take(Purpose.VERIFY_EMAIL, "hash-t1", now=NOW)
    stores.outbox.mark_sent("ltr_l1", at=NOW)
    with database.using() as db:
        settle(db, "users", [late])
    assert stores.tokens.take(Purpose.VERIFY_EMAIL, "hash-t1", now=NOW) is None
    assert stores.outbox.counts()[LetterState.SENT] == 1
    assert stores.outbox.claim(now=later(hours=1), lease_until=later(hours=2), limit=9) == []


@pytest.mark.parametrize("write", ["change", "session", "token"])
def test_letters_of_every_write_survive_a_crash(
    stores: MongoStores, database: MongoDatabase, crash: Crash, monkeypatch: pytest.MonkeyPatch, write: str
) -> None:
    stores.accounts.add(user())
    crash()
    if write == "change":
        assert stores.accounts.replace(user(version=2), letters=[letter()])
    elif write == "session":
        stores.sessions.add(session(), letters=[letter()])
    else:
        stores.tokens.add(token(), letters=[letter()])
    recover(database, monkeypatch)
    assert len(stores.outbox.claim(now=NOW, lease_until=later(minutes=1), limit=9)) == 1


def test_a_token_is_found_at_once_although_nobody_has_settled_it(
    stores: MongoStores, crash: Crash, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash()
    stores.accounts.add(user(), tokens=[token()])
    monkeypatch.setattr(db_mongo.attached, "settle", settle)
    assert stores.tokens.get(Purpose.VERIFY_EMAIL, "hash-t1") == token()


def test_an_account_is_not_removed_before_its_last_letter_is_safe(
    stores: MongoStores, crash: Crash, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores.accounts.add(user())
    crash()
    stores.accounts.replace(user(version=2), letters=[letter(user_id="")])
    monkeypatch.setattr(db_mongo.attached, "settle", settle)
    stores.accounts.delete(ADA)
    assert stores.outbox.counts()[LetterState.WAITING] == 1


def test_messages_can_be_read_at_once_although_nobody_has_settled_them(stores: MongoStores, crash: Crash) -> None:
    crash()
    stores.conversations.start(conversation(), [draft("m1", "apple", send_key="k")])
    assert [message.id for message in stores.conversations.messages(ADA, "cnv_c1", limit=9)] == ["msg_m1"]
    stores.conversations.append(ADA, "cnv_c1", [draft("m2", "pear")])
    assert stores.conversations.message(ADA, "msg_m2") is not None
    stores.conversations.append(ADA, "cnv_c1", [draft("m3", "plum", send_key="k3")])
    known = stores.conversations.by_send_key(ADA, "k3")
    assert known is not None
    assert [message.seq for message in known.messages] == [3]


def test_a_crashed_start_counts_and_is_found_once(
    stores: MongoStores, database: MongoDatabase, crash: Crash, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash()
    stores.conversations.start(conversation(), [draft("m1", "apple")])
    recover(database, monkeypatch)
    assert stores.conversations.numbered(ADA, page=1, per_page=5).total == 1
    found = stores.conversations.search(ADA, SearchQuery(terms=("apple",)), where=HistoryFilter(), after=None, limit=5)
    assert [one.message.id for one in found] == ["msg_m1"]


def test_crashed_deletions_and_restores_count_once(
    stores: MongoStores, database: MongoDatabase, crash: Crash, monkeypatch: pytest.MonkeyPatch
) -> None:
    for tag in "abcd":
        stores.conversations.start(conversation(tag), [])
    crash()
    stores.conversations.delete(ADA, ["cnv_a", "cnv_b"], at=NOW)
    stores.conversations.restore(ADA, ["cnv_b"])
    stores.conversations.delete(ADA, ["cnv_c"], at=NOW)
    recover(database, monkeypatch)
    assert stores.conversations.numbered(ADA, page=1, per_page=5).total == 2


def test_a_crashed_ending_of_a_reply_counts_its_usage_once(
    stores: MongoStores, database: MongoDatabase, crash: Crash, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores.conversations.start(conversation(), [draft("m1"), reply("r1")])
    crash()
    assert stores.conversations.finish_reply(ADA, "msg_r1", outcome("The end")) is not None
    recover(database, monkeypatch)
    day = date(2026, 3, 14)
    expected = UsageDay(user_id=ADA, day=day, replies=1, prompt_tokens=10, completion_tokens=20, cost_micros=30)
    assert stores.conversations.usage(ADA, first=day, last=day) == [expected]
    stored = stores.conversations.get(ADA, "cnv_c1")
    assert stored is not None
    assert (stored.last_message, stored.updated_at) == ("The end", later(seconds=5))


def test_a_crashed_edit_replaces_what_it_edited(
    stores: MongoStores, database: MongoDatabase, crash: Crash, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores.conversations.start(conversation(), [draft("m1", "apple")])
    crash()
    stores.conversations.append(ADA, "cnv_c1", [draft("m2", "pear")], replaces=["msg_m1"])
    recover(database, monkeypatch)
    assert [message.id for message in stores.conversations.messages(ADA, "cnv_c1", limit=9)] == ["msg_m2"]


@server
@pytest.mark.parametrize("starting", [True, False])
def test_another_process_that_sends_with_the_same_key_at_the_same_moment_wins_alone(
    stores: MongoStores, database: MongoDatabase, monkeypatch: pytest.MonkeyPatch, starting: bool
) -> None:
    from db_mongo import conversation_writing

    stores.conversations.start(conversation(), [])
    other, plain = stores_of(database).conversations, conversation_writing._replayed
    looks: list[int] = []

    def replayed(*arguments: object) -> object:
        found = plain(*arguments)  # type: ignore[arg-type]  # handed through
        looks.append(1)
        if len(looks) == 1:
            other.start(conversation("theirs"), [draft("theirs", send_key="k")])  # between our look and our write
        return found

    monkeypatch.setattr(conversation_writing, "_replayed", replayed)
    ours = [draft("ours", send_key="k")]
    sent = stores.conversations.start(conversation("ours"), ours) if starting else stores.conversations.append(ADA, "cnv_c1", ours)
    assert sent is not None
    assert sent.replayed
    assert [message.id for message in sent.messages] == ["msg_theirs"]
    assert stores.conversations.message(ADA, "msg_ours") is None
    assert stores.conversations.numbered(ADA, page=1, per_page=9).total == 2


def test_another_process_that_adds_at_the_same_moment_costs_no_message(
    stores: MongoStores, database: MongoDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db_mongo import conversation_writing

    stores.conversations.start(conversation(), [])
    other, plain = stores_of(database).conversations, conversation_writing._push
    busy = [True]

    def push(*arguments: object) -> bool:
        if busy:
            busy.clear()  # between our look and our write
            other.append(ADA, "cnv_c1", [draft("theirs")])
        return plain(*arguments)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(conversation_writing, "_push", push)
    added = stores.conversations.append(ADA, "cnv_c1", [draft("ours")])
    assert added is not None
    assert [(message.seq, message.id) for message in stores.conversations.messages(ADA, "cnv_c1", limit=9)] == [
        (1, "msg_theirs"),
        (2, "msg_ours"),
    ]
