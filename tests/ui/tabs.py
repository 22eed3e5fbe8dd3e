"""A browser tab as Streamlit's own test runner has it, and people to put in front of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from auth.flows.register import RegisterForm
from auth.models import User
from wiring import Services

PASSWORD = "Blue-tram7-Lisbon"


@dataclass
class Tab:
    """A browser tab on one of the pages."""

    test: AppTest

    def shows(self, text: str) -> bool:
        """Tell whether the page has this text anywhere that AppTest can see."""
        return text in self.text

    @property
    def text(self) -> str:
        """Everything that stands on the page."""
        parts = [
            *self.test.title,
            *self.test.header,
            *self.test.subheader,
            *self.test.markdown,
            *self.test.error,
            *self.test.warning,
            *self.test.info,
        ]
        return "\n".join([str(part.value) for part in parts] + [str(part.proto.body) for part in self.test.get("html")])

    @property
    def remembered(self) -> str:
        """Everything that the tab's state holds, written out."""
        state = self.test.session_state
        return str({key: state[key] for key in object.__getattribute__(state, "_state").filtered_state})

    def names(self, word: str) -> bool:
        """Tell whether a word stands on the page or in the tab's state; in ids, tokens and hashes a short one turns up by chance."""
        return word in re.sub(r"[\w.~-]{20,}", "", self.text + self.remembered)

    @property
    def heading(self) -> str:
        """The page's title."""
        return str(self.test.title[0].value) if self.test.title else ""

    def press(self, label: str) -> "Tab":
        """Press the first button with this label, whatever it says unseen behind it (`markup.named`)."""
        next(button for button in self.test.button if button.label.partition(" *")[0] == label).click().run()
        self.check()
        return self

    def choose(self, path: str) -> "Tab":
        """Choose from the account menu in the header."""
        self.test.menu_button[0].click(path).run()
        self.check()
        return self

    def more(self, conversation_id: str, act: str) -> "Tab":
        """Choose from the menu of one conversation in the list."""
        next(menu for menu in self.test.menu_button if conversation_id in str(menu.key)).click(act).run()
        self.check()
        return self

    def say(self, text: str) -> "Tab":
        """Send an answer to the examiner."""
        self.test.chat_input[0].set_value(text).run()
        self.check()
        return self

    @property
    def bubbles(self) -> list[str]:
        """What stands in the speech bubbles, from top to bottom."""
        return ["\n".join(str(part.value) for part in bubble.markdown) for bubble in self.test.chat_message]

    @property
    def captions(self) -> str:
        """The small print."""
        return "\n".join(str(caption.value) for caption in self.test.caption)

    @property
    def links(self) -> list[str]:
        """The labels of the links to other pages."""
        return [str(link.proto.label) for link in self.test.get("page_link")]

    def fill(self, label: str, value: str) -> "Tab":
        """Type into the field with this label."""
        next(field for field in self.test.text_input if field.label == label).input(value)
        return self

    def field(self, label: str) -> str:
        """Return what stands in the field with this label."""
        return str(next(field for field in self.test.text_input if field.label == label).value)

    def now_on(self, path: str) -> "Tab":
        """Take over the address that the page was led to, as a browser does by itself."""
        self.test._page_hash = calc_hash(path)
        return self

    def check(self) -> None:
        """Fail if the page raised."""
        assert not self.test.exception, [exception.message for exception in self.test.exception]


Open = Callable[..., Tab]


@dataclass(frozen=True)
class Person:
    """Somebody with an account and a login in this browser."""

    user: User
    cookie: str


def make_person(services: Services, name: str) -> Person:
    """Make an account and sign it in as a browser does."""
    form = RegisterForm(email=f"{name}@example.com", password=PASSWORD, full_name=f"{name.title()} García")
    result = services.auth.register_and_sign_in(form, refreshable=False)
    grant = services.auth.redeem_handoff(services.auth.start_handoff(result.session.id))
    return Person(user=result.user, cookie=grant.cookie)
