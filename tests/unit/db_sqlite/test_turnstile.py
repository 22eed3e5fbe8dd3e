"""The fair queue of writing processes."""

import time
from pathlib import Path

from db_sqlite.turnstile import Turnstile


def soon() -> float:
    return time.monotonic() + 0.02


def test_only_one_is_in_the_turnstile_and_who_waits_too_long_goes_on_without(tmp_path: Path) -> None:
    first, second = Turnstile(tmp_path / "queue"), Turnstile(tmp_path / "queue")
    with first.passing(soon()):
        assert not second._enter(soon())
        with second.passing(soon()):
            pass  # it is only about fairness: the database's own lock decides
        assert not second._enter(soon()), "who went on without it has not opened it for others"
    assert second._enter(soon())
    first.close()
    second.close()


def test_a_file_that_cannot_be_locked_holds_nobody_up(tmp_path: Path) -> None:
    turnstile = Turnstile(tmp_path / "queue")
    turnstile.close()
    turnstile.close()
    with turnstile.passing(soon()):
        pass
