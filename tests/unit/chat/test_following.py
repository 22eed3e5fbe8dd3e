import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chat.models import MessageStatus, Progress, ReplyOutcome, ReplyState
from chat.results import Ended, Piece, StillWaiting
from core.errors import StoreUnavailable
from db_sqlite.stores import SqliteStores
from llm.errors import AnswerCutOff, Fault, ProviderUnavailable
from tests.unit.chat.conftest import ADA, BOB, WAIT, Gate, Make, World, texts

SAID = "I live in a small town with my sister because it is quiet there."


def begun(world: World, *before: str) -> tuple[Any, Gate]:
    """Send, and return when the model has said `before` and waits."""
    gate = Gate()
    world.models.scripts = [[*before, gate, "the ", "end."]]
    sent = world.service.send(ADA, text=SAID)
    assert gate.reached.wait(WAIT)
    return sent, gate


def test_the_pieces_joined_are_the_stored_answer_and_positions_count_characters(world: World) -> None:
    world.models.scripts = [["Ünï", "cödé ", "😀", "\n\n- list ", "x" * 500]]
    sent = world.service.send(ADA, text=SAID)
    events = list(world.service.follow(ADA, sent.reply.id))
    end = events[-1]
    assert isinstance(end, Ended)
    assert texts(events) == end.message.content == "Ünïcödé 😀\n\n- list " + "x" * 500
    pieces = [event for event in events if isinstance(event, Piece)]
    assert pieces[-1].position == len(end.message.content)


def test_a_late_follower_gets_everything_so_far_and_then_the_rest(world: World) -> None:
    sent, gate = begun(world, "It ", "was ")
    late = world.service.follow(ADA, sent.reply.id)
    assert next(late) == Piece(7, "It was ")
    gate.open()
    assert "It was " + texts(list(late)) == "It was the end."


def test_a_follower_that_lost_the_line_goes_on_where_it_was(world: World) -> None:
    sent, gate = begun(world, "It ", "was ")
    first = world.service.follow(ADA, sent.reply.id)
    next(first)
    first.close()  # type: ignore[attr-defined]  # a generator: the client went away
    again = world.service.follow(ADA, sent.reply.id, after=3)
    assert next(again) == Piece(7, "was ")
    gate.open()
    assert texts(list(again)) == "the end."


def test_an_answer_is_finished_and_stored_without_any_follower(world: World) -> None:
    sent = world.service.send(ADA, text=SAID)
    world.service.close()
    stored = world.service.message(ADA, sent.reply.id)
    assert stored.content in {"", "Well, ", "Well, why ", "Well, why is that?"}
    assert stored.status in {MessageStatus.COMPLETE, MessageStatus.INTERRUPTED}


def test_an_answer_that_is_over_is_followed_from_the_store(world: World) -> None:
    sent = world.said(ADA, SAID)
    events = list(world.service.follow(ADA, sent.reply.id, after=6))
    assert texts(events) == "why is that?"
    assert list(world.service.follow(ADA, sent.reply.id, after=10_000)) == events[-1:]


def test_many_followers_hear_the_same(world: World) -> None:
    sent, gate = begun(world, "It was ")
    with ThreadPoolExecutor(20) as pool:
        heard = [pool.submit(lambda: list(world.service.follow(ADA, sent.reply.id))) for _ in range(20)]
        gate.open()
        assert {texts(one.result(WAIT)) for one in heard} == {"It was the end."}


def test_silence_gives_the_follower_a_turn(world: World) -> None:
    sent, gate = begun(world)
    follower = world.service.follow(ADA, sent.reply.id, wait=0.01)
    assert next(follower) == StillWaiting()
    gate.open()
    list(follower)


def test_a_reader_that_must_not_block_is_called_when_there_is_something(world: World) -> None:
    sent, gate = begun(world, "It ")
    reader = world.service.reader(sent.reply)
    assert reader is not None
    called = threading.Event()
    reader.notify(called.set)
    assert called.is_set()
    assert reader.take() == (["It "], False)
    assert reader.take() == ([], False)
    called.clear()
    gate.open()
    heard, ended = "It ", False
    while not ended:
        assert called.wait(WAIT)
        called.clear()
        pieces, ended = reader.take()
        heard += "".join(pieces)
    assert heard == "It the end."
    assert world.service.message(ADA, sent.reply.id).content == heard


def test_stop_ends_the_answer_and_keeps_what_there_is(world: World) -> None:
    sent, _ = begun(world, "It ", "was ")
    world.service.stop(ADA, sent.reply.id)
    end = world.end_of(sent.reply)
    assert (end.status, end.content) == (MessageStatus.STOPPED, "It was ")
    world.service.stop(ADA, sent.reply.id)
    assert world.service.message(ADA, sent.reply.id) == end


