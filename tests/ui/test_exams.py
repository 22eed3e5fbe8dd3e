"""The exam pages over the real services: choosing, answering, refusals, the report, progress."""

import io
import wave
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from exam.models import Answer, AnswerMode, ExamState, Phase, TranscriptState, Way
from exam.report.pdf import as_pdf
from exam.report.tables import as_csv
from tests.ui.tabs import Open, Person, Tab, make_person
from tests.unit.exam.engine.speaker import spoken
from ui import exam_words
from wiring import Services

TALK = (
    "I remember a day when I helped my neighbour. She had lost her keys, so we looked for them everywhere and talked about "
    "her childhood. In the end we found them in the kitchen, which was funny, and she invited me to dinner because she was "
    "very happy. After that we became good friends, and we still meet every week, although she has moved to another street."
)
EVERY_PAGE = ("exams", "exam", "report", "progress")
FIELD = "Your answer, in the words that you would say"


def begun(services: Services, person: Person, *, mode: str = "exam", format_id: str = "quick-check", level: str = "B1") -> str:
    return services.exams.start(person.user.id, format_id=format_id, level=level, mode=mode).exam.id


def answered(services: Services, person: Person, exam_id: str, text: str = TALK) -> None:
    """Answer every question that is left."""
    exams, who = services.exams, person.user.id
    while (turn := exams.view(who, exam_id).turn) is not None:
        exams.begin_answer(who, exam_id, turn.key)
        exams.submit_text(who, exam_id, turn.key, f"{text} {turn.number}", hand_in_anyway=True)
        exams.go_on(who, exam_id, turn.key)


def reported(services: Services, person: Person, text: str = TALK) -> str:
    exam_id = begun(services, person)
    answered(services, person, exam_id, text)
    services.exams.finish(person.user.id, exam_id, wait=20)
    return exam_id


def wav(seconds: float, *, loud: float = 0.0) -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes((loud * np.ones(int(16_000 * seconds)) * 32_000).astype("<i2").tobytes())
    return kept.getvalue()


def cards(tab: Tab) -> list[str]:
    """The keys of the cards, from top to bottom."""

    def keys(block: Any) -> Iterator[str]:
        _, card, key = str(getattr(getattr(block, "proto", None), "id", "")).partition("-card-")
        if card:
            yield key
        for child in getattr(block, "children", {}).values():
            yield from keys(child)

    return list(keys(tab.test.main))


def typing(tab: Tab, text: str, button: str = "Hand in") -> Tab:
    next(field for field in tab.test.text_area if field.label == FIELD).input(text)
    return tab.press(button)


def way(tab: Tab, chosen: str) -> Tab:
    next(group for group in tab.test.button_group if group.label == "How do you want to answer?").set_value(chosen).run()
    tab.check()
    return tab


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_a_stranger_is_asked_to_sign_in(open_page: Open, services: Services, path: str) -> None:
    del services
    tab = open_page(path)
    assert tab.heading == "Sign in"


@pytest.mark.parametrize("path", ["exam", "report"])
def test_somebody_elses_exam_looks_like_an_unknown_one(open_page: Open, person: Person, services: Services, path: str) -> None:
    theirs = reported(services, make_person(services, "bob"))
    tab = open_page(path, cookie=person.cookie, e=theirs)
    assert tab.heading == "Not found"
    assert "neighbour" not in tab.text
    assert tab.text == open_page(path, cookie=person.cookie, e="exam_unknown").text


def test_without_an_exam_every_format_is_offered_and_the_results_say_what_to_do(
    open_page: Open, person: Person, services: Services
) -> None:
    tab = open_page("exams", cookie=person.cookie)
    for form in services.exams.formats():
        assert form.title in tab.links
    assert tab.shows("No results yet")


