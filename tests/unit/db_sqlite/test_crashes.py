"""What is acknowledged is there, whatever kills the process; two processes and many threads never see a busy database."""

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from auth.errors import EmailTaken
from db_sqlite.stores import SqliteStores, open_stores
from tests.contract.make import user

WRITER = Path(__file__).with_name("writer.py")
REGISTRAR = Path(__file__).with_name("registrar.py")
KILLS = 20


def acknowledged_until_killed(path: Path, run: str, lines: int) -> list[str]:
    """Let a writer acknowledge so many writes, kill it in the middle of the next ones, and return every line that it wrote."""
    writer = subprocess.Popen([sys.executable, str(WRITER), str(path), run], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    seen = [writer.stdout.readline().strip() for _ in range(lines)]
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate(timeout=30)
    return seen + rest.split("\n")[:-1]  # a last line without its end was never said


def assert_everything_is_there(stores: SqliteStores, lines: list[str]) -> None:
    for line in lines:
        kind, name, *number = line.split()
        if kind == "user":
            found = stores.accounts.by_email(f"{name}@example.com")
            assert found is not None, line
            assert found.id == f"usr_{name}"
        else:
            tag = name.removeprefix("cnv_").replace("_", "-")
            message = stores.conversations.message("usr_x", f"msg_{tag}-{number[0]}")
            assert message is not None, line
            assert message.seq == int(number[0])


@pytest.mark.timeout(120)
def test_twenty_kills_in_the_middle_of_eight_writing_threads_lose_and_double_nothing(tmp_path: Path) -> None:
    path, chance = tmp_path / "viva.db", random.Random(4)
    told: list[str] = []
    for run in range(KILLS):
        told += acknowledged_until_killed(path, f"r{run}", chance.randrange(1, 120))
    stores = open_stores(path)
    assert_everything_is_there(stores, told)
    with stores.database.read() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("SELECT count(*) FROM users GROUP BY email_key HAVING count(*) > 1").fetchall() == []
        assert connection.execute("SELECT count(*) FROM users GROUP BY username_key HAVING count(*) > 1").fetchall() == []
        rows = connection.execute("SELECT last_seq, message_count, id FROM conversations").fetchall()
    assert 0 < len(rows) <= KILLS * 8
    for last_seq, message_count, conversation_id in rows:
        messages = stores.conversations.messages("usr_x", conversation_id, limit=10_000)
        assert [message.seq for message in messages] == list(range(1, last_seq + 1))
        assert [message.content for message in messages] == [f"Words {number}" for number in range(1, last_seq + 1)]
        assert message_count == last_seq
    assert stores.conversations.numbered("usr_x", page=1, per_page=1).total == len(rows)
    stores.database.close()


def test_of_thirty_two_registrations_of_one_email_in_two_processes_exactly_one_succeeds(tmp_path: Path) -> None:
    path = tmp_path / "viva.db"
    racers = [
        subprocess.Popen([sys.executable, str(REGISTRAR), str(path), name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for name in ("left", "right")
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    counts = [int(racer.communicate(timeout=60)[0]) for racer in racers]
    assert sum(counts) == 1
    stores = open_stores(path)
    assert stores.accounts.count() == 1
    with pytest.raises(EmailTaken):
        stores.accounts.add(user(email_key="ada@example.com"))
    stores.database.close()


@pytest.mark.timeout(120)
def test_two_processes_of_eight_threads_never_see_a_busy_database_and_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "viva.db"
    writers = [
        subprocess.Popen([sys.executable, str(WRITER), str(path), name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for name in "ab"
    ]
    said: list[list[str]] = []
    for writer in writers:
        assert writer.stdout is not None
        said.append([writer.stdout.readline() for _ in range(400)])
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
    errors = [writer.communicate(timeout=30)[1] for writer in writers]
    assert errors == ["", ""]
    assert all(len(lines) == 400 and all(lines) for lines in said)


def test_a_write_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    stores = open_stores(tmp_path / "viva.db")

    def insert_twice() -> None:
        with stores.database.write() as connection:
            connection.execute("INSERT INTO devices VALUES ('u', 'd', '', '', '')")
            connection.execute("INSERT INTO devices VALUES ('u', 'd', '', '', '')")

    with pytest.raises(sqlite3.IntegrityError):
        insert_twice()
    assert stores.devices.count("u") == 0
    stores.database.close()