def test_an_answer_that_waits_for_its_turn_is_stopped_at_once_and_gives_its_place_back(make: Make) -> None:
    world = make(parallel_replies=1, waiting_replies=1)
    first, gate = begun(world)
    second = world.service.send(ADA, text="And this?")
    world.service.stop(ADA, second.reply.id)
    end = world.end_of(second.reply)
    assert (end.status, end.content, end.error) == (MessageStatus.STOPPED, "", "")
    assert world.service.message(ADA, first.reply.id).status is MessageStatus.STREAMING
    third = world.service.send(ADA, text="Rather that?")
    world.service.stop(ADA, second.reply.id)
    gate.open()
    assert world.end_of(first.reply).status is MessageStatus.COMPLETE
    assert world.end_of(third.reply).status is MessageStatus.COMPLETE
    assert world.service.message(ADA, second.reply.id) == end
    assert len(world.models.requests) == 2


def test_an_answer_for_which_no_worker_is_free_is_stopped_at_once(make: Make) -> None:
    world = make(workers=1)
    first, gate = begun(world)
    second = world.service.send(BOB, text="And this?")
    world.service.stop(BOB, second.reply.id)
    assert world.end_of(second.reply).status is MessageStatus.STOPPED
    gate.open()
    world.end_of(first.reply)
    assert world.end_of(world.service.send(BOB, text="Rather that?").reply).status is MessageStatus.COMPLETE
    assert len(world.models.requests) == 2


def test_another_process_stops_an_answer_that_waits_for_its_turn(make: Make) -> None:
    here, there = make(parallel_replies=1), make()
    _, gate = begun(here)
    second = here.service.send(ADA, text="And this?")
    there.service.stop(ADA, second.reply.id)
    here.clock.advance(seconds=4)
    assert here.end_of(second.reply).status is MessageStatus.STOPPED
    gate.open()


def test_an_answer_that_waits_while_the_process_ends_was_not_stopped_by_the_person(make: Make, stores: SqliteStores) -> None:
    world = make(parallel_replies=1)
    begun(world)
    second = world.service.send(ADA, text="And this?")
    world.service.close()
    stored = stores.conversations.message(ADA, second.reply.id)
    assert stored is not None
    assert (stored.status, stored.error) == (MessageStatus.INTERRUPTED, "SHUTTING_DOWN")
    assert len(world.models.requests) == 1


def test_progress_is_saved_while_the_answer_is_written(world: World, stores: SqliteStores) -> None:
    sent, gate = begun(world, "It ", "was ")
    saved = threading.Event()
    for _ in range(500):
        if stores.conversations.message(ADA, sent.reply.id).content == "It was ":  # type: ignore[union-attr]  # it exists
            saved.set()
            break
        saved.wait(0.01)
    assert saved.is_set()
    gate.open()
    world.end_of(sent.reply)


def test_another_process_follows_through_the_store_and_can_stop(make: Make) -> None:
    here, there = make(), make()
    sent, _ = begun(here, "It ", "was ")
    follower = there.service.follow(ADA, sent.reply.id, wait=0.5)
    heard = ""
    for event in follower:
        if isinstance(event, Piece):
            heard += event.text
            if heard == "It was ":
                there.service.stop(ADA, sent.reply.id)
                here.clock.advance(seconds=4)
        if isinstance(event, Ended):
            assert event.message.status is MessageStatus.STOPPED
    assert heard == "It was "


def test_a_provider_that_fails_at_once_leaves_a_clear_failure_and_the_question_stays(world: World) -> None:
    world.models.scripts = [[ProviderUnavailable()]]
    sent = world.service.send(ADA, text=SAID)
    end = world.end_of(sent.reply)
    assert (end.status, end.error, end.content) == (MessageStatus.FAILED, "PROVIDER_UNAVAILABLE", "")
    assert world.contents(ADA, sent.conversation.id)[0] == SAID
    again = world.service.regenerate(ADA, sent.reply.id)
    assert world.end_of(again.reply).status is MessageStatus.COMPLETE
    assert again.reply.question_id == sent.reply.question_id
    assert [turn.text for turn in world.models.requests[-1].turns] == [SAID]


def test_an_answer_cut_off_by_the_provider_keeps_its_words_and_is_marked(world: World) -> None:
    world.models.scripts = [["It ", "was ", AnswerCutOff(Fault.CUT_OFF)]]
    end = world.end_of(world.service.send(ADA, text=SAID).reply)
    assert (end.status, end.error, end.content) == (MessageStatus.INTERRUPTED, "ANSWER_CUT_OFF", "It was ")


def test_an_unexpected_fault_ends_the_answer_too_and_quotes_nothing_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.models.scripts = [["It ", ValueError(f"could not parse {SAID}")]]
    end = world.end_of(world.service.send(ADA, text=SAID).reply)
    assert (end.status, end.error) == (MessageStatus.INTERRUPTED, "INTERNAL_ERROR")
    assert SAID not in caplog.text
    assert world.end_of(world.service.send(ADA, text=SAID).reply).status is MessageStatus.COMPLETE


def test_an_endless_answer_ends_at_the_longest_length(world: World) -> None:
    world.models.scripts = [["word " * 1000] * 50]
    end = world.end_of(world.service.send(ADA, text=SAID).reply)
    assert len(end.content) == 32_000
    assert end.status is MessageStatus.COMPLETE


