"""The home page of somebody who is back: what is unfinished, what was the last result, and nothing of anybody else."""

from tests.ui.tabs import Open, Person, make_person
from wiring import Services


def begun(services: Services, person: Person, format_id: str = "quick-check") -> str:
    return services.exams.start(person.user.id, format_id=format_id, level="B1", mode="exam").exam.id


def answered(services: Services, person: Person, exam_id: str, count: int = 99) -> None:
    exams, who = services.exams, person.user.id
    while count and (turn := exams.view(who, exam_id).turn) is not None:
        exams.begin_answer(who, exam_id, turn.key)
        exams.submit_text(
            who, exam_id, turn.key, f"I went to the sea with my sister because it was hot, {turn.number}.", hand_in_anyway=True
        )
        exams.go_on(who, exam_id, turn.key)
        count -= 1


def test_somebody_new_is_offered_a_first_practice_and_the_exams(open_page: Open, person: Person) -> None:
    tab = open_page("", cookie=person.cookie)
    assert "Choose a level and a topic" in {button.label for button in tab.test.button}
    assert "Or take a mock exam: the quick check takes three minutes" in tab.links
    assert not tab.shows("Your last")


def test_an_unfinished_exam_stands_first_with_the_part_it_is_in(open_page: Open, person: Person, services: Services) -> None:
    form = next(form for form in services.exams.formats() if len(form.parts) > 1 and "B1" in form.levels)
    exam_id = begun(services, person, form.id)
    (link,) = [link for link in open_page("", cookie=person.cookie).links if link.startswith("Continue your B1")]
    assert link.endswith(f"(part 1 of {len(form.parts)})")
    while services.exams.view(person.user.id, exam_id).turn.part_number == 1:  # type: ignore[union-attr]  # it has more parts
        answered(services, person, exam_id, 1)
    tab = open_page("", cookie=person.cookie)
    (link,) = [link for link in tab.links if link.startswith("Continue your B1")]
    assert link.endswith(f"(part 2 of {len(form.parts)})")
    assert not [link for link in tab.links if "Or take a mock exam" in link]


def test_an_exam_that_was_left_for_good_is_not_offered_again(open_page: Open, person: Person, services: Services) -> None:
    services.exams.abandon(person.user.id, begun(services, person))
    assert not [link for link in open_page("", cookie=person.cookie).links if link.startswith("Continue")]


def test_the_last_result_is_named_and_leads_to_its_report(open_page: Open, person: Person, services: Services) -> None:
    exam_id = begun(services, person)
    answered(services, person, exam_id)
    services.exams.finish(person.user.id, exam_id, wait=20)
    label = services.exams.view(person.user.id, exam_id).exam.label
    tab = open_page("", cookie=person.cookie)
    assert label
    assert tab.shows(label)
    assert tab.shows("Your last result")
    (report,) = [link for link in tab.test.get("page_link") if link.proto.label == "Look at the report"]
    assert exam_id in str(report.proto)


def test_nothing_of_somebody_else_is_named(open_page: Open, person: Person, services: Services) -> None:
    other = make_person(services, "zoe")
    begun(services, other)
    tab = open_page("", cookie=person.cookie)
    assert not [link for link in tab.links if link.startswith("Continue")]
