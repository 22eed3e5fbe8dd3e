from concurrent.futures import ThreadPoolExecutor

import pytest

from auth.errors import EmailTaken, InviteNeeded, LanguageInvalid, UsernameTaken
from auth.flows.register import RegisterForm
from auth.models import Client, Role
from auth.policy import Rules
from core.errors import AppError, TooManyAttempts, ValidationFailed
from mail.models import Template

from .conftest import ANNA, HOME, PASSWORD, World


def problem_codes(world: World, **changes: object) -> list[str]:
    with pytest.raises(ValidationFailed) as caught:
        world.register(**changes)  # type: ignore[arg-type]  # fields of the form under test
    return [problem.code for problem in caught.value.problems]


def test_a_new_account_is_a_learner_unverified_and_active(world: World) -> None:
    user = world.register(full_name="Anna Berg", speaking_language="pt-br")
    assert world.stored(user) == user
    assert (user.email, user.username, user.role) == (ANNA, "anna.berg", Role.LEARNER)
    assert (user.is_active, user.is_verified, user.deleted_at) == (True, False, None)
    assert (user.speaking_language, user.listening_language) == ("pt-BR", "en")


def test_the_password_is_stored_nowhere(world: World) -> None:
    world.register()
    assert PASSWORD not in repr(world.memory)


def test_a_verification_letter_leaves_with_the_account(world: World) -> None:
    user = world.register(full_name="Anna Berg")
    (letter,) = world.letters()
    assert (letter.template, letter.to, letter.user_id) == (Template.VERIFICATION, ANNA, user.id)
    assert letter.data["verification_link"].startswith("https://viva.example.org/api/v1/auth/verify-email?token=")
    assert letter.data["full_name"] == "Anna Berg"


@pytest.mark.parametrize("same", [ANNA, ANNA.upper(), f" {ANNA} "])
def test_an_address_has_one_account_however_it_is_spelt(world: World, same: str) -> None:
    world.register()
    with pytest.raises(EmailTaken):
        world.register(same)
    assert world.auth.kit.stores.accounts.count() == 1
    assert len(world.letters()) == 1


@pytest.mark.parametrize("same", ["annie", "ANNIE", " Annie "])
def test_a_username_has_one_account_however_it_is_spelt(world: World, same: str) -> None:
    world.register(username="Annie")
    with pytest.raises(UsernameTaken):
        world.register("other@example.com", username=same)
    assert world.auth.kit.stores.accounts.count() == 1


def test_a_derived_username_is_numbered_when_it_is_taken(world: World) -> None:
    names = [world.register(f"anna@{host}.example.org").username for host in ("a", "b", "c")]
    assert names == ["anna", "anna2", "anna3"]


def test_a_derived_username_is_found_however_many_are_taken(world: World) -> None:
    names = {world.register(f"anna@h{number}.example.org").username for number in range(25)}
    assert len(names) == 25


def test_of_many_at_once_with_one_address_exactly_one_gets_the_account(world: World) -> None:
    def attempt(number: int) -> str:
        try:
            return world.register(username=f"anna{number}").id
        except EmailTaken:
            return ""

    with ThreadPoolExecutor(8) as pool:
        made = [user_id for user_id in pool.map(attempt, range(32)) if user_id]
    assert len(made) == 1
    assert world.auth.kit.stores.accounts.count() == 1


def test_every_fault_of_a_form_is_told_at_once(world: World) -> None:
    codes = problem_codes(
        world, email="nonsense", username="a", password="short", confirmation="other", first_name="1", last_name="<b>", full_name="5"
    )
    assert codes == [
        "EMAIL_INVALID",
        "USERNAME_INVALID",
        "NAME_INVALID",
        "NAME_INVALID",
        "NAME_INVALID",
        "PASSWORD_TOO_SHORT",
        "PASSWORD_NO_UPPERCASE",
        "PASSWORD_NO_NUMBER",
        "PASSWORD_MISMATCH",
    ]
    assert not world.memory.users


def test_names_are_needed_only_where_the_dialect_asks_for_them(world: World) -> None:
    assert problem_codes(world, names_needed=True) == ["NAME_MISSING", "NAME_MISSING"]
    user = world.register(names_needed=True, first_name=" Anna ", last_name="Berg")
    assert user.full_name == "Anna Berg"


