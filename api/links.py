"""Where an answer holds what another route needs, as links of the OpenAPI document: people see how routes go together, tests try it.

Routes stand here by their public paths, which do not change; one that no route has fails when the document is made.
"""

from typing import Any

Target = tuple[str, str, dict[str, str]]
"""Method and path of the other route, and from where its parameters come."""

_EXAM_PATH = "/api/v1/exams/{exam_id}"
_TURN_PATH = f"{_EXAM_PATH}/turns/{{turn_key}}"


def _in_body(**pointers: str) -> dict[str, str]:
    return {name: f"$response.body#/{pointer}" for name, pointer in pointers.items()}


def _of_session(session: dict[str, str]) -> dict[str, Target]:
    return {
        "readConversation": ("get", "/api/v1/chat/chats/{session_id}/", session),
        "renameConversation": ("patch", "/api/v1/chat/sessions/{session_id}", session),
        "exportConversation": ("get", "/api/v1/chat/sessions/{session_id}/export", session),
        "shareConversation": ("post", "/api/v1/chat/sessions/{session_id}/shares", session),
    }


def _of_turn(turn: dict[str, str]) -> dict[str, Target]:
    return {
        "keepNotes": ("put", f"{_TURN_PATH}/notes", turn),
        "keepDraft": ("put", f"{_TURN_PATH}/draft", turn),
        "startPreparation": ("post", f"{_TURN_PATH}/preparation", turn),
        "startAnswer": ("post", f"{_TURN_PATH}/begin", turn),
        "handIn": ("post", f"{_TURN_PATH}/answer", turn),
        "nextQuestion": ("post", f"{_TURN_PATH}/next", turn),
        "passQuestion": ("post", f"{_TURN_PATH}/skip", turn),
    }


def _of_answer(turn: dict[str, str]) -> dict[str, Target]:
    return {
        "readWords": ("get", f"{_TURN_PATH}/transcript", turn),
        "readNotesOnAnswer": ("get", f"{_TURN_PATH}/feedback", turn),
    }


def _of_exam(exam: dict[str, str]) -> dict[str, Target]:
    return {
        "readExam": ("get", _EXAM_PATH, exam),
        "pauseExam": ("post", f"{_EXAM_PATH}/pause", exam),
        "resumeExam": ("post", f"{_EXAM_PATH}/resume", exam),
        "listAnswers": ("get", f"{_EXAM_PATH}/answers", exam),
        "finishExam": ("post", f"{_EXAM_PATH}/finish", exam),
        "readReport": ("get", f"{_EXAM_PATH}/report", exam),
        "readReportAsTable": ("get", f"{_EXAM_PATH}/report.csv", exam),
        "readReportAsDocument": ("get", f"{_EXAM_PATH}/report.pdf", exam),
    }


_SESSION = _in_body(session_id="session_id")
_ANSWER = _in_body(message_id="message_id")
_EXAM = _in_body(exam_id="exam/id")
_TURN = _in_body(exam_id="exam/id", turn_key="turn/key")
_WHO: Target = ("get", "/api/users/me", {})
_PROFILE: Target = ("get", "/profile", {})
_PERSON = _in_body(user_id="0/id")

LINKS: dict[tuple[str, str], dict[str, Target]] = {
    ("post", "/register"): {"readProfile": _PROFILE},
    ("post", "/login"): {"readProfile": _PROFILE},
    ("post", "/api/auth/login"): {"whoAmI": _WHO},
    ("post", "/api/v1/accounts/register/"): {"whoAmI": _WHO},
    ("post", "/api/v1/accounts/login/"): {"whoAmI": _WHO},
    ("post", "/api/chat"): {
        **_of_session(_SESSION),
        "followAnswer": ("get", "/api/chat/stream/{message_id}", _ANSWER),
        "stopAnswer": ("post", "/api/v1/chat/messages/{message_id}/stop", _ANSWER),
        "answerAgain": ("post", "/api/v1/chat/messages/{message_id}/regenerate", _ANSWER),
        "editMessage": ("put", "/api/v1/chat/messages/{message_id}", _in_body(message_id="user_message_id")),
    },
    ("post", "/api/v1/chat/"): _of_session(_SESSION),
    ("get", "/api/history"): _of_session(_in_body(session_id="items/0/session_id")),
    ("get", "/api/v1/chat/chats-history/"): _of_session(_in_body(session_id="0/session_id")),
    ("post", "/api/v1/chat/sessions/{session_id}/shares"): {
        "revokeLink": ("delete", "/api/v1/chat/shares/{share_id}", _in_body(share_id="id")),
    },
    ("post", "/api/v1/exams"): {**_of_exam(_EXAM), **_of_turn(_TURN), "deleteExam": ("delete", _EXAM_PATH, _EXAM)},
    ("get", _EXAM_PATH): _of_turn(_TURN),
    ("get", "/api/v1/exams"): _of_exam(_in_body(exam_id="items/0/id")),
    ("post", f"{_TURN_PATH}/begin"): _of_turn(_TURN),
    ("post", f"{_TURN_PATH}/answer"): {**_of_turn(_TURN), **_of_answer(_TURN)},
    ("post", f"{_TURN_PATH}/next"): _of_turn(_TURN),
    ("post", f"{_TURN_PATH}/skip"): _of_turn(_TURN),
    ("get", "/api/v1/auth/sessions"): {
        "endSession": ("delete", "/api/v1/auth/sessions/{session_id}", _in_body(session_id="0/id")),
    },
    ("get", "/api/v1/admin/users"): {
        "readPerson": ("get", "/api/v1/admin/users/{user_id}", _PERSON),
        "giveRole": ("put", "/api/v1/admin/users/{user_id}/role", _PERSON),
        "listSessionsOfPerson": ("get", "/api/v1/admin/users/{user_id}/sessions", _PERSON),
        "switchOn": ("post", "/api/v1/admin/users/{user_id}/enable", _PERSON),
        "sendReset": ("post", "/api/v1/admin/users/{user_id}/reset", _PERSON),
        "unlockPerson": ("post", "/api/v1/admin/users/{user_id}/unlock", _PERSON),
        "readUseOfPerson": ("get", "/api/v1/admin/users/{user_id}/usage", _PERSON),
    },
    ("get", "/api/v1/admin/usage/people"): {
        "readHeaviestUser": ("get", "/api/v1/admin/users/{user_id}", _in_body(user_id="0/user_id")),
        "readUseOfHeaviestUser": ("get", "/api/v1/admin/users/{user_id}/usage", _in_body(user_id="0/user_id")),
    },
    ("post", "/api/v1/admin/invites"): {
        "revokeInvite": ("delete", "/api/v1/admin/invites/{invite_id}", _in_body(invite_id="id")),
    },
}
"""(method, path) → name of the link → its target. A target without parameters only needs the token that the answer holds."""


def add_links(paths: dict[str, Any]) -> None:
    """Put the links into the `paths` of an OpenAPI document."""
    for (method, path), links in LINKS.items():
        responses = paths[path][method]["responses"]
        success = next(response for status, response in responses.items() if status.startswith("2"))
        success["links"] = {name: _link(paths[target][verb], parameters) for name, (verb, target, parameters) in links.items()}


def _link(operation: dict[str, Any], parameters: dict[str, str]) -> dict[str, Any]:
    if parameters:
        return {"operationId": operation["operationId"], "parameters": parameters}
    return {"operationId": operation["operationId"], "description": "with the token of this answer in `Authorization`"}
