"""Somebody who signs up by chatting, in words."""

from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.e2e.person import Visitor


@dataclass
class Joiner(Visitor):
    """Somebody in front of the signup assistant. Every answer waits until the assistant has answered it.

    `label` and `speaker` are what the page calls the field and the assistant.
    """

    label: str = "Type your answer"
    speaker: str = "Assistant"

    @property
    def log(self) -> Locator:
        """The conversation, as a screen reader finds it."""
        return self.page.get_by_role("log", name=self.speaker)

    @property
    def bubbles(self) -> Locator:
        """What was said, from top to bottom."""
        return self.log.get_by_test_id("stChatMessage")

    @property
    def replies(self) -> Locator:
        """The buttons below the last bubble."""
        return self.page.locator(".st-key-viva-join-replies").get_by_role("button")

    @property
    def box(self) -> Locator:
        """Where one answers."""
        return self.page.get_by_role("textbox", name=self.label)

    @property
    def secret(self) -> Locator:
        """Where the password goes."""
        return self.page.get_by_label("Password", exact=True)

    @property
    def progress(self) -> str:
        """How far one is, once the page has nothing more to draw."""
        self.quiet()
        return self.page.get_by_test_id("stProgress").inner_text().strip()

    def complaints(self) -> list[str]:
        """Return a list that fills with what the browser objects to."""
        found: list[str] = []
        self.page.on("console", lambda message: found.append(message.text) if "Content Security Policy" in message.text else None)
        self.page.on("pageerror", lambda error: found.append(str(error)))
        return found

    def begin(self) -> "Joiner":
        """Open the page and agree."""
        self.open("/join").sees("Sign up by chat")
        return self.reply("Yes, let's start").hears("email address")

    def until_password(self, name: str) -> "Joiner":
        """Go as far as the password."""
        return self.begin().answer(f"{name}@example.com").hears("Which username").answer(name).hears("choose a password")

    def hears(self, text: str) -> "Joiner":
        """Wait until the newest bubble says this."""
        expect(self.bubbles.last).to_contain_text(text)
        return self

    def can_use_the_form(self) -> "Joiner":
        """Look for the way to the ordinary form, in sight."""
        expect(self.page.get_by_role("link", name="Use the ordinary form")).to_be_in_viewport()
        return self

    def write(self, text: str) -> None:
        """Send an answer without waiting."""
        self.box.fill(text)
        self.box.press("Enter")

    def answer(self, text: str) -> "Joiner":
        """Send an answer."""
        before = self.bubbles.count()
        self.write(text)
        return self._answered(before)

    def answer_secretly(self, text: str) -> "Joiner":
        """Send a password."""
        before = self.bubbles.count()
        self.secret.fill(text)
        self.page.get_by_role("button", name="Send", exact=True).click()
        return self._answered(before)

    def reply(self, label: str) -> "Joiner":
        """Press one of the buttons, once those of the question before are gone."""
        expect(self.bubbles).not_to_have_count(0)
        self.quiet()
        before = self.bubbles.count()
        self.replies.get_by_text(label, exact=True).click()
        return self._answered(before)

    def _answered(self, before: int) -> "Joiner":
        expect(self.bubbles).to_have_count(before + 2)
        return self
