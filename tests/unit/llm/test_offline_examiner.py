import random
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest

from llm.call import Call
from llm.examiner.reading import Heard
from llm.examiner.wording import OCCASIONS, options
from llm.models import Ask, ChatRequest, Delta, ExaminerBrief, Role, Turn
from llm.providers.offline import NOTE, OfflineExaminer

QUESTION = "What do you like about the place where you live?"
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


class Conversation:
    """Talks to the examiner as a learner would."""

    def __init__(self, *, level: str = "B1", seed: int = 1) -> None:
        self.examiner = OfflineExaminer(choice=random.Random(seed).choice)
        self.level = level
        self.turns: list[Turn] = []

    def say(self, text: str | None, *, ask: Ask = Ask.AGAIN, mention: str = "", ask_text: str = QUESTION, feedback: bool = True) -> str:
        if text is not None:
            self.turns.append(Turn(Role.USER, text))
        brief = ExaminerBrief(
            level=self.level,
            topic="home",
            question=QUESTION,
            ask=ask,
            ask_text="" if ask is Ask.NOTHING else ask_text,
            mention=mention,
            feedback=feedback,
        )
        reply = self.examiner.reply(ChatRequest(turns=tuple(self.turns), brief=brief))
        self.turns.append(Turn(Role.ASSISTANT, reply))
        return reply


@pytest.mark.parametrize("level", LEVELS)
def test_it_greets_says_what_it_is_and_asks_the_question_it_was_handed(level: str) -> None:
    for seed in range(8):
        greeting = Conversation(level=level, seed=seed).say(None, ask=Ask.OPENING)
        assert "program" in greeting or "rules" in greeting
        assert "offline" in greeting or "without the internet" in greeting
        assert greeting.endswith(QUESTION)


def test_it_says_what_it_is_also_when_the_learner_speaks_first() -> None:
    reply = Conversation().say("Hello", ask=Ask.OPENING)
    assert "examiner" in reply
    assert reply.count("Hello") <= 1
    assert reply.endswith(QUESTION)


def test_it_takes_up_what_the_learner_said() -> None:
    talk = Conversation(seed=3)
    talk.say(None, ask=Ask.OPENING)
    replies = [talk.say("We have a garden behind our house and two cats.", ask=Ask.FOLLOW_UP, mention="your garden") for _ in range(4)]
    assert any("your garden" in reply for reply in replies)


def test_a_phrase_that_the_follow_up_takes_up_already_is_not_repeated_before_it() -> None:
    for seed in range(10):
        talk = Conversation(seed=seed)
        talk.say(None, ask=Ask.OPENING)
        reply = talk.say("We have a garden.", ask=Ask.FOLLOW_UP, mention="your garden", ask_text="What grows in your garden?")
        assert reply.count("your garden") == 1


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_wording_is_never_used_twice_in_a_row(level: str) -> None:
    for text in ("yes", "Can you repeat?", "skip", "you are stupid", "", "I like my town because it is quiet and small.", "And you?"):
        talk = Conversation(level=level, seed=7)
        talk.say(None, ask=Ask.OPENING)
        replies = [talk.say(text) for _ in range(6)]
        openings = [reply.split("\n\n")[0] for reply in replies]
        assert all(one != two for one, two in pairwise(openings))


@pytest.mark.parametrize("heard", [kind for kind in Heard if kind not in {Heard.ANSWER, Heard.TINY}])
def test_there_is_something_to_say_to_everything_at_every_level(heard: Heard) -> None:
    for level in LEVELS:
        assert options(heard.value, level)


def test_a_tiny_answer_is_invited_to_grow_and_not_judged() -> None:
    reply = Conversation().say("yes")
    assert QUESTION in reply
    assert "A note on your answer" not in reply


def test_a_request_to_repeat_brings_the_question_and_no_feedback() -> None:
    talk = Conversation()
    talk.say(None, ask=Ask.OPENING)
    reply = talk.say("Can you repeat that, please?")
    assert reply.endswith(QUESTION)
    assert "note" not in reply


