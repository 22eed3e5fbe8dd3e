"""Whoever is quicker than the examiner's greeting is still greeted only once."""

from llm.examiner.wording import options
from llm.models import Role
from llm.providers.offline import OfflineExaminer
from tests.unit.chat.conftest import ADA, WAIT, Gate, World

SAID = "I like the sea because it is warm."


def test_who_answers_while_the_greeting_is_still_being_made_is_not_greeted_again(world: World) -> None:
    gate = Gate()
    world.models.scripts = [[gate, "Hello."]]
    started = world.service.start(ADA, level="A2", topic="travel")
    assert gate.reached.wait(WAIT)
    world.said(ADA, SAID, started.conversation.id)
    request = world.models.requests[1]
    greeting, answer = request.turns
    assert (greeting.role, greeting.text) == (Role.ASSISTANT, started.reply.details["ask_text"])
    assert answer.text == SAID
    said = OfflineExaminer(choice=lambda found: found[0]).reply(request)
    assert not [wording for wording in options("hello", "A2") if wording.split("{")[0] in said]
    gate.open()
    world.end_of(started.reply)


def test_a_greeting_that_failed_was_not_heard(world: World) -> None:
    world.models.scripts = [[ValueError("broken")]]
    started = world.service.start(ADA, level="A2", topic="travel")
    world.end_of(started.reply)
    world.said(ADA, SAID, started.conversation.id)
    assert [turn.role for turn in world.models.requests[1].turns] == [Role.USER]
