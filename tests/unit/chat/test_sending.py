import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from chat.errors import (
    Busy,
    ConversationNotFound,
    DailyQuotaReached,
    InvalidChoice,
    InvalidMessage,
    MessageNotFound,
    OutOfRange,
    SendKeyReused,
    TooManyReplies,
)
from chat.models import ConversationKind, MessageRole, MessageStatus
from chat.results import Ended, Piece
from core.errors import Kind, TooManyAttempts
from llm.models import Ask
from tests.unit.chat.conftest import ADA, BOB, WAIT, Gate, Make, World

LONG = "I live in a small town with my sister because it is quiet there."


def test_a_conversation_begins_with_the_examiners_question(world: World) -> None:
    sent = world.service.start(ADA, level="b1", topic="travel")
    reply = world.end_of(sent.reply)
    brief = world.models.requests[0].brief
    assert brief is not None
    assert (brief.level, brief.ask) == ("B1", Ask.OPENING)
    assert brief.ask_text == brief.question
    assert reply.question_id
    assert reply.seq == 1
    assert sent.message is None
    assert world.service.conversation(ADA, sent.conversation.id).kind is ConversationKind.PRACTICE


def test_a_message_is_stored_before_anything_is_produced(world: World) -> None:
    gate = Gate()
    world.models.scripts = [[gate, "Hello."]]
    sent = world.service.send(ADA, text="  Hello there \r\n", conversation_id=None)
    assert gate.reached.wait(WAIT)
    stored = world.service.messages(ADA, sent.conversation.id)
    assert [(message.role, message.content, message.status) for message in stored] == [
        (MessageRole.USER, "Hello there", MessageStatus.COMPLETE),
        (MessageRole.ASSISTANT, "", MessageStatus.STREAMING),
    ]
    gate.open()
    assert world.end_of(sent.reply).content == "Hello."


def test_an_answer_keeps_who_gave_it_and_what_it_cost(world: World) -> None:
    reply = world.end_of(world.service.send(ADA, text=LONG).reply)
    assert (reply.provider, reply.model, reply.status) == ("scripted", "scripted-1", MessageStatus.COMPLETE)
    assert (reply.usage.tokens, reply.usage.cost_micros) == (8, 7)
    day = world.clock.now().date()
    (used,) = world.service.usage(ADA, first=day, last=day)
    assert (used.sends, used.replies, used.prompt_tokens, used.cost_micros) == (1, 1, 5, 7)
    assert world.service.usage(BOB, first=day, last=day) == []


def test_the_learners_words_reach_the_model_in_order(world: World) -> None:
    first = world.said(ADA, "I like tea.")
    world.said(ADA, "And coffee too.", first.conversation.id)
    assert [turn.text for turn in world.models.requests[1].turns] == ["I like tea.", "Well, why is that?", "And coffee too."]


IMPOSSIBLE: list[tuple[object, str]] = [
    ("", "EMPTY"),
    ("  \n ", "EMPTY"),
    ("\u200b\u200d", "EMPTY"),
    ("a\x00b", "CONTROL_CHARACTERS"),
    ("\ud800", "CONTROL_CHARACTERS"),
    ("x" * 8001, "TOO_LONG"),
    ("x" * 1_000_000, "TOO_LONG"),
    (None, "NOT_TEXT"),
    (7, "NOT_TEXT"),
    ({"$gt": ""}, "NOT_TEXT"),
]


@pytest.mark.parametrize(("text", "code"), IMPOSSIBLE)
def test_a_message_that_cannot_be_one_is_refused_and_nothing_stored(text: object, code: str, world: World) -> None:
    with pytest.raises(InvalidMessage) as raised:
        world.service.send(ADA, text=text)
    assert raised.value.kind is Kind.SYNTAX
    assert raised.value.problems[0].code == code
    assert world.service.numbered(ADA).total == 0
    assert world.models.requests == []


def test_a_message_of_eight_thousand_characters_is_taken(world: World) -> None:
    assert len(world.service.messages(ADA, world.said(ADA, "é" * 8000).conversation.id)[0].content) == 8000


@pytest.mark.parametrize("wrong", ["conv_unknown", "", "x" * 5000, "'; drop table", "a\x00", 7, {"$gt": ""}, ["conv_1"]])
def test_an_unknown_or_malformed_conversation_is_not_found(wrong: object, world: World) -> None:
    with pytest.raises(ConversationNotFound):
        world.service.conversation(ADA, wrong)
    if wrong != "":
        with pytest.raises(ConversationNotFound):
            world.service.send(ADA, text="Hello", conversation_id=wrong)
    assert world.service.numbered(ADA).total == 0


