"""A shared conversation: which bubbles are versions of one answer."""

from tests.ui.tabs import Open, Person
from wiring import Services

LABEL = "Another version of this answer"


def shared(services: Services, person: Person, *, again: int) -> str:
    chat, who = services.chat, person.user.id
    begun = chat.start(who, level="B1")
    chat.finished(who, begun.reply.id, timeout=20)
    reply = chat.send(who, text="I like trains because they are quiet.", conversation_id=begun.conversation.id).reply
    chat.finished(who, reply.id, timeout=20)
    for _ in range(again):
        reply = chat.regenerate(who, reply.id).reply
        chat.finished(who, reply.id, timeout=20)
    return chat.share(who, begun.conversation.id)[1]


def test_a_second_answer_to_the_same_message_is_said_to_be_one(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("shared", link=shared(services, person, again=2))
    labelled = [LABEL in [caption.value for caption in bubble.caption] for bubble in tab.test.chat_message]
    assert labelled == [False, False, False, True, True]


def test_a_conversation_without_second_answers_has_no_such_label(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("shared", link=shared(services, person, again=0))
    assert len(tab.bubbles) == 3
    assert LABEL not in tab.captions
