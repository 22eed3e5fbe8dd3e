"""The contract of `exam.ports.ExamStore`, on every store."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chat.bank import FollowUp
from exam.bank.models import Option, PlannedTurn
from exam.models import (
    Answer,
    AnswerMode,
    Asked,
    Exam,
    ExamCursor,
    ExamMode,
    ExamScript,
    ExamState,
    GradingState,
    KeptRecording,
    Phase,
    ScriptCriterion,
    ScriptPart,
    ScriptPicture,
    StoredReport,
    TranscriptState,
)
from exam.ports import ExamStore
from speech.models import Segment, Timing
from tests.contract.bundle import Stores
from tests.factories import NOW


def exam(tag: str = "e1", /, **changes: Any) -> Exam:
    made = Exam(
        id=f"exam_{tag}",
        user_id="usr_ada",
        format_id="b1-style",
        title="B1-style speaking exam",
        level="B1",
        mode=ExamMode.EXAM,
        created_at=NOW,
        updated_at=NOW,
        turn_count=2,
        item_ids=("item-a", "item-b"),
        notes={"talk-1": "bees, honey"},
        asked={"talk-2": Asked(text="What about “honey”?", candidate="What about {mention}?", source="script")},
        answer_ends_at=NOW + timedelta(seconds=30),
        seconds_left=12.5,
    )
    return replace(made, **changes)


def script(of: Exam) -> ExamScript:
    turn = PlannedTurn(
        key="talk-1",
        part_id="talk",
        item_id="item-a",
        kind="photo",
        ask="main",
        text="What do you see?",
        bullets=("people", "place"),
        options=(Option(text="Tea", icon="cup"),),
        pictures=("scene-1",),
        candidates=(FollowUp(text="Why {mention}?", when=("tea",)),),
        preparation_seconds=0,
        answer_seconds=60,
        min_seconds=5,
        min_words=10,
        scored=True,
    )
    return ExamScript(
        exam_id=of.id,
        user_id=of.user_id,
        turns=(turn, replace(turn, key="talk-2", ask="follow_up", text="")),
        parts=(ScriptPart(id="talk", title="Talk", instructions="Talk about it."),),
        criteria=(ScriptCriterion(id="range", title="Range", aspects=("range", "accuracy"), weight=2.0),),
        lowest="A1",
        highest="B2",
        honesty="Practice estimate, not an official result.",
        scale_name="Points",
        scale={"B1": "140–159"},
        pictures={"scene-1": ScriptPicture(svg="<svg/>", alt="Tea on a table")},
    )


def answer(of: Exam, key: str = "talk-1", position: int = 0, **changes: Any) -> Answer:
    made = Answer(
        exam_id=of.id,
        user_id=of.user_id,
        turn_key=key,
        position=position,
        question="What do you see?",
        mode=AnswerMode.SPOKEN,
        submitted_at=NOW,
        allowed_seconds=60,
        scored=True,
        recording_id="rec_1",
        content_type="audio/wav",
        timing=Timing(seconds=5.0, speaking_seconds=4.0, speech_found=True, segments=(Segment(start=0.0, end=5.0, is_speech=True),)),
        advice=("Speak up.",),
        fingerprint="f1",
    )
    return replace(made, **changes)


def too_short(**changes: Any) -> KeptRecording:
    made = KeptRecording(
        turn_key="talk-1",
        recording_id="rec_9",
        content_type="audio/wav",
        fingerprint="f9",
        timing=Timing(seconds=4.5, speaking_seconds=4.0, speech_found=True, segments=(Segment(start=0.0, end=4.5, is_speech=True),)),
        advice=("Too short: 4 s of at least 15 s.", "Very quiet."),
    )
    return replace(made, **changes)


def report(of: Exam, **changes: Any) -> StoredReport:
    return replace(StoredReport(exam_id=of.id, user_id=of.user_id, made_at=NOW, data='{"label": "B1"}'), **changes)


def moved(of: Exam, **changes: Any) -> Exam:
    return replace(of, version=of.version + 1, **changes)


@pytest.fixture
def exams(stores: Stores) -> ExamStore:
    return stores.exams


def kept(exams: ExamStore, *some: Exam) -> None:
    for one in some:
        exams.add(one, script(one))


def test_an_exam_and_its_script_come_back_as_they_were_stored(exams: ExamStore) -> None:
    kept(exams, exam())
    assert exams.get("usr_ada", "exam_e1") == exam()
    assert exams.script("usr_ada", "exam_e1") == script(exam())


def test_what_belongs_to_somebody_else_looks_like_nothing(exams: ExamStore) -> None:
    kept(exams, exam())
    assert exams.change(moved(exam()), version=1, answer=answer(exam()), report=report(exam()))
    assert exams.get("usr_eve", "exam_e1") is None
    assert exams.script("usr_eve", "exam_e1") is None
    assert exams.answers("usr_eve", "exam_e1") == []
    assert exams.answer("usr_eve", "exam_e1", "talk-1") is None
    assert exams.report("usr_eve", "exam_e1") is None
    assert exams.reports("usr_eve", limit=9) == []
    assert exams.history("usr_eve", after=None, limit=9) == []
    assert not exams.delete("usr_eve", "exam_e1")
    assert not exams.change(moved(exam(version=2), user_id="usr_eve"), version=2)
    assert not exams.change_answer(answer(exam(), user_id="usr_eve", text="stolen", version=2), version=1)
    assert exams.answer("usr_ada", "exam_e1", "talk-1") == answer(exam())


def test_a_change_with_an_old_version_changes_nothing(exams: ExamStore) -> None:
    kept(exams, exam())
    first = moved(exam(), phase=Phase.ANSWERED)
    assert exams.change(first, version=1, answer=answer(exam()))
    assert not exams.change(moved(exam(), state=ExamState.PAUSED), version=1, answer=answer(exam(), text="late"), report=report(exam()))
    assert exams.get("usr_ada", "exam_e1") == first
    assert exams.answers("usr_ada", "exam_e1") == [answer(exam())]
    assert exams.report("usr_ada", "exam_e1") is None


@pytest.mark.parametrize("found", [too_short(), too_short(timing=None, advice=(), short=False)])
def test_a_recording_that_waits_comes_back_as_it_was_stored_and_goes_with_the_answer(exams: ExamStore, found: KeptRecording) -> None:
    kept(exams, exam())
    waiting = moved(exam(), kept=found)
    assert exams.change(waiting, version=1)
    assert exams.get("usr_ada", "exam_e1") == waiting
    assert exams.history("usr_ada", after=None, limit=9) == [waiting]
    assert not exams.change(moved(exam(), kept=None), version=1)
    assert exams.change(moved(waiting, kept=None), version=2, answer=answer(exam(), recording_id="rec_9"))
    assert exams.get("usr_ada", "exam_e1") == exam(version=3)


def test_of_many_changes_at_once_exactly_one_wins(exams: ExamStore) -> None:
    kept(exams, exam())
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda n: exams.change(moved(exam()), version=1, answer=answer(exam(), text=str(n))), range(8)))
    assert won.count(True) == 1
    (stored,) = exams.answers("usr_ada", "exam_e1")
    assert stored.text == str(won.index(True))


def test_answers_come_by_position_and_are_replaced_whole(exams: ExamStore) -> None:
    kept(exams, exam())
    second = answer(exam(), "talk-2", 1, mode=AnswerMode.NONE, timing=None)
    assert exams.change(moved(exam()), version=1, answer=second)
    assert exams.change(moved(exam(version=2)), version=2, answer=answer(exam()))
    typed = answer(exam(), mode=AnswerMode.TYPED, timing=None, recording_id="", text="Tea.", advice=(), version=2)
    assert exams.change(moved(exam(version=3)), version=3, answer=typed)
    assert exams.answers("usr_ada", "exam_e1") == [typed, second]


def test_an_answer_changes_by_its_own_version(exams: ExamStore) -> None:
    kept(exams, exam())
    exams.change(moved(exam()), version=1, answer=answer(exam(), transcript=TranscriptState.PENDING))
    heard = answer(exam(), transcript=TranscriptState.PROPOSED, proposed="tea", version=2)
    assert exams.change_answer(heard, version=1)
    assert not exams.change_answer(replace(heard, proposed="coffee", version=2), version=1)
    assert exams.answer("usr_ada", "exam_e1", "talk-1") == heard
    assert not exams.change_answer(answer(exam(), "talk-9", version=2), version=1)


def test_pending_work_is_found_until_it_is_done(exams: ExamStore) -> None:
    kept(exams, exam(), exam("e2", user_id="usr_bob"))
    waiting = answer(exam(), transcript=TranscriptState.PENDING)
    exams.change(moved(exam()), version=1, answer=waiting)
    graded = moved(exam("e2", user_id="usr_bob"), state=ExamState.FINISHED, grading=GradingState.PENDING)
    exams.change(graded, version=1)
    assert exams.pending_transcripts(limit=9) == [waiting]
    assert exams.pending_gradings(limit=9) == [graded]
    exams.change_answer(replace(waiting, transcript=TranscriptState.FAILED, version=2), version=1)
    exams.change(moved(graded, grading=GradingState.READY), version=2, report=report(graded))
    assert exams.pending_transcripts(limit=9) == []
    assert exams.pending_gradings(limit=9) == []
    again = replace(waiting, transcript=TranscriptState.PENDING, version=3)
    exams.change_answer(again, version=2)
    assert exams.pending_transcripts(limit=9) == [again]


def test_history_is_newest_first_page_by_page(exams: ExamStore) -> None:
    made = [exam(f"e{n}", created_at=NOW + timedelta(minutes=n // 2)) for n in range(5)]
    kept(exams, *made)
    found = exams.history("usr_ada", after=None, limit=9)
    assert [one.id for one in found] == ["exam_e4", "exam_e3", "exam_e2", "exam_e1", "exam_e0"]
    rest = exams.history("usr_ada", after=ExamCursor(found[1].created_at, found[1].id), limit=2)
    assert rest == found[2:4]


def test_reports_are_newest_first(exams: ExamStore) -> None:
    for number in range(3):
        one = exam(f"e{number}")
        kept(exams, one)
        exams.change(moved(one), version=1, report=report(one, made_at=NOW + timedelta(days=number)))
    assert [found.exam_id for found in exams.reports("usr_ada", limit=2)] == ["exam_e2", "exam_e1"]
    assert exams.report("usr_ada", "exam_e0") == report(exam("e0"))


def test_consent_is_kept_and_forgotten(exams: ExamStore) -> None:
    assert exams.consent("usr_ada") is None
    exams.set_consent("usr_ada", NOW)
    exams.set_consent("usr_ada", NOW + timedelta(days=1))
    assert exams.consent("usr_ada") == NOW + timedelta(days=1)
    assert exams.consent("usr_bob") is None
    exams.set_consent("usr_ada", None)
    assert exams.consent("usr_ada") is None


def test_a_deleted_exam_leaves_nothing(exams: ExamStore) -> None:
    kept(exams, exam(), exam("e2"))
    exams.change(moved(exam()), version=1, answer=answer(exam(), transcript=TranscriptState.PENDING), report=report(exam()))
    assert exams.delete("usr_ada", "exam_e1")
    assert not exams.delete("usr_ada", "exam_e1")
    assert exams.get("usr_ada", "exam_e1") is None
    assert exams.script("usr_ada", "exam_e1") is None
    assert exams.answers("usr_ada", "exam_e1") == []
    assert exams.report("usr_ada", "exam_e1") is None
    assert exams.pending_transcripts(limit=9) == []
    assert not exams.change(moved(exam(version=2)), version=2)
    assert exams.get("usr_ada", "exam_e2") == exam("e2")


def test_a_deleted_person_leaves_nothing_and_others_keep_all(exams: ExamStore) -> None:
    kept(exams, exam(), exam("b1", user_id="usr_bob"))
    exams.set_consent("usr_ada", NOW)
    exams.set_consent("usr_bob", NOW)
    exams.delete_all_of("usr_ada")
    exams.delete_all_of("usr_ada")
    assert exams.history("usr_ada", after=None, limit=9) == []
    assert exams.consent("usr_ada") is None
    assert exams.get("usr_bob", "exam_b1") == exam("b1", user_id="usr_bob")
    assert exams.consent("usr_bob") == NOW
