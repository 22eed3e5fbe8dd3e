"""The SQLite file: who may read it, its schema, and what its faults look like above."""

import shutil
import sqlite3
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from chat.listing import HistoryFilter, SearchQuery
from core.errors import ConfigurationError, StoreUnavailable, ValidationFailed
from db_sqlite import migrate
from db_sqlite.database import SqliteDatabase
from db_sqlite.stores import SqliteStores, open_stores
from tests.contract.make import conversation, device, draft, user


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[SqliteStores]:
    opened = open_stores(tmp_path / "data" / "viva.db")
    yield opened
    opened.database.close()


def test_only_the_owner_can_read_the_file_and_its_folder(stores: SqliteStores) -> None:
    stores.accounts.add(user())
    path = stores.database.path
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    files = list(path.parent.iterdir())
    assert {file.name for file in files} >= {"viva.db", "viva.db-wal"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "viva.db"
    path.touch(mode=0o644)
    SqliteDatabase(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_connection_is_durable_and_strict(stores: SqliteStores) -> None:
    with stores.database.write() as connection:
        values = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with stores.database.read() as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM users")


def test_closing_folds_the_log_into_the_file(stores: SqliteStores) -> None:
    stores.accounts.add(user())
    stores.database.close()
    stores.database.close()
    path = stores.database.path
    assert not path.with_name("viva.db-wal").exists()
    with pytest.raises(StoreUnavailable):
        stores.accounts.get("usr_ada")
    with pytest.raises(StoreUnavailable):
        stores.accounts.delete("usr_ada")
    again = open_stores(path)
    assert again.accounts.get("usr_ada") == user()
    again.database.close()


def test_many_short_lived_threads_share_few_connections(stores: SqliteStores) -> None:
    for _ in range(50):
        thread = threading.Thread(target=stores.accounts.get, args=("usr_x",))
        thread.start()
        thread.join()
    assert len(stores.database._idle) == 1


def test_readers_do_not_wait_for_a_writer(stores: SqliteStores) -> None:
    stores.accounts.add(user())
    with stores.database.write() as connection:
        connection.execute("DELETE FROM users")
        assert stores.accounts.get("usr_ada") == user()
    assert stores.accounts.get("usr_ada") is None


def test_a_locked_database_is_unavailable_for_a_while_and_then_works_again(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "viva.db", busy_seconds=0.05)
    other = sqlite3.connect(tmp_path / "viva.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="busy"), database.write():
        pytest.fail("the write began while another process held the lock")
    other.execute("ROLLBACK")
    other.close()
    with database.write() as connection:
        connection.execute("DELETE FROM users")
    database.close()


def test_a_full_disk_is_unavailable_changes_nothing_and_works_again_with_room(stores: SqliteStores) -> None:
    stores.devices.save(device())
    with stores.database.write() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")
    big = conversation()
    with pytest.raises(StoreUnavailable, match="full"):
        stores.conversations.start(big, [draft("m", "x" * 1_000_000)])
    assert stores.conversations.get(big.user_id, big.id) is None
    assert stores.devices.get("usr_ada", "device-d1") == device()
    assert stores.conversations.start(big, [draft("m", "x" * 1_000_000)]).messages  # the next connection has no such limit


def test_a_damaged_file_is_unavailable_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "viva.db"
    path.write_bytes(b"this is not a database" * 1000)
    with pytest.raises(StoreUnavailable, match="damaged"):
        SqliteDatabase(path)


def test_a_page_damaged_later_is_unavailable_too(stores: SqliteStores) -> None:
    for number in range(200):
        stores.devices.save(device(f"d{number}"))
    path = stores.database.path
    stores.database.close()
    content = bytearray(path.read_bytes())
    for offset in range(4096, len(content), 4096):
        content[offset : offset + 64] = b"\xff" * 64
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable):
        open_stores(path).devices.count("usr_ada")


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnavailable):
        SqliteDatabase(tmp_path / "file" / "viva.db")


def test_text_that_cannot_be_stored_is_the_callers_fault(stores: SqliteStores) -> None:
    with pytest.raises(ValidationFailed):
        stores.accounts.by_email("\ud800")
    with pytest.raises(ValidationFailed):
        stores.accounts.add(user(full_name="\udc00"))
    assert stores.accounts.count() == 0


def test_a_programming_error_is_not_hidden(stores: SqliteStores) -> None:
    with pytest.raises(sqlite3.OperationalError), stores.database.read() as connection:
        connection.execute("SELECT nonsense")
    assert stores.accounts.count() == 0


def test_a_file_of_a_newer_version_is_refused_untouched(stores: SqliteStores) -> None:
    with stores.database.write() as connection:
        connection.execute("PRAGMA user_version=9999")
    stores.database.close()
    with pytest.raises(ConfigurationError, match="newer version"):
        SqliteDatabase(stores.database.path)


def test_a_file_of_another_program_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE users (name TEXT)")
    other.close()
    with pytest.raises(ConfigurationError, match="another program"):
        SqliteDatabase(path)
    other = sqlite3.connect(path)
    assert [row[0] for row in other.execute("SELECT name FROM sqlite_master")] == ["users"]
    other.close()


def test_migrations_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in migrate.FOLDER.glob("*.sql"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_each_migration_is_applied_once_and_keeps_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, folder)
    stores = open_stores(tmp_path / "viva.db")
    stores.accounts.add(user())
    number = migrate.latest(folder) + 1
    (folder / f"{number:04}_more.sql").write_text("-- more; of it\nCREATE TABLE more (x TEXT);\n\nINSERT INTO more\nVALUES ('a;b');\n")
    migrate.migrate(stores.database, folder)
    migrate.migrate(stores.database, folder)
    with stores.database.read() as connection:
        assert [row[0] for row in connection.execute("SELECT x FROM more")] == ["a;b"]
        assert connection.execute("PRAGMA user_version").fetchone()[0] == number
    assert stores.accounts.get("usr_ada") == user()
    stores.database.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, folder)
    database = SqliteDatabase(tmp_path / "viva.db")
    (folder / f"{migrate.latest(folder) + 1:04}_bad.sql").write_text("CREATE TABLE more (x TEXT);\nCREATE TABLE users (x TEXT);\n")
    with pytest.raises(sqlite3.OperationalError):
        migrate.migrate(database, folder)
    with database.read() as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'more'").fetchone()[0] == 0
        assert connection.execute("PRAGMA user_version").fetchone()[0] == migrate.latest()
    database.close()


