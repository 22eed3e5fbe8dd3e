import subprocess
import sys

import pytest

from auth import AuthService
from auth.errors import BadCredentials, EmailTaken, NotSignedIn
from core.errors import AppError, ConfigurationError, ValidationFailed

from .conftest import ANNA, CONFIG, PASSWORD, World

FORM: dict[str, object] = {"email": ANNA, "password": PASSWORD, "confirm_password": PASSWORD, "name": "Anna Berg"}


def test_the_documented_story_works_in_process(world: World) -> None:
    auth = world.auth
    made = auth.register_user({**FORM, "preferences": {"theme": "dark"}})
    assert {"user_id", "email", "name", "token", "message", "access_token", "refresh_token", "token_type", "expires_in"} <= set(made)
    assert (made["email"], made["name"], made["preferences"]) == (ANNA, "Anna Berg", {"theme": "dark"})
    entered = auth.login_user({"email": ANNA, "password": PASSWORD})
    token = str(entered["token"])
    shown = auth.validate_token(token)
    assert (shown["valid"], shown["user_id"]) == (True, made["user_id"])
    assert auth.logout_user(token) is True
    assert auth.logout_user(token) is False
    with pytest.raises(NotSignedIn):
        auth.validate_token(token)
    assert auth.validate_token(str(made["token"]))["email"] == ANNA


def test_the_other_documented_field_names_work_too(world: World) -> None:
    auth = world.auth
    auth.register_user({"username": "zohan", "email": ANNA, "password1": PASSWORD, "password2": PASSWORD, "full_name": "Z"})
    assert auth.login_user({"username": "ZOHAN", "password": PASSWORD})["username"] == "zohan"
    with pytest.raises(ValidationFailed):
        auth.register_user({"email": "b@example.com", "password1": PASSWORD, "password2": "other"})


def test_what_is_no_text_is_refused_and_changes_nothing(world: World) -> None:
    """Bad input: objects such as `{"$gt": ""}` never reach a store."""
    world.register()
    for evil in ({"$gt": ""}, ["a"], 5, True, b"x"):
        for field in ("email", "password", "name", "username", "speaking_language"):
            with pytest.raises(ValidationFailed):
                world.auth.register_user({**FORM, "email": "new@example.com", field: evil})
        for field in ("email", "password"):
            with pytest.raises(ValidationFailed):
                world.auth.login_user({"email": ANNA, "password": PASSWORD, field: evil})
    assert world.kit.stores.accounts.count() == 1
    assert not world.memory.sessions


def test_missing_fields_are_clear_faults(world: World) -> None:
    with pytest.raises(ValidationFailed) as caught:
        world.auth.register_user({})
    assert {"email", "password"} <= {problem.field for problem in caught.value.problems}
    with pytest.raises(BadCredentials):
        world.auth.login_user({})


def test_a_role_in_the_form_is_ignored(world: World) -> None:
    """ASVS 15.3.3."""
    made = world.auth.register_user({**FORM, "role": "admin", "is_verified": True})
    assert (made["role"], made["is_verified"]) == ("learner", False)


def test_without_anything_the_service_works_in_memory() -> None:
    auth = AuthService()
    made = auth.register_user(FORM)
    assert auth.validate_token(str(made["token"]))["email"] == ANNA
    with pytest.raises(EmailTaken):
        auth.register_user(FORM)


def test_importing_the_package_loads_neither_bcrypt_nor_jwt_nor_a_database() -> None:
    heavy = "{'bcrypt', 'jwt', 'limits', 'urllib3', 'email_validator', 'langcodes'}"
    code = f"import sys, auth, auth.models, auth.errors, auth.breach; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_the_package_does_not_have_is_an_ordinary_attribute_error() -> None:
    import auth

    with pytest.raises(AttributeError):
        _ = auth.Nothing


def test_one_key_for_two_things_stops_the_start(world: World) -> None:
    with pytest.raises(ConfigurationError):
        world.configure(peppers=(CONFIG.signing_key,))
    with pytest.raises(ConfigurationError):
        world.configure(signing_key="short")


def test_every_fault_has_a_stable_code_and_a_sentence() -> None:
    import auth.errors

    faults = [value for value in vars(auth.errors).values() if isinstance(value, type) and issubclass(value, AppError)]
    own = [fault for fault in faults if fault.__module__ == "auth.errors"]
    assert len({fault.code for fault in own}) == len(own) > 10
    assert all(fault.code.isupper() for fault in own)
