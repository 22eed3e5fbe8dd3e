import re
import threading

import bcrypt
import pytest

from auth.errors import Busy
from auth.passwords import PasswordHash, PasswordHasher, key_id_of
from core.errors import ConfigurationError

PEPPER, NEWER = "p" * 40, "n" * 40


def hasher(*peppers: str, rounds: int = 4) -> PasswordHasher:
    return PasswordHasher(peppers=peppers or (PEPPER,), rounds=rounds)


def test_the_hash_is_plain_bcrypt_of_the_configured_cost() -> None:
    """ASVS 11.4.2."""
    made = hasher(rounds=5).hash("correct horse")
    assert re.fullmatch(r"\$2b\$05\$[./A-Za-z0-9]{53}", made.value)
    assert made.key_id == key_id_of(PEPPER)


def test_the_same_password_never_makes_the_same_hash_twice() -> None:
    """NIST SP 800-63B-4 3.1.1.2: salted."""
    assert hasher().hash("correct horse").value != hasher().hash("correct horse").value


def test_the_database_alone_cannot_check_a_password() -> None:
    """NIST SP 800-63B-4 3.1.1.2: a keyed hash, the key kept elsewhere."""
    made = hasher().hash("correct horse")
    assert not bcrypt.checkpw(b"correct horse", made.value.encode())
    assert not hasher(NEWER).verify("correct horse", PasswordHash(value=made.value, key_id=key_id_of(NEWER)))
    assert PEPPER not in made.key_id


@pytest.mark.parametrize(
    "wrong",
    ["Correct horse", "correct hors", "correct horsex", "correct horse ", " correct horse", "CORRECT HORSE", "", "correct horse\x00"],
)
def test_only_the_very_same_password_fits(wrong: str) -> None:
    """ASVS 6.2.8."""
    made = hasher().hash("correct horse")
    assert hasher().verify("correct horse", made)
    assert not hasher().verify(wrong, made)


@pytest.mark.parametrize("length", [64, 71, 72, 73, 128])
def test_passwords_that_differ_only_at_their_end_are_different_however_long(length: int) -> None:
    """ASVS 6.2.8, 6.2.9: bcrypt itself would stop at 72 bytes."""
    made = hasher().hash("x" * (length - 1) + "a")
    assert hasher().verify("x" * (length - 1) + "a", made)
    assert not hasher().verify("x" * (length - 1) + "b", made)


def test_emoji_count_and_fit_whole() -> None:
    """ASVS 6.2.9."""
    made = hasher().hash("🦊" * 64)
    assert hasher().verify("🦊" * 64, made)
    assert not hasher().verify("🦊" * 63 + "🐺", made)


def test_a_null_byte_does_not_end_the_password() -> None:
    """ASVS 6.2.8."""
    made = hasher().hash("before\x00after")
    assert not hasher().verify("before\x00other", made)
    assert hasher().verify("before\x00after", made)


def test_composed_and_decomposed_accents_are_the_same_password() -> None:
    """NIST SP 800-63B-4 3.1.1.2: Unicode is normalised first."""
    made = hasher().hash("caf\u00e9 am Morgen")
    assert hasher().verify("cafe\u0301 am Morgen", made)
    assert not hasher().verify("cafe am Morgen", made)


def test_nobody_has_a_password() -> None:
    assert not hasher().verify("anything", None)
    assert not hasher().verify("", None)


def test_checking_for_nobody_runs_bcrypt_at_the_full_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 6.3.8: an unknown account takes the time of a known one."""
    costs: list[bytes] = []
    real = bcrypt.checkpw

    def spy(password: bytes, hashed: bytes) -> bool:
        costs.append(hashed[:7])
        return real(password, hashed)

    monkeypatch.setattr(bcrypt, "checkpw", spy)
    known = hasher(rounds=5)
    stored = known.hash("correct horse")
    for candidate in (stored, None, PasswordHash(value=stored.value, key_id="lost"), PasswordHash(value="broken", key_id=stored.key_id)):
        assert not known.verify("wrong horse", candidate)
    assert costs == [b"$2b$05$"] * 4


def test_an_endless_password_is_refused_without_being_normalised() -> None:
    made = hasher().hash("x" * 1024)
    assert hasher().verify("x" * 1024, made)
    assert not hasher().verify("x" * 1_000_000, made)


def test_a_hash_of_a_lower_cost_or_an_older_pepper_is_outdated() -> None:
    """NIST SP 800-63B-4 3.1.1.2: the cost rises over time."""
    old = hasher(rounds=4).hash("correct horse")
    assert not hasher(rounds=4).is_outdated(old)
    assert hasher(rounds=5).is_outdated(old)
    assert hasher(NEWER, PEPPER).is_outdated(old)
    assert hasher(NEWER, PEPPER).verify("correct horse", old)


def test_a_short_or_missing_pepper_stops_the_start() -> None:
    with pytest.raises(ConfigurationError):
        hasher("short")
    with pytest.raises(ConfigurationError):
        PasswordHasher(peppers=(), rounds=4)


def test_no_more_hashes_run_at_once_than_there_are_places() -> None:
    busy = PasswordHasher(peppers=(PEPPER,), rounds=4, slots=1, wait_seconds=0)
    with busy.slot(), pytest.raises(Busy):
        busy.hash("correct horse")
    assert busy.hash("correct horse")


def test_a_place_is_given_back_when_the_work_fails() -> None:
    busy = PasswordHasher(peppers=(PEPPER,), rounds=4, slots=1, wait_seconds=0)
    with pytest.raises(ZeroDivisionError), busy.slot():
        _ = 1 / 0
    done = threading.Event()
    with busy.slot():
        done.set()
    assert done.is_set()
