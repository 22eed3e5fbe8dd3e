"""What the examiner does next: asks the question again, follows up, moves on or says goodbye. Chooses; words nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chat.bank import FollowUp, Question, QuestionBank, UnknownQuestion, choose_follow_up, choose_question, fill, find_mention
from chat.models import Conversation, Message, MessageRole, MessageStatus
from llm.examiner import Heard, Reading, read
from llm.models import Ask, ExaminerBrief

FOLLOW_UPS = 2
"""Follow-ups to one question before the next one comes."""
DEFAULT_LEVEL = "B1"
_STUCK = {Heard.TINY, Heard.DONT_KNOW, Heard.UNCLEAR, Heard.NOISE, Heard.EMPTY}
_ENDS = {Heard.FAREWELL, Heard.CONCERN}
_FACT_CHARACTERS = 500

Choice = Callable[[Sequence[Any]], Any]
"""Picks one of several (`random.Random(seed).choice`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The examiner's next move: the brief for the provider and the bank's question that the reply belongs to ("" for none)."""

    brief: ExaminerBrief
    question_id: str
    follow_up: str = ""
    """The unfilled text of the follow-up that is asked, so that it is not asked twice."""

    def details(self) -> dict[str, str]:
        """Return the move as facts to store with the reply: another answer can then be given to the same brief."""
        brief = self.brief
        facts = {
            "ask": brief.ask.value,
            "ask_text": brief.ask_text,
            "mention": brief.mention,
            "notice": brief.notice,
            "follow_up": self.follow_up,
        }
        return {name: value[:_FACT_CHARACTERS] for name, value in facts.items() if value}


class Script:
    """Chooses the moves of a conversation. `used` asks the store which questions the learner has had lately."""

    def __init__(self, *, bank: QuestionBank, choice: Choice) -> None:
        self._bank = bank
        self._choice = choice

    def opening(self, conversation: Conversation, *, used: Callable[[], Sequence[str]]) -> Move:
        """Return the move that begins a conversation."""
        return self._new_question(conversation, Ask.OPENING, used=used)

    def reply(self, conversation: Conversation, history: Sequence[Message], text: str, *, used: Callable[[], Sequence[str]]) -> Move:
        """Return the move after the learner said `text`; `history` are the newest messages before it, by seq."""
        reading = read(text)
        current = self._current(history)
        if reading.heard in _ENDS:
            return Move(brief=self._brief(conversation, Ask.NOTHING, current), question_id=current.id if current else "")
        if current is None:
            return self._new_question(conversation, Ask.OPENING if not conversation.question_ids else Ask.NEXT, used=used)
        if reading.heard is Heard.SKIP or self._is_stuck(reading, history):
            return self._new_question(conversation, Ask.NEXT, used=used)
        if reading.heard is Heard.ANSWER or (reading.heard is Heard.TINY and self._level(conversation) == "A1"):
            return self._after_answer(conversation, history, text, current, used=used)
        brief = self._brief(conversation, Ask.AGAIN, current)
        return Move(brief=replace(brief, ask_text=_asked(history) or current.text), question_id=current.id)

    def again(self, conversation: Conversation, reply: Message) -> Move:
        """Return the move that an earlier reply was made for, so that another provider can make it."""
        question = self._question(reply.question_id)
        facts = reply.details
        ask = next((ask for ask in Ask if ask.value == facts.get("ask")), Ask.NOTHING)
        brief = self._brief(conversation, ask, question)
        brief = replace(brief, ask_text=facts.get("ask_text", ""), mention=facts.get("mention", ""), notice=facts.get("notice", ""))
        return Move(brief=brief, question_id=reply.question_id, follow_up=facts.get("follow_up", ""))

    def topic_title(self, conversation: Conversation) -> str:
        """Return the topic as people read it ("" for any)."""
        try:
            return self._bank.topic(conversation.topic).title if conversation.topic else ""
        except UnknownQuestion:
            return conversation.topic

    def _after_answer(
        self, conversation: Conversation, history: Sequence[Message], text: str, current: Question, *, used: Callable[[], Sequence[str]]
    ) -> Move:
        asked = _follow_ups_asked(history, current.id)
        mention = find_mention(text) or ""
        phrase = fill("{mention}", mention=mention) if mention else ""
        if len(asked) < FOLLOW_UPS:
            found: tuple[FollowUp, str] | None = choose_follow_up(
                current.follow_ups, answer=text, asked=asked, choice=self._choice, question=current.text
            )
            if found is not None:
                brief = replace(self._brief(conversation, Ask.FOLLOW_UP, current), ask_text=found[1], mention=phrase)
                return Move(brief=brief, question_id=current.id, follow_up=found[0].text)
        move = self._new_question(conversation, Ask.NEXT, used=used)
        return replace(move, brief=replace(move.brief, mention=phrase))

    def _new_question(self, conversation: Conversation, ask: Ask, *, used: Callable[[], Sequence[str]]) -> Move:
        here = conversation.question_ids
        chosen = choose_question(
            self._bank,
            level=self._level(conversation),
            topic=conversation.topic or None,
            used_ids={*here, *used()},
            asked_here=here,
            choice=self._choice,
        )
        brief = self._brief(conversation, ask, chosen.question)
        return Move(brief=replace(brief, ask_text=chosen.question.text, notice=chosen.notice), question_id=chosen.question.id)

    def _brief(self, conversation: Conversation, ask: Ask, question: Question | None) -> ExaminerBrief:
        return ExaminerBrief(
            level=self._level(conversation),
            topic=self.topic_title(conversation).lower(),
            question=question.text if question else "",
            ask=ask,
            follow_ups=tuple(item.text for item in question.follow_ups if not item.takes_mention) if question else (),
        )

    def _level(self, conversation: Conversation) -> str:
        return conversation.level or DEFAULT_LEVEL

    def _current(self, history: Sequence[Message]) -> Question | None:
        for message in reversed(history):
            if message.role is MessageRole.ASSISTANT and message.question_id and message.status is not MessageStatus.FAILED:
                return None if message.details.get("ask") == Ask.NOTHING.value else self._question(message.question_id)
        return None

    def _question(self, question_id: str) -> Question | None:
        try:
            return self._bank.get(question_id) if question_id else None
        except UnknownQuestion:
            return None

    def _is_stuck(self, reading: Reading, history: Sequence[Message]) -> bool:
        """Tell whether the learner got nowhere twice with the same question: then a new one is kinder."""
        if reading.heard not in _STUCK:
            return False
        last = next((message for message in reversed(history) if message.role is MessageRole.USER), None)
        asked_again = _last_facts(history).get("ask") == Ask.AGAIN.value
        return asked_again and last is not None and read(last.content).heard in _STUCK


def _asked(history: Sequence[Message]) -> str:
    """Return what was asked last, a follow-up or the question itself."""
    return _last_facts(history).get("ask_text", "")


def _last_facts(history: Sequence[Message]) -> Mapping[str, str]:
    for message in reversed(history):
        if message.role is MessageRole.ASSISTANT and message.status is not MessageStatus.FAILED:
            return message.details
    return {}


def _follow_ups_asked(history: Sequence[Message], question_id: str) -> set[str]:
    return {message.details["follow_up"] for message in history if message.question_id == question_id and message.details.get("follow_up")}
