"""What only one store promises, and what a crash leaves behind."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bson import ObjectId
from pymongo import MongoClient

from core.errors import NotFound, StoreUnavailable
from db_mongo.database import Document, MongoDatabase
from db_mongo.recordings import MongoRecordings, _durable
from db_sqlite.recordings import FileRecordings

SOUND = b"sound" * 100_000


def test_files_can_be_read_by_their_account_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        FileRecordings(tmp_path / "recordings").put("usr_1", "rec_1", SOUND, "audio/wav")
    finally:
        os.umask(old)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "recordings").rglob("*")}
    assert modes == {"usr_1": 0o700, "rec_1.wav": 0o600, ".unfinished": 0o700}
    assert stat.S_IMODE((tmp_path / "recordings").stat().st_mode) == 0o700


def test_the_file_is_flushed_before_it_gets_its_name_and_the_folders_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FileRecordings(tmp_path)
    store.put("usr_1", "rec_0", b"makes the folder", "audio/wav")
    seen: list[str] = []
    fsync = os.fsync

    def watching(handle: int) -> None:
        finished = (tmp_path / "usr_1" / "rec_1.wav").exists()
        seen.append(f"{'folder' if stat.S_ISDIR(os.fstat(handle).st_mode) else 'file'} {'after' if finished else 'before'}")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watching)
    store.put("usr_1", "rec_1", SOUND, "audio/wav")
    assert seen == ["file before", "folder after", "folder after"]


def test_a_full_disk_stores_nothing_and_keeps_the_old_recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FileRecordings(tmp_path)
    store.put("usr_1", "rec_1", b"old", "audio/wav")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreUnavailable, match="disk is full"):
        store.put("usr_1", "rec_1", SOUND, "audio/wav")
    assert store.get("usr_1", "rec_1").data == b"old"
    assert [path.name for path in (tmp_path / "usr_1").iterdir()] == ["rec_1.wav"]


def test_a_folder_that_cannot_be_used_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "recordings").write_text("in the way")
    with pytest.raises(StoreUnavailable, match="Recordings cannot be"):
        FileRecordings(tmp_path / "recordings").put("usr_1", "rec_1", SOUND, "audio/wav")


def half_written(root: Path, name: str, age: timedelta) -> Path:
    path = root / ".unfinished" / name
    path.write_bytes(b"half")
    begun = (datetime.now(UTC) - age).timestamp()
    os.utime(path, (begun, begun))
    return path


def test_a_half_written_file_is_never_read_and_is_tidied_after_an_hour(tmp_path: Path) -> None:
    store = FileRecordings(tmp_path)
    store.put("usr_1", "rec_1", b"whole", "audio/wav")
    half = half_written(tmp_path, "usr_1.rec_2.abc.part", timedelta(minutes=59))
    with pytest.raises(NotFound):
        store.get("usr_1", "rec_2")
    assert store.tidy(now=datetime.now(UTC)) == 0
    assert half.exists()
    assert store.tidy(now=datetime.now(UTC) + timedelta(minutes=2)) == 1
    assert not half.exists()


def test_half_written_files_go_with_their_account_and_no_other(tmp_path: Path) -> None:
    store = FileRecordings(tmp_path)
    store.put("usr_1", "rec_1", b"whole", "audio/wav")
    half_written(tmp_path, "usr_1.rec_2.abc.part", timedelta(hours=1))
    other = half_written(tmp_path, "usr_10.rec_2.abc.part", timedelta(hours=1))
    arriving = half_written(tmp_path, "usr_1.rec_3.abc.part", timedelta(seconds=1))
    assert store.delete_all_of("usr_1") == 1
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted([other, arriving])


def test_half_written_chunks_are_never_read_and_are_tidied_after_an_hour(mongodb: MongoDatabase) -> None:
    store = MongoRecordings(mongodb)
    for number in (1, 2):
        store.put("usr_1", f"rec_{number}", SOUND, "audio/wav")
    with mongodb.using() as database:
        database["recordings.files"].delete_one({"filename": "rec_2"})
    with pytest.raises(NotFound):
        store.get("usr_1", "rec_2")
    assert store.tidy(now=datetime.now(UTC)) == 0
    assert store.tidy(now=datetime.now(UTC) + timedelta(hours=2)) == 1
    with mongodb.using() as database:
        assert {str(chunk["files_id"]).split("/")[1] for chunk in database["recordings.chunks"].find()} == {"rec_1"}


def test_half_written_chunks_go_with_the_account(mongodb: MongoDatabase) -> None:
    store = MongoRecordings(mongodb)
    store.put("usr_1", "rec_1", SOUND, "audio/wav")
    an_hour_ago = ObjectId.from_datetime(datetime.now(UTC) - timedelta(hours=1))
    with mongodb.using() as database:
        database["recordings.files"].delete_many({})
        database["recordings.chunks"].update_many({}, {"$set": {"files_id": f"usr_1/rec_1/{an_hour_ago}"}})
    store.delete_all_of("usr_1")
    with mongodb.using() as database:
        assert database["recordings.chunks"].count_documents({}) == 0


def test_what_is_being_written_keeps_its_chunks_while_the_account_is_emptied(mongodb: MongoDatabase) -> None:
    store = MongoRecordings(mongodb)
    store.put("usr_1", "rec_1", SOUND, "audio/wav")
    with mongodb.using() as database:
        file = database["recordings.files"].find_one({})
        assert file is not None
        database["recordings.files"].delete_one({})
        store.delete_all_of("usr_1")
        database["recordings.files"].insert_one(file)
    assert store.get("usr_1", "rec_1").data == SOUND


def test_a_server_that_is_gone_is_said_plainly() -> None:
    with MongoClient[Document]("mongodb://127.0.0.1:9/", serverSelectionTimeoutMS=50) as client:
        database = MongoDatabase.__new__(MongoDatabase)  # the constructor would already find nobody there
        database._client, database._name = client, "viva"
        store = MongoRecordings(database)
        with pytest.raises(StoreUnavailable, match="cannot be reached"):
            store.get("usr_1", "rec_1")
        with pytest.raises(StoreUnavailable, match="cannot be reached"):
            store.put("usr_1", "rec_1", SOUND, "audio/wav")


def test_writes_to_a_server_wait_for_the_journal_of_a_majority() -> None:
    with MongoClient[Document]("mongodb://127.0.0.1:9/", connect=False) as client:
        assert _durable(client["viva"]).write_concern.document == {"w": "majority", "j": True}
