"""Every page of the app and who may see it. To add a page: write `pages/<name>.py` and add one line here."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from auth.models import Role

FOLDER = Path(__file__).parent.parent / "pages"


class Audience(Enum):
    """Who finds a page in the menu."""

    EVERYBODY = "everybody"
    STRANGERS = "strangers"
    PEOPLE = "people"
    TEACHERS = "teachers"
    ADMINS = "admins"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page: `file` in `pages/`, `path` in the address, `title` in the menu and in the browser's tab.

    `listed` pages stand in the menu, the others are reached by links. `section` groups entries under one name.
    """

    file: str
    path: str
    title: str
    icon: str
    audience: Audience
    listed: bool = True
    section: str = ""


HOME = Entry(file="home", path="", title="Home", icon=":material/home:", audience=Audience.EVERYBODY)
SIGN_IN = Entry(file="sign_in", path="sign-in", title="Sign in", icon=":material/login:", audience=Audience.STRANGERS)
CREATE_ACCOUNT = Entry(
    file="create_account", path="create-account", title="Create account", icon=":material/person_add:", audience=Audience.STRANGERS
)
JOIN = Entry(file="assistant", path="join", title="Sign up by chatting", icon=":material/forum:", audience=Audience.STRANGERS, listed=False)
PRACTICE = Entry(file="practice", path="practice", title="Practice", icon=":material/forum:", audience=Audience.PEOPLE)
HISTORY = Entry(file="history", path="history", title="History", icon=":material/history:", audience=Audience.PEOPLE)
EXAMS = Entry(file="exams", path="exams", title="Exams", icon=":material/record_voice_over:", audience=Audience.PEOPLE)
EXAM = Entry(file="exam", path="exam", title="Exam", icon=":material/record_voice_over:", audience=Audience.PEOPLE, listed=False)
REPORT = Entry(file="report", path="report", title="Report", icon=":material/assessment:", audience=Audience.PEOPLE, listed=False)
PROGRESS = Entry(file="progress", path="progress", title="Progress", icon=":material/trending_up:", audience=Audience.PEOPLE)
ACCOUNT = Entry(file="account", path="account", title="Account", icon=":material/account_circle:", audience=Audience.PEOPLE, listed=False)
PRIVACY = Entry(file="privacy", path="privacy", title="Privacy", icon=":material/shield_person:", audience=Audience.EVERYBODY, listed=False)
FORGOT_PASSWORD = Entry(
    file="forgot_password",
    path="forgot-password",
    title="Forgot your password",
    icon=":material/key:",
    audience=Audience.EVERYBODY,
    listed=False,
)
CONFIRMATION_LETTER = Entry(
    file="confirmation_letter",
    path="confirmation-letter",
    title="Confirmation letter",
    icon=":material/mail:",
    audience=Audience.EVERYBODY,
    listed=False,
)
RESET_PASSWORD = Entry(
    file="reset_password", path="reset-password", title="New password", icon=":material/key:", audience=Audience.EVERYBODY, listed=False
)
CONFIRM_EMAIL = Entry(
    file="confirm_email", path="confirm-email", title="Confirm email", icon=":material/mail:", audience=Audience.EVERYBODY, listed=False
)
SECURITY = Entry(file="security", path="security", title="Security", icon=":material/lock:", audience=Audience.PEOPLE, listed=False)
DELETE_ACCOUNT = Entry(
    file="delete_account", path="delete-account", title="Delete account", icon=":material/delete:", audience=Audience.PEOPLE, listed=False
)
ADMIN = Entry(file="admin", path="admin", title="Admin", icon=":material/admin_panel_settings:", audience=Audience.ADMINS)
SHARED = Entry(file="shared", path="shared", title="Shared conversation", icon=":material/link:", audience=Audience.EVERYBODY, listed=False)
NOT_FOUND = Entry(
    file="not_found", path="not-found", title="Page not found", icon=":material/help:", audience=Audience.EVERYBODY, listed=False
)
"""Stands at its own address, where a path of several segments is sent, and at every other address that is no page (`ui.frame`)."""

_BY_LINK = (FORGOT_PASSWORD, CONFIRMATION_LETTER, RESET_PASSWORD, CONFIRM_EMAIL, SHARED, DELETE_ACCOUNT, NOT_FOUND)
ENTRIES = (
    HOME,
    PRACTICE,
    EXAMS,
    PROGRESS,
    HISTORY,
    EXAM,
    REPORT,
    ADMIN,
    SIGN_IN,
    CREATE_ACCOUNT,
    JOIN,
    ACCOUNT,
    SECURITY,
    PRIVACY,
    *_BY_LINK,
)

ACCOUNT_MENU = (ACCOUNT, SECURITY, PRIVACY)
"""What the account button in the header opens."""

_BY_PATH = {entry.path: entry for entry in ENTRIES}
_RANK = {Role.LEARNER: 0, Role.TEACHER: 1, Role.ADMIN: 2}
_NEEDED = {Audience.PEOPLE: Role.LEARNER, Audience.TEACHERS: Role.TEACHER, Audience.ADMINS: Role.ADMIN}


def by_path(path: str) -> Entry | None:
    """Return the page at this address, or None."""
    return _BY_PATH.get(path)


def is_listed(entry: Entry, role: Role | None) -> bool:
    """Tell whether `entry` stands in the menu of somebody with this role (None: not signed in)."""
    return entry.listed and is_open(entry, role)


def is_open(entry: Entry, role: Role | None) -> bool:
    """Tell whether the page has something for somebody with this role. The page's own guard decides; this only draws the menu."""
    if entry.audience is Audience.EVERYBODY:
        return True
    if entry.audience is Audience.STRANGERS:
        return role is None
    return role is not None and _RANK[role] >= _RANK[_NEEDED[entry.audience]]


def is_known(entry: Entry, role: Role | None) -> bool:
    """Tell whether the address of the page is answered for this person at all.

    A stranger who follows a link to a learner's page is asked to sign in first; pages for teachers and admins do not exist for
    others. The sign-in pages stay known to people who are signed in, so that a reload in the middle of signing in goes home.
    """
    if entry.audience in {Audience.TEACHERS, Audience.ADMINS}:
        return role is None or is_open(entry, role)
    return True