def test_a_foreign_conversation_cannot_be_read_written_stopped_or_changed(world: World) -> None:
    sent = world.said(ADA, LONG)
    conversation, mine = sent.conversation.id, sent.reply.id
    service = world.service
    before = service.messages(ADA, conversation)
    for forbidden in (
        lambda: service.conversation(BOB, conversation),
        lambda: service.messages(BOB, conversation),
        lambda: service.send(BOB, text="Hi", conversation_id=conversation),
        lambda: service.rename(BOB, conversation, "Mine"),
        lambda: service.star(BOB, conversation, starred=True),
        lambda: service.delete_one(BOB, conversation),
        lambda: service.share(BOB, conversation),
        lambda: service.export_markdown(BOB, conversation),
    ):
        with pytest.raises(ConversationNotFound):
            forbidden()
    for hidden in (
        lambda: service.follow(BOB, mine),
        lambda: service.stop(BOB, mine),
        lambda: service.regenerate(BOB, mine),
        lambda: service.edit(BOB, before[0].id, text="Hi"),
        lambda: service.message(BOB, mine),
    ):
        with pytest.raises(MessageNotFound):
            hidden()
    assert service.restore(BOB, [conversation]) == []
    assert service.messages(ADA, conversation) == before
    assert service.numbered(BOB).total == 0


def test_a_deleted_conversation_takes_no_message(world: World) -> None:
    conversation = world.said(ADA, LONG).conversation.id
    world.service.delete_one(ADA, conversation)
    with pytest.raises(ConversationNotFound):
        world.service.send(ADA, text="Hello", conversation_id=conversation)


def test_what_is_said_in_a_deleted_conversation_is_unknown_until_it_is_restored(world: World) -> None:
    service = world.service
    sent = world.said(ADA, LONG, idempotency_key="key")
    conversation, reply = sent.conversation.id, sent.reply.id
    assert sent.message is not None
    mine = sent.message.id
    reads = (
        lambda: service.message(ADA, reply),
        lambda: service.message(ADA, mine),
        lambda: service.follow(ADA, reply),
        lambda: service.finished(ADA, reply, timeout=1),
        lambda: service.stop(ADA, reply),
        lambda: service.regenerate(ADA, reply),
        lambda: service.edit(ADA, mine, text="Other words"),
    )
    service.delete_one(ADA, conversation)
    for read in reads:
        with pytest.raises(MessageNotFound):
            read()
    with pytest.raises(ConversationNotFound):
        service.send(ADA, text=LONG, idempotency_key="key")
    assert service.numbered(ADA).total == 0
    service.restore(ADA, [conversation])
    assert service.message(ADA, reply).content
    assert service.send(ADA, text=LONG, idempotency_key="key").reply.id == reply


def test_whoever_follows_an_answer_hears_its_end_although_the_conversation_is_deleted_meanwhile(world: World) -> None:
    gate = Gate()
    world.models.scripts.append(["Well, ", gate, "why?"])
    sent = world.service.send(ADA, text=LONG)
    assert gate.reached.wait(WAIT)
    following = world.service.follow(ADA, sent.reply.id)
    assert next(following) == Piece(len("Well, "), "Well, ")
    world.service.delete_one(ADA, sent.conversation.id)
    gate.open()
    *_, last = following
    assert isinstance(last, Ended)
    assert last.message.content == "Well, why?"
    assert world.service.as_stored(sent.reply) == last.message
    with pytest.raises(MessageNotFound):
        world.service.follow(ADA, sent.reply.id)


def test_an_answer_that_was_erased_counts_as_interrupted_for_whoever_holds_it(world: World) -> None:
    sent = world.said(ADA, LONG)
    world.service.delete_one(ADA, sent.conversation.id)
    world.service.erase(ADA, [sent.conversation.id])
    assert world.service.as_stored(sent.reply).status is MessageStatus.INTERRUPTED


