"""Exams: the same engine as the pages, so that an exam begun in the browser can be finished by a client."""

import dataclasses
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.encoders import jsonable_encoder
from starlette.responses import Response

from api.cursors import Cursor, opened, sealed
from api.deps import CurrentPerson, ServicesOf, VerifiedPerson
from api.exams import ANSWER_BODY, Handed, answer_out, handed_in, state_out
from api.faults import faults
from api.schemas.common import PLAIN_DIGITS, Done
from api.schemas.exams import (
    AnswerOut,
    Consent,
    ConsentOut,
    Draft,
    ExamList,
    ExamOut,
    FeedbackOut,
    Finish,
    FormatOut,
    Notes,
    ProgressOut,
    ReportOut,
    Start,
    StateOut,
    Words,
)
from exam.models import ExamCursor
from exam.report import records
from exam.report.pdf import as_pdf
from exam.report.tables import as_csv
from speech.models import Recording

router = APIRouter(prefix="/api/v1/exams", tags=["exams"])
REPORT_SECONDS = 2.0
"""How long an answer waits for a report that is being made: the offline one takes less."""

_SIGNED_IN = faults("NOT_AUTHENTICATED")
_START = faults("NOT_AUTHENTICATED", "EMAIL_NOT_VERIFIED", "VALIDATION_ERROR", "CHOICE_INVALID", "EXAM_FORMAT_NOT_FOUND", "RATE_LIMITED")
_LIST = faults("NOT_AUTHENTICATED", "VALIDATION_ERROR", "CHOICE_INVALID")
_ONE = faults("NOT_AUTHENTICATED", "EXAM_NOT_FOUND")
_MOVE = faults(
    "NOT_AUTHENTICATED",
    "EMAIL_NOT_VERIFIED",
    "EXAM_NOT_FOUND",
    "EXAM_CLOSED",
    "EXAM_PAUSED",
    "EXAM_NOT_THIS_TURN",
    "EXAM_WRONG_MOMENT",
    "VALIDATION_ERROR",
    "RATE_LIMITED",
)
_HAND_IN = faults(
    "NOT_AUTHENTICATED",
    "EXAM_CONSENT_NEEDED",
    "EXAM_NOT_FOUND",
    "EXAM_ANSWER_INVALID",
    "EXAM_ANSWER_TOO_SHORT",
    "EXAM_RECORDING_REFUSED",
    "EXAM_ANSWER_STORED",
    "EXAM_TIME_OVER",
    "EXAM_NOT_THIS_TURN",
    "EXAM_WRONG_MOMENT",
    "UNSUPPORTED_MEDIA_TYPE",
    "VALIDATION_ERROR",
    "RATE_LIMITED",
)
_HAND_IN_KEPT = faults(
    "NOT_AUTHENTICATED",
    "EMAIL_NOT_VERIFIED",
    "EXAM_CONSENT_NEEDED",
    "EXAM_NOT_FOUND",
    "EXAM_NOTHING_KEPT",
    "EXAM_ANSWER_STORED",
    "EXAM_TIME_OVER",
    "EXAM_NOT_THIS_TURN",
    "EXAM_WRONG_MOMENT",
    "EXAM_PAUSED",
    "EXAM_CLOSED",
    "RATE_LIMITED",
)
_ANSWER = faults("NOT_AUTHENTICATED", "EXAM_NOT_FOUND", "EXAM_ANSWER_NOT_FOUND")
_WORDS = faults("NOT_AUTHENTICATED", "EXAM_NOT_FOUND", "EXAM_ANSWER_NOT_FOUND", "EXAM_CLOSED", "VALIDATION_ERROR", "RATE_LIMITED")
_RETRY = faults("NOT_AUTHENTICATED", "EMAIL_NOT_VERIFIED", "EXAM_CONSENT_NEEDED", "EXAM_NOT_FOUND", "EXAM_ANSWER_NOT_FOUND", "RATE_LIMITED")
_NOTES_ON = faults("NOT_AUTHENTICATED", "EXAM_NOT_FOUND", "EXAM_ANSWER_NOT_FOUND", "EXAM_WRONG_MOMENT")
_FINISH = faults(
    "NOT_AUTHENTICATED",
    "EMAIL_NOT_VERIFIED",
    "EXAM_NOT_FOUND",
    "EXAM_NOT_COMPLETE",
    "EXAM_TRANSCRIPTS_OPEN",
    "VALIDATION_ERROR",
    "RATE_LIMITED",
)
_REPORT = faults("NOT_AUTHENTICATED", "EXAM_NOT_FOUND", "EXAM_REPORT_NOT_READY")
_AUDIO: dict[int | str, dict[str, Any]] = {
    200: {"content": {"audio/*": {"schema": {"type": "string", "format": "binary"}}}, "description": "The recording, byte for byte."}
}
_KEPT = {**faults("NOT_AUTHENTICATED", "EXAM_NOT_FOUND", "EXAM_NOTHING_KEPT"), **_AUDIO}
_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "One line per criterion and per answer."}
}

