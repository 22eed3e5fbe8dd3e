"""What the examiner does next: no question twice, follow-ups that fit, help where somebody is stuck."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from chat.bank import LEVELS, default_bank
from chat.models import Conversation, Message, MessageRole, MessageStatus
from chat.script import FOLLOW_UPS, Move, Script
from llm.models import Ask
from tests.factories import NOW

ANSWER = "I live with my little sister in a small flat because it is cheap and near the school."


class Talk:
    """A conversation without a store: plays the part of the service around the script."""

    def __init__(self, *, level: str = "B1", topic: str = "", seed: int = 1, used: Sequence[str] = ()) -> None:
        self.script = Script(bank=default_bank(), choice=random.Random(seed).choice)
        self.conversation = Conversation(id="conv_1", user_id="usr_1", level=level, topic=topic, created_at=NOW, updated_at=NOW)
        self.messages: list[Message] = []
        self.used = list(used)

    def open(self) -> Move:
        return self._keep(self.script.opening(self.conversation, used=lambda: self.used))

    def say(self, text: str, status: MessageStatus = MessageStatus.COMPLETE) -> Move:
        move = self.script.reply(self.conversation, self.messages, text, used=lambda: self.used)
        self.messages.append(self._message(MessageRole.USER, text))
        return self._keep(move, status)

    def _keep(self, move: Move, status: MessageStatus = MessageStatus.COMPLETE) -> Move:
        reply = self._message(MessageRole.ASSISTANT, "…")
        self.messages.append(replace(reply, question_id=move.question_id, details=move.details(), status=status))
        asked = dict.fromkeys([*self.conversation.question_ids, *filter(None, [move.question_id])])
        self.conversation = replace(self.conversation, question_ids=tuple(asked))
        return move

    def _message(self, role: MessageRole, content: str) -> Message:
        seq = len(self.messages) + 1
        return Message(
            id=f"msg_{seq}",
            user_id="usr_1",
            conversation_id="conv_1",
            seq=seq,
            role=role,
            content=content,
            status=MessageStatus.COMPLETE,
            created_at=NOW,
        )


@pytest.mark.parametrize("level", LEVELS)
def test_the_first_question_is_of_the_level_and_topic_that_were_picked(level: str) -> None:
    topic = default_bank().topics()[2].id
    move = Talk(level=level, topic=topic).open()
    question = default_bank().get(move.question_id)
    assert (question.level, question.topic) == (level, topic)
    assert move.brief.ask is Ask.OPENING
    assert move.brief.ask_text == move.brief.question == question.text


def test_an_answer_is_followed_up_and_then_a_new_question_comes() -> None:
    talk = Talk()
    first = talk.open()
    moves = [talk.say(f"{ANSWER} {first.brief.ask_text}") for _ in range(FOLLOW_UPS + 1)]
    assert [move.brief.ask for move in moves] == [Ask.FOLLOW_UP] * FOLLOW_UPS + [Ask.NEXT]
    assert [move.question_id for move in moves[:FOLLOW_UPS]] == [first.question_id] * FOLLOW_UPS
    assert moves[-1].question_id != first.question_id
    assert len({move.brief.ask_text for move in moves}) == len(moves)


def test_what_the_learner_said_is_handed_on_in_the_examiners_words() -> None:
    talk = Talk()
    talk.open()
    assert talk.say(ANSWER).brief.mention in {"your little sister", "a small flat", "the school"}


def test_no_question_comes_twice_in_a_conversation_or_from_the_last_ones() -> None:
    used = [question.id for question in default_bank().questions("B1")[:15]]
    talk = Talk(used=used)
    asked = [talk.open().question_id, *(talk.say("next question").question_id for _ in range(20))]
    assert len(set(asked)) == len(asked)
    assert not set(asked) & set(used)


@pytest.mark.parametrize(
    "text", ["Can you repeat, please?", "I don't understand.", "What does “flat” mean?", "Are you a robot?", "Hello", "??"]
)
def test_what_is_no_answer_gets_the_same_question_again(text: str) -> None:
    talk = Talk()
    first = talk.open()
    move = talk.say(text)
    assert move.brief.ask is Ask.AGAIN
    assert (move.question_id, move.brief.ask_text) == (first.question_id, first.brief.ask_text)


def test_a_follow_up_that_was_not_understood_is_repeated_and_not_the_question_before_it() -> None:
    talk = Talk()
    talk.open()
    follow_up = talk.say(ANSWER)
    assert talk.say("Can you say that again?").brief.ask_text == follow_up.brief.ask_text


def test_who_is_stuck_twice_gets_another_question() -> None:
    talk = Talk()
    first = talk.open()
    assert talk.say("I don't know").brief.ask is Ask.AGAIN
    second = talk.say("yes")
    assert second.brief.ask is Ask.NEXT
    assert second.question_id != first.question_id


def test_a_beginner_may_answer_in_three_words() -> None:
    beginner, other = Talk(level="A1"), Talk(level="B2")
    beginner.open()
    other.open()
    assert beginner.say("I like tea").brief.ask is Ask.FOLLOW_UP
    assert other.say("I like tea").brief.ask is Ask.AGAIN


@pytest.mark.parametrize("text", ["Goodbye!", "I have to go now.", "I want to die"])
def test_a_farewell_and_a_cry_for_help_end_the_questions(text: str) -> None:
    talk = Talk()
    talk.open()
    move = talk.say(text)
    assert move.brief.ask is Ask.NOTHING
    assert move.brief.ask_text == ""
    assert talk.say("Hello again, let's go on with the practice.").brief.ask is Ask.NEXT


def test_a_failed_answer_does_not_count_as_asked() -> None:
    talk = Talk()
    talk.open()
    talk.say("next question", MessageStatus.FAILED)
    assert talk.say("Can you repeat?").question_id == talk.messages[0].question_id


def test_a_conversation_that_the_learner_begins_gets_an_opening_question() -> None:
    move = Talk(level="").say("Hello, how are you?")
    assert move.brief.ask is Ask.OPENING
    assert move.brief.level == "B1"


def test_the_same_move_can_be_made_again_from_what_was_stored() -> None:
    talk = Talk()
    talk.open()
    move = talk.say(ANSWER)
    again = talk.script.again(talk.conversation, talk.messages[-1])
    assert again == move


def test_a_question_that_left_the_bank_does_not_stop_the_conversation() -> None:
    from dataclasses import replace

    talk = Talk()
    talk.open()
    talk.messages[0] = replace(talk.messages[0], question_id="b1-gone-99")
    assert talk.say(ANSWER).brief.ask is Ask.NEXT


def test_the_facts_stored_with_a_reply_stay_small() -> None:
    talk = Talk()
    talk.open()
    for _ in range(10):
        assert sum(len(name) + len(value) for name, value in talk.say(ANSWER).details().items()) < 2000


FRAMED = "Can't we learn that from films or books?"


@pytest.mark.parametrize(
    ("answer", "framed"),
    [
        ("You learn a lot when you visit a country, for example from my uncle.", True),
        ("I would rather stay in my old kitchen and bake bread every day.", False),
        ("My football club lost yesterday and I was very sad about it.", False),
    ],
)
def test_a_phrase_is_taken_up_only_from_an_answer_to_the_question(answer: str, *, framed: bool) -> None:
    question = default_bank().get("b1-travel-1")
    assert any(FRAMED in item.text for item in question.follow_ups)
    asked = set()
    for seed in range(10):
        talk = Talk(seed=seed)
        talk.messages.append(replace(talk._message(MessageRole.ASSISTANT, "…"), question_id=question.id))
        asked.add(FRAMED in talk.say(answer).brief.ask_text)
    assert asked == {framed}


@pytest.mark.parametrize(
    "text", ["Why do you ask?", "Tell me a joke.", "How do you say Zahnarzt in English?", "Was that correct?", "asdfgh jkl qwer"]
)
def test_what_is_no_answer_brings_the_same_question_again(text: str) -> None:
    talk = Talk()
    opened = talk.open()
    move = talk.say(text)
    assert (move.brief.ask, move.brief.ask_text) == (Ask.AGAIN, opened.brief.ask_text)


@pytest.mark.parametrize("text", ["That is too personal.", "I already told you that.", "Can we talk about football instead?"])
def test_who_does_not_want_to_answer_gets_another_question(text: str) -> None:
    talk = Talk()
    opened = talk.open()
    move = talk.say(text)
    assert move.brief.ask is Ask.NEXT
    assert move.question_id != opened.question_id


@pytest.mark.parametrize(
    ("wish", "topic"),
    [
        ("lets talk about football", "free_time"),
        ("I want to speak about my job", "work_and_study"),
        ("can we talk about travel?", "travel"),
        ("i want to talk about music", "culture_and_media"),
        ("let's talk about climate change", "environment"),
    ],
)
@pytest.mark.parametrize("level", LEVELS)
def test_a_wished_topic_is_taken_up_and_kept(level: str, wish: str, topic: str) -> None:
    talk = Talk(level=level)
    talk.open()
    move = talk.say(wish)
    assert move.brief.ask is Ask.NEXT
    assert default_bank().get(move.question_id).topic == topic
    assert talk.say("Can you repeat, please?").brief.topic == default_bank().topic(topic).title.lower()
    assert default_bank().get(talk.say("next question").question_id).topic == topic
    again = talk.script.again(talk.conversation, talk.messages[-1])
    assert again.topic == topic


WISHES = [
    "lets talk about football",
    "I dont want to talk about this, lets talk about football",
    "I don't like this topic, can we talk about football?",
    "No, let's talk about football",
    "Let's change the topic to football",
    "can we talk about something else, like football?",
    "lets talk about football, its my favourite",
]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("wish", WISHES)
def test_after_a_wish_the_follow_ups_belong_to_the_new_question(wish: str, seed: int) -> None:
    talk = Talk(topic="home_and_family", seed=seed)
    opened = talk.open()
    talk.say(ANSWER)
    asked = talk.say(wish)
    question = default_bank().get(asked.question_id)
    assert (asked.brief.ask, question.topic, asked.brief.notice) == (Ask.NEXT, "free_time", "")
    followed = talk.say("I play it every weekend with my friends because it is good for us.")
    assert (followed.question_id, followed.brief.ask) == (question.id, Ask.FOLLOW_UP)
    assert followed.follow_up in {item.text for item in question.follow_ups}
    assert opened.question_id != question.id


def test_a_topic_that_the_bank_does_not_have_is_said_to_be_missing() -> None:
    talk = Talk(level="A2", topic="food")
    opened = talk.open()
    move = talk.say("can we talk about cryptography")
    assert move.question_id != opened.question_id
    assert "no questions about “cryptography”" in move.brief.notice
    assert talk.say("next question").brief.topic == "food"


def test_a_topic_may_be_wished_for_in_the_first_message() -> None:
    move = Talk(level="B1").say("Hello, can we talk about food?")
    assert move.brief.ask is Ask.OPENING
    assert default_bank().get(move.question_id).topic == "food"


@pytest.mark.parametrize(("text", "level"), [("something easier please", "A2"), ("too easy", "B2")])
def test_the_level_is_never_changed_silently(text: str, level: str) -> None:
    talk = Talk(level="B1")
    opened = talk.open()
    move = talk.say(text)
    assert move.brief.ask is Ask.NEXT
    assert move.question_id != opened.question_id
    assert default_bank().get(move.question_id).level == "B1"
    assert f"choose {level}" in move.brief.notice


def test_an_easier_question_is_shorter_than_a_harder_one() -> None:
    easy, hard = Talk(level="B2", seed=4), Talk(level="B2", seed=4)
    easy.open()
    hard.open()
    easier, harder = easy.say("this is too difficult for me"), hard.say("ask me something harder")
    assert len(easier.brief.ask_text) < len(harder.brief.ask_text)


def test_no_level_is_offered_beyond_the_ends_of_the_scale() -> None:
    for level, text in (("A1", "too difficult"), ("C2", "too easy")):
        talk = Talk(level=level)
        talk.open()
        assert talk.say(text).brief.notice == ""


@pytest.mark.parametrize("text", ["Hello, can we practise?", "I'm ready", "my name is Li and I want to improve my English", "lets start"])
def test_a_request_to_begin_gets_the_first_question(text: str) -> None:
    assert Talk().say(text).brief.ask is Ask.OPENING
