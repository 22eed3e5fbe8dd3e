"""`python -m wiring copy`: everything arrives, in both directions, or nothing does."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from auth.models import Purpose
from chat.listing import HistoryFilter, SearchQuery
from chat.models import DailySends, ShareLink
from core.errors import AppError, ConfigurationError, NotFound, StoreUnavailable
from db_mongo.database import MongoDatabase
from db_mongo.indexes import INDEXES
from db_mongo.recordings import MongoRecordings
from db_mongo.stores import stores_of
from db_mongo.transfer import MongoTransfer
from db_sqlite.recordings import FileRecordings
from db_sqlite.stores import open_stores
from db_sqlite.transfer import SqliteTransfer
from exam.models import GradingState, KeptRecording
from signup.models import Collected, SignupSession, Step
from tests.contract.bundle import Stores
from tests.contract.conftest import MONGODB_URI
from tests.contract.make import conversation, device, draft, event, later, letter, outcome, reply, session, token, user
from tests.contract.make_exam import answer, exam, report, script
from tests.factories import NOW
from tests.fakes.mongomock_client import mock_client
from wiring import copy_sides
from wiring.copy import COLLECTIONS, copy_all

ADA, BOB = "usr_ada", "usr_bob"
SOUND = b"RIFF-not-really-sound" * 10


@pytest.fixture
def mongodb(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Yield the address of an empty MongoDB database: on the server, or in mongomock."""
    address = f"{MONGODB_URI or 'mongodb://localhost'}/viva_{uuid4().hex[:12]}"
    client = None if MONGODB_URI else mock_client()

    def connect(_: str, name: str, **options: Any) -> MongoDatabase:
        return MongoDatabase(MONGODB_URI, name, client=client, **options)

    if client is not None:
        monkeypatch.setattr(client, "close", lambda: None, raising=False)
    monkeypatch.setattr(copy_sides, "MongoDatabase", connect)
    yield address
    opened = mongo_at(address)
    opened.drop()
    opened.close()


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the environment of whoever runs the tests out of them."""

    def none() -> None:
        raise ConfigurationError("none")

    monkeypatch.setattr(copy_sides, "load", none)


def mongo_at(address: str) -> MongoDatabase:
    opened: MongoDatabase = vars(copy_sides)["MongoDatabase"](
        address, urlsplit(address).path.strip("/"), expiring=False, even_unfinished=True
    )
    return opened


def fill(stores: Stores) -> None:
    """Store something in every collection, with everything that is hard to carry."""
    stores.accounts.add(user(preferences={"$x": [1, None]}), tokens=[token()], letters=[letter()], events=[event("b"), event("a")])
    stores.accounts.add(user("bob", full_name="Bób 😀"))
    stores.sessions.add(session())
    stores.sessions.rotate("ses_s1", expected_hash="refresh-s1", new_hash="r2", at=NOW, idle_expires_at=later(days=8))
    stores.sessions.rotate("ses_s1", expected_hash="r2", new_hash="r3", at=NOW, idle_expires_at=later(days=8))
    stores.devices.save(device())
    stores.outbox.add([letter("l2", user_id="")])
    stores.outbox.mark_sent("ltr_l2", at=NOW)
    collected = Collected(email="x@example.com", password_hash="h")
    stores.signup_sessions.create(
        SignupSession(id="sgn_1", step=Step.EMAIL, collected=collected, created_at=NOW, updated_at=NOW, expires_at=later(minutes=5))
    )
    for number in range(30):
        tag = f"c{number}"
        drafts = [
            draft(f"m{tag}", f"apple {number}", send_key=tag, created_at=later(minutes=number)),
            reply(f"r{tag}", reply_to=f"msg_m{tag}"),
        ]
        stores.conversations.start(conversation(tag, starred=number == 3), drafts)
        if number:
            stores.conversations.finish_reply(ADA, f"msg_r{tag}", outcome(f"pear {number}"))
    stores.conversations.append(ADA, "cnv_c5", [draft("edit", "plum", recording_id="rec_1")], replaces=["msg_mc5"])
    stores.conversations.append(ADA, "cnv_c6", [draft("lost", recording_id="rec_gone")], counted=DailySends(day=date(2026, 3, 14)))
    stores.conversations.delete(ADA, ["cnv_c1"], at=later(days=1))
    stores.conversations.start(conversation("bob", user_id=BOB), [draft("bob", "apple of somebody else")])
    link = {"id": "shr_1", "token_hash": "h", "user_id": ADA, "conversation_id": "cnv_c2", "upto_seq": 2}
    stores.conversations.add_share(ShareLink(**link, created_at=NOW, expires_at=later(days=1)))  # type: ignore[arg-type]  # mixed values
    stores.exams.add(exam(seconds_left=12.0), script())
    stores.exams.change(
        exam(version=2, grading=GradingState.PENDING, seconds_left=7.25), version=1, answer=answer(recording_id="rec_2"), report=report()
    )
    kept = KeptRecording(turn_key="p1.q1", recording_id="rec_3", content_type="audio/wav", fingerprint="f", timing=None, advice=("Short.",))
    stores.exams.add(exam("x2", kept=kept), script("x2"))
    stores.exams.set_consent(ADA, NOW)


def dumped(transfer: SqliteTransfer | MongoTransfer) -> dict[str, list[str]]:
    return {
        name: sorted(repr(sorted(record.items())) for record in transfer.rows(name, fields) if name != "people" or record["conversations"])
        for name, fields in COLLECTIONS.items()
    }


def assert_alive(stores: Stores) -> None:
    """The copy is not only equal, it works."""
    assert stores.accounts.by_email("ada@example.com") is not None
    match = stores.sessions.by_refresh("refresh-s1")
    assert match is not None
    assert match.age == 2
    assert stores.tokens.take(Purpose.VERIFY_EMAIL, "hash-t1", now=NOW) is not None
    assert [found.id for found in stores.audit.of_user(ADA, before=None, limit=9)] == ["evt_a", "evt_b"]
    assert len(stores.outbox.claim(now=NOW, lease_until=later(minutes=1), limit=9)) == 1
    assert stores.conversations.numbered(ADA, page=1, per_page=5).total == 29
    found = stores.conversations.search(ADA, SearchQuery(terms=("apple",)), where=HistoryFilter(), after=None, limit=99)
    assert len(found) == 28  # not the deleted one, not the edited one
    added = stores.conversations.append(ADA, "cnv_c5", [draft("next")])
    assert added is not None
    assert [message.seq for message in added.messages] == [4]
    again = stores.conversations.append(ADA, "cnv_c5", [draft("again", send_key="c7")])
    assert again is not None
    assert again.replayed
    assert stores.conversations.recover_replies(now=later(hours=1), expired_only=True) == 1
    assert len(stores.exams.pending_gradings(limit=9)) == len(stores.exams.pending_transcripts(limit=9)) == 1
    assert stores.exams.script(ADA, "exm_x1") == script()


def source_file(folder: Path) -> Path:
    path = folder / "old" / "viva.db"
    stores = open_stores(path)
    fill(stores)
    stores.database.close()
    recordings = FileRecordings(path.parent / "recordings")
    recordings.put(ADA, "rec_1", SOUND, "audio/wav")
    recordings.put(ADA, "rec_2", SOUND * 2, "audio/ogg")
    recordings.put(ADA, "rec_3", SOUND * 3, "audio/wav")
    return path


def test_everything_goes_to_mongodb_and_back(tmp_path: Path, mongodb: str) -> None:
    old, new = source_file(tmp_path), tmp_path / "new" / "viva.db"
    lines = list(copy_all(source=f"sqlite:///{old}", target=mongodb))
    assert "messages: 63 copied" in lines
    assert "recordings: 3 copied, 1 are not there any more" in lines
    assert lines[-1].startswith("verified: ")
    list(copy_all(source=mongodb, target=f"sqlite:{new}"))
    first, second, database = open_stores(old), open_stores(new), mongo_at(mongodb)
    assert dumped(SqliteTransfer(first.database)) == dumped(SqliteTransfer(second.database))
    assert all(dumped(SqliteTransfer(second.database)).values()), "every collection was part of the test"
    assert FileRecordings(new.parent / "recordings").get(ADA, "rec_2").data == SOUND * 2
    assert MongoRecordings(database).get(ADA, "rec_1").data == SOUND
    assert MongoRecordings(database).get(ADA, "rec_3").data == SOUND * 3
    assert_alive(second)
    assert_alive(stores_of(database))
    for opened in (first.database, second.database, database):
        opened.close()
    assert {path.name for path in new.parent.iterdir()} <= {"viva.db", "viva.db-queue", "viva.db-wal", "viva.db-shm", "recordings"}


def test_from_one_mongodb_database_a_crash_had_left_half_done_everything_arrives(
    tmp_path: Path, mongodb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import db_mongo.attached

    def fail(*_: object) -> None:
        raise StoreUnavailable("gone")

    database = mongo_at(mongodb)
    plain = db_mongo.attached.settle
    monkeypatch.setattr(db_mongo.attached, "settle", fail)
    stores_of(database).accounts.add(user(), letters=[letter()])
    monkeypatch.setattr(db_mongo.attached, "settle", plain)
    list(copy_all(source=mongodb, target=f"sqlite:{tmp_path / 'new.db'}"))
    stores = open_stores(tmp_path / "new.db")
    assert len(stores.outbox.claim(now=NOW, lease_until=later(minutes=1), limit=9)) == 1
    stores.database.close()
    database.close()


def test_a_target_with_data_is_refused_and_left_alone(tmp_path: Path, mongodb: str) -> None:
    old, busy = source_file(tmp_path), tmp_path / "busy.db"
    stores = open_stores(busy)
    stores.accounts.add(user("eve"))
    stores.database.close()
    database = mongo_at(mongodb)
    stores_of(database).accounts.add(user("eve"))
    for target in (f"sqlite:{busy}", mongodb):
        with pytest.raises(ConfigurationError, match="empty"):
            list(copy_all(source=f"sqlite:{old}", target=target))
    assert stores_of(database).accounts.count() == 1
    database.close()
    again = open_stores(busy)
    assert again.accounts.count() == 1
    again.database.close()


def test_a_new_file_without_data_may_be_the_target(tmp_path: Path) -> None:
    old, new = source_file(tmp_path), tmp_path / "new.db"
    open_stores(new).database.close()
    list(copy_all(source=f"sqlite:{old}", target=f"sqlite:{new}"))
    stores = open_stores(new)
    assert stores.accounts.count() == 2
    stores.database.close()


@pytest.mark.parametrize("kind", ["sqlite", "mongodb"])
def test_a_copy_that_fails_half_way_leaves_nothing(tmp_path: Path, mongodb: str, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    old, new = source_file(tmp_path), tmp_path / "target" / "new.db"
    target = mongodb if kind == "mongodb" else f"sqlite:{new}"
    side = MongoTransfer if kind == "mongodb" else SqliteTransfer
    plain: Any = side.add

    def add(self: Any, collection: str, records: Any) -> None:
        if collection == "exams":
            raise StoreUnavailable("full")
        plain(self, collection, records)

    with monkeypatch.context() as patch:
        patch.setattr(side, "add", add)
        with pytest.raises(StoreUnavailable):
            list(copy_all(source=f"sqlite:{old}", target=target))
    assert not new.exists()
    assert not new.with_name("new.db.part").exists()
    database = mongo_at(mongodb)
    assert MongoTransfer(database).is_empty(tuple(COLLECTIONS))
    database.close()
    assert list(copy_all(source=f"sqlite:{old}", target=target))[-1].startswith("verified")


@pytest.mark.parametrize("kind", ["sqlite", "mongodb"])
def test_a_copy_that_was_killed_is_begun_afresh(tmp_path: Path, mongodb: str, kind: str) -> None:
    old, new = source_file(tmp_path), tmp_path / "new.db"
    if kind == "sqlite":
        half = open_stores(new.with_name("new.db.part"))
        half.accounts.add(user("half"))
        half.database.close()
        target = f"sqlite:{new}"
    else:
        database = mongo_at(mongodb)
        stores_of(database).accounts.add(user("half"))
        database.mark_unfinished(unfinished=True)
        with pytest.raises(ConfigurationError, match="never ended"):
            vars(copy_sides)["MongoDatabase"](mongodb, urlsplit(mongodb).path.strip("/"), expiring=False)
        database.close()
        target = mongodb
    assert list(copy_all(source=f"sqlite:{old}", target=target))[-1].startswith("verified")
    if kind == "mongodb":
        database = mongo_at(mongodb)
        assert not database.is_unfinished()
        assert stores_of(database).accounts.get("usr_half") is None
        database.close()


def test_a_copy_that_differs_is_noticed(tmp_path: Path, mongodb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old = source_file(tmp_path)
    plain = MongoTransfer.add

    def add(self: MongoTransfer, collection: str, records: Any) -> None:
        changed = [record | {"content": "other"} if record.get("id") == "msg_mc9" else record for record in records]
        plain(self, collection, changed)

    monkeypatch.setattr(MongoTransfer, "add", add)
    with pytest.raises(AppError, match="messages"):
        list(copy_all(source=f"sqlite:{old}", target=mongodb))
    database = mongo_at(mongodb)
    assert MongoTransfer(database).is_empty(tuple(COLLECTIONS))
    database.close()


def test_a_source_that_changes_meanwhile_is_noticed(tmp_path: Path) -> None:
    old = source_file(tmp_path)
    copying = copy_all(source=f"sqlite:{old}", target=f"sqlite:{tmp_path / 'new.db'}")
    next(copying)
    stores = open_stores(old)
    stores.accounts.add(user("late"))
    stores.database.close()
    with pytest.raises(AppError, match="changed while"):
        list(copying)
    assert not (tmp_path / "new.db").exists()


def test_addresses_that_make_no_sense_are_refused_without_their_password(tmp_path: Path) -> None:
    old = source_file(tmp_path)
    with pytest.raises(ConfigurationError, match="same"):
        list(copy_all(source=f"sqlite:{old}", target=f"sqlite:///{old}"))
    with pytest.raises(ConfigurationError, match="does not exist"):
        list(copy_all(source=f"sqlite:{tmp_path / 'none.db'}", target=f"sqlite:{tmp_path / 'new.db'}"))
    with pytest.raises(ConfigurationError) as refused:
        list(copy_all(source="postgres://me:secret-word@host/db", target=f"sqlite:{tmp_path / 'new.db'}"))
    assert "secret-word" not in str(refused.value)


def test_every_table_and_collection_is_copied(tmp_path: Path) -> None:
    stores = open_stores(tmp_path / "viva.db")
    stores.database.close()
    plain = sqlite3.connect(tmp_path / "viva.db")
    tables = {row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    kept_apart = {"people": {"no"}, "users": {"name_key"}, "messages": {"no"}}
    assert {name for name in tables if not name.startswith("search_index")} - {"chores"} == set(COLLECTIONS)
    for name, fields in COLLECTIONS.items():
        columns = {row[1] for row in plain.execute(f"PRAGMA table_info('{name}')")}
        assert columns - kept_apart.get(name, set()) == set(fields), name
    plain.close()
    assert {index.collection for index in INDEXES} - {"limits"} <= set(COLLECTIONS)


def test_a_recording_that_was_deleted_on_its_own_is_no_fault(tmp_path: Path) -> None:
    old, new = source_file(tmp_path), tmp_path / "new.db"
    FileRecordings(old.parent / "recordings").delete(ADA, "rec_1")
    lines = list(copy_all(source=f"sqlite:{old}", target=f"sqlite:{new}"))
    assert "recordings: 2 copied, 2 are not there any more" in lines
    with pytest.raises(NotFound):
        FileRecordings(tmp_path / "recordings").get(ADA, "rec_1")
