"""A conversation of more messages than are drawn: what is read stays where it is, what was just said is in sight."""

from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import App
from tests.e2e.newcomers import newcomer
from tests.e2e.person import PASSWORD, Visitor

pytestmark = pytest.mark.e2e
_SAID = 32
_TOP = """text => [...document.querySelectorAll('[data-testid=stChatMessage]')]
    .find(bubble => bubble.innerText.includes(text))?.getBoundingClientRect().top ?? -9999"""
_PAGE = "document.querySelector('[data-testid=stAppScrollToBottomContainer]')"
_numbers = count()


@pytest.fixture
def talk(page: Page, app: App, worker_id: str) -> Visitor:
    """Return somebody at the end of a long conversation."""
    email = f"lea.{worker_id}.{next(_numbers)}@example.com"
    visitor = newcomer(page, app, "Lea Long", email)
    request = page.context.request
    token = request.post(f"{app.url}/api/auth/login", data={"username": email, "password": PASSWORD}).json()["access_token"]
    session: str | None = None
    for number in range(_SAID):
        body = {"message": f"This is story {number:03d} and I like it because it is short.", "session_id": session}
        answer = request.post(f"{app.url}/api/chat", data=body, headers={"Authorization": f"Bearer {token}"})
        assert answer.ok, answer.text()
        session = answer.json()["session_id"]
    visitor.open(f"/practice?c={session}")
    expect(visitor.main.get_by_text(f"story {_SAID - 1:03d}")).to_be_in_viewport()
    visitor.quiet()
    return visitor


def up(page: Page) -> None:
    """Turn the wheel until the page stays at its beginning: it leaves its end for a person only, and not at the first turn."""
    page.mouse.move(400, 300)
    for _ in range(20):
        page.mouse.wheel(0, -20_000)
        if settles(page, lambda: float(page.evaluate(f"{_PAGE}.scrollTop"))) == 0:
            return
    pytest.fail("the page does not leave its end")


def top_of(page: Page, text: str) -> float:
    return float(page.evaluate(_TOP, text))


def settles(page: Page, value: Callable[[], float]) -> float:
    """Return a value as soon as it stays the same for ten frames."""
    last, same = value(), 0
    while same < 10:
        page.evaluate("() => new Promise(requestAnimationFrame)")
        now = value()
        last, same = now, same + 1 if now == last else 0
    return last


def test_earlier_messages_come_before_what_is_read_without_moving_it(talk: Visitor) -> None:
    page, bubbles = talk.page, talk.page.get_by_test_id("stChatMessage")
    expect(bubbles).to_have_count(50)
    up(page)
    first = f"story {_SAID - 25:03d}"
    before = settles(page, lambda: top_of(page, first))
    talk.press("Show earlier messages")
    expect(bubbles).to_have_count(2 * _SAID)
    page.wait_for_function(f"([text, top]) => Math.abs(({_TOP})(text) - top) < 60", arg=[first, before])
    assert abs(settles(page, lambda: top_of(page, first)) - before) < 60
    assert top_of(page, "story 000") < 0  # above what can be seen
    page.mouse.wheel(0, -400)
    page.wait_for_function(f"([text, top]) => ({_TOP})(text) > top + 100", arg=[first, before])  # not held for ever


def test_whoever_says_something_sees_it_and_the_answer_wherever_they_had_scrolled_to(talk: Visitor) -> None:
    page = talk.page
    up(page)
    expect(talk.main.get_by_text(f"story {_SAID - 1:03d}")).not_to_be_in_viewport()
    talk.say("And this is the last story, which I tell at the end.")
    expect(talk.main.get_by_text("the last story, which I tell")).to_be_in_viewport()
    talk.quiet()
    expect(talk.main.get_by_role("button", name="Answer again")).to_be_in_viewport()
