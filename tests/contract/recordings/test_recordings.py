"""The contract of `speech.ports.RecordingStore`, on every store."""

import contextlib
import threading
from datetime import UTC, datetime, timedelta

import pytest

from core.errors import NotFound
from speech.errors import InvalidRecordingName, RecordingTooLarge
from speech.ports import RecordingStore

ANNA, BEN = "usr_Anna-1", "usr_Ben_2"
SOUND = bytes(range(256)) * 1500  # more than one GridFS chunk


def test_what_was_put_comes_back_byte_for_byte(recordings: RecordingStore) -> None:
    recordings.put(ANNA, "rec_1", SOUND, "audio/flac")
    found = recordings.get(ANNA, "rec_1")
    assert (found.data, found.content_type) == (SOUND, "audio/flac")
    assert (found.owner_id, found.recording_id) == (ANNA, "rec_1")


def test_an_unknown_recording_is_not_found(recordings: RecordingStore) -> None:
    recordings.put(ANNA, "rec_1", b"a", "audio/wav")
    with pytest.raises(NotFound):
        recordings.get(ANNA, "rec_2")
    with pytest.raises(NotFound):
        recordings.get("usr_Nobody", "rec_1")


def test_nobody_reads_or_deletes_somebody_elses_recording(recordings: RecordingStore) -> None:
    recordings.put(ANNA, "rec_1", b"anna", "audio/wav")
    with pytest.raises(NotFound):
        recordings.get(BEN, "rec_1")
    assert recordings.delete(BEN, "rec_1") is False
    assert recordings.get(ANNA, "rec_1").data == b"anna"


def test_two_people_may_use_the_same_recording_id(recordings: RecordingStore) -> None:
    recordings.put(ANNA, "rec_1", b"anna", "audio/wav")
    recordings.put(BEN, "rec_1", b"ben", "audio/wav")
    assert recordings.get(ANNA, "rec_1").data == b"anna"
    assert recordings.get(BEN, "rec_1").data == b"ben"


def test_putting_again_replaces_sound_and_kind(recordings: RecordingStore) -> None:
    recordings.put(ANNA, "rec_1", SOUND, "audio/wav")
    recordings.put(ANNA, "rec_1", b"new", "audio/ogg")
    found = recordings.get(ANNA, "rec_1")
    assert (found.data, found.content_type) == (b"new", "audio/ogg")
    assert recordings.delete_all_of(ANNA) == 1


def test_a_deleted_recording_is_gone_and_deleting_it_again_is_no_error(recordings: RecordingStore) -> None:
    recordings.put(ANNA, "rec_1", SOUND, "audio/wav")
    assert recordings.delete(ANNA, "rec_1") is True
    assert recordings.delete(ANNA, "rec_1") is False
    with pytest.raises(NotFound):
        recordings.get(ANNA, "rec_1")


def test_deleting_an_account_takes_all_of_its_recordings_and_nobody_elses(recordings: RecordingStore) -> None:
    for number in range(5):
        recordings.put(ANNA, f"rec_{number}", SOUND, "audio/wav")
    lookalikes = [ANNA + "0", ANNA + "-", ANNA + "_", ANNA[:-1], BEN]
    for owner in lookalikes:
        recordings.put(owner, "rec_1", b"keep", "audio/wav")
    assert recordings.delete_all_of(ANNA) == 5
    assert recordings.delete_all_of(ANNA) == 0
    for owner in lookalikes:
        assert recordings.get(owner, "rec_1").data == b"keep"