_PDF: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}, "description": "The report, A4."}
}


@router.get("/formats", summary="List the exams that can be taken", responses=_SIGNED_IN)
def formats(_person: CurrentPerson, services: ServicesOf) -> list[FormatOut]:
    """Return the formats in the order in which they are offered."""
    return [FormatOut.model_validate(found) for found in services.exams.formats()]


@router.get("/consent", summary="Have I agreed to being recorded?", responses=_SIGNED_IN)
def consent(person: CurrentPerson, services: ServicesOf) -> ConsentOut:
    """Return the consent, and who would hear the recordings."""
    return ConsentOut(agreed=services.exams.has_consent(person.user.id), transcribers=list(services.exams.transcribers))


@router.put("/consent", summary="Agree to being recorded, or not any more", responses=faults("NOT_AUTHENTICATED", "VALIDATION_ERROR"))
def set_consent(body: Consent, person: CurrentPerson, services: ServicesOf) -> ConsentOut:
    """Keep the consent; it is needed once, before the first recording."""
    if body.agreed:
        services.exams.give_consent(person.user.id)
    else:
        services.exams.withdraw_consent(person.user.id)
    return consent(person, services)


@router.get("/progress", summary="My ranges over time", responses=_SIGNED_IN)
def progress(person: CurrentPerson, services: ServicesOf) -> ProgressOut:
    """Return ranges by exam, aspect and kind of task, and what they allow to be said."""
    return ProgressOut.model_validate(jsonable_encoder(dataclasses.asdict(services.exams.progress(person.user.id))))


@router.post("", status_code=201, summary="Begin an exam", responses=_START)
def start(body: Start, person: VerifiedPerson, services: ServicesOf) -> StateOut:
    """Draw the questions and return the first; no clock runs yet."""
    view = services.exams.start(person.user.id, format_id=body.format_id, level=body.level, mode=body.mode, way=body.way)
    return state_out(view)


@router.get("", summary="List my exams", responses=_LIST)
def exams(
    person: CurrentPerson,
    services: ServicesOf,
    after: Cursor = "",
    limit: Annotated[int, Query(ge=1, le=100), PLAIN_DIGITS] = 20,
) -> ExamList:
    """Return exams, newest first."""
    page = services.exams.history(person.user.id, after=ExamCursor(*opened(after)) if after else None, limit=limit)
    more = sealed(page.next.created_at, page.next.id) if page.next else None
    return ExamList(items=[ExamOut.model_validate(item) for item in page.items], next=more)


@router.get("/{exam_id}", summary="What to show now", responses=_ONE)
def state(exam_id: str, person: CurrentPerson, services: ServicesOf) -> StateOut:
    """Return the current question, the clock by the server's time, and what may be done."""
    return state_out(services.exams.view(person.user.id, exam_id))


@router.delete("/{exam_id}", summary="Delete an exam for good", responses=_ONE)
def delete(exam_id: str, person: CurrentPerson, services: ServicesOf) -> Done:
    """Remove the exam with its answers, recordings and report."""
    services.exams.delete(person.user.id, exam_id)
    return Done(message="The exam is deleted.")


@router.post("/{exam_id}/turns/{turn_key}/preparation", summary="Start the preparation time", responses=_MOVE)
def begin_preparation(exam_id: str, turn_key: str, person: VerifiedPerson, services: ServicesOf) -> StateOut:
    """Start it; the answer time follows by itself. Where there is none the answer time starts."""
    return state_out(services.exams.begin_preparation(person.user.id, exam_id, turn_key))


@router.post("/{exam_id}/turns/{turn_key}/begin", summary="Start the answer time", responses=_MOVE)
def begin_answer(exam_id: str, turn_key: str, person: VerifiedPerson, services: ServicesOf) -> StateOut:
    """Start it, also before the preparation is over; starting it twice changes nothing."""
    return state_out(services.exams.begin_answer(person.user.id, exam_id, turn_key))