def test_length_is_the_only_rule_where_the_dialect_says_so(world: World) -> None:
    form = RegisterForm(email=ANNA, password="securepassword", confirmation="securepassword", username="zohanzafar")
    with pytest.raises(ValidationFailed):
        world.auth.register(form, client=HOME)
    assert world.auth.register(form, client=HOME, rules=Rules.LENGTH).username == "zohanzafar"


def test_a_password_made_of_the_own_name_is_refused(world: World) -> None:
    """ASVS 6.1.2, 6.2.11."""
    assert problem_codes(world, password="Annaberg2026!", full_name="Anna Berg") == ["PASSWORD_PERSONAL"]
    assert problem_codes(world, password="Anna.BergAnna.Berg1") == ["PASSWORD_PERSONAL"]


def test_a_breached_password_makes_no_account(world: World) -> None:
    """ASVS 6.2.12."""

    class Everything:
        def contains(self, password: str) -> bool:
            return bool(password)

    world.ask_breaches(Everything())
    assert problem_codes(world) == ["PASSWORD_BREACHED"]
    assert not world.memory.users


def test_a_language_that_does_not_exist_is_a_fault_of_form(world: World) -> None:
    with pytest.raises(LanguageInvalid) as caught:
        world.register(speaking_language="klingonese", listening_language="")
    assert [problem.field for problem in caught.value.problems] == ["speaking_language", "listening_language"]
    assert not world.memory.users


def test_signing_up_is_limited_per_address(world: World) -> None:
    """ASVS 6.3.1: 10 a minute (here from the settings' default)."""
    from core.counters import MemoryCounters
    from core.limits import WindowLimits
    from core.setting_groups import Limits

    limits = WindowLimits(rules=Limits().model_dump(), storage=MemoryCounters(world.clock), clock=world.clock)
    object.__setattr__(world.kit, "limits", limits)
    for number in range(10):
        world.register(f"a{number}@example.com")
    with pytest.raises(TooManyAttempts) as caught:
        world.register("one.more@example.com")
    assert 1 <= caught.value.retry_after <= 60
    assert world.auth.kit.stores.accounts.count() == 10
    world.register("elsewhere@example.com", client=Client(ip="192.0.2.1"))
    world.clock.advance(seconds=61)
    world.register("one.more@example.com")


def test_a_caller_inside_the_process_has_no_address_to_be_limited(world: World) -> None:
    for number in range(15):
        world.register(f"a{number}@example.com", client=Client())
    assert world.auth.kit.stores.accounts.count() == 15


def test_where_signing_up_is_closed_nobody_gets_in_without_an_invite(world: World) -> None:
    world.configure(invite_only=True)
    for invite in ("", "guess", "x" * 43):
        with pytest.raises(InviteNeeded):
            world.register(invite=invite)
    assert not world.memory.users


def test_the_signup_assistant_makes_the_account_with_the_hash_of_its_step(world: World) -> None:
    made = world.auth.hash_password(PASSWORD)
    form = RegisterForm(email=ANNA, password="", username="annie", first_name="Anna", last_name="Berg", names_needed=True)
    result = world.auth.create_with_hash(form, made, client=HOME)
    assert world.auth.authenticate(result.access_token).user.username == "annie"
    assert result.refresh_token
    assert world.signed_in().user.id == result.user.id
    with pytest.raises(EmailTaken):
        world.auth.create_with_hash(form, made, client=HOME)


def test_the_pages_want_a_full_name_where_the_documents_leave_it_open(world: World) -> None:
    assert problem_codes(world, full_name_needed=True, full_name="  ") == ["NAME_MISSING"]
    assert world.register(full_name_needed=True, full_name=" Anna ").full_name == "Anna"
    assert world.register("other@example.com").full_name == ""


def test_what_is_free_and_what_is_not(world: World) -> None:
    world.register(username="annie")
    auth = world.auth
    assert (auth.is_email_free("new@example.com"), auth.is_email_free(ANNA.upper()), auth.is_email_free("nonsense")) == (True, False, False)
    assert [auth.is_username_free(name) for name in ("bob", "ANNIE", "admin", "a")] == [True, False, False, False]
    assert auth.suggest_usernames("annie") == ["annie2", "annie3", "annie4"]
    assert all(auth.is_username_free(name) for name in auth.suggest_usernames("Anna Berg", 5))


def test_a_failed_sign_up_leaves_no_trace_of_the_password_in_the_error(world: World) -> None:
    with pytest.raises(AppError) as caught:
        world.register(password="Tiny-1")
    assert "Tiny-1" not in f"{caught.value!r} {caught.value.problems}"
