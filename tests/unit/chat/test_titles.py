import pytest

from chat.models import TitleSource
from core.errors import AppError
from tests.unit.chat.conftest import ADA, World

LONG = "I live in a small town with my sister because it is quiet there."


def test_a_conversation_is_named_after_the_first_thing_worth_it(world: World) -> None:
    sent = world.service.start(ADA, level="B1", topic="travel")
    world.end_of(sent.reply)
    conversation = sent.conversation.id
    assert "B1" in world.service.conversation(ADA, conversation).title
    world.said(ADA, "Hello", conversation)
    assert world.service.conversation(ADA, conversation).title_source is TitleSource.NONE
    world.said(ADA, "Last year I went to the mountains with my best friend and we walked a lot.", conversation)
    named = world.service.conversation(ADA, conversation)
    assert "my best friend" in named.title
    world.said(ADA, "We also saw my grandmother in the village near the lake on our way.", conversation)
    assert world.service.conversation(ADA, conversation).title == named.title


NO_ANSWERS = [
    "I dont understand",
    "I don't know.",
    "Can you repeat the question, please?",
    "What does the word journey mean?",
    "How do you say Schmetterling in English?",
    "Give me an easier question please",
    "Give me a harder question please",
    "Next question please",
    "Help me please",
    "How does this work?",
    "Are you a real person?",
    "What is my level?",
    "What do you think?",
    "Where do you live?",
    "Please tell me a joke about doctors",
    "Please correct my mistakes",
    "Wait a moment please",
    "My English is very bad.",
    "You are wrong.",
    "Ich verstehe die Frage leider nicht, bitte noch einmal",
    "You are very kind",
    "Good bye, see you tomorrow",
]


@pytest.mark.parametrize("text", NO_ANSWERS)
def test_what_is_no_answer_does_not_name_a_practice_and_the_first_answer_does(text: str, world: World) -> None:
    sent = world.service.start(ADA, level="B1", topic="travel")
    world.end_of(sent.reply)
    conversation = sent.conversation.id
    world.said(ADA, text, conversation)
    before = world.service.conversation(ADA, conversation)
    assert (before.title, before.title_source) == (sent.conversation.title, TitleSource.NONE)
    world.said(ADA, "Last year I went to the mountains with my best friend and we walked a lot.", conversation)
    assert "my best friend" in world.service.conversation(ADA, conversation).title


def test_a_wish_for_a_topic_names_the_conversation(world: World) -> None:
    sent = world.service.start(ADA, level="B1", topic="travel")
    world.end_of(sent.reply)
    world.said(ADA, "Lets talk about football", sent.conversation.id)
    assert world.service.conversation(ADA, sent.conversation.id).title == "Football"


def test_a_wish_that_cannot_be_served_names_nothing(world: World) -> None:
    sent = world.service.start(ADA, level="B1", topic="travel")
    world.end_of(sent.reply)
    world.said(ADA, "Lets talk about quarks", sent.conversation.id)
    assert world.service.conversation(ADA, sent.conversation.id).title_source is TitleSource.NONE


def test_a_chat_is_named_after_the_question_that_it_begins_with(world: World) -> None:
    assert world.said(ADA, "Why do people dream at night?").conversation.title == "Why do people dream at night?"
    assert world.said(ADA, "I dont understand").conversation.title_source is TitleSource.NONE


def test_what_would_open_a_conversation_names_it_where_it_answers_a_question(world: World) -> None:
    sent = world.said(ADA, "I dont understand")
    world.said(ADA, "I want to improve my English", sent.conversation.id)
    assert world.service.conversation(ADA, sent.conversation.id).title == "I want to improve my English"


def test_a_title_that_the_person_gave_stays(world: World) -> None:
    sent = world.service.start(ADA, level="B1")
    world.end_of(sent.reply)
    world.service.rename(ADA, sent.conversation.id, "  My   title ")
    world.said(ADA, "Last year I went to the mountains with my best friend.", sent.conversation.id)
    assert world.service.conversation(ADA, sent.conversation.id).title == "My title"


def test_a_title_cannot_turn_the_direction_of_what_stands_beside_it(world: World) -> None:
    conversation = world.said(ADA, LONG).conversation.id
    assert world.service.rename(ADA, conversation, "\u202eMy \u2066title").title == "My title"


@pytest.mark.parametrize("title", ["", "  ", "\u200b", "\u202e \u202c", "x" * 81, None, 5])
def test_an_impossible_title_is_refused(title: object, world: World) -> None:
    conversation = world.said(ADA, LONG).conversation.id
    with pytest.raises(AppError):
        world.service.rename(ADA, conversation, title)
