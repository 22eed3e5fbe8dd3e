"""From the state of a turn to the answer that a client gets."""

from signup.checks import known_fields
from signup.models import Collected, Opened, Progress, Reply, Step
from signup.texts import Texts
from signup.turn import Turn

_PERCENT = (0, 17, 33, 50, 67, 83)


def reply(turn: Turn, *, session_id: str | None) -> Reply:
    """Return what was said in a turn. Without a conversation (None) the next step is the start again."""
    done = turn.collected.done() if session_id else 0
    return Reply(
        success=turn.success,
        message=" ".join(turn.said).replace("\n ", "\n"),
        next_step=turn.step if session_id else Step.START,
        session_id=session_id,
        validation_errors=tuple(turn.errors) or None,
        progress=Progress(current_step=done, percentage=_PERCENT[done]),
        suggestions=turn.suggestions,
        revisiting=turn.revisiting and session_id is not None,
        collected=known_fields(turn.collected) if session_id else {},
    )


def lost(texts: Texts, key: str) -> Reply:
    """Return the answer to somebody whose conversation is not there (`key` says why): they begin again."""
    return reply(Turn(step=Step.START, collected=Collected(), agreed=False, success=False, said=[texts.say(key)]), session_id=None)


def completed(session_id: str, message: str, opened: Opened) -> Reply:
    """Return the last answer of a conversation, which signs the person in."""
    return Reply(
        success=True,
        message=message,
        next_step=Step.COMPLETE,
        session_id=session_id,
        progress=Progress(current_step=6, percentage=100),
        user_id=opened.user_id,
        access_token=opened.access_token,
        refresh_token=opened.refresh_token,
    )
