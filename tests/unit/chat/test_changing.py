"""Asking for another answer, and saying something else instead."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from chat.errors import (
    InvalidChoice,
    InvalidMessage,
    MessageNotFound,
    NotTheLastMessage,
    OutOfRange,
    ReplyInProgress,
    SendKeyReused,
)
from chat.models import MessageStatus
from chat.results import Sent
from tests.unit.chat.conftest import ADA, WAIT, Gate, World

LONG = "I live in a small town with my sister because it is quiet there."


def test_a_new_answer_is_kept_beside_the_old_one_and_comes_from_another_provider(world: World) -> None:
    sent = world.said(ADA, LONG)
    again = world.service.regenerate(ADA, sent.reply.id)
    assert world.end_of(again.reply).provider == "other"
    stored = world.service.messages(ADA, sent.conversation.id)
    assert [message.reply_to for message in stored[1:]] == [stored[0].id] * 2
    assert stored[1].question_id == stored[2].question_id
    assert world.models.requests[1].brief == world.models.requests[0].brief or world.models.requests[1].avoid == ("scripted",)


def test_a_wished_provider_answers_and_an_unknown_one_is_refused(world: World) -> None:
    sent = world.said(ADA, LONG)
    assert world.end_of(world.service.regenerate(ADA, sent.reply.id, provider="scripted").reply).provider == "scripted"
    with pytest.raises(InvalidChoice):
        world.service.regenerate(ADA, sent.reply.id, provider="nobody")


@pytest.mark.parametrize("by_message", [True, False])
def test_asking_again_with_the_same_key_gives_the_same_answer_and_stores_nothing(by_message: bool, world: World) -> None:
    sent = world.said(ADA, LONG)
    assert sent.message is not None
    named = sent.message.id if by_message else sent.reply.id
    first = world.service.regenerate(ADA, named, idempotency_key="key")
    world.end_of(first.reply)
    world.said(ADA, "I go on.", sent.conversation.id)
    used = world.service.quota(ADA).used
    second = world.service.regenerate(ADA, named, idempotency_key="key")
    assert (second.replayed, second.reply.id, second.message) == (True, first.reply.id, sent.message)
    assert len(world.service.messages(ADA, sent.conversation.id)) == 5
    assert world.service.quota(ADA).used == used
    assert len(world.models.requests) == 3


def test_an_answer_that_is_being_written_is_given_to_who_asks_for_it_with_its_key(world: World) -> None:
    sent = world.said(ADA, LONG)
    gate = Gate()
    world.models.scripts = [["one ", gate, "two"]]
    first = world.service.regenerate(ADA, sent.reply.id, idempotency_key="key")
    assert gate.reached.wait(WAIT)
    assert world.service.regenerate(ADA, sent.reply.id, idempotency_key="key").reply.id == first.reply.id
    gate.open()
    world.end_of(first.reply)


@pytest.mark.parametrize("editing", [True, False])
def test_of_many_at_once_with_one_key_one_is_stored(editing: bool, world: World) -> None:
    sent = world.said(ADA, LONG)
    mine = sent.message
    assert mine is not None

    def ask(_: int) -> str:
        if editing:
            return world.service.edit(ADA, mine.id, text="New", idempotency_key="key").reply.id
        return world.service.regenerate(ADA, sent.reply.id, idempotency_key="key").reply.id

    with ThreadPoolExecutor(4) as pool:
        (answered,) = set(pool.map(ask, range(4)))
    world.end_of(world.service.message(ADA, answered))
    assert len(world.service.messages(ADA, sent.conversation.id)) == (2 if editing else 3)


def test_a_key_of_another_request_is_refused_and_stores_nothing(world: World) -> None:
    sent = world.said(ADA, LONG, idempotency_key="sent")
    assert sent.message is not None
    service, mine = world.service, sent.message.id
    world.end_of(service.regenerate(ADA, sent.reply.id, idempotency_key="again").reply)
    requests: tuple[Callable[[], Sent], ...] = (
        lambda: service.regenerate(ADA, sent.reply.id, idempotency_key="sent"),
        lambda: service.regenerate(ADA, sent.reply.id, provider="other", idempotency_key="again"),
        lambda: service.regenerate(ADA, mine, idempotency_key="again"),
        lambda: service.edit(ADA, mine, text=LONG, idempotency_key="again"),
        lambda: service.send(ADA, text=LONG, conversation_id=sent.conversation.id, idempotency_key="again"),
    )
    for request in requests:
        with pytest.raises(SendKeyReused):
            request()
    with pytest.raises(OutOfRange):
        service.regenerate(ADA, sent.reply.id, idempotency_key="k" * 201)
    assert len(service.messages(ADA, sent.conversation.id)) == 3


def test_of_two_answers_the_newer_one_counts_as_said(world: World) -> None:
    sent = world.said(ADA, LONG)
    world.models.scripts = [["Second answer."]]
    world.end_of(world.service.regenerate(ADA, sent.reply.id).reply)
    world.said(ADA, "I go on.", sent.conversation.id)
    assert [turn.text for turn in world.models.requests[-1].turns] == [LONG, "Second answer.", "I go on."]


def test_only_the_last_message_is_answered_again_or_edited(world: World) -> None:
    first = world.said(ADA, LONG)
    world.said(ADA, "Another thing.", first.conversation.id)
    assert first.message is not None
    with pytest.raises(NotTheLastMessage):
        world.service.regenerate(ADA, first.reply.id)
    with pytest.raises(NotTheLastMessage):
        world.service.edit(ADA, first.message.id, text="New")
    assert len(world.service.messages(ADA, first.conversation.id)) == 4


def test_an_answer_that_is_being_written_is_not_asked_for_again(world: World) -> None:
    gate = Gate()
    world.models.scripts = [["one ", gate, "two"]]
    sent = world.service.send(ADA, text=LONG)
    assert gate.reached.wait(WAIT)
    with pytest.raises(ReplyInProgress):
        world.service.regenerate(ADA, sent.reply.id)
    gate.open()
    world.end_of(sent.reply)


def test_an_edited_message_replaces_the_old_one_with_its_answers(world: World) -> None:
    sent = world.said(ADA, "I likes tea.")
    world.end_of(world.service.regenerate(ADA, sent.reply.id).reply)
    assert sent.message is not None
    edited = world.service.edit(ADA, sent.message.id, text="I like tea.")
    world.end_of(edited.reply)
    assert world.contents(ADA, sent.conversation.id) == ["I like tea.", "Well, why is that?"]
    assert [turn.text for turn in world.models.requests[-1].turns] == ["I like tea."]
    assert world.service.message(ADA, sent.message.id).replaced_by == edited.message.id if edited.message else False
    with pytest.raises(NotTheLastMessage):
        world.service.edit(ADA, sent.message.id, text="I like coffee.")


def test_editing_stops_the_answer_that_is_being_written(world: World) -> None:
    gate = Gate()
    world.models.scripts = [["one ", gate, "two"]]
    sent = world.service.send(ADA, text=LONG)
    assert gate.reached.wait(WAIT)
    assert sent.message is not None
    edited = world.service.edit(ADA, sent.message.id, text="Rather this.")
    assert world.end_of(sent.reply).status is MessageStatus.STOPPED
    assert world.end_of(edited.reply).status is MessageStatus.COMPLETE
    assert world.contents(ADA, sent.conversation.id)[0] == "Rather this."


def test_an_edit_follows_the_rules_of_a_message(world: World) -> None:
    sent = world.said(ADA, LONG)
    assert sent.message is not None
    with pytest.raises(InvalidMessage):
        world.service.edit(ADA, sent.message.id, text=" ")
    with pytest.raises(MessageNotFound):
        world.service.edit(ADA, sent.reply.id, text="I am the examiner now.")
    assert world.contents(ADA, sent.conversation.id)[0] == LONG
