"""Whether an answer may be used, asked of the accounts component."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from core.errors import FieldProblem
from signup.models import Collected, Step
from signup.ports import Accounts

SUGGESTIONS = 3
_PARTS = re.compile(r"[^A-Za-z]+")
_LABELS = {Step.FIRSTNAME: "first_name", Step.LASTNAME: "last_name"}


class Checks:
    """The rules of each step."""

    def __init__(self, accounts: Accounts) -> None:
        """Ask `accounts`."""
        self._accounts = accounts

    def problems(self, step: Step, value: str, known: Collected) -> Sequence[FieldProblem]:
        """Return every rule that an answer breaks, also that it is taken; empty when it may be used."""
        if step is Step.EMAIL:
            return self._accounts.email_problems(value) or self._taken_email(value)
        if step is Step.USERNAME:
            return self._accounts.username_problems(value) or self._taken_username(value)
        if step is Step.PASSWORD:
            return self._accounts.password_problems(value, known=known_fields(known))
        return self._accounts.name_problems(value, field=_LABELS[step])

    def _taken_email(self, value: str) -> Sequence[FieldProblem]:
        return () if self._accounts.is_email_free(value) else (FieldProblem("email", "Email is already registered", "EMAIL_TAKEN"),)

    def _taken_username(self, value: str) -> Sequence[FieldProblem]:
        return (
            ()
            if self._accounts.is_username_free(value)
            else (FieldProblem("username", f"Username '{value}' is already taken", "USERNAME_TAKEN"),)
        )

    def suggestions(self, wanted: str, known: Collected, *, without: Sequence[str] = ()) -> tuple[str, ...]:
        """Return free usernames like `wanted`, or like what is known of the person; none of those `without`, which were not liked."""
        base = wanted or (known.email or "").partition("@")[0] or f"{known.firstname or ''}{known.lastname or ''}"
        if wanted or not without:
            return tuple(self._accounts.suggest_usernames(base, count=SUGGESTIONS))
        parts = [part for part in _PARTS.split(base) if part] or [base]
        bases = ("_".join(reversed(parts)), f"{max(parts, key=len)}_speaks", f"{known.firstname or ''}{known.lastname or ''}", base)
        each = [self._accounts.suggest_usernames(like, count=SUGGESTIONS + len(without)) for like in bases if like]
        found = [name for names in zip_longest(*each) for name in names if name is not None and name not in without]
        return tuple(dict.fromkeys(found))[:SUGGESTIONS]


def known_fields(known: Collected) -> dict[str, str]:
    """Return what is collected under the names of the accounts component, without the password."""
    fields = {"email": known.email, "username": known.username, "first_name": known.firstname, "last_name": known.lastname}
    return {name: value for name, value in fields.items() if value}
