"""Asking for another answer, and saying something else instead."""

import pytest

from chat.errors import (
    InvalidChoice,
    InvalidMessage,
    MessageNotFound,
    NotTheLastMessage,
    ReplyInProgress,
)
from chat.models import MessageStatus
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
