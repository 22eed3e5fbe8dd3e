"""Recorded answers on the exam page: consent, checks, trying the microphone, writing down, and reports without words."""

import html
from dataclasses import replace

import pytest

from exam.models import Answer, ExamState, Phase, TranscriptState
from tests.ui.exam_tabs import FIELD, TALK, answered, begun, wav
from tests.ui.tabs import Open, Person
from tests.unit.exam.engine.speaker import spoken
from wiring import Services


def test_nothing_is_recorded_before_the_person_agrees(open_page: Open, person: Person, services: Services) -> None:
    exam_id = begun(services, person)
    tab = open_page("exam", cookie=person.cookie, e=exam_id).press("Start answering")
    assert not tab.test.get("audio_input")
    assert tab.shows("May we record your answers?")
    assert not services.exams.has_consent(person.user.id)
    tab.press("I agree to being recorded")
    assert services.exams.has_consent(person.user.id)
    assert tab.test.get("audio_input")


def test_the_question_about_recording_comes_before_the_first_clock_runs_and_not_again(
    open_page: Open, person: Person, services: Services
) -> None:
    exam_id = begun(services, person)
    tab = open_page("exam", cookie=person.cookie, e=exam_id)
    assert tab.shows("May we record your answers?")
    tab.press("I agree to being recorded")
    assert services.exams.has_consent(person.user.id)
    assert services.exams.view(person.user.id, exam_id).exam.phase is Phase.READY
    assert not tab.shows("May we record your answers?")


def test_a_silent_recording_is_refused_at_once_in_plain_words(open_page: Open, person: Person, services: Services) -> None:
    services.exams.give_consent(person.user.id)
    exam_id = begun(services, person)
    tab = open_page("exam", cookie=person.cookie, e=exam_id).press("Start answering")
    tab.test.audio_input[0].set_value(("answer.wav", wav(4), "audio/wav")).run()
    tab.check()
    assert "silent" in tab.text
    assert services.exams.answers(person.user.id, exam_id) == []
    assert "Hand it in as it is" not in {button.label for button in tab.test.button}


def test_the_microphone_can_be_tried_before_the_first_clock_runs_and_nothing_of_it_is_kept(
    open_page: Open, person: Person, services: Services
) -> None:
    exam_id = begun(services, person)
    tab = open_page("exam", cookie=person.cookie, e=exam_id)
    assert not tab.test.get("audio_input")
    tab.press("I agree to being recorded")
    tab.test.audio_input[0].set_value(("try.wav", wav(3), "audio/wav")).run()
    assert "silent" in tab.text
    tab.test.audio_input[0].set_value(("try.wav", spoken(seconds=4), "audio/wav")).run()
    assert [str(box.value) for box in tab.test.success] == ["You can be heard well."]
    assert services.exams.answers(person.user.id, exam_id) == []
    assert services.exams.view(person.user.id, exam_id).exam.phase is Phase.READY


def test_who_would_rather_type_says_so_where_recording_is_asked_for(open_page: Open, person: Person, services: Services) -> None:
    exam_id = begun(services, person)
    tab = open_page("exam", cookie=person.cookie, e=exam_id)
    assert not tab.shows("at least 5 words")
    tab.press("Type my answers instead")
    assert not tab.shows("May we record your answers?")
    assert tab.shows("at least 5 words")
    tab.press("Start answering")
    assert FIELD in {field.label for field in tab.test.text_area}
    assert not services.exams.has_consent(person.user.id)


def test_a_recording_is_written_down_again_only_after_asking_when_the_agreement_was_taken_back(
    open_page: Open, person: Person, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    exams, who = services.exams, person.user.id
    exams.give_consent(who)
    exam_id = begun(services, person, mode="practice")
    turn = exams.view(who, exam_id).turn
    assert turn
    exams.begin_answer(who, exam_id, turn.key)
    exams.submit_recording(who, exam_id, turn.key, spoken(), hand_in_anyway=True)
    exams.go_on(who, exam_id, turn.key)
    answered(services, person, exam_id)
    stored = exams.answer(who, exam_id, turn.key)
    failed = replace(stored, transcript=TranscriptState.FAILED, transcript_error="Nobody answered.", version=stored.version + 1)
    assert exams._store.change_answer(failed, version=stored.version)
    tried: list[str] = []

    def again(*key: str) -> Answer:
        tried.append(key[-1])
        return failed

    monkeypatch.setattr(type(exams), "writes_down", True)
    monkeypatch.setattr(exams._hearing, "again", again)
    exams.withdraw_consent(who)
    tab = open_page("exam", cookie=person.cookie, e=exam_id)
    assert tab.shows("Nobody answered.")
    tab.press("Write it down again")
    assert tab.shows("May we record your answers?")
    assert tried == []
    tab.press("I agree to being recorded")
    assert tried == [turn.key]
    assert not tab.shows("May we record your answers?")


def test_recordings_without_any_words_are_not_graded_before_the_person_knows_what_that_means(
    open_page: Open, person: Person, services: Services
) -> None:
    exams, who = services.exams, person.user.id
    exams.give_consent(who)
    exam_id = begun(services, person)
    while (view := exams.view(who, exam_id)).turn:
        exams.begin_answer(who, exam_id, view.turn.key)
        exams.submit_recording(who, exam_id, view.turn.key, spoken(first=view.turn.number, seconds=16))
        exams.go_on(who, exam_id, view.turn.key)
    tab = open_page("exam", cookie=person.cookie, e=exam_id).press("Get my report")
    assert exams.view(who, exam_id).exam.state is ExamState.RUNNING
    assert [str(box.value)[:33] for box in tab.test.warning] == ["Your recordings have no words yet"]
    tab.test.text_area[0].input(TALK)
    tab.press("Get my report")
    assert exams.view(who, exam_id).exam.state is ExamState.FINISHED
    assert exams.answers(who, exam_id)[0].text == TALK


def test_a_report_without_a_level_can_be_had_all_the_same(open_page: Open, person: Person, services: Services) -> None:
    exams, who = services.exams, person.user.id
    exams.give_consent(who)
    exam_id = begun(services, person)
    while (view := exams.view(who, exam_id)).turn and view.turn.number < 4:
        exams.skip(who, exam_id, view.turn.key)
    assert view.turn
    exams.begin_answer(who, exam_id, view.turn.key)
    exams.submit_recording(who, exam_id, view.turn.key, spoken(seconds=16))
    exams.go_on(who, exam_id, view.turn.key)
    tab = open_page("exam", cookie=person.cookie, e=exam_id).press("Get my report").press("Get it without a level")
    assert exams.view(who, exam_id).exam.state is ExamState.FINISHED
    assert tab.shows("Not enough evidence")


def test_the_answers_are_looked_over_in_the_order_of_the_questions(open_page: Open, person: Person, services: Services) -> None:
    exams, who = services.exams, person.user.id
    exams.give_consent(who)
    exam_id = begun(services, person)
    while (view := exams.view(who, exam_id)).turn:
        exams.begin_answer(who, exam_id, view.turn.key)
        if view.turn.number in {1, 4}:
            exams.submit_recording(who, exam_id, view.turn.key, spoken(first=view.turn.number, seconds=16))
        else:
            exams.submit_text(who, exam_id, view.turn.key, TALK)
        exams.go_on(who, exam_id, view.turn.key)
    tab = open_page("exam", cookie=person.cookie, e=exam_id)
    asked = [answer.question for answer in exams.answers(who, exam_id)]
    places = [tab.text.index(html.escape(question)) for question in asked]
    assert places == sorted(places)
