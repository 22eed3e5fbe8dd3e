"""Values of the exam component with only what a test cares about spelt out."""

from dataclasses import replace
from typing import Any

from chat.bank import FollowUp
from exam.bank.models import Option, PlannedTurn
from exam.models import (
    Answer,
    AnswerMode,
    Exam,
    ExamMode,
    ExamScript,
    ScriptCriterion,
    ScriptPart,
    ScriptPicture,
    StoredReport,
    TranscriptState,
    Way,
)
from speech.models import Segment, Timing
from tests.contract.make import later
from tests.factories import NOW

ADA = "usr_ada"


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
        way=Way.TYPE,
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
