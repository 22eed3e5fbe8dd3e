"""Which question comes next. No state and no randomness of its own."""

from collections.abc import Callable, Collection, Sequence

from chat.bank.loader import QuestionBank
from chat.bank.models import Choice, Question


def choose_question(
    bank: QuestionBank,
    *,
    level: str,
    topic: str | None,
    used_ids: Collection[str],
    choice: Callable[[Sequence[Question]], Question],
    asked_here: Collection[str] = (),
) -> Choice:
    """Return a question of `level` that the learner has not had lately.

    `topic` None means any topic. `used_ids` are the questions of this conversation and of the learner's last five;
    `asked_here` are those of this conversation alone, and matter only when a whole level is used up: then an earlier
    conversation's question comes back before one of this conversation does. `choice` picks one of several
    (`random.Random(seed).choice`, `secrets.choice`). An id that the bank does not know is ignored. Raises
    `UnknownQuestion` for an unknown level or topic.
    """
    used = frozenset(used_ids) | frozenset(asked_here)
    for name in _search_order(bank, topic):
        fresh = [question for question in bank.questions(level, name) if question.id not in used]
        if fresh:
            return _chosen(bank, choice(fresh), wanted=topic)
    everything = bank.questions(level, topic) or bank.questions(level)
    older = [question for question in everything if question.id not in asked_here]
    return Choice(
        question=choice(older or everything),
        notice="You have answered every question of this level lately, so this one comes a second time.",
    )


def _search_order(bank: QuestionBank, topic: str | None) -> tuple[str | None, ...]:
    if topic is None:
        return (None,)
    return (topic, *bank.topic(topic).near)


def _chosen(bank: QuestionBank, question: Question, *, wanted: str | None) -> Choice:
    if wanted is None or question.topic == wanted:
        return Choice(question=question)
    had, now = bank.topic(wanted).title.lower(), bank.topic(question.topic).title.lower()
    return Choice(
        question=question,
        notice=f"You have had every question about {had} lately, so let us talk about {now}.",
    )
