"""Finding one's way: addresses that are no page, and what is said where a person lands."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import App
from tests.e2e.newcomers import newcomer
from tests.e2e.person import PASSWORD, Visitor

pytestmark = pytest.mark.e2e


@pytest.fixture
def visitor(page: Page, app: App) -> Visitor:
    return Visitor(page, app.url)


@pytest.mark.parametrize("path", ["/nope", "/deep/down/nope", "/nope.html"])
def test_an_unknown_address_has_a_page_of_our_own_and_no_dialog(visitor: Visitor, path: str) -> None:
    visitor.open(path).sees("Not found")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    expect(visitor.page).to_have_title("Page not found · CEFR Speaking Exam Simulator")
    visitor.main.get_by_role("link", name="Go to the home page").click()
    visitor.sees("Speak before it counts.")
    expect(visitor.page).to_have_title("CEFR Speaking Exam Simulator")


def test_the_way_back_leads_to_the_unknown_address_again(visitor: Visitor) -> None:
    visitor.open("/nope").sees("Not found")
    visitor.main.get_by_role("link", name="Go to the home page").click()
    visitor.sees("Speak before it counts.")
    visitor.page.go_back()
    visitor.sees("Not found")
    expect(visitor.page).to_have_url(f"{visitor.url}/nope")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)


def test_after_the_deletion_the_page_one_lands_on_says_that_it_is_done(visitor: Visitor, app: App, worker_id: str) -> None:
    newcomer(visitor.page, app, "Lena Last", f"lena.{worker_id}@example.com").open("/delete-account").sees("Delete your account")
    visitor.type("Your password", PASSWORD).press("Delete my account for good").sees("Speak before it counts.")
    expect(visitor.main.get_by_role("status").filter(has_text="Your account is deleted")).to_be_visible()
    visitor.open("/").sees("Speak before it counts.")
    expect(visitor.main.get_by_text("Your account is deleted")).to_have_count(0)
