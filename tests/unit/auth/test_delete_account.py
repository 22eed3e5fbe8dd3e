import pytest

from auth.errors import BadCredentials, NotSignedIn, PasswordNeeded
from core.errors import StoreUnavailable
from mail.models import Template

from .conftest import ANNA, OTHER_PASSWORD, PASSWORD, World


def everything(world: World) -> str:
    memory = world.memory
    return "\n".join(repr(part) for part in (memory.users, memory.sessions, memory.tokens, memory.devices, memory.events, memory.letters))


def test_nothing_of_the_person_is_left_but_one_letter(world: World) -> None:
    user = world.register(full_name="Annabella Thorvaldsen")
    bystander = world.register("other@example.com")
    admin = world.admin()
    world.auth.admin.unlock(admin, user.id)
    who = world.identity()
    world.auth.redeem_handoff(world.auth.start_handoff(who.session.id))
    world.auth.forgot_password(ANNA)
    erased: list[str] = []
    world.erasers.append(erased.append)
    world.configure()
    world.auth.delete_account(who, PASSWORD)
    (farewell,) = world.letters(Template.ACCOUNT_DELETED)
    assert (farewell.to, farewell.user_id) == (ANNA, f"deleted_{user.id}")
    del world.memory.letters[farewell.id]
    left = everything(world)
    assert left.count(user.id) == 2, "the reminder to look after the account once more: its owner, and the id"
    for name in ("anna.berg", "annabella", "thorvaldsen"):  # four letters would turn up in random hashes by chance
        assert name not in left.lower()
    assert erased == [user.id]
    assert bystander.id in left


def test_what_a_request_under_way_wrote_after_the_deletion_goes_too(world: World) -> None:
    user = world.register()
    erased: list[str] = []
    world.erasers.append(erased.append)
    world.configure()
    who = world.identity()
    world.auth.delete_account(who, PASSWORD)
    again = world.register()
    newer = world.identity()
    world.memory.sessions[who.session.id] = who.session  # a login that was let in before the deletion and ends after it
    world.configure()  # a restart: what is to be done is not kept in memory
    world.auth.tidy()
    assert erased == [user.id], "too early: a request may still be under way"
    world.clock.advance(minutes=10)
    world.auth.tidy()
    world.auth.tidy()
    assert erased == [user.id, user.id]
    assert f"'{user.id}'" not in everything(world)
    assert f"'erased_{user.id}'" not in everything(world), "the reminder is still there"
    assert again.id in world.memory.users, "the address is somebody's again, and that account stays"
    assert newer.session.id in world.memory.sessions
    assert [letter.template for letter in world.letters(Template.ACCOUNT_DELETED)] == [Template.ACCOUNT_DELETED]


def test_the_sessions_are_dead_and_the_address_is_free_again(world: World) -> None:
    """ASVS 7.4.2."""
    user = world.register()
    result = world.signed_in()
    world.auth.delete_account(world.identity(), PASSWORD)
    with pytest.raises(NotSignedIn):
        world.auth.authenticate(result.access_token)
    with pytest.raises(NotSignedIn):
        world.auth.refresh(result.refresh_token)
    with pytest.raises(BadCredentials):
        world.auth.login(ANNA, PASSWORD)
    assert world.register().id != user.id


def test_the_current_password_is_needed(world: World) -> None:
    """ASVS 7.5.3."""
    user = world.register()
    for wrong in ("", "wrong", OTHER_PASSWORD):
        with pytest.raises(PasswordNeeded):
            world.auth.delete_account(world.identity(), wrong)
    assert world.stored(user).deleted_at is None


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_a_deletion_that_a_crash_interrupted_is_finished_at_the_next_start(world: World, broken: int) -> None:
    user = world.register()
    who = world.identity()
    calls: list[int] = []

    def eraser(number: int, user_id: str) -> None:
        calls.append(number)
        if number == broken and calls.count(number) == 1:
            raise StoreUnavailable(f"gone while erasing {user_id}")

    for number in range(3):
        world.erasers.append(lambda user_id, number=number: eraser(number, user_id))
    world.configure()
    with pytest.raises(StoreUnavailable):
        world.auth.delete_account(who, PASSWORD)
    # In between nobody gets in, and the address is not free yet.
    with pytest.raises(BadCredentials):
        world.auth.login(ANNA, PASSWORD)
    with pytest.raises(NotSignedIn):
        world.auth.recheck(who.session.id)
    assert not world.auth.is_email_free(ANNA)
    assert world.auth.finish_deletions() == 1
    assert user.id not in world.memory.users
    assert calls[-3:] == [0, 1, 2]
    assert len(world.letters(Template.ACCOUNT_DELETED)) == 1
    assert world.auth.finish_deletions() == 0


def test_finishing_touches_nobody_else(world: World) -> None:
    user = world.register()
    assert world.auth.finish_deletions() == 0
    assert world.stored(user)


def test_a_half_deleted_account_gets_no_letters_and_no_reset(world: World) -> None:
    user = world.register()
    who = world.identity()
    world.auth.forgot_password(ANNA)
    token = world.token_in(world.letters(Template.PASSWORD_RESET)[0])

    def down(user_id: str) -> None:
        raise StoreUnavailable(user_id)

    world.erasers.append(down)
    world.configure()
    with pytest.raises(StoreUnavailable):
        world.auth.delete_account(who, PASSWORD)
    assert not world.auth.peek_reset(token)
    world.auth.forgot_password(ANNA)
    assert [letter.template for letter in world.letters()][-1] is Template.NO_ACCOUNT
    assert world.stored(user).deleted_at is not None
