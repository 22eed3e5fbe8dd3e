"""The errors that routes document: status, code and sentence of each, as examples in the OpenAPI document."""

from typing import Any

from api.dialects import Dialect, error_body
from api.schemas.common import ErrorBody
from core.errors import FieldProblem

_EXAMPLES: dict[str, tuple[int, str, tuple[FieldProblem, ...]]] = {
    "VALIDATION_ERROR": (422, "This field is required.", (FieldProblem("email", "This field is required."),)),
    "RULE_BROKEN": (400, "Password must contain number", (FieldProblem("password", "Password must contain number"),)),
    "CHOICE_INVALID": (
        400,
        "There is no such topic. Pick one from the list.",
        (FieldProblem("topic", "There is no such topic. Pick one from the list."),),
    ),
    "INVALID_CREDENTIALS": (401, "The email or password is not correct.", ()),
    "NOT_AUTHENTICATED": (401, "Please sign in.", ()),
    "FORBIDDEN": (403, "You do not have the right to do this.", ()),
    "EMAIL_NOT_VERIFIED": (403, "Please confirm your email address first. We sent you a letter with a link.", ()),
    "REAUTHENTICATION_REQUIRED": (403, "Please enter your current password to do this.", ()),
    "INVITE_REQUIRED": (403, "Signing up needs an invite here. Please ask the person who runs this site for one.", ()),
    "TOKEN_INVALID": (400, "This link is not valid any more. Please ask for a new one.", ()),
    "NOT_FOUND": (404, "There is nothing at this address.", ()),
    "EMAIL_ALREADY_REGISTERED": (409, "An account with this email already exists.", ()),
    "USERNAME_TAKEN": (409, "That username is already taken.", (FieldProblem("username", "That username is already taken."),)),
    "CONVERSATION_NOT_FOUND": (404, "This conversation does not exist or is not yours.", ()),
    "MESSAGE_NOT_FOUND": (404, "This message does not exist or is not yours.", ()),
    "SHARE_NOT_FOUND": (404, "This link does not work any more. Ask the person who sent it for a new one.", ()),
    "IDEMPOTENCY_KEY_REUSED": (409, "This idempotency key was used for a different message. Use a new key for a new message.", ()),
    "NOT_THE_LAST_MESSAGE": (
        409,
        "Only the last message can be changed or answered again. Reload the conversation to see what is new.",
        (),
    ),
    "CHAT_BUSY": (503, "The examiner is very busy at the moment. Your message was not sent; please send it again in a few seconds.", ()),
    "UNSUPPORTED_MEDIA_TYPE": (415, "This content type is not understood here.", ()),
    "EXAM_FORMAT_NOT_FOUND": (404, "There is no exam format called 'x1-style'.", ()),
    "EXAM_NOT_FOUND": (404, "This exam does not exist or is not yours.", ()),
    "EXAM_ANSWER_NOT_FOUND": (404, "There is no answer to this question.", ()),
    "EXAM_CLOSED": (409, "This exam is over. Start a new one to go on practising.", ()),
    "EXAM_PAUSED": (409, "This exam is paused. Resume it first.", ()),
    "EXAM_PAUSE_NOT_ALLOWED": (
        409,
        "In exam mode the clock cannot be stopped in the middle of a question. You can pause after it.",
        (),
    ),
    "EXAM_NOT_THIS_TURN": (409, "The exam is at another question now. Reload the page to see it.", ()),
    "EXAM_WRONG_MOMENT": (409, "The answer time has not begun. Start your answer first.", ()),
    "EXAM_CONSENT_NEEDED": (403, "Please agree to being recorded first, or type your answer.", ()),
    "EXAM_ANSWER_TOO_SHORT": (
        400,
        "Your answer has 3 words; this question asks for at least 12. Say a little more, or hand it in as it is.",
        (FieldProblem("text", "Your answer has 3 words; this question asks for at least 12. Say a little more, or hand it in as it is."),),
    ),
    "EXAM_RECORDING_REFUSED": (
        400,
        "This recording is silent. Check that the right microphone is chosen and not muted, and record again.",
        (
            FieldProblem(
                "recording", "This recording is silent. Check that the right microphone is chosen and not muted, and record again."
            ),
        ),
    ),
    "EXAM_ANSWER_STORED": (
        409,
        "Your answer to this question is stored already and cannot be changed any more. Go on to the next question.",
        (),
    ),
    "EXAM_TIME_OVER": (
        409,
        "The time for this answer was over, so it counts as not answered. The exam goes on with the next question.",
        (),
    ),
    "EXAM_NOT_COMPLETE": (409, "Some questions are still open. Answer them first, or leave the exam without a result.", ()),
    "EXAM_TRANSCRIPTS_OPEN": (409, "Please check the words of your answers first, or accept them as they are.", ()),
    "EXAM_REPORT_NOT_READY": (409, "Your report is being made. Please look again in a moment.", ()),
    "LAST_ADMIN": (409, "This is the only administrator. Please make somebody else an administrator first.", ()),
    "TOO_LARGE": (413, "The request is too large.", ()),
    "RATE_LIMITED": (429, "Too many attempts. Please wait a moment and try again.", ()),
    "STORE_UNAVAILABLE": (503, "The database cannot be reached. Nothing was changed. Please try again in a moment.", ()),
}
_CODE = {"RULE_BROKEN": "VALIDATION_ERROR", "CHOICE_INVALID": "INVALID_CHOICE"}


def faults(*names: str, dialect: Dialect = Dialect.STANDARD, statuses: dict[str, int] | None = None) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route for the faults `names`, each with an example in the route's dialect.

    `statuses` overrides the status of a fault where the dialect says so. 413 and 503 can always happen and are always included.
    """
    found: dict[int | str, dict[str, Any]] = {}
    for name in (*names, "TOO_LARGE", "STORE_UNAVAILABLE"):
        status, sentence, problems = _EXAMPLES[name]
        status = (statuses or {}).get(name, status)
        entry = found.setdefault(status, {"model": ErrorBody, "description": sentence, "content": {"application/json": {"examples": {}}}})
        body = error_body(_CODE.get(name, name), sentence, problems, dialect)
        entry["content"]["application/json"]["examples"][name.lower()] = {"value": body}
    if 429 in found:  # noqa: PLR2004 - the status of limits
        found[429]["headers"] = {"Retry-After": {"description": "seconds until the next attempt", "schema": {"type": "integer"}}}
    return found
