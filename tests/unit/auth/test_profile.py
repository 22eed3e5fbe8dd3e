from dataclasses import fields

import pytest

from auth.errors import Conflict, LanguageInvalid, UsernameTaken
from auth.flows.register import RegisterForm
from auth.models import Role, User
from core.errors import NotFound, ValidationFailed

from .conftest import ANNA, World


def test_a_person_changes_what_they_say_about_themselves(world: World) -> None:
    user = world.register()
    world.auth.update_profile(
        world.identity(),
        {
            "first_name": " Anna ",
            "last_name": "Berg",
            "username": "Annie",
            "speaking_language": "EN-gb",
            "listening_language": "fr",
            "target_level": "b2",
            "preferences": {"theme": "dark"},
        },
    )
    stored = world.stored(user)
    assert (stored.full_name, stored.username, stored.username_key) == ("Anna Berg", "Annie", "annie")
    assert (stored.speaking_language, stored.listening_language, stored.target_level) == ("en-GB", "fr", "B2")
    assert stored.preferences == {"theme": "dark"}
    assert stored.version > user.version
    assert [event.name for event in world.memory.events][-1] == "account:profile:changed"


def test_the_documented_name_is_the_full_name(world: World) -> None:
    world.register(first_name="Anna", last_name="Berg")
    who = world.identity()
    assert world.auth.update_profile(who, {"name": "Anna B."}).full_name == "Anna B."
    assert world.auth.update_profile(who, {"last_name": "Holm"}).full_name == "Anna Holm"
    assert world.auth.update_profile(who, {"last_name": "Bo", "full_name": "Miss Bo"}).full_name == "Miss Bo"


def test_preferences_are_merged(world: World) -> None:
    world.register()
    who = world.identity()
    world.auth.update_profile(who, {"preferences": {"theme": "dark", "voice": "a"}})
    assert world.auth.update_profile(who, {"preferences": {"voice": None, "font": 2}}).preferences == {"theme": "dark", "font": 2}


def test_nobody_changes_what_is_not_theirs_to_change(world: World) -> None:
    """ASVS 15.3.3, 8.2.3."""
    user = world.register()
    wished: dict[str, object] = {
        "id": "usr_other",
        "role": "admin",
        "is_verified": True,
        "is_active": False,
        "email": "new@example.com",
        "email_key": "x",
        "password": "x",
        "password_hash": "x",
        "must_change_password": True,
        "version": 99,
        "created_at": "1970-01-01",
        "permissions": ["users:manage"],
    }
    assert world.auth.update_profile(world.identity(), wished).role is Role.LEARNER
    stored = world.stored(user)
    assert (stored.id, stored.email, stored.is_verified, stored.password_hash, stored.version) == (
        user.id,
        ANNA,
        False,
        user.password_hash,
        user.version,
    )


@pytest.mark.parametrize(
    "bad",
    [
        {"first_name": "<b>"},
        {"last_name": "12"},
        {"full_name": "x" * 256},
        {"name": "\x00"},
        {"username": "admin"},
        {"username": "a@b"},
        {"target_level": "Z9"},
        {"full_name": 5},
        {"username": {"$gt": ""}},
        {"preferences": "dark"},
        {"preferences": {"$where": "1"}},
    ],
)
def test_what_breaks_a_rule_changes_nothing(world: World, bad: dict[str, object]) -> None:
    user = world.register()
    who = world.identity()
    before = world.stored(user)
    with pytest.raises(ValidationFailed):
        world.auth.update_profile(who, {**bad, "listening_language": "fr"})
    assert world.stored(user) == before


def test_a_language_that_does_not_exist_is_refused(world: World) -> None:
    user = world.register()
    with pytest.raises(LanguageInvalid):
        world.auth.update_profile(world.identity(), {"speaking_language": "xx"})
    assert world.stored(user).speaking_language == "en"


def test_the_username_of_somebody_else_is_refused(world: World) -> None:
    world.register()
    world.register("other@example.com", username="other")
    with pytest.raises(UsernameTaken):
        world.auth.update_profile(world.identity(), {"username": "OTHER"})
    assert world.auth.update_profile(world.identity(), {"username": "Anna.Berg"}).username == "Anna.Berg"


def test_two_changes_at_once_are_both_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    user = world.register()
    who = world.identity()
    real = world.kit.stores.accounts.replace

    def overtaken(changed: User, **along: object) -> bool:
        monkeypatch.setattr(world.kit.stores.accounts, "replace", real)
        world.auth.update_profile(who, {"preferences": {"a": 1}})
        return real(changed, **along)  # type: ignore[arg-type]  # passes on what the flow gave

    monkeypatch.setattr(world.kit.stores.accounts, "replace", overtaken)
    world.auth.update_profile(who, {"preferences": {"b": 2}, "target_level": "C1"})
    assert (world.stored(user).preferences, world.stored(user).target_level) == ({"a": 1, "b": 2}, "C1")


def test_losing_every_race_ends_in_a_clear_fault(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.register()
    who = world.identity()
    monkeypatch.setattr(world.kit.stores.accounts, "replace", lambda *_, **__: False)
    with pytest.raises(Conflict):
        world.auth.update_profile(who, {"target_level": "C1"})


def test_an_account_that_is_gone_cannot_be_changed(world: World) -> None:
    user = world.register()
    who = world.identity()
    del world.memory.users[user.id]
    with pytest.raises(NotFound):
        world.auth.update_profile(who, {"target_level": "C1"})


def test_the_public_form_holds_every_documented_name_and_nothing_secret(world: World) -> None:
    """ASVS 15.3.1: no internal field leaves."""
    user = world.register(full_name="Anna Berg")
    public = world.auth.public_profile(user)
    assert {"id", "user_id", "email", "name", "full_name", "is_active", "is_verified", "created_at", "preferences"} <= set(public)
    assert not {"password_hash", "password_key_id", "email_key", "version", "deleted_at"} & set(public)
    assert user.password_hash not in repr(public)
    assert public["permissions"] == ["profile:manage", "chat:use", "exam:take"]


def test_an_account_has_no_hint_and_no_secret_question() -> None:
    """ASVS 6.4.2."""
    known = {field.name for kind in (User, RegisterForm) for field in fields(kind)}
    assert not [name for name in known for word in ("hint", "question", "answer", "birth", "pet") if word in name]