def test_fifty_parallel_sends_are_all_stored_in_one_order(world: World) -> None:
    conversation = world.said(ADA, LONG).conversation.id
    with ThreadPoolExecutor(50) as pool:
        sent = list(pool.map(lambda n: world.service.send(ADA, text=f"Number {n} is what I say.", conversation_id=conversation), range(50)))
    for one in sent:
        assert world.end_of(one.reply).status is MessageStatus.COMPLETE
    stored = list(world.service.all_messages(ADA, conversation))
    assert len(stored) == 102
    assert [message.seq for message in stored] == list(range(1, 103))
    assert {message.content for message in stored if message.role is MessageRole.USER} == {
        LONG,
        *(f"Number {n} is what I say." for n in range(50)),
    }
    for asked, answer in zip(stored[::2], stored[1::2], strict=True):
        assert answer.reply_to == asked.id


def test_the_same_idempotency_key_sends_once_even_when_two_race(world: World) -> None:
    barrier = threading.Barrier(8)

    def send(_: int) -> str:
        barrier.wait(WAIT)
        return world.service.send(ADA, text=LONG, idempotency_key="key-1").reply.id

    with ThreadPoolExecutor(8) as pool:
        replies = set(pool.map(send, range(8)))
    assert len(replies) == 1
    assert world.service.numbered(ADA).total == 1
    day = world.clock.now().date()
    assert world.service.quota(ADA).used == world.service.usage(ADA, first=day, last=day)[0].sends == 1
    assert world.service.send(BOB, text=LONG, idempotency_key="key-1").reply.id not in replies


def test_an_idempotency_key_with_another_message_is_refused(world: World) -> None:
    world.service.send(ADA, text=LONG, idempotency_key="key-1")
    with pytest.raises(SendKeyReused):
        world.service.send(ADA, text="Something else", idempotency_key="key-1")
    assert world.service.numbered(ADA).total == 1


def test_an_idempotency_key_with_the_same_words_for_something_else_is_refused(world: World) -> None:
    other = world.service.send(ADA, text="Something else").conversation.id
    sent = world.service.send(ADA, text=LONG, idempotency_key="key-1")
    assert sent.message is not None
    world.service.finished(ADA, sent.reply.id, timeout=WAIT)
    for conversation_id, level, provider in ((other, "", ""), ("conv_nobody", "", ""), ("", "C1", ""), ("", "", "other")):
        with pytest.raises(SendKeyReused):
            world.service.send(ADA, text=LONG, idempotency_key="key-1", conversation_id=conversation_id, level=level, provider=provider)
    with pytest.raises(SendKeyReused):
        world.service.edit(ADA, sent.message.id, text=LONG, idempotency_key="key-1")
    assert world.service.send(ADA, text=LONG, idempotency_key="key-1").reply.id == sent.reply.id
    assert world.contents(ADA, other).count(LONG) == 0


def test_a_changed_message_sent_twice_with_one_key_is_changed_once(world: World) -> None:
    sent = world.service.send(ADA, text=LONG)
    assert sent.message is not None
    world.service.finished(ADA, sent.reply.id, timeout=WAIT)
    changed = [world.service.edit(ADA, sent.message.id, text="Other words", idempotency_key="key-2").reply.id for _ in range(2)]
    assert changed[0] == changed[1]


@pytest.mark.parametrize("key", ["x" * 201, "naïve", "a\nb"])
def test_a_malformed_idempotency_key_is_refused(key: str, world: World) -> None:
    with pytest.raises(OutOfRange):
        world.service.send(ADA, text=LONG, idempotency_key=key)


@pytest.mark.parametrize(("level", "topic"), [("D1", ""), ("", "nonsense"), ("B1\x00", "")])
def test_an_unknown_level_or_topic_is_refused(level: str, topic: str, world: World) -> None:
    with pytest.raises(InvalidChoice):
        world.service.start(ADA, level=level or "B1", topic=topic)
    assert world.service.numbered(ADA).total == 0


def test_the_days_quota_holds_and_tells_when_it_ends(make: Make) -> None:
    world = make(daily_sends=2)
    world.said(ADA, LONG)
    world.said(ADA, LONG)
    with pytest.raises(DailyQuotaReached) as raised:
        world.service.send(ADA, text=LONG)
    assert raised.value.retry_after == 12 * 3600 + 1
    assert world.service.numbered(ADA).total == 2
    world.said(BOB, LONG)
    world.clock.advance(hours=13)
    world.said(ADA, LONG)
    assert world.service.quota(ADA).used == 1


