"""What the fields of successful answers look like in examples: in general, and where a name means something else in one schema."""

from typing import Any

TIME = "2026-03-14T12:00:00Z"
TOKEN = "<access token>"
_SOME_TIME_LATER = "2026-04-13T12:00:00Z"
_QUESTION = "What do you like about living there?"
_WELCOME = "Your account is ready. Please confirm your email address with the link that we sent you."
_HONESTY = "A practice estimate, not an official result."

BY_NAME: dict[str, Any] = {
    "access_token": TOKEN,
    "attempts": 8,
    "code": "VALIDATION_ERROR",
    "content": "I live near the sea.",
    "cost_micros": 0,
    "email": "ada@example.com",
    "ended": 2,
    "exam_id": "exam_4Gh8Nw2Z",
    "expires_at": _SOME_TIME_LATER,
    "expires_in": 900,
    "first_name": "Ada",
    "format_id": "quick-check",
    "full_name": "Ada Lovelace",
    "honesty": _HONESTY,
    "id": "usr_7Hq2Lx9B",
    "instructions": "Answer as you would in a conversation.",
    "ip": "203.0.113.7",
    "is_active": True,
    "kind": "practice",
    "label": "Offline examiner",
    "last_error": "the mail server could not be reached",
    "last_message": _QUESTION,
    "last_name": "Lovelace",
    "level": "B1",
    "link": "https://viva.example.com/create-account?token=<invite>",
    "listening_language": "en",
    "message": _QUESTION,
    "message_id": "msg_5Rt1Wc8N",
    "model": "offline-examiner",
    "name": "Ada Lovelace",
    "page": 1,
    "per_page": 20,
    "permissions": ["profile:manage", "chat:use", "exam:take"],
    "preferences": {"voice": "calm"},
    "provider": "offline",
    "question": "Where do you live, and what is it like there?",
    "refresh_token": "<refresh token>",
    "reply": _QUESTION,
    "role": "learner",
    "session_id": "conv_9Kd3Vb6M",
    "speaking_language": "en",
    "success": True,
    "target_level": "B2",
    "template": "verification",
    "text": "I live near the sea.",
    "title": "Living near the sea",
    "to": "ada@example.com",
    "token": TOKEN,
    "token_type": "bearer",
    "tokens": 45,
    "topic": "home_and_family",
    "turn_key": "p1-1",
    "url": "https://viva.example.com/shared?link=<secret>",
    "user_agent": "Mozilla/5.0",
    "user_id": "usr_7Hq2Lx9B",
    "user_message_id": "msg_1Pf7Yd2G",
    "username": "ada_l",
}
_PART = {"id": "interview", "title": "Interview"}
_EXAM = {
    "id": "exam_4Gh8Nw2Z",
    "title": "Quick check",
    "phase": "ready",
    "position": 0,
    "turn_count": 4,
    "grading_error": "",
    "label": "",
    "finished_at": None,
}

