"""What a person says about themselves, and how an account looks from outside."""

from collections.abc import Mapping
from dataclasses import replace

from auth import names
from auth.errors import LanguageInvalid, UsernameTaken
from auth.flows.common import change_user
from auth.kit import Kit
from auth.models import Client, User
from auth.permissions import permissions_of
from auth.trail import event
from core.clock import to_iso
from core.errors import FieldProblem, ValidationFailed

LEVELS = ("", "A1", "A2", "B1", "B2", "C1", "C2")
_TEXTS = ("first_name", "last_name", "full_name", "username", "speaking_language", "listening_language", "target_level")


def public(user: User) -> dict[str, object]:
    """Return the account as its owner may see it: every documented name, nothing secret."""
    return {
        "id": user.id,
        "user_id": user.id,
        "email": user.email,
        "username": user.username,
        "name": user.full_name,
        "full_name": user.full_name,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "role": user.role.value,
        "permissions": [permission.value for permission in permissions_of(user.role)],
        "is_active": user.is_active,
        "is_verified": user.is_verified,
        "must_change_password": user.must_change_password,
        "speaking_language": user.speaking_language,
        "listening_language": user.listening_language,
        "target_level": user.target_level,
        "preferences": dict(user.preferences),
        "created_at": to_iso(user.created_at),
        "updated_at": to_iso(user.updated_at),
        "last_login": to_iso(user.last_login_at) if user.last_login_at else None,
    }


def update(kit: Kit, user: User, changes: Mapping[str, object], client: Client) -> User:
    """Change names, username, languages, target level and preferences (merged); return the account as stored.

    `name` is another name for `full_name`. Whatever else is in `changes` (`role`, `is_verified`, …) is ignored. Changing first or
    last name makes the full name anew unless that is given too. Raises ValidationFailed, LanguageInvalid, UsernameTaken.
    """
    given = _texts(changes)
    problems = _problems(given)
    if problems:
        raise ValidationFailed(problems)
    speaking, listening = _language(given, "speaking_language"), _language(given, "listening_language")
    if isinstance(speaking, FieldProblem) or isinstance(listening, FieldProblem):
        raise LanguageInvalid([found for found in (speaking, listening) if isinstance(found, FieldProblem)])
    patch = changes.get("preferences")

    def apply(now: User) -> User | None:
        wanted = replace(
            _named(now, given),
            speaking_language=speaking or now.speaking_language,
            listening_language=listening or now.listening_language,
        )
        if patch is not None:
            wanted = replace(wanted, preferences=_merged(now, patch))
        return None if wanted == now else wanted

    _refuse_taken_username(kit, user, given)
    return change_user(kit, user.id, apply, events=lambda now: [event(kit, "account:profile:changed", user_id=now.id, client=client)])


def _texts(changes: Mapping[str, object]) -> dict[str, str]:
    merged = {**({"full_name": changes["name"]} if "name" in changes else {}), **changes}
    found: dict[str, str] = {}
    for field in _TEXTS:
        value = merged.get(field)
        if value is None:
            continue
        if not isinstance(value, str):
            raise ValidationFailed([FieldProblem(field, "Please give a text here.", "TEXT_EXPECTED")])
        found[field] = value.strip() if field in {"username", "target_level"} else names.clean_name(value)
    return found


def _problems(given: Mapping[str, str]) -> list[FieldProblem]:
    found = [
        names.name_problem(field, given[field], label=label)
        for field, label in (("first_name", "First name"), ("last_name", "Last name"))
        if given.get(field)
    ]
    found.append(names.full_name_problem("full_name", given.get("full_name", "")))
    if "username" in given:
        found.append(names.username_problem(given["username"]))
    if given.get("target_level", "").upper() not in LEVELS:
        found.append(FieldProblem("target_level", "Please choose a level from A1 to C2.", "LEVEL_INVALID"))
    return [problem for problem in found if problem is not None]


def _language(given: Mapping[str, str], field: str) -> str | FieldProblem:
    return names.parse_language(field, given[field]) if field in given else ""


def _named(user: User, given: Mapping[str, str]) -> User:
    first, last = given.get("first_name", user.first_name), given.get("last_name", user.last_name)
    full = user.full_name
    if (first, last) != (user.first_name, user.last_name):
        full = f"{first} {last}".strip()
    username = given.get("username", user.username)
    return replace(
        user,
        first_name=first,
        last_name=last,
        full_name=given.get("full_name", full),
        username=username,
        username_key=username.casefold(),
        target_level=given.get("target_level", user.target_level).upper(),
    )


def _merged(user: User, patch: object) -> Mapping[str, object]:
    merged = names.merge_preferences(user.preferences, patch)
    if isinstance(merged, FieldProblem):
        raise ValidationFailed([merged])
    return merged


def _refuse_taken_username(kit: Kit, user: User, given: Mapping[str, str]) -> None:
    if "username" in given:
        other = kit.stores.accounts.by_username(given["username"].casefold())
        if other is not None and other.id != user.id:
            raise UsernameTaken