def test_a_script_that_ends_in_the_middle_of_a_statement_is_refused() -> None:
    with pytest.raises(ValueError, match="middle of a statement"):
        list(migrate.statements("CREATE TABLE a (x TEXT);\nCREATE TABLE b (x TEXT)\n"))


def test_a_deleted_persons_words_do_not_stay_in_the_file(stores: SqliteStores) -> None:
    stores.conversations.start(conversation(), [draft("m", "xylophone-secret " * 20)])
    for number in range(20):
        stores.conversations.start(conversation(f"b{number}", user_id="usr_bob"), [draft(f"b{number}", f"Some other words {number}")])
    stores.conversations.delete_all_of("usr_ada")
    stores.database.tidy()
    stores.database.close()
    content = stores.database.path.read_bytes()
    assert b"xylophone" not in content
    assert b"other words" in content
    again = open_stores(stores.database.path)
    found = again.conversations.search("usr_bob", SearchQuery(terms=("other",)), where=HistoryFilter(), after=None, limit=50)
    assert len(found) == 20
    again.database.close()


def test_an_account_is_read_as_another_process_has_written_it(tmp_path: Path, stores: SqliteStores) -> None:
    ada = user()
    stores.accounts.add(ada)
    assert stores.accounts.get(ada.id) is stores.accounts.get(ada.id)  # the same row is not made a value of twice
    other = open_stores(tmp_path / "data" / "viva.db")
    assert other.accounts.replace(replace(ada, full_name="Ada King", version=ada.version + 1))
    other.database.close()
    found = stores.accounts.get(ada.id)
    assert found is not None
    assert (found.full_name, found.version) == ("Ada King", ada.version + 1)


def test_the_check_says_what_is_open(stores: SqliteStores) -> None:
    assert str(stores.database.path) in stores.database.check()
