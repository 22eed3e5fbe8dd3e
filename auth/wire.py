"""The documented dictionaries of `AuthService`, turned into values and back."""

from collections.abc import Mapping

from auth.flows import profile
from auth.flows.register import RegisterForm
from auth.results import SignedIn
from core.errors import FieldProblem, ValidationFailed


def form_of(data: Mapping[str, object]) -> tuple[RegisterForm, object]:
    """Return the form and the preferences that a dictionary describes. Raises ValidationFailed for what is not text."""
    texts = _Texts(data)
    form = RegisterForm(
        email=texts.get("email") or "",
        password=texts.get("password", "password1") or "",
        confirmation=texts.get("confirm_password", "password2"),
        username=texts.get("username"),
        first_name=texts.get("first_name") or "",
        last_name=texts.get("last_name") or "",
        full_name=texts.get("full_name", "name") or "",
        speaking_language=texts.get("speaking_language") or "en",
        listening_language=texts.get("listening_language") or "en",
        invite=texts.get("invite") or "",
    )
    texts.raise_problems()
    return form, data.get("preferences")


def login_of(data: Mapping[str, object]) -> tuple[str, str]:
    """Return name and password of a dictionary. Raises ValidationFailed for what is not text."""
    texts = _Texts(data)
    name, password = texts.get("email", "username") or "", texts.get("password") or ""
    texts.raise_problems()
    return name, password


def answer(result: SignedIn, message: str) -> dict[str, object]:
    """Return the public profile with every documented name of the tokens."""
    return {
        **profile.public(result.user),
        "message": message,
        "token": result.access_token,
        "access_token": result.access_token,
        "refresh_token": result.refresh_token,
        "token_type": "bearer",
        "expires_in": result.expires_in,
        "session_id": result.session.id,
    }


class _Texts:
    """Reads texts under their several documented names and collects what is not text."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self._data = data
        self._problems: list[FieldProblem] = []

    def get(self, *names: str) -> str | None:
        for name in names:
            value = self._data.get(name)
            if isinstance(value, str):
                return value
            if value is not None:
                self._problems.append(FieldProblem(name, "Please give a text here.", "TEXT_EXPECTED"))
        return None

    def raise_problems(self) -> None:
        if self._problems:
            raise ValidationFailed(self._problems)
