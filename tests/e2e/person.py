"""What a person does in the browser, in words."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

PASSWORD = "Blue-tram7-Lisbon"


@dataclass
class Visitor:
    """Somebody in front of a page."""

    page: Page
    url: str

    @property
    def main(self) -> Locator:
        """The page without header and menu."""
        return self.page.get_by_role("main")

    def open(self, path: str) -> "Visitor":
        """Type an address."""
        self.page.goto(self.url + path)
        return self

    def sees(self, heading: str) -> "Visitor":
        """Wait until the page with this heading is there."""
        expect(self.page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        return self

    def press(self, name: str) -> "Visitor":
        """Press a button on the page."""
        self.main.get_by_role("button", name=name, exact=True).click()
        return self

    def type(self, label: str, text: str) -> "Visitor":
        """Fill a field."""
        self.page.get_by_label(label, exact=True).fill(text)
        return self

    def change(self, text: str) -> "Visitor":
        """Say the last thing differently, and wait until the page stands with it.

        The field holds the new words before they are sent: only when it is gone they are seen in a bubble.
        """
        self.press("Edit").type("Your words", text).press("Send instead")
        return self.changed()

    def changed(self) -> "Visitor":
        """Wait until the changed words were sent and answered."""
        expect(self.page.get_by_label("Your words", exact=True)).to_have_count(0)
        return self.quiet()

    def register(self, name: str, email: str) -> "Visitor":
        """Make an account; ends on the home page with the login kept by the browser."""
        self.open("/create-account").sees("Create account")
        self.type("Your name", name).type("Email", email).type("Password", PASSWORD).type("Password again", PASSWORD)
        self.press("Create account").sees(f"Hello, {name.split(maxsplit=1)[0]}")
        return self.kept()

    def sign_in(self, email: str) -> "Visitor":
        """Sign in on the page that is open."""
        self.sees("Sign in").type("Email or username", email).type("Password", PASSWORD).press("Sign in")
        return self

    def kept(self) -> "Visitor":
        """Wait until the browser has the cookie."""
        self.page.wait_for_selector("#viva-handoff[data-state=kept]", state="attached")
        return self

    def say(self, text: str) -> "Visitor":
        """Answer the examiner."""
        box = self.page.get_by_test_id("stChatInputTextArea")
        box.fill(text)
        box.press("Enter")
        return self

    def quiet(self) -> "Visitor":
        """Wait until no reply is being written and the page has nothing more to draw."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        expect(self.main.get_by_role("button", name="Stop")).to_have_count(0)
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        return self

    def more(self, act: str) -> "Visitor":
        """Choose from the menu of the first conversation in the list."""
        self.main.get_by_role("button", name="More").first.click()
        self.page.get_by_role("menuitem", name=re.compile(act)).or_(self.page.get_by_role("option", name=re.compile(act))).click()
        return self

    def choose(self, item: str) -> "Visitor":
        """Choose from the account menu in the header."""
        self.page.locator(".st-key-viva-account").get_by_role("button").click()
        self.page.get_by_role("menuitem", name=re.compile(item)).or_(self.page.get_by_role("option", name=re.compile(item))).click()
        return self