@router.put("/{exam_id}/turns/{turn_key}/notes", summary="Keep notes", responses=_MOVE)
def save_notes(exam_id: str, turn_key: str, body: Notes, person: VerifiedPerson, services: ServicesOf) -> StateOut:
    """Keep the notes of the preparation."""
    return state_out(services.exams.save_notes(person.user.id, exam_id, turn_key, body.text))


@router.put("/{exam_id}/turns/{turn_key}/draft", summary="Keep what is being typed", responses=_MOVE)
def save_draft(exam_id: str, turn_key: str, body: Draft, person: VerifiedPerson, services: ServicesOf) -> StateOut:
    """Keep an answer that is not handed in yet; if time and grace run out, it is what was answered."""
    return state_out(services.exams.save_draft(person.user.id, exam_id, turn_key, body.text))


@router.post("/{exam_id}/turns/{turn_key}/answer", summary="Hand in an answer", responses=_HAND_IN, openapi_extra=ANSWER_BODY)
def hand_in(
    exam_id: str, turn_key: str, person: VerifiedPerson, services: ServicesOf, handed: Annotated[Handed, Depends(handed_in)]
) -> StateOut:
    """Hand in a typed (JSON) or recorded (form) answer. The same answer again returns what is stored."""
    owner, anyway = person.user.id, handed.hand_in_anyway
    if handed.data is None:
        return state_out(services.exams.submit_text(owner, exam_id, turn_key, handed.text, hand_in_anyway=anyway))
    return state_out(services.exams.submit_recording(owner, exam_id, turn_key, handed.data, hand_in_anyway=anyway))


@router.get("/{exam_id}/turns/{turn_key}/kept", summary="Get the recording that was too short", response_class=Response, responses=_KEPT)
def kept(exam_id: str, turn_key: str, person: CurrentPerson, services: ServicesOf) -> Response:
    """Return the sound of a recording that is kept with the question and is no answer yet."""
    return _sound(services.exams.kept_recording(person.user.id, exam_id, turn_key))


@router.post("/{exam_id}/turns/{turn_key}/kept", summary="Hand in the recording that was too short", responses=_HAND_IN_KEPT)
def hand_in_kept(exam_id: str, turn_key: str, person: VerifiedPerson, services: ServicesOf) -> StateOut:
    """Hand it in as it is, without sending it again; doing so twice changes nothing."""
    return state_out(services.exams.submit_kept(person.user.id, exam_id, turn_key))


@router.post("/{exam_id}/turns/{turn_key}/next", summary="Go on to the next question", responses=_MOVE)
def go_on(exam_id: str, turn_key: str, person: VerifiedPerson, services: ServicesOf) -> StateOut:
    """Leave an answered question; leaving it twice changes nothing."""
    return state_out(services.exams.go_on(person.user.id, exam_id, turn_key))


@router.post("/{exam_id}/turns/{turn_key}/skip", summary="Pass a question", responses=_MOVE)
def skip(exam_id: str, turn_key: str, person: VerifiedPerson, services: ServicesOf) -> StateOut:
    """Mark the question as not answered and go on."""
    return state_out(services.exams.skip(person.user.id, exam_id, turn_key))


@router.post("/{exam_id}/pause", summary="Pause an exam", responses=faults("EXAM_PAUSE_NOT_ALLOWED") | _MOVE)
def pause(exam_id: str, person: VerifiedPerson, services: ServicesOf) -> StateOut:
    """Stop the clock: in practice at any time, in an exam only between two questions."""
    return state_out(services.exams.pause(person.user.id, exam_id))


@router.post("/{exam_id}/resume", summary="Go on with a paused exam", responses=_MOVE)
def resume(exam_id: str, person: VerifiedPerson, services: ServicesOf) -> StateOut:
    """Let the clock run on from where it was stopped."""
    return state_out(services.exams.resume(person.user.id, exam_id))


@router.post("/{exam_id}/abandon", summary="Leave an exam without a result", responses=_MOVE)
def abandon(exam_id: str, person: VerifiedPerson, services: ServicesOf) -> StateOut:
    """End the exam; its answers stay until it is deleted."""
    return state_out(services.exams.abandon(person.user.id, exam_id))


