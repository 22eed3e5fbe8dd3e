"""A recording that is too short, on the exam page: kept with its question, shown in every tab, handed in by a press or by the clock."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exam.models import Answer, AnswerMode, Phase
from tests.ui.exam_tabs import FIELD, TALK, begun, cards, typing, way
from tests.ui.tabs import Open, Person, Tab
from tests.unit.exam.engine.speaker import silence, spoken
from wiring import Services

AS_IT_IS = "Hand it in as it is"
SHORT = spoken(seconds=4)


@pytest.fixture
def exam_id(services: Services, person: Person) -> str:
    """Begin the answer of the question that asks for 15 seconds."""
    return last_question(services, person)


def last_question(services: Services, person: Person, *, mode: str = "exam") -> str:
    exams, who = services.exams, person.user.id
    exams.give_consent(who)
    exam = begun(services, person, mode=mode)
    while (view := exams.view(who, exam)).turn and view.turn.number < 4:
        exams.skip(who, exam, view.turn.key)
    assert view.turn
    exams.begin_answer(who, exam, view.turn.key)
    return exam


def record(tab: Tab, sound: bytes) -> Tab:
    tab.test.audio_input[0].set_value(("answer.wav", sound, "audio/wav")).run()
    tab.check()
    return tab


def too_short(tab: Tab) -> bool:
    return any(str(box.value).startswith("Too short: ") for box in tab.test.warning)


def last(services: Services, person: Person, exam_id: str) -> Answer:
    return services.exams.answers(person.user.id, exam_id)[-1]


def time_is_over(services: Services, person: Person, exam_id: str, *, by: timedelta) -> None:
    exam = services.exams.view(person.user.id, exam_id).exam
    over = replace(exam, answer_ends_at=services.clock.now() - by, version=exam.version + 1)
    assert services.exams._store.change(over, version=exam.version)


def test_another_tab_shows_it_with_what_is_wrong_and_hands_it_in(open_page: Open, person: Person, services: Services, exam_id: str) -> None:
    first = record(open_page("exam", cookie=person.cookie, e=exam_id), SHORT)
    assert first.shows("handed in when the time is over")
    assert not first.test.get("audio")  # the recorder plays it
    assert last(services, person, exam_id).mode is AnswerMode.NONE

    other = open_page("exam", cookie=person.cookie, e=exam_id)
    assert too_short(other)
    assert other.shows("handed in when the time is over")
    assert len(other.test.get("audio")) == 1
    assert other.test.get("audio_input")
    other.press(AS_IT_IS)
    assert other.shows("Your answer is stored.")
    stored = last(services, person, exam_id)
    assert (stored.mode, stored.short, stored.late) == (AnswerMode.SPOKEN, True, False)


def test_it_is_asked_about_once_and_not_sent_again_with_every_look(
    open_page: Open, person: Person, services: Services, exam_id: str
) -> None:
    tab = record(open_page("exam", cookie=person.cookie, e=exam_id), SHORT)
    before = services.exams.view(person.user.id, exam_id).exam
    tab.test.run()
    tab.check()
    assert services.exams.view(person.user.id, exam_id).exam == before
    assert len(tab.test.warning) == 1
    assert not tab.test.error


def test_it_stays_when_the_next_one_is_silent_and_goes_when_the_next_one_is_long_enough(
    open_page: Open, person: Person, services: Services, exam_id: str
) -> None:
    record(open_page("exam", cookie=person.cookie, e=exam_id), SHORT)
    tab = record(open_page("exam", cookie=person.cookie, e=exam_id), silence(4))
    assert "silent" in tab.text
    assert too_short(tab)
    record(tab, spoken(seconds=16))
    assert tab.shows("Your answer is stored.")
    assert not too_short(tab)
    assert not last(services, person, exam_id).short


def test_when_the_time_is_over_the_tab_that_recorded_it_hands_it_in_at_once(
    open_page: Open, person: Person, services: Services, exam_id: str
) -> None:
    tab = record(open_page("exam", cookie=person.cookie, e=exam_id), SHORT)
    time_is_over(services, person, exam_id, by=timedelta(seconds=2))
    tab.test.run()
    tab.check()
    stored = last(services, person, exam_id)
    assert (stored.mode, stored.short, stored.late) == (AnswerMode.SPOKEN, True, True)


def test_another_tab_waits_because_somebody_may_still_be_speaking_there(
    open_page: Open, person: Person, services: Services, exam_id: str
) -> None:
    record(open_page("exam", cookie=person.cookie, e=exam_id), SHORT)
    time_is_over(services, person, exam_id, by=timedelta(seconds=2))
    tab = open_page("exam", cookie=person.cookie, e=exam_id)
    assert last(services, person, exam_id).mode is AnswerMode.NONE
    assert tab.shows("1 min after the end")


def test_after_time_and_grace_the_page_speaks_of_the_recording(open_page: Open, person: Person, services: Services, exam_id: str) -> None:
    tab = record(open_page("exam", cookie=person.cookie, e=exam_id), SHORT)
    time_is_over(services, person, exam_id, by=services.exams.grace + timedelta(seconds=2))
    tab.test.run()
    tab.check()
    assert tab.shows("All questions answered")
    assert tab.shows("Your recording was handed in.")
    assert not tab.shows("What you had typed")
    assert last(services, person, exam_id).mode is AnswerMode.SPOKEN


def test_who_types_instead_is_told_what_counts_and_the_recording_goes(
    open_page: Open, person: Person, services: Services, exam_id: str
) -> None:
    record(open_page("exam", cookie=person.cookie, e=exam_id), SHORT)
    tab = way(open_page("exam", cookie=person.cookie, e=exam_id), "type")
    assert FIELD in {field.label for field in tab.test.text_area}
    assert tab.shows("What you type counts instead of it")
    typing(tab, TALK)
    assert last(services, person, exam_id).mode is AnswerMode.TYPED
    assert services.exams.view(person.user.id, exam_id).exam.kept is None


def test_beside_a_stored_answer_it_waits_and_the_answer_can_be_kept(
    open_page: Open, person: Person, services: Services, exam_id: str
) -> None:
    tab = record(open_page("exam", cookie=person.cookie, e=exam_id), spoken(first=2, seconds=16))
    tab.press("Record again")
    record(tab, SHORT)
    assert tab.shows("your stored answer stays")
    tab.press("Keep my stored answer")
    assert tab.shows("Your answer is stored.")
    assert "kept" in cards(tab)
    tab.press("Next")
    assert not last(services, person, exam_id).short
    assert services.exams.view(person.user.id, exam_id).exam.phase is Phase.COMPLETE


def test_in_practice_nothing_is_handed_in_by_itself(open_page: Open, person: Person, services: Services) -> None:
    exam_id = last_question(services, person, mode="practice")
    tab = record(open_page("exam", cookie=person.cookie, e=exam_id), SHORT)
    time_is_over(services, person, exam_id, by=timedelta(minutes=5))
    tab.test.run()
    tab.check()
    assert not tab.shows("handed in when the time is over")
    assert last(services, person, exam_id).mode is AnswerMode.NONE
    tab.press(AS_IT_IS)
    assert last(services, person, exam_id).mode is AnswerMode.SPOKEN
