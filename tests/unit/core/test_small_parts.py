from datetime import UTC, datetime, timedelta, timezone

import pytest

from core.clock import SystemClock, from_iso, to_iso
from core.errors import AppError, FieldProblem, Kind, NotFound, TooManyAttempts, ValidationFailed
from core.ids import RandomIds, digest


def test_the_systems_time_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(0)
    assert before <= now <= datetime.now(UTC)


def test_times_written_as_text_sort_as_times_and_come_back_the_same() -> None:
    moments = [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(2026, 3, 14, 12, 0, 0, 0, UTC),
        datetime(2026, 3, 14, 12, 0, 0, 1, UTC),
        datetime(2026, 3, 14, 14, 0, 0, 2, timezone(timedelta(hours=2))),
        datetime(9999, 12, 31, tzinfo=UTC),
    ]
    written = [to_iso(moment) for moment in moments]
    assert written == sorted(written)
    assert written[1] == "2026-03-14T12:00:00.000000Z"
    assert [from_iso(text) for text in written] == moments


@pytest.mark.parametrize("text", ["", "2026-03-14", "2026-03-14T12:00:00Z", "2026-03-14T12:00:00.000000", "x"])
def test_a_time_in_any_other_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="does not match"):
        from_iso(text)


def test_identifiers_are_unguessable_and_never_the_same() -> None:
    """ASVS 7.2.3."""
    ids = RandomIds()
    names = {ids.new("usr") for _ in range(1000)}
    assert len(names) == 1000
    assert all(name.startswith("usr_") and len(name) == 26 for name in names)
    secrets = {ids.secret() for _ in range(1000)}
    assert len(secrets) == 1000
    assert all(len(secret) == 43 for secret in secrets)


def test_a_digest_is_the_same_for_the_same_secret_only_and_takes_any_text() -> None:
    assert digest("a") == digest("a") != digest("b")
    assert len(digest("\ud800")) == 64


def test_a_fault_keeps_its_sentence_and_its_fields() -> None:
    problems = [FieldProblem("email", "First."), FieldProblem("name", "Second.")]
    fault = ValidationFailed(problems)
    assert (fault.message, fault.problems, fault.kind, str(fault)) == ("First.", tuple(problems), Kind.INVALID, "First.")
    assert ValidationFailed(problems, "Both.").message == "Both."


def test_a_wait_is_never_shorter_than_a_second() -> None:
    assert TooManyAttempts("Wait.", retry_after=-5).retry_after == 1
    assert TooManyAttempts("Wait.", retry_after=5).retry_after == 5


def test_every_sort_of_fault_has_a_code_of_its_own() -> None:
    codes = [fault.code for fault in (AppError, ValidationFailed, NotFound, TooManyAttempts)]
    assert len(set(codes)) == len(codes)
