"""What a checker of accessibility finds on the pages about accounts and conversations: nothing, in either theme, at either width."""

import json
from importlib import resources
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import App
from tests.e2e.newcomers import newcomer
from tests.e2e.person import Visitor

pytestmark = pytest.mark.e2e
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_STRANGERS = {
    "/": "Speak before it counts.",
    "/sign-in": "Sign in",
    "/create-account": "Create account",
    "/forgot-password": "Forgot your password?",
    "/confirmation-letter": "Confirm your email",
    "/reset-password?token=x": "Choose a new password",
    "/confirm-email?token=x": "Confirm your new email",
    "/shared?link=x": "Not found",
    "/privacy": "Privacy",
}
OF_PEOPLE = {
    "/": "Hello, Ada",
    "/practice": "Practice",
    "/history": "History",
    "/account": "Your account",
    "/security": "Security",
    "/delete-account": "Delete your account",
}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_a_checker_of_accessibility_finds_nothing(
    page: Page, app: App, worker_id: str, scheme: Literal["light", "dark"], width: int
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    visitor = Visitor(page, app.url)
    found = [fault for path, heading in OF_STRANGERS.items() for fault in faults(visitor.open(path).sees(heading), path)]
    newcomer(page, app, "Ada", f"axe.{scheme}.{worker_id}@example.com")
    visitor.open("/practice").sees("Practice").press("Start").quiet().say("I like long walks by the sea.").quiet()
    found += faults(visitor, "a conversation")
    found += [fault for path, heading in OF_PEOPLE.items() for fault in faults(visitor.open(path).sees(heading), path)]
    assert found == []


def faults(visitor: Visitor, where: str) -> list[str]:
    """Return what the checker finds on the page that is open."""
    visitor.quiet().page.evaluate(AXE)
    found = visitor.page.evaluate("options => axe.run(document, options)", {"runOnly": RULES, "resultTypes": ["violations"]})
    assert found["passes"], "nothing was checked"
    return [f"{where}: {fault['id']} {json.dumps([node['html'][:200] for node in fault['nodes']])}" for fault in found["violations"]]
