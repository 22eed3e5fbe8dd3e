"""What a message is understood to be."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from signup.models import Step


class Intent(StrEnum):
    """What the person does with a message."""

    PROVIDE = "provide"  # gives what was asked, or other facts
    CORRECTION = "correction"  # wants a fact changed that was given before, perhaps with the new value
    YES = "yes"
    NO = "no"
    LATER = "later"
    QUESTION = "question"
    THINKING = "thinking"  # not an answer yet: "hmm", "let me think"
    REFUSAL = "refusal"  # will not give what was asked
    GO_BACK = "go_back"
    START_OVER = "start_over"
    CANCEL = "cancel"
    SUMMARY = "summary"  # wants to hear what has been given so far
    GREETING = "greeting"
    UNCLEAR = "unclear"


class Topic(StrEnum):
    """What a question is about; each has an answer in the texts."""

    NEEDED = "needed"
    WHY = "why"
    FREE = "free"
    SAFE = "safe"
    HOW_LONG = "how_long"
    WHO = "who"
    WHAT = "what"
    ACCOUNT_EXISTS = "account_exists"
    PASSWORD_RULES = "password_rules"
    USERNAME_RULES = "username_rules"
    EMAIL_RULES = "email_rules"
    NAME_RULES = "name_rules"
    DELETE = "delete"
    FORM = "form"
    HELP = "help"
    VERIFY = "verify"
    SPAM = "spam"
    SUGGEST = "suggest"
    OTHER = "other"


EMAIL, USERNAME, PASSWORD, FIRST, LAST = "email", "username", "password", "first_name", "last_name"
"""Names of the facts in `Reading.facts`."""

FACT_OF = {Step.EMAIL: EMAIL, Step.USERNAME: USERNAME, Step.PASSWORD: PASSWORD, Step.FIRSTNAME: FIRST, Step.LASTNAME: LAST}
FIRST_NAMES_ASKED = frozenset({Step.FIRSTNAME, Step.LASTNAME})
STEP_OF = {fact: step for step, fact in FACT_OF.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One message as understood. `facts` are candidates: the step's validator decides about each of them.

    `field` is what a correction is about, or the question why something is needed. `confidence` is 0 to 1; below `UNSURE` a model
    may be asked. `facts` is hidden from `repr` as it may hold a password.
    """

    intent: Intent
    topic: Topic | None = None
    field: Step | None = None
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    confidence: float = 1.0
    also: Topic | None = None
    """What a question asks besides its topic."""
    offers: tuple[str, ...] = dataclasses.field(default=(), repr=False)
    """Addresses of which somebody who decided for none may have meant one: "jess91 at yahoo", "a@b.com or c@d.org"."""
    detail: str | None = None
    """What a question asks exactly, where there is an answer that fits better than that of its topic."""


UNSURE = 0.6
