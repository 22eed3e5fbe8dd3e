"""The small parts: titles, what a provider gets to know, the feed, the workers, housekeeping."""

import logging
import threading
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat import ChatConfig, context, titles
from chat.errors import Busy, TooManyReplies
from chat.models import preview
from chat.workers import Workers
from llm.models import Role
from tests.unit.chat.conftest import ADA, WAIT, Make, World

TITLES = {
    "Hello, I would like to talk about food.": "I would like to talk about food",
    "Well, um, yes. We moved to Lyon!": "We moved to Lyon",
    "**Bold** <b>claims</b> `here`": "Bold b claims /b here",
    "my cat": "My cat",
    "Tell me a short story about a curious fox": "A curious fox",
    "Tell me something nice about how computers work": "Tell me something nice about how computers…",
    "yes": "Yes",
    "Hello there from the mountains": "From the mountains",
    "Hi everyone, my dog is very old": "My dog is very old",
    "Good morning! I want to talk about trains": "I want to talk about trains",
    "Good evening": "Good evening",
}


@pytest.mark.parametrize("text", TITLES)
def test_a_title_says_what_the_first_message_is_about(text: str) -> None:
    assert titles.from_message(text) == TITLES[text]


def test_a_title_names_the_topic_and_what_the_learner_brought_in() -> None:
    text = "Last summer we went to the coast with my old grandmother and it was great."
    assert titles.from_message(text, topic="Travel") == "Travel: my old grandmother"


@given(st.text(), st.text(max_size=40))
def test_any_text_gives_a_title_on_one_line_that_fits(text: str, topic: str) -> None:
    title = titles.from_message(text, topic=topic)
    assert len(title) <= 80
    assert titles.from_message(text, topic=topic) == title


@given(st.text())
def test_a_preview_is_one_line_of_at_most_200_characters(text: str) -> None:
    line = preview(text)
    assert len(line) <= 200
    assert line.split() == line.split(" ") or not line


# --- context ------------------------------------------------------------------------------------------------------------------


def test_a_long_conversation_fits_the_budget_and_its_beginning_is_retold(make: Make) -> None:
    world = make(context_tokens=300)
    conversation = world.said(ADA, "My name is Mira and I come from Riga, where I was a nurse.").conversation.id
    for number in range(30):
        world.said(ADA, f"Sentence number {number} is about the weather and nothing else at all.", conversation)
    request = world.models.requests[-1]
    assert len(request.turns) < 20
    assert request.turns[0].role is Role.USER
    assert "number 29" in request.turns[-1].text
    assert "Riga" in request.summary
    assert len(request.summary) < 2000
    stored = world.service.conversation(ADA, conversation)
    assert stored.summary == request.summary
    first_kept = next(message for message in world.service.all_messages(ADA, conversation) if message.content == request.turns[0].text)
    assert stored.summary_upto < first_kept.seq


def test_a_short_conversation_is_not_retold(world: World) -> None:
    conversation = world.said(ADA, "I like tea.").conversation.id
    world.said(ADA, "And coffee.", conversation)
    assert world.models.requests[-1].summary == ""
    assert world.service.conversation(ADA, conversation).summary_upto == 0


def test_a_greeting_needs_no_context(world: World) -> None:
    assert context.build(world.store, world.service.start(ADA, level="A1").conversation, asked=None, budget=100).turns == ()


# --- workers ------------------------------------------------------------------------------------------------------------------


def run(workers: Workers, user_id: str, job: Callable[[], None]) -> None:
    with workers.reserve(user_id) as place:
        place.use(job)


def test_one_person_cannot_take_every_worker() -> None:
    workers = Workers(ChatConfig(parallel_replies=2, workers=4))
    hold, other = threading.Event(), threading.Event()
    running = threading.Semaphore(0)

    def slow() -> None:
        running.release()
        hold.wait(WAIT)

    for _ in range(10):
        run(workers, "greedy", slow)
    assert running.acquire(timeout=WAIT)
    assert running.acquire(timeout=WAIT)
    run(workers, "patient", other.set)
    assert other.wait(WAIT)
    assert not running.acquire(blocking=False)
    hold.set()
    workers.close()


def test_jobs_of_one_person_begin_in_the_order_in_which_they_came() -> None:
    workers = Workers(ChatConfig(parallel_replies=1, workers=4))
    order: list[int] = []
    for number in range(20):
        run(workers, "usr_1", partial(order.append, number))
    workers.close()
    assert order == list(range(20))


def test_a_place_that_is_not_used_is_free_again() -> None:
    workers = Workers(ChatConfig(parallel_replies=1, waiting_replies=0, workers=1, waiting_total=0))
    for _ in range(3):
        with workers.reserve("usr_1"), pytest.raises(Busy):
            workers.reserve("usr_2")
    workers.close()


def test_a_job_that_was_withdrawn_never_runs() -> None:
    workers = Workers(ChatConfig(parallel_replies=1, workers=4))
    hold, ran = threading.Event(), threading.Event()

    def slow() -> None:
        hold.wait(WAIT)

    run(workers, "usr_1", slow)
    with workers.reserve("usr_1") as waiting:
        waiting.use(ran.set)
        assert waiting.withdraw()
        assert not waiting.withdraw()
    with workers.reserve("usr_1") as early:
        assert early.withdraw()
        early.use(ran.set)
    hold.set()
    workers.close()
    assert not ran.is_set()


def test_a_job_that_has_begun_is_not_withdrawn() -> None:
    workers = Workers(ChatConfig())
    hold, begun = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        hold.wait(WAIT)

    with workers.reserve("usr_1") as place:
        place.use(work)
    assert begun.wait(WAIT)
    assert not place.withdraw()
    hold.set()
    workers.close()


def test_a_job_that_fails_takes_no_other_with_it(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("viva"), "propagate", True)  # a test that started the app may have left it off
    workers = Workers(ChatConfig(parallel_replies=1, workers=1))
    hold, second, third = threading.Event(), threading.Event(), threading.Event()

    def fail() -> None:
        hold.wait(WAIT)
        raise ValueError("I said a secret")

    run(workers, "usr_1", fail)
    run(workers, "usr_1", second.set)
    hold.set()
    assert second.wait(WAIT)
    run(workers, "usr_1", third.set)
    assert third.wait(WAIT)
    workers.close()
    assert "job failed" in caplog.text
    assert "secret" not in caplog.text


def test_a_job_that_fails_gives_its_place_back() -> None:
    workers = Workers(ChatConfig(parallel_replies=1, waiting_replies=0, workers=1, waiting_total=0))

    def fail() -> None:
        raise ValueError

    run(workers, "usr_1", fail)
    done = threading.Event()
    for _ in range(2000):
        try:
            run(workers, "usr_1", done.set)
            break
        except (Busy, TooManyReplies):
            done.wait(0.001)
    assert done.wait(WAIT)
    workers.close()


def test_closed_workers_take_nothing_more() -> None:
    workers = Workers(ChatConfig())
    workers.close()
    with pytest.raises(Busy):
        workers.reserve("usr_1")
