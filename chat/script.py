"""What the examiner does next: asks the question again, follows up, moves on or says goodbye. Chooses; words nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from chat.bank import LEVELS, FollowUp, Question, QuestionBank, UnknownQuestion, choose_follow_up, choose_question, fill, find_mention
from chat.models import Conversation, Message, MessageRole, MessageStatus
from chat.wishes import speaks_of, topic_for
from llm.examiner import Heard, Reading, read
from llm.models import Ask, ExaminerBrief

FOLLOW_UPS = 2
"""Follow-ups to one question before the next one comes."""
DEFAULT_LEVEL = "B1"
_STUCK = {Heard.TINY, Heard.DONT_KNOW, Heard.UNCLEAR, Heard.NOISE, Heard.EMPTY}
_ENDS = {Heard.FAREWELL, Heard.CONCERN}
_CHANGES = {Heard.SKIP, Heard.TOPIC, Heard.EASIER, Heard.HARDER}
_FACT_CHARACTERS = 500
_WISH_CHARACTERS = 40
_PART = 4
"""An easier question is one of the shortest quarter of those that are left, a harder one of the longest."""

Pick = Callable[[Sequence[Any]], Any]
"""Picks one of several (`random.Random(seed).choice`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The examiner's next move: the brief for the provider and the bank's question that the reply belongs to ("" for none)."""

    brief: ExaminerBrief
    question_id: str
    follow_up: str = ""
    """The unfilled text of the follow-up that is asked, so that it is not asked twice."""
    topic: str = ""
    """The topic that the learner asked for during the conversation ("" for the conversation's own)."""
    reading: Reading | None = field(default=None, compare=False)
    """What was made of the learner's words, where the move follows some; the same move can be made without them."""

    def details(self) -> dict[str, str]:
        """Return the move as facts to store with the reply: another answer can then be given to the same brief."""
        brief = self.brief
        facts = {
            "ask": brief.ask.value,
            "ask_text": brief.ask_text,
            "mention": brief.mention,
            "notice": brief.notice,
            "follow_up": self.follow_up,
            "topic": self.topic,
        }
        return {name: value[:_FACT_CHARACTERS] for name, value in facts.items() if value}


class Script:
    """Chooses the moves of a conversation. `used` asks the store which questions the learner has had lately."""

    def __init__(self, *, bank: QuestionBank, choice: Pick) -> None:
        self._bank = bank
        self._choice = choice

    def opening(self, conversation: Conversation, *, used: Callable[[], Sequence[str]]) -> Move:
        """Return the move that begins a conversation."""
        return self._new_question(conversation, Ask.OPENING, used=used)

    def reply(self, conversation: Conversation, history: Sequence[Message], text: str, *, used: Callable[[], Sequence[str]]) -> Move:
        """Return the move after the learner said `text`; `history` are the newest messages before it, by seq."""
        reading = read(text, underway=underway(history))
        turn = _Turn(conversation=self._with_wish(conversation, history), history=history, used=used)
        move = self._after(turn, text, reading)
        # The wished topic is noted, so that the turns after it stay with it.
        return replace(move, reading=reading, topic=move.topic or _last_facts(history).get("topic", ""))

    def _after(self, turn: "_Turn", text: str, reading: Reading) -> Move:
        history = turn.history
        current = self._current(history)
        if reading.heard in _ENDS:
            brief = self._brief(turn.conversation, Ask.NOTHING, current)
            return Move(brief=brief, question_id=current.id if current else "")
        if current is None or reading.heard in _CHANGES or self._is_stuck(reading, history):
            return self._change(turn, reading)
        if reading.heard is Heard.ANSWER or (reading.heard is Heard.TINY and self._level(turn.conversation) == "A1"):
            return self._after_answer(turn, text, current)
        brief = self._brief(turn.conversation, Ask.AGAIN, current)
        return Move(brief=replace(brief, ask_text=_asked(history) or current.text), question_id=current.id)

    def again(self, conversation: Conversation, reply: Message) -> Move:
        """Return the move that an earlier reply was made for, so that another provider can make it."""
        question = self._question(reply.question_id)
        facts = reply.details
        ask = next((ask for ask in Ask if ask.value == facts.get("ask")), Ask.NOTHING)
        brief = self._brief(conversation, ask, question)
        brief = replace(brief, ask_text=facts.get("ask_text", ""), mention=facts.get("mention", ""), notice=facts.get("notice", ""))
        if wished := facts.get("topic", ""):
            brief = replace(brief, topic=self.topic_title(replace(conversation, topic=wished)).lower())
        return Move(brief=brief, question_id=reply.question_id, follow_up=facts.get("follow_up", ""), topic=wished)

    def topic_title(self, conversation: Conversation) -> str:
        """Return the topic as people read it ("" for any)."""
        try:
            return self._bank.topic(conversation.topic).title if conversation.topic else ""
        except UnknownQuestion:
            return conversation.topic

    def _change(self, turn: "_Turn", reading: Reading) -> Move:
        """Return the move to another question, as the learner wished for it."""
        ask = Ask.NEXT if turn.conversation.question_ids else Ask.OPENING
        if reading.heard is Heard.TOPIC:
            return self._wished(turn, reading.word, ask)
        if reading.heard not in {Heard.EASIER, Heard.HARDER}:
            return self._new_question(turn.conversation, ask, used=turn.used)
        easier = reading.heard is Heard.EASIER

        def by_length(questions: Sequence[Question]) -> Question:
            in_order = sorted(questions, key=lambda question: len(question.text), reverse=not easier)
            picked: Question = self._choice(in_order[: max(1, len(in_order) // _PART)])
            return picked

        move = self._new_question(turn.conversation, ask, used=turn.used, choice=by_length)
        hint = _level_hint(self._level(turn.conversation), easier=easier)
        return replace(move, brief=replace(move.brief, notice=" ".join(filter(None, [move.brief.notice, hint]))))

    def _wished(self, turn: "_Turn", wish: str, ask: Ask) -> Move:
        """Return the move to a question about what the learner wants to talk about, or to the nearest that the bank has."""
        shown = wish[:_WISH_CHARACTERS]
        topic = topic_for(wish, self._bank)
        if not topic:
            move = self._new_question(turn.conversation, ask, used=turn.used)
            notice = f"I have no questions about “{shown}”, so let us try something else."
            return replace(move, brief=replace(move.brief, notice=notice))

        def about_it(questions: Sequence[Question]) -> Question:
            picked: Question = self._choice([question for question in questions if speaks_of(question, wish)] or list(questions))
            return picked

        conversation = replace(turn.conversation, topic=topic)
        move = self._new_question(conversation, ask, used=turn.used, choice=about_it)
        title = self.topic_title(conversation).lower()
        if not move.brief.notice and wish not in title and not speaks_of(self._bank.get(move.question_id), wish):
            notice = f"I have no question about “{shown}” itself, but I have some about {title}."
            move = replace(move, brief=replace(move.brief, notice=notice))
        return replace(move, topic=topic)

    def _after_answer(self, turn: "_Turn", text: str, current: Question) -> Move:
        asked = _follow_ups_asked(turn.history, current.id)
        mention = find_mention(text) or ""
        phrase = fill("{mention}", mention=mention) if mention else ""
        if len(asked) < FOLLOW_UPS:
            found: tuple[FollowUp, str] | None = choose_follow_up(
                current.follow_ups, answer=text, asked=asked, choice=self._choice, question=current.text
            )
            if found is not None:
                brief = replace(self._brief(turn.conversation, Ask.FOLLOW_UP, current), ask_text=found[1], mention=phrase)
                return Move(brief=brief, question_id=current.id, follow_up=found[0].text)
        move = self._new_question(turn.conversation, Ask.NEXT, used=turn.used)
        return replace(move, brief=replace(move.brief, mention=phrase))

    def _new_question(self, conversation: Conversation, ask: Ask, *, used: Callable[[], Sequence[str]], choice: Pick | None = None) -> Move:
        here = conversation.question_ids
        chosen = choose_question(
            self._bank,
            level=self._level(conversation),
            topic=conversation.topic or None,
            used_ids={*here, *used()},
            asked_here=here,
            choice=choice or self._choice,
        )
        brief = self._brief(conversation, ask, chosen.question)
        return Move(brief=replace(brief, ask_text=chosen.question.text, notice=chosen.notice), question_id=chosen.question.id)

    def _with_wish(self, conversation: Conversation, history: Sequence[Message]) -> Conversation:
        """Return the conversation with the topic that was asked for last."""
        wished = _last_facts(history).get("topic", "")
        known = any(topic.id == wished for topic in self._bank.topics())
        return replace(conversation, topic=wished) if known else conversation

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


def underway(history: Sequence[Message]) -> bool:
    """Tell whether the learner has spoken in the conversation."""
    return any(message.role is MessageRole.USER for message in history)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """What the choice of a move looks at; the conversation's topic is the one that was asked for last."""

    conversation: Conversation
    history: Sequence[Message]
    used: Callable[[], Sequence[str]]


def _level_hint(level: str, *, easier: bool) -> str:
    at = LEVELS.index(level) + (-1 if easier else 1) if level in LEVELS else -1
    if not 0 <= at < len(LEVELS):
        return ""
    return f"You can also choose {LEVELS[at]} when you start a new conversation."


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