def test_it_admits_that_it_cannot_explain_a_word() -> None:
    assert "“landlord”" in Conversation().say("What does landlord mean?")


def test_it_never_gives_a_score() -> None:
    reply = Conversation().say("What is my level?")
    assert not re.search(r"\b[ABC][12]\b", reply.split("\n\n")[-2])


def test_a_farewell_gets_a_farewell_and_no_question() -> None:
    talk = Conversation()
    talk.say(None, ask=Ask.OPENING)
    reply = talk.say("Goodbye!", ask=Ask.NOTHING)
    assert QUESTION not in reply
    assert "?" not in reply


def test_somebody_in_distress_is_pointed_to_people_and_not_examined() -> None:
    talk = Conversation()
    talk.say(None, ask=Ask.OPENING)
    reply = talk.say("I want to die", ask=Ask.NOTHING)
    assert "crisis line" in reply
    assert "note" not in reply


def test_joy_is_not_heard_where_it_was_denied() -> None:
    for seed in range(12):
        talk = Conversation(seed=seed)
        talk.say(None, ask=Ask.OPENING)
        reply = talk.say("I do not enjoy it and I never liked the place.", ask=Ask.NEXT)
        assert not [text for text in OCCASIONS["joy"]["plain"] if text in reply]


def test_a_notice_is_passed_on() -> None:
    examiner = OfflineExaminer(choice=random.Random(1).choice)
    brief = ExaminerBrief(level="A2", topic="food", ask=Ask.NEXT, ask_text=QUESTION, notice="We change the topic now.")
    assert "We change the topic now." in examiner.reply(ChatRequest(turns=(Turn(Role.USER, "I like rice."),), brief=brief))


def test_feedback_can_be_switched_off() -> None:
    talk = Conversation()
    talk.say(None, ask=Ask.OPENING)
    assert "note" not in talk.say("I am agree with you about the town.", feedback=False)


def test_the_same_choice_gives_the_same_words() -> None:
    said = ["yes", "I like my town because it is quiet.", "What about you?"]
    first, second = Conversation(seed=5), Conversation(seed=5)
    assert [first.say(text) for text in said] == [second.say(text) for text in said]


def test_the_pieces_joined_are_the_reply() -> None:
    def first_of(items: Sequence[str]) -> str:
        return items[0]

    request = ChatRequest(
        turns=(Turn(Role.USER, "I  like\n\nit – a lot."),), brief=ExaminerBrief(level="B1", topic="x", ask=Ask.NEXT, ask_text=QUESTION)
    )
    examiner = OfflineExaminer(choice=first_of)
    pieces = [event.text for event in examiner.stream(request, call=Call()) if isinstance(event, Delta)]
    assert "".join(pieces) == examiner.reply(request)
    assert len(pieces) > 10


def test_every_wording_is_a_finished_sentence_without_loose_ends() -> None:
    for occasion, bands in OCCASIONS.items():
        for texts in bands.values():
            assert len(set(texts)) == len(texts)
            for text in texts:
                assert text == text.strip()
                assert "  " not in text
                assert text[-1] in ".?)…”}!", (occasion, text)
                assert "!" not in text


def test_every_occasion_has_more_than_one_wording_but_the_follow_up_itself() -> None:
    short = [(occasion, band) for occasion, bands in OCCASIONS.items() for band, texts in bands.items() if len(texts) < 2]
    assert short == [("ask_follow_up", "plain")]


def test_somebody_in_grief_is_not_told_to_say_more() -> None:
    reply = Conversation().say("My grandmother died last week so I cannot really think.")
    assert "orry" in reply
    assert NOTE not in reply


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_claims_that_a_question_was_answered(level: str) -> None:
    assert not [text for text in options("neutral", level) if re.search(r"answers? (it|that|my|the)|clear|position|where you stand", text)]


def test_worries_are_met_as_worries_and_not_as_material() -> None:
    for seed in range(8):
        talk = Conversation(seed=seed)
        talk.say(None, ask=Ask.OPENING)
        assert "your mother" not in talk.say("My mother is ill and I am worried about her.", mention="your mother")
