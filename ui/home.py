"""What the home page looks up for somebody who is back: the last conversation, an unfinished exam, the last result."""

from dataclasses import dataclass

from chat.models import Conversation
from exam.models import Exam, TurnView
from wiring import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What lies on a person's desk. `turn` is the question at which `unfinished` stands, None when all are answered."""

    last: Conversation | None
    unfinished: Exam | None = None
    turn: TurnView | None = None
    result: Exam | None = None


def desk(services: Services, user_id: str) -> Desk:
    """Return it: two short questions to the store, one more for an unfinished exam."""
    newest = services.chat.history(user_id, limit=1).items
    exams = services.exams.history(user_id).items
    unfinished = next((exam for exam in exams if exam.is_open), None)
    return Desk(
        last=newest[0] if newest else None,
        unfinished=unfinished,
        turn=services.exams.view(user_id, unfinished.id).turn if unfinished else None,
        result=next((exam for exam in exams if exam.label), None),
    )