def test_a_recording_can_be_stored_again_after_everything_was_deleted(recordings: RecordingStore) -> None:
    recordings.put(ANNA, "rec_1", b"a", "audio/wav")
    recordings.delete_all_of(ANNA)
    recordings.put(ANNA, "rec_2", b"b", "audio/wav")
    assert recordings.get(ANNA, "rec_2").data == b"b"


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "a/b", "a\\b", "/etc/passwd", "a\0b", "a\n", "a.wav", "a b", "x" * 101, "é", "~", "*", "$ne"],
)
def test_a_name_that_could_leave_the_owners_place_is_refused_everywhere(recordings: RecordingStore, name: str) -> None:
    recordings.put(ANNA, "rec_1", b"a", "audio/wav")
    for call in (
        lambda: recordings.put(ANNA, name, b"x", "audio/wav"),
        lambda: recordings.put(name, "rec_1", b"x", "audio/wav"),
        lambda: recordings.get(ANNA, name),
        lambda: recordings.get(name, "rec_1"),
        lambda: recordings.delete(ANNA, name),
        lambda: recordings.delete(name, "rec_1"),
        lambda: recordings.delete_all_of(name),
    ):
        with pytest.raises(InvalidRecordingName):
            call()
    assert recordings.delete_all_of(ANNA) == 1


def test_an_empty_recording_or_another_kind_of_file_is_refused(recordings: RecordingStore) -> None:
    with pytest.raises(ValueError, match="sound"):
        recordings.put(ANNA, "rec_1", b"", "audio/wav")
    with pytest.raises(ValueError, match="text/html"):
        recordings.put(ANNA, "rec_1", b"<script>", "text/html")
    assert recordings.delete_all_of(ANNA) == 0


def test_a_recording_above_the_limit_is_refused_and_the_old_one_stays(recordings: RecordingStore) -> None:
    recordings.put(ANNA, "rec_1", b"old", "audio/wav")
    with pytest.raises(RecordingTooLarge, match="1 MB"):
        recordings.put(ANNA, "rec_1", b"x" * 1_000_001, "audio/wav")
    assert recordings.get(ANNA, "rec_1").data == b"old"


def test_readers_see_one_version_or_the_other_while_it_is_replaced(recordings: RecordingStore) -> None:
    versions = [bytes([digit]) * 300_000 for digit in range(4)]
    recordings.put(ANNA, "rec_1", versions[0], "audio/wav")
    torn: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            if recordings.get(ANNA, "rec_1").data not in versions:
                torn.append(1)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for thread in readers:
        thread.start()
    for _ in range(5):
        for version in versions:
            recordings.put(ANNA, "rec_1", version, "audio/wav")
    done.set()
    for thread in readers:
        thread.join()
    assert torn == []
    assert recordings.get(ANNA, "rec_1").data == versions[-1]


def test_two_writers_at_once_leave_one_whole_recording(recordings: RecordingStore) -> None:
    versions = [bytes([digit]) * 300_000 for digit in range(6)]
    threads = [threading.Thread(target=recordings.put, args=(ANNA, "rec_1", version, "audio/wav")) for version in versions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert recordings.get(ANNA, "rec_1").data in versions


def test_tidying_leaves_finished_recordings_alone(recordings: RecordingStore) -> None:
    recordings.put(ANNA, "rec_1", SOUND, "audio/wav")
    assert recordings.tidy(now=datetime.now(UTC) + timedelta(days=400)) == 0
    assert recordings.get(ANNA, "rec_1").data == SOUND


def test_a_recording_that_arrives_while_an_account_is_emptied_is_there_or_not_and_never_torn(recordings: RecordingStore) -> None:
    faults: list[BaseException] = []

    def arrive() -> None:
        try:
            for number in range(40):
                recordings.put(ANNA, f"rec_{number}", SOUND, "audio/wav")
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test shows it
            faults.append(error)

    writer = threading.Thread(target=arrive)
    writer.start()
    while writer.is_alive():
        recordings.delete_all_of(ANNA)
    writer.join()
    assert faults == []
    for number in range(40):
        with contextlib.suppress(NotFound):
            assert recordings.get(ANNA, f"rec_{number}").data == SOUND
    recordings.delete_all_of(ANNA)
    assert recordings.delete_all_of(ANNA) == 0
