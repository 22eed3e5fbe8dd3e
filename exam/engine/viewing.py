"""What a face shows of an exam now."""

from collections.abc import Sequence

from exam.engine import moves
from exam.engine.moves import Opened
from exam.feedback import feedback_on
from exam.models import Answer, AnswerMode, ExamMode, ExamView, Phase, TurnView


def view_of(opened: Opened, answers: Sequence[Answer]) -> ExamView:
    """Return the view of an exam with these answers."""
    exam, turn = opened.exam, turn_view(opened)
    answer = next((one for one in answers if turn is not None and one.turn_key == turn.key), None)
    practice = exam.mode is ExamMode.PRACTICE
    ends = moves.clock_ends_at(opened)
    return ExamView(
        exam=exam,
        turn=turn,
        seconds_left=moves.seconds_left(opened),
        ends_at=ends,
        overtime=exam.phase is Phase.ANSWERING and ends is not None and opened.now > ends,
        notes=exam.notes.get(turn.key, "") if turn else "",
        draft=exam.drafts.get(turn.key, "") if turn else "",
        answer=answer,
        missed=tuple(one.turn_key for one in answers if one.mode is AnswerMode.NONE),
        feedback=feedback_on(answer, level=exam.level, min_words=turn.min_words) if practice and answer and turn else None,
        may_pause=moves.may_pause(opened),
        may_answer_again=moves.may_answer_again(opened),
    )


def turn_view(opened: Opened) -> TurnView | None:
    """Return the current turn as it is shown."""
    turn, script, position = opened.turn, opened.script, opened.exam.position
    if turn is None:
        return None
    part = script.part(turn.part_id)
    return TurnView(
        key=turn.key,
        kind=turn.kind,
        ask=turn.ask,
        part=part,
        number=position + 1,
        turn_count=len(script.turns),
        part_number=script.parts.index(part) + 1,
        part_count=len(script.parts),
        opens_part=position == 0 or script.turns[position - 1].part_id != turn.part_id,
        question=moves.question_of(opened.exam, turn),
        bullets=turn.bullets,
        options=tuple(option.text for option in turn.options),
        pictures=tuple(script.pictures[name] for name in turn.pictures if name in script.pictures),
        preparation_seconds=turn.preparation_seconds,
        answer_seconds=turn.answer_seconds,
        min_seconds=turn.min_seconds,
        min_words=turn.min_words,
        scored=turn.scored,
    )
