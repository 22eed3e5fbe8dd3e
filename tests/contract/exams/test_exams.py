"""`exam.ports.ExamStore`, on every backend."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

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
    Phase,
    ScriptCriterion,
    ScriptPart,
    ScriptPicture,
    StoredReport,
    TranscriptState,
)
from speech.models import Segment, Timing
from tests.contract.bundle import Stores
from tests.contract.make import later
from tests.factories import NOW

ADA, BOB = "usr_ada", "usr_bob"


def exam(tag: str = "x1", /, **changes: Any) -> Exam:
    made = Exam(
        id=f"exm_{tag}",
        user_id=ADA,
        format_id="f",
        title="An exam",
        level="B2",
        mode=ExamMode.EXAM,
        created_at=NOW,
        updated_at=NOW,
        turn_count=2,
        item_ids=("i1", "i2"),
    )
    return replace(made, **changes)


def script(tag: str = "x1", /, **changes: Any) -> ExamScript:
    turn = PlannedTurn(
        key="p1.q1",
        part_id="p1",
        item_id="i1",
        kind="photo",
        ask="main",
        text="Describe it.",
        bullets=("who", "where"),
        options=(Option(text="A park", icon="tree"),),
        pictures=("pic",),
        candidates=(FollowUp(text="Why {x}?", when=("because",)),),
        preparation_seconds=0,
        answer_seconds=45,
        min_seconds=5,
        min_words=10,
        scored=True,
    )
    made = ExamScript(
        exam_id=f"exm_{tag}",
        user_id=ADA,
        turns=(turn,),
        parts=(ScriptPart(id="p1", title="One", instructions="Speak."),),
        criteria=(ScriptCriterion(id="g", title="Grammar", aspects=("range", "accuracy"), weight=0.5),),
        lowest="A2",
        highest="C1",
        honesty="An estimate.",
        scale={"B2": "160-179"},
        pictures={"pic": ScriptPicture(svg="<svg/>", alt="A park")},
    )
    return replace(made, **changes)


def answer(key: str = "p1.q1", /, **changes: Any) -> Answer:
    made = Answer(
        exam_id="exm_x1",
        user_id=ADA,
        turn_key=key,
        position=0,
        question="Describe it.",
        mode=AnswerMode.SPOKEN,
        submitted_at=NOW,
        allowed_seconds=45,
        scored=True,
        text="A $where.park\x00",
        timing=Timing(seconds=3.5, segments=(Segment(start=0.0, end=3.5, is_speech=True),), speech_found=True, words=3),
        advice=("very quiet",),
        transcript=TranscriptState.PENDING,
        transcript_lease=later(minutes=1),
    )
    return replace(made, **changes)


def report(tag: str = "x1", /, **changes: Any) -> StoredReport:
    return replace(StoredReport(exam_id=f"exm_{tag}", user_id=ADA, made_at=NOW, data='{"a": "é"}'), **changes)


def test_an_exam_comes_back_as_it_was_stored_with_its_script(stores: Stores) -> None:
    stored = exam(
        state=ExamState.PAUSED,
        phase=Phase.ANSWERING,
        started_at=NOW,
        seconds_left=12.25,
        notes={"p1.q1": "$x"},
        asked={"p1.q1": Asked(text="Why?", candidate="Why {x}?")},
        grading_lease=later(minutes=1),
    )
    stores.exams.add(stored, script())
    assert stores.exams.get(ADA, "exm_x1") == stored
    assert stores.exams.script(ADA, "exm_x1") == script()
    assert stores.exams.answers(ADA, "exm_x1") == []
    assert stores.exams.report(ADA, "exm_x1") is None


def test_what_belongs_to_somebody_else_looks_like_nothing(stores: Stores) -> None:
    stores.exams.add(exam(), script())
    stores.exams.change(exam(version=2), version=1, answer=answer(), report=report())
    for user_id, exam_id in ((BOB, "exm_x1"), (ADA, "exm_x2"), (ADA, '{"$gt": ""}')):
        assert stores.exams.get(user_id, exam_id) is None
        assert stores.exams.script(user_id, exam_id) is None
        assert stores.exams.answers(user_id, exam_id) == []
        assert stores.exams.answer(user_id, exam_id, "p1.q1") is None
        assert stores.exams.report(user_id, exam_id) is None
        assert not stores.exams.delete(user_id, exam_id)
    assert stores.exams.history(BOB, after=None, limit=5) == []
    assert stores.exams.reports(BOB, limit=5) == []
    assert not stores.exams.change(exam(user_id=BOB, version=3), version=2)
    assert not stores.exams.change_answer(answer(user_id=BOB, version=2), version=1)
    assert stores.exams.get(ADA, "exm_x1") == exam(version=2)


def test_a_change_needs_the_version_that_was_read(stores: Stores) -> None:
    stores.exams.add(exam(), script())
    changed = exam(version=2, position=1, phase=Phase.ANSWERED)
    assert not stores.exams.change(changed, version=2, answer=answer(), report=report())
    assert stores.exams.answers(ADA, "exm_x1") == []
    assert stores.exams.report(ADA, "exm_x1") is None
    assert stores.exams.change(changed, version=1, answer=answer(), report=report())
    assert stores.exams.get(ADA, "exm_x1") == changed
    assert stores.exams.answers(ADA, "exm_x1") == [answer()]
    assert stores.exams.report(ADA, "exm_x1") == report()
    assert not stores.exams.change(exam("gone"), version=1, answer=answer())


def test_of_parallel_changes_of_one_version_exactly_one_wins_with_its_answer(stores: Stores) -> None:
    stores.exams.add(exam(), script())

    def hand_in(number: int) -> bool:
        return stores.exams.change(exam(version=2, position=number), version=1, answer=answer(text=f"Answer {number}"))

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(hand_in, range(8)))
    assert won.count(True) == 1
    stored = stores.exams.answer(ADA, "exm_x1", "p1.q1")
    assert stored is not None
    assert stored.text == f"Answer {won.index(True)}"


def test_answers_come_by_position_and_are_replaced_whole(stores: Stores) -> None:
    stores.exams.add(exam(), script())
    stores.exams.change(exam(version=2), version=1, answer=answer("z", position=0))
    stores.exams.change(exam(version=3), version=2, answer=answer("a", position=1))
    stores.exams.change(exam(version=4), version=3, answer=answer("z", position=0, text="Again", timing=None, version=5))
    assert stores.exams.answers(ADA, "exm_x1") == [answer("z", position=0, text="Again", timing=None, version=5), answer("a", position=1)]
    assert stores.exams.answer(ADA, "exm_x1", "a") == answer("a", position=1)
    assert stores.exams.answer(ADA, "exm_x1", "unknown") is None


def test_an_answer_changes_apart_from_its_exam_by_its_own_version(stores: Stores) -> None:
    stores.exams.add(exam(), script())
    stores.exams.change(exam(version=2), version=1, answer=answer("p1.q1.$x"))
    heard = answer("p1.q1.$x", transcript=TranscriptState.PROPOSED, proposed="A park.", version=2)
    assert not stores.exams.change_answer(heard, version=2)
    assert stores.exams.change_answer(heard, version=1)
    assert not stores.exams.change_answer(heard, version=1)
    assert not stores.exams.change_answer(answer("unknown", version=2), version=1)
    assert stores.exams.answers(ADA, "exm_x1") == [heard]
    assert stores.exams.get(ADA, "exm_x1") == exam(version=2)


def test_history_is_newest_first_in_pages(stores: Stores) -> None:
    for tag, hour in (("a", 1), ("c", 2), ("b", 2), ("d", 3)):
        stores.exams.add(exam(tag, created_at=later(hours=hour)), script(tag))
    stores.exams.add(exam("bob", user_id=BOB), script("bob", user_id=BOB))
    first = stores.exams.history(ADA, after=None, limit=2)
    assert [one.id for one in first] == ["exm_d", "exm_c"]
    rest = stores.exams.history(ADA, after=ExamCursor(first[-1].created_at, first[-1].id), limit=9)
    assert [one.id for one in rest] == ["exm_b", "exm_a"]


def test_reports_come_newest_first_and_are_replaced(stores: Stores) -> None:
    for tag, hour in (("a", 1), ("b", 3), ("c", 2)):
        stores.exams.add(exam(tag), script(tag))
        stores.exams.change(exam(tag, version=2), version=1, report=report(tag, made_at=later(hours=hour)))
    stores.exams.change(exam("a", version=3), version=2, report=report("a", made_at=later(hours=9), data="{}"))
    assert [one.exam_id for one in stores.exams.reports(ADA, limit=2)] == ["exm_a", "exm_b"]
    assert stores.exams.report(ADA, "exm_a") == report("a", made_at=later(hours=9), data="{}")


def test_pending_work_is_found_until_it_is_done(stores: Stores) -> None:
    for tag in "abc":
        stores.exams.add(exam(tag), script(tag))
        pending = answer(exam_id=f"exm_{tag}")
        stores.exams.change(exam(tag, version=2, grading=GradingState.PENDING), version=1, answer=pending)
    stores.exams.change(exam("a", version=3, grading=GradingState.READY), version=2)
    stores.exams.change_answer(answer(exam_id="exm_b", transcript=TranscriptState.FAILED, version=2), version=1)
    assert sorted(one.id for one in stores.exams.pending_gradings(limit=9)) == ["exm_b", "exm_c"]
    assert sorted(one.exam_id for one in stores.exams.pending_transcripts(limit=9)) == ["exm_a", "exm_c"]
    assert len(stores.exams.pending_gradings(limit=1)) == len(stores.exams.pending_transcripts(limit=1)) == 1
    stores.exams.delete(ADA, "exm_c")
    assert [one.exam_id for one in stores.exams.pending_transcripts(limit=9)] == ["exm_a"]


def test_consent_is_kept_moved_and_taken_back(stores: Stores) -> None:
    assert stores.exams.consent(ADA) is None
    stores.exams.set_consent(ADA, NOW)
    stores.exams.set_consent(ADA, later(hours=1))
    assert stores.exams.consent(ADA) == later(hours=1)
    assert stores.exams.consent(BOB) is None
    stores.exams.set_consent(ADA, None)
    stores.exams.set_consent(ADA, None)
    assert stores.exams.consent(ADA) is None


def test_a_removed_exam_leaves_nothing(stores: Stores) -> None:
    stores.exams.add(exam(), script())
    stores.exams.change(exam(version=2), version=1, answer=answer(), report=report())
    assert stores.exams.delete(ADA, "exm_x1")
    assert not stores.exams.delete(ADA, "exm_x1")
    assert stores.exams.script(ADA, "exm_x1") is None
    assert stores.exams.answers(ADA, "exm_x1") == []
    assert stores.exams.reports(ADA, limit=5) == []


def test_a_persons_exams_are_removed_with_their_consent(stores: Stores) -> None:
    stores.exams.add(exam(), script())
    stores.exams.add(exam("bob", user_id=BOB), script("bob", user_id=BOB))
    stores.exams.set_consent(ADA, NOW)
    stores.exams.set_consent(BOB, NOW)
    stores.exams.delete_all_of(ADA)
    assert stores.exams.history(ADA, after=None, limit=5) == []
    assert stores.exams.consent(ADA) is None
    assert len(stores.exams.history(BOB, after=None, limit=5)) == 1
    assert stores.exams.consent(BOB) == NOW