BY_SCHEMA: dict[str, dict[str, Any]] = {
    "AccountSession": {"message": "You are signed in."},
    "AnswerOut": {
        "mode": "typed",
        "allowed_seconds": 40,
        "scored": True,
        "proposed": "",
        "transcript_error": "",
        "transcriber": "",
        "seconds": None,
        "speaking_seconds": None,
        "pause_seconds": None,
        "advice": [],
    },
    "AuditEventOut": {"id": "evt_8Yb4Jm1S", "at": TIME, "data": {"session": "ses_2Qm8Zk4T"}},
    "ChatMessage": {"id": "msg_1Pf7Yd2G", "status": "complete", "model": ""},
    "ConsentOut": {"agreed": True, "transcribers": ["whisper"]},
    "DeadLetter": {"id": "ltr_3Vw9Rc5K"},
    "Done": {"message": "It is done."},
    "Ended": {"message": "The other sessions are ended."},
    "ExamList": {"next": None},
    "ExamOut": _EXAM,
    "FeedbackOut": {"words": 34, "notes": ["You gave a reason for your opinion."], "try_next": "Add a short example."},
    "FormatOut": {
        "id": "quick-check",
        "title": "Quick check",
        "style": "Viva",
        "description": "Four questions on everyday topics.",
        "minutes": [4, 6],
        "turn_count": 4,
        "speaking_seconds": 160,
    },
    "HistoryFeed": {"next": None},
    "Hit": {"role": "user", "snippet": "I live near the sea.", "hits": [[16, 19]]},
    "InviteOut": {"id": "inv_5Ck2Xf8P", "token": "<invite>"},
    "PartOut": _PART,
    "PictureOut": {"svg": "<svg></svg>", "alt": "Two people at a table in a garden."},
    "ProgressOut": {"exams": [], "criteria": [], "tasks": [], "reading": "One exam says little.", "noise": "Levels can differ by one."},
    "ProviderOut": {"name": "offline", "offline": True, "ready": True},
    "QuotaOut": {"limit": 500, "used": 3},
    "RegisterResponse": {"message": _WELCOME},
    "ReportOut": {
        "title": "Quick check",
        "aimed_at": "B1",
        "made_at": TIME,
        "label": "Probably A2 to B1",
        "levels": ["A2", "B1"],
        "scale_name": "CEFR",
        "scale_text": "The Common European Framework of Reference for Languages.",
        "criteria": [],
        "answers": [],
        "unanswered": 0,
        "notes": ["Pronunciation is not judged from typed answers."],
    },
    "SearchResults": {"next": None},
    "SessionOut": {"id": "ses_2Qm8Zk4T", "is_current": True},
    "SharedMessageOut": {"role": "user"},
    "ShareOut": {"id": "shr_9Lp6Gd3H"},
    "StateOut": {
        "draft": "",
        "seconds_left": None,
        "ends_at": None,
        "notes": "",
        "kept": None,
        "answer": None,
        "missed": [],
        "feedback": None,
        "may_pause": True,
    },
    "TopicOut": {"id": "home_and_family", "title": "Home and family"},
    "TurnOut": {
        "key": "p1-1",
        "kind": "short-answer",
        "ask": "Answer in two or three sentences.",
        "number": 1,
        "turn_count": 4,
        "opens_part": True,
        "bullets": [],
        "options": [],
        "pictures": [],
        "preparation_seconds": 0,
        "answer_seconds": 40,
        "min_seconds": 8,
        "min_words": 12,
        "scored": True,
    },
    "UsageOut": {"tokens": 45, "prompt_tokens": 30, "completion_tokens": 15},
    "Verified": {"status": "verified", "message": "Your email address is confirmed."},
}


def _said(
    message: str, step: str, done: int, *, session: str | None = "signup_6Tn3Qa7E", errors: list[str] | None = None
) -> dict[str, Any]:
    progress = {"current_step": done, "total_steps": 6, "percentage": round(done * 100 / 6)}
    answer = {"success": errors is None, "message": message, "next_step": step, "session_id": session}
    return {**answer, "validation_errors": errors, "progress": progress}


_GREETING = {"summary": "before the start", "value": _said("Hello! Shall we create an account?", "start", 0, session=None)}
_TAKEN = _said("That username is already taken. Please choose another.", "username", 1, errors=["Username 'ada_l' is already taken"])
_EXPIRED = _said("Shall we start again?", "start", 0, session=None) | {"success": False}
_TOKENS = {"user_id": "usr_7Hq2Lx9B", "access_token": TOKEN, "refresh_token": "<refresh token>"}

BY_ROUTE: dict[tuple[str, str], dict[str, dict[str, Any]]] = {
    ("post", "/api/v1/auth/signup/conversation"): {
        "greeting": _GREETING,
        "accepted": {"summary": "a field was taken", "value": _said("Which username would you like?", "username", 1)},
        "refused": {"summary": "a field cannot be used", "value": _TAKEN},
        "expired": {"summary": "the conversation is unknown or has expired", "value": _EXPIRED},
        "complete": {"summary": "the account is made", "value": _said("Congratulations!", "complete", 6) | _TOKENS},
    },
    ("get", "/api/v1/auth/signup/conversation/start"): {"greeting": _GREETING},
}
"""Named examples of routes whose success has several faces. (FastAPI would leave out each null of an example given at a route.)"""