def test_a_level_and_a_mode_begin_an_exam(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("exam", cookie=person.cookie, f="quick-check")
    assert tab.shows("Practice estimate, not an official result.")
    tab.press("Start the exam")
    (exam,) = services.exams.history(person.user.id).items
    assert (exam.format_id, exam.level, exam.mode) == ("quick-check", "B1", "exam")
    assert tab.shows("Question 1 of 4")


def test_an_open_exam_can_be_gone_on_with(open_page: Open, person: Person, services: Services) -> None:
    begun(services, person)
    tab = open_page("exams", cookie=person.cookie)
    assert "Continue: Three\\-minute quick check" in tab.links
    assert "More: Three\\-minute quick check" in {str(menu.label) for menu in tab.test.menu_button}


@pytest.mark.parametrize("path", ["exams", "exam", "report", "progress"])
def test_sections_are_headings_of_the_second_rank(open_page: Open, person: Person, services: Services, path: str) -> None:
    query = {"exam": {"f": "quick-check"}, "report": {"e": reported(services, person)}}.get(path, {})
    tab = open_page(path, cookie=person.cookie, **query)
    assert tab.test.header
    assert not tab.test.subheader


def test_what_can_be_continued_and_the_latest_results_stand_above_the_formats(open_page: Open, person: Person, services: Services) -> None:
    ended = [begun(services, person) for _ in range(5)]
    for exam_id in ended:
        services.exams.abandon(person.user.id, exam_id)
    going = begun(services, person)
    tab = open_page("exams", cookie=person.cookie)
    rows = [f"row-{exam_id}" for exam_id in reversed(ended)]
    formats = [f"format-{form.id}" for form in services.exams.formats()]
    assert cards(tab) == [f"open-{going}", *rows[:3], *formats, *rows[3:]]


def test_an_older_page_of_results_leaves_what_stands_above_in_its_place(
    open_page: Open, person: Person, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        services.exams.abandon(person.user.id, begun(services, person))
    all_of_them = services.exams.history
    monkeypatch.setattr(services.exams, "history", lambda who, **how: all_of_them(who, **{"limit": 4, **how}))
    rows = [f"row-{exam.id}" for exam in all_of_them(person.user.id).items]
    tab = open_page("exams", cookie=person.cookie)
    assert [key for key in cards(tab) if key.startswith("row-")] == rows[:4]
    tab.press("Older")
    assert [key for key in cards(tab) if key.startswith("row-")] == [*rows[:3], rows[4]]


def test_how_to_answer_is_chosen_before_the_exam_starts_and_remembered(open_page: Open, person: Person, services: Services) -> None:
    tab = way(open_page("exam", cookie=person.cookie, f="quick-check"), "type").press("Start the exam")
    assert not tab.shows("May we record your answers?")
    tab.press("Start answering")
    assert FIELD in {field.label for field in tab.test.text_area}
    (exam,) = services.exams.history(person.user.id).items
    assert exam.way is Way.TYPE
    reloaded = open_page("exam", cookie=person.cookie, e=exam.id)
    assert FIELD in {field.label for field in reloaded.test.text_area}
    way(reloaded, "upload")
    assert services.exams.view(person.user.id, exam.id).exam.way is Way.UPLOAD
    typing(way(reloaded, "type"), TALK)
    assert services.exams.answers(person.user.id, exam.id)[0].mode is AnswerMode.TYPED
    again = open_page("exam", cookie=person.cookie, f="quick-check")
    assert next(group for group in again.test.button_group if group.label == "How do you want to answer?").value == Way.TYPE


def test_an_exam_with_one_level_does_not_ask_for_it(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("exam", cookie=person.cookie, f="c1-style")
    assert "Which level do you aim at?" not in {group.label for group in tab.test.button_group}
    tab.press("Start the exam")
    assert [exam.level for exam in services.exams.history(person.user.id).items] == ["C1"]


def test_a_typed_answer_is_stored_once_and_exam_mode_says_nothing_about_it(open_page: Open, person: Person, services: Services) -> None:
    exam_id = begun(services, person)
    tab = open_page("exam", cookie=person.cookie, e=exam_id).press("Start answering")
    typing(way(tab, "type"), TALK)
    assert tab.shows("Your answer is stored.")
    assert not tab.shows("Notes on this answer")
    (answer,) = services.exams.answers(person.user.id, exam_id)
    assert (answer.mode, answer.text) == (AnswerMode.TYPED, TALK)
    tab.press("Next")
    assert tab.shows("Question 2 of 4")


def test_practice_mode_gives_notes_after_each_answer_and_can_pause(open_page: Open, person: Person, services: Services) -> None:
    exam_id = begun(services, person, mode="practice")
    tab = open_page("exam", cookie=person.cookie, e=exam_id).press("Start answering")
    services.exams.pause(person.user.id, exam_id)
    tab = open_page("exam", cookie=person.cookie, e=exam_id)
    assert tab.shows("The exam is paused")
    tab.press("Go on with the exam")
    typing(way(tab, "type"), TALK)
    assert tab.shows("Notes on this answer")


def test_a_short_answer_is_refused_with_the_reason_and_may_be_handed_in_all_the_same(
    open_page: Open, person: Person, services: Services
) -> None:
    exam_id = begun(services, person)
    tab = open_page("exam", cookie=person.cookie, e=exam_id).press("Start answering")
    typing(way(tab, "type"), "Yes.")
    assert "at least 5" in tab.text
    assert services.exams.answers(person.user.id, exam_id) == []
    typing(tab, "Yes.", "Hand it in as it is")
    assert services.exams.answers(person.user.id, exam_id)[0].short


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


def test_a_recording_that_is_too_short_is_not_lost_when_the_time_is_over(open_page: Open, person: Person, services: Services) -> None:
    exams, who = services.exams, person.user.id
    exams.give_consent(who)
    exam_id = begun(services, person)
    while (view := exams.view(who, exam_id)).turn and view.turn.number < 4:
        exams.skip(who, exam_id, view.turn.key)
    tab = open_page("exam", cookie=person.cookie, e=exam_id).press("Start answering")
    tab.test.audio_input[0].set_value(("answer.wav", spoken(seconds=4), "audio/wav")).run()
    tab.check()
    assert tab.shows("handed in when the time is over")
    assert [answer.mode for answer in exams.answers(who, exam_id)] == [AnswerMode.NONE] * 3
    exam = exams.view(who, exam_id).exam
    over = replace(exam, answer_ends_at=services.clock.now() - timedelta(seconds=2), version=exam.version + 1)
    assert exams._store.change(over, version=exam.version)
    tab.test.run()
    tab.check()
    *_, last = exams.answers(who, exam_id)
    assert (last.mode, last.short, last.late) == (AnswerMode.SPOKEN, True, True)


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


def test_a_tab_that_was_overtaken_says_so_and_stores_nothing(open_page: Open, person: Person, services: Services) -> None:
    exam_id = begun(services, person)
    tab = way(open_page("exam", cookie=person.cookie, e=exam_id).press("Start answering"), "type")
    key = services.exams.view(person.user.id, exam_id).turn.key  # type: ignore[union-attr]  # the exam has just begun
    services.exams.submit_text(person.user.id, exam_id, key, TALK)
    typing(tab, "Something else that was typed in this tab.")
    assert "another tab" in tab.text
    assert [answer.text for answer in services.exams.answers(person.user.id, exam_id)] == [TALK]


def test_a_finished_exam_leads_to_its_report_and_an_abandoned_one_to_the_list(open_page: Open, person: Person, services: Services) -> None:
    exam_id = reported(services, person)
    tab = open_page("exam", cookie=person.cookie, e=exam_id)
    assert "Your report" in tab.heading
    left = begun(services, person)
    services.exams.abandon(person.user.id, left)
    assert open_page("exam", cookie=person.cookie, e=left).heading == "Speaking exams"


def test_the_end_of_an_exam_asks_for_the_report(open_page: Open, person: Person, services: Services) -> None:
    exam_id = begun(services, person)
    answered(services, person, exam_id)
    tab = open_page("exam", cookie=person.cookie, e=exam_id)
    assert tab.heading == "All questions answered"
    assert services.exams.view(person.user.id, exam_id).exam.phase is Phase.COMPLETE
    tab.press("Get my report")
    assert services.exams.view(person.user.id, exam_id).exam.state is ExamState.FINISHED


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


def test_the_first_screen_of_a_report_has_range_confidence_strength_and_next_action(
    open_page: Open, person: Person, services: Services
) -> None:
    exam_id = reported(services, person)
    report = services.exams.report(person.user.id, exam_id)
    tab = open_page("report", cookie=person.cookie, e=exam_id)
    for said in (report.label, "confidence", "Your best strength", "Do this next", "Practice estimate, not an official result."):
        assert tab.shows(said)
    assert tab.shows("not assessed")
    assert tab.shows("Method: ")


def test_too_little_to_go_by_gives_no_level(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("report", cookie=person.cookie, e=reported(services, person, "yes"))
    assert tab.shows("Not enough evidence")
    assert not tab.shows("viva-scale")


def test_markup_in_an_answer_stays_text(open_page: Open, person: Person, services: Services) -> None:
    tab = open_page("report", cookie=person.cookie, e=reported(services, person, f"{TALK} <img src=x onerror=alert(1)>"))
    assert "<img src=x" not in tab.text
    assert "&lt;img src=x" in tab.text


def test_a_report_can_be_saved_on_paper_and_as_a_table(services: Services, person: Person) -> None:
    report = services.exams.report(person.user.id, reported(services, person, f"=1+1 {TALK} 日本語 Łódź"))
    assert as_pdf(report).startswith(b"%PDF")
    text = as_csv(report)
    assert report.label in text
    assert "日本語" in text
    assert ",=1+1" not in text


def test_progress_starts_empty_and_then_shows_ranges_and_what_noise_is(open_page: Open, person: Person, services: Services) -> None:
    assert open_page("progress", cookie=person.cookie).shows("Nothing to compare yet")
    for _ in range(2):
        reported(services, person)
    tab = open_page("progress", cookie=person.cookie)
    assert tab.shows("What is noise?")
    assert tab.shows("Words per answer")
    assert [fold.label.partition(":")[0] for fold in tab.test.expander] == ["Vocabulary", "Connecting ideas"]
    assert not tab.shows("Nothing to compare yet")


def test_lengths_are_said_in_words() -> None:
    assert [exam_words.seconds(number) for number in (5, 60, 90)] == ["5 s", "1 min", "1 min 30 s"]
    assert [exam_words.minutes(pair) for pair in ((3, 3), (11, 14))] == ["3 minutes", "11 to 14 minutes"]
    assert exam_words.clock(timedelta(minutes=1, seconds=5).total_seconds()) == "1:05"