@router.get("/{exam_id}/answers", summary="List the answers of an exam", responses=_ONE)
def answers(exam_id: str, person: CurrentPerson, services: ServicesOf) -> list[AnswerOut]:
    """Return the answers in the order of the questions."""
    return [answer_out(found) for found in services.exams.answers(person.user.id, exam_id)]


@router.get("/{exam_id}/turns/{turn_key}/recording", summary="Get a recording", response_class=Response, responses={**_ANSWER, **_AUDIO})
def recording(exam_id: str, turn_key: str, person: CurrentPerson, services: ServicesOf) -> Response:
    """Return the sound of an answer to its owner."""
    return _sound(services.exams.recording(person.user.id, exam_id, turn_key))


@router.get("/{exam_id}/turns/{turn_key}/transcript", summary="Get the words of an answer", responses=_ANSWER)
def transcript(exam_id: str, turn_key: str, person: CurrentPerson, services: ServicesOf) -> AnswerOut:
    """Return the answer; `transcript` is pending, proposed, failed, confirmed, or none."""
    return answer_out(services.exams.answer(person.user.id, exam_id, turn_key))


@router.put("/{exam_id}/turns/{turn_key}/transcript", summary="Correct or type the words of an answer", responses=_WORDS)
def confirm_transcript(exam_id: str, turn_key: str, body: Words, person: VerifiedPerson, services: ServicesOf) -> AnswerOut:
    """Store what was said, until the exam is finished."""
    return answer_out(services.exams.confirm_transcript(person.user.id, exam_id, turn_key, body.text))


@router.post("/{exam_id}/turns/{turn_key}/transcript/retry", summary="Have a recording written down again", responses=_RETRY)
def retry_transcript(exam_id: str, turn_key: str, person: VerifiedPerson, services: ServicesOf) -> AnswerOut:
    """Try again after a failure."""
    return answer_out(services.exams.retry_transcript(person.user.id, exam_id, turn_key))


@router.get("/{exam_id}/turns/{turn_key}/feedback", summary="Notes on an answer", responses=_NOTES_ON)
def feedback(exam_id: str, turn_key: str, person: CurrentPerson, services: ServicesOf) -> FeedbackOut:
    """Return notes: in practice at once, in an exam after its end."""
    return FeedbackOut.model_validate(services.exams.feedback(person.user.id, exam_id, turn_key))


@router.post("/{exam_id}/finish", summary="Finish an exam", responses=_FINISH)
def finish(exam_id: str, person: VerifiedPerson, services: ServicesOf, body: Finish | None = None) -> ExamOut:
    """End an exam whose questions are all done and have its report made; waits up to two seconds for it."""
    accept = body.accept_transcripts if body else False
    return ExamOut.model_validate(services.exams.finish(person.user.id, exam_id, accept_transcripts=accept, wait=REPORT_SECONDS))


@router.get("/{exam_id}/report", summary="Get the report", responses=_REPORT)
def report(exam_id: str, person: CurrentPerson, services: ServicesOf) -> ReportOut:
    """Return the report: a practice estimate, not an official result."""
    return ReportOut.model_validate(_plain(services, person.user.id, exam_id))


@router.get("/{exam_id}/report.csv", summary="Get the report as a table", response_class=Response, responses={**_REPORT, **_CSV})
def report_csv(exam_id: str, person: CurrentPerson, services: ServicesOf) -> Response:
    """Return the report as comma-separated values."""
    found = services.exams.report(person.user.id, exam_id, wait=REPORT_SECONDS)
    headers = {"Content-Disposition": 'attachment; filename="report.csv"', "Cache-Control": "no-store"}
    return Response(as_csv(found), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/{exam_id}/report.pdf", summary="Get the report as a document", response_class=Response, responses={**_REPORT, **_PDF})
def report_pdf(exam_id: str, person: CurrentPerson, services: ServicesOf) -> Response:
    """Return the report as PDF."""
    found = services.exams.report(person.user.id, exam_id, wait=REPORT_SECONDS)
    headers = {"Content-Disposition": 'attachment; filename="report.pdf"', "Cache-Control": "no-store"}
    return Response(as_pdf(found), media_type="application/pdf", headers=headers)


def _sound(found: Recording) -> Response:
    return Response(found.data, media_type=found.content_type, headers={"Cache-Control": "private, no-store"})


def _plain(services: ServicesOf, owner: str, exam_id: str) -> dict[str, Any]:
    return records.to_plain(services.exams.report(owner, exam_id, wait=REPORT_SECONDS))
