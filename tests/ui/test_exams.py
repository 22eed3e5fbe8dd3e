"""The exam pages over the real services: choosing, answering, refusals, the report, progress."""

from datetime import timedelta

import pytest

from exam.models import AnswerMode, ExamState, Phase, Way
from exam.report.pdf import as_pdf
from exam.report.tables import as_csv
from tests.ui.exam_tabs import EVERY_PAGE, FIELD, TALK, answered, begun, cards, reported, typing, way
from tests.ui.tabs import Open, Person, make_person
from ui.exam import in_words
from wiring import Services


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
    assert [in_words.seconds(number) for number in (5, 60, 90)] == ["5 s", "1 min", "1 min 30 s"]
    assert [in_words.minutes(pair) for pair in ((3, 3), (11, 14))] == ["3 minutes", "11 to 14 minutes"]
    assert in_words.clock(timedelta(minutes=1, seconds=5).total_seconds()) == "1:05"
