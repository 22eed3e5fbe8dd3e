"""Exams in the shape of the API, and the two ways in which an answer arrives."""

import json
from dataclasses import dataclass
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.schemas.exams import AnswerOut, ExamOut, FeedbackOut, KeptOut, StateOut, TurnOut, Typed
from exam.errors import AnswerInvalid
from exam.models import Answer, ExamView, KeptRecording
from speech.models import Timing

_YES = {"true", "1", "yes", "on"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """An answer as it arrived: `data` for a recording, otherwise `text`."""

    text: str = ""
    data: bytes | None = None
    hand_in_anyway: bool = False


ANSWER_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "text": {"type": "string", "minLength": 1, "maxLength": 6000},
                        "hand_in_anyway": {"type": "boolean", "default": False},
                    },
                    "required": ["text"],
                }
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "recording": {"type": "string", "format": "binary", "description": "WAV, FLAC, Ogg or MP3"},
                        "hand_in_anyway": {"type": "boolean", "default": False},
                    },
                    "required": ["recording"],
                }
            },
        },
    }
}


async def handed_in(request: Request) -> Handed:
    """Read the answer: JSON with `text`, or a form with the file `recording`. Raises 415 for anything else, 422 for a wrong shape."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _typed(await request.body())
    if kind == "multipart/form-data":
        return await _recorded(request)
    raise HTTPException(415)


async def _recorded(request: Request) -> Handed:
    try:
        form = await request.form(max_files=1, max_fields=20)
    except HTTPException:
        raise AnswerInvalid("This form cannot be read. Send one file in the field recording.", field="recording") from None
    try:
        recording = form.get("recording")
        if not isinstance(recording, UploadFile):
            raise RequestValidationError([{"type": "missing", "loc": ("body", "recording"), "msg": "Field required"}])
        anyway = str(form.get("hand_in_anyway", "")).strip().lower() in _YES
        return Handed(data=await recording.read(), hand_in_anyway=anyway)
    finally:
        await form.close()


def _typed(body: bytes) -> Handed:
    try:
        found = Typed.model_validate(json.loads(body))
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_url=False)]) from None
    except (ValueError, RecursionError):
        raise RequestValidationError([{"type": "json_invalid", "loc": ("body",), "msg": "JSON decode error"}]) from None
    return Handed(text=found.text, hand_in_anyway=found.hand_in_anyway)


def state_out(view: ExamView) -> StateOut:
    """Return the state of an exam."""
    return StateOut(
        exam=ExamOut.model_validate(view.exam),
        turn=TurnOut.model_validate(view.turn) if view.turn else None,
        seconds_left=view.seconds_left,
        ends_at=view.ends_at,
        overtime=view.overtime,
        notes=view.notes,
        draft=view.draft,
        kept=_kept_out(view.exam.kept) if view.exam.kept else None,
        answer=answer_out(view.answer) if view.answer else None,
        missed=list(view.missed),
        feedback=FeedbackOut.model_validate(view.feedback) if view.feedback else None,
        may_pause=view.may_pause,
        may_answer_again=view.may_answer_again,
    )


def _kept_out(kept: KeptRecording) -> KeptOut:
    timing = kept.timing or Timing(seconds=0.0)
    return KeptOut(seconds=timing.seconds, speaking_seconds=timing.speaking_seconds, advice=list(kept.advice))


def answer_out(answer: Answer) -> AnswerOut:
    """Return a stored answer."""
    timing = answer.timing
    return AnswerOut(
        turn_key=answer.turn_key,
        position=answer.position,
        question=answer.question,
        mode=answer.mode,
        submitted_at=answer.submitted_at,
        allowed_seconds=answer.allowed_seconds,
        scored=answer.scored,
        late=answer.late,
        short=answer.short,
        text=answer.text,
        transcript=answer.transcript,
        proposed=answer.proposed,
        transcript_error=answer.transcript_error,
        transcriber=answer.transcriber,
        has_recording=bool(answer.recording_id),
        seconds=timing.seconds if timing else None,
        speaking_seconds=timing.speaking_seconds if timing else None,
        pause_seconds=timing.pause_seconds if timing else None,
        advice=list(answer.advice),
    )
