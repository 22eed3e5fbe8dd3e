"""An address without a page: our own page says so, never Streamlit's dialog above the home page."""

import pytest

from tests.ui.tabs import Open, Person
from wiring import Services


@pytest.mark.parametrize("path", ["nope", "Practice", "sign_in", "a" * 64, "not-found"])
def test_an_unknown_address_says_so_and_shows_the_way_home(open_page: Open, path: str) -> None:
    tab = open_page(path)
    assert tab.heading == "Not found"
    assert tab.shows("no page at this address")
    assert "Go to the home page" in tab.links


def test_somebody_who_is_signed_in_stays_so_on_an_unknown_page(open_page: Open, person: Person) -> None:
    tab = open_page("nope", cookie=person.cookie)
    assert tab.heading == "Not found"
    assert tab.test.menu_button[0].label == "Ana"


def test_the_page_of_administrators_is_an_unknown_one_for_learners(open_page: Open, person: Person, services: Services) -> None:
    learner = open_page("admin", cookie=person.cookie)
    assert learner.text == open_page("nope", cookie=person.cookie).text
    services.auth.promote_to_admin(person.user.email)
    assert open_page("admin", cookie=person.cookie).heading == "Admin"


@pytest.mark.parametrize("path", ["a/b", "café", "<script>", "a" * 65, "x.html", "_stcore/x"])
def test_an_address_that_no_page_can_have_never_becomes_one(open_page: Open, path: str) -> None:
    """The server has led such a reader elsewhere before the script runs; made up, it changes nothing."""
    tab = open_page(path)
    assert "lost" not in tab.remembered


def test_known_pages_leave_no_trace_of_an_unknown_one(open_page: Open) -> None:
    tab = open_page("privacy")
    assert tab.heading == "Privacy"
    assert "lost" not in tab.remembered