def test_closing_the_service_marks_what_is_being_written_as_interrupted(world: World) -> None:
    sent, _ = begun(world, "It ", "was ")
    world.service.close()
    stored = world.service.message(ADA, sent.reply.id)
    assert (stored.status, stored.content, stored.error) == (MessageStatus.INTERRUPTED, "It was ", "SHUTTING_DOWN")
    assert world.models.closed


class DeadProcess:
    """A store as a process leaves it that is killed in the middle of an answer: its last writes never happen."""

    def __init__(self, stores: SqliteStores) -> None:
        self._inner = stores.conversations

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def finish_reply(self, user_id: str, message_id: str, outcome: ReplyOutcome) -> None:
        del user_id, message_id, outcome

    def save_progress(self, updates: Sequence[Progress]) -> Mapping[str, ReplyState]:
        return {update.message_id: ReplyState.WANTED for update in updates}


def killed(dead: World) -> Any:
    """Send into a process that dies in the middle of its answer."""
    sent, gate = begun(dead, "It ")
    follower = dead.service.follow(ADA, sent.reply.id)
    next(follower)
    gate.open()
    list(follower)
    return sent


def test_after_a_kill_the_answer_is_marked_and_the_conversation_goes_on(make: Make, stores: SqliteStores) -> None:
    dead = make(store=DeadProcess(stores))
    sent = killed(dead)
    after = make()
    assert after.service.message(ADA, sent.reply.id).status is MessageStatus.STREAMING
    assert after.service.recover_at_start() == 1
    assert after.service.recover_at_start() == 0
    marked = after.service.message(ADA, sent.reply.id)
    assert marked.status is MessageStatus.INTERRUPTED
    assert after.end_of(after.service.regenerate(ADA, sent.reply.id).reply).status is MessageStatus.COMPLETE
    after.said(ADA, "And now?", sent.conversation.id)
    assert after.contents(ADA, sent.conversation.id)[0] == SAID


def test_where_other_processes_write_too_only_a_lease_that_ran_out_is_recovered(make: Make, stores: SqliteStores) -> None:
    dead = make(store=DeadProcess(stores), only_process=False)
    sent = killed(dead)
    after = make(only_process=False)
    assert after.service.recover_at_start() == 0
    after.clock.advance(seconds=31)
    assert after.service.message(ADA, sent.reply.id).status is MessageStatus.INTERRUPTED
    end = list(after.service.follow(ADA, sent.reply.id))[-1]
    assert isinstance(end, Ended)
    assert end.message.status is MessageStatus.INTERRUPTED
    assert after.service.recover() == 1


class FlakyStore(DeadProcess):
    """A database that is away for the first tries."""

    def __init__(self, stores: SqliteStores, *, failures: int) -> None:
        super().__init__(stores)
        self.failures = failures

    def finish_reply(self, user_id: str, message_id: str, outcome: ReplyOutcome) -> None:
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("away")
        self._inner.finish_reply(user_id, message_id, outcome)

    def save_progress(self, updates: Sequence[Progress]) -> Mapping[str, ReplyState]:
        if self.failures:
            raise StoreUnavailable("away")
        return self._inner.save_progress(updates)


def test_a_short_absence_of_the_database_does_not_lose_the_answer(make: Make, stores: SqliteStores) -> None:
    world = make(store=FlakyStore(stores, failures=1))
    assert world.end_of(world.service.send(ADA, text=SAID).reply).content == "Well, why is that?"


def test_waiting_for_an_answer_gives_up_after_the_time_and_says_how_far_it_is(world: World) -> None:
    sent, gate = begun(world, "It ")
    threading.Timer(0.1, lambda: world.clock.advance(seconds=60)).start()
    unfinished = world.service.finished(ADA, sent.reply.id, timeout=30)
    assert unfinished.status in {MessageStatus.STREAMING, MessageStatus.INTERRUPTED}
    gate.open()
    assert world.service.finished(ADA, sent.reply.id, timeout=30).content == "It the end."


def test_a_hundred_answers_at_once_all_end(make: Make) -> None:
    world = make(parallel_replies=100)
    sent = [world.service.send(f"usr_{n % 10}", text=SAID) for n in range(100)]
    with ThreadPoolExecutor(100) as pool:
        ends = list(pool.map(lambda one: world.end_of(one.reply), sent))
    assert {end.content for end in ends} == {"Well, why is that?"}


def test_a_follower_that_loses_the_line_to_another_process_finds_the_rest_in_the_store(world: World) -> None:
    sent, gate = begun(world, "It ")
    followed = world.service.follow(ADA, sent.reply.id)
    assert next(followed) == Piece(3, "It ")
    world.feed.lose(sent.reply.id)
    gate.open()
    events = list(followed)
    assert "It " + texts(events) == "It the end."
    assert isinstance(events[-1], Ended)
    assert events[-1].message.status is MessageStatus.COMPLETE