def test_a_refused_send_does_not_use_up_the_quota(make: Make) -> None:
    world = make(daily_sends=1)
    conversation = world.said(BOB, LONG).conversation.id
    with pytest.raises(ConversationNotFound):
        world.service.send(ADA, text=LONG, conversation_id=conversation)
    world.said(ADA, LONG)


def test_answers_of_one_person_wait_for_each_other_and_too_many_are_refused(make: Make) -> None:
    world = make(parallel_replies=1, waiting_replies=1)
    gate = Gate()
    world.models.scripts = [[gate, "one"], ["two"]]
    first = world.service.send(ADA, text=LONG)
    assert gate.reached.wait(WAIT)
    second = world.service.send(ADA, text=LONG)
    with pytest.raises(TooManyReplies):
        world.service.send(ADA, text=LONG)
    assert world.service.numbered(ADA).total == 2
    assert world.end_of(world.service.send(BOB, text=LONG).reply).status is MessageStatus.COMPLETE
    assert len(world.models.requests) == 2
    gate.open()
    assert world.end_of(first.reply).content == "one"
    assert world.end_of(second.reply).status is MessageStatus.COMPLETE


def test_an_accepted_message_is_stored_by_the_second_half(world: World) -> None:
    accepted = world.service.accept(ADA, text=LONG, level="B1")
    assert world.service.numbered(ADA).total == 0
    sent = world.service.store(accepted)
    assert (sent.conversation.id, sent.conversation.level, sent.reply.id) == (accepted.conversation_id, "B1", accepted.reply_id)
    assert world.end_of(sent.reply).status is MessageStatus.COMPLETE


def test_two_accepted_messages_of_one_conversation_are_both_stored_and_answered(world: World) -> None:
    conversation = world.said(ADA, LONG).conversation.id
    first, second = (world.service.accept(ADA, text=text, conversation_id=conversation) for text in ("First.", "Second."))
    for accepted in (second, first):
        assert world.end_of(world.service.store(accepted).reply).id == accepted.reply_id
    said = [message.content for message in world.service.messages(ADA, conversation) if message.role is MessageRole.USER]
    assert said == [LONG, "Second.", "First."]


def test_what_is_not_accepted_keeps_no_place(make: Make) -> None:
    world = make(parallel_replies=1, waiting_replies=0, daily_sends=1)
    strangers = world.said(BOB, LONG).conversation.id
    for _ in range(3):
        with pytest.raises(ConversationNotFound):
            world.service.accept(ADA, text=LONG, conversation_id=strangers)
    world.said(ADA, LONG)
    for _ in range(3):
        with pytest.raises(DailyQuotaReached):
            world.service.accept(ADA, text=LONG)


def test_an_accepted_message_whose_conversation_is_deleted_meanwhile_is_refused_and_gives_its_place_back(make: Make) -> None:
    world = make(parallel_replies=1, waiting_replies=0)
    conversation = world.said(ADA, LONG).conversation.id
    accepted = world.service.accept(ADA, text=LONG, conversation_id=conversation)
    with pytest.raises(TooManyReplies):
        world.service.accept(ADA, text=LONG)
    world.service.delete(ADA, [conversation])
    with pytest.raises(ConversationNotFound):
        world.service.store(accepted)
    world.said(ADA, LONG)


def test_when_everybodys_places_are_taken_the_send_is_refused_as_busy(make: Make) -> None:
    world = make(workers=1, waiting_total=0)
    gate = Gate()
    world.models.scripts = [[gate, "one"]]
    first = world.service.send(ADA, text=LONG)
    with pytest.raises(Busy) as raised:
        world.service.send(BOB, text=LONG)
    assert "not sent" in raised.value.message
    assert world.service.numbered(BOB).total == 0
    gate.open()
    world.end_of(first.reply)
    assert world.end_of(world.service.send(BOB, text=LONG).reply).content


def test_a_rate_limit_refuses_before_anything_is_stored(make: Make) -> None:
    class OneSend:
        def __init__(self) -> None:
            self.hits: list[tuple[str, ...]] = []

        def hit(self, name: str, *key: str) -> None:
            self.hits.append((name, *key))
            if len(self.hits) > 1:
                raise TooManyAttempts("Wait.", retry_after=5)

    limits = OneSend()
    world = make(limits=limits)
    world.said(ADA, LONG)
    with pytest.raises(TooManyAttempts):
        world.service.send(ADA, text=LONG)
    assert limits.hits == [("chat", ADA)] * 2
    assert world.service.numbered(ADA).total == 1
