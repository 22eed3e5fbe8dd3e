from concurrent.futures import ThreadPoolExecutor

import pytest

from auth.errors import InviteNeeded, NotAllowed
from auth.models import Role
from core.errors import NotFound, ValidationFailed
from mail.models import Template

from .conftest import ANNA, World


def test_an_invite_opens_a_closed_site_once(world: World) -> None:
    world.configure(invite_only=True)
    invite = world.auth.create_invite(world.admin())
    user = world.register(invite=invite.token)
    assert user.role is Role.LEARNER
    with pytest.raises(InviteNeeded):
        world.register("second@example.com", invite=invite.token)


def test_of_many_at_once_with_one_invite_exactly_one_gets_in(world: World) -> None:
    world.configure(invite_only=True)
    invite = world.auth.create_invite(world.admin())

    def attempt(number: int) -> bool:
        try:
            return bool(world.register(f"a{number}@example.com", invite=invite.token))
        except InviteNeeded:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(16))) == 1


def test_an_invite_for_an_address_is_sent_there_and_fits_nobody_else(world: World) -> None:
    world.configure(invite_only=True)
    invite = world.auth.create_invite(world.admin(), email="Anna.Berg@Example.com")
    (letter,) = world.letters(Template.INVITE)
    assert letter.to == "Anna.Berg@Example.com"
    assert letter.data["invite_link"] == invite.link == f"https://viva.example.org/create-account?token={invite.token}"
    with pytest.raises(InviteNeeded):
        world.register("other@example.com", invite=invite.token)
    user = world.register(ANNA, invite=invite.token)
    assert user.is_verified
    assert [item.to for item in world.letters(Template.VERIFICATION)].count(ANNA) == 0


def test_an_invite_proves_the_mailbox_that_it_went_to_and_no_other_with_the_same_key(world: World) -> None:
    world.configure(invite_only=True)
    invite = world.auth.create_invite(world.admin(), email="straße@example.com")
    with pytest.raises(InviteNeeded):
        world.register("strasse@example.com", invite=invite.token)
    assert world.register("Straße@example.com", invite=invite.token).is_verified


def test_a_used_invite_keeps_nothing_of_the_person(world: World) -> None:
    invite = world.auth.create_invite(world.admin(), email=ANNA)
    world.register(invite=invite.token)
    assert ANNA not in repr(world.memory.tokens)
    assert world.auth.peek_invite(invite.token) is None


def test_a_role_comes_with_an_invite_also_where_signing_up_is_open(world: World) -> None:
    invite = world.auth.create_invite(world.admin(), role=Role.TEACHER)
    assert world.register(invite=invite.token).role is Role.TEACHER
    assert world.register("b@example.com", invite=invite.token).role is Role.LEARNER


def test_an_invite_ends_after_its_days(world: World) -> None:
    world.configure(invite_only=True)
    invite = world.auth.create_invite(world.admin())
    world.clock.advance(days=14)
    assert world.auth.peek_invite(invite.token) is None
    with pytest.raises(InviteNeeded):
        world.register(invite=invite.token)


def test_open_invites_are_listed_without_their_tokens_and_can_be_taken_back(world: World) -> None:
    world.configure(invite_only=True)
    admin = world.admin()
    invite = world.auth.create_invite(admin, email=ANNA, role=Role.TEACHER)
    (listed,) = world.auth.open_invites(admin)
    assert (listed.email, listed.role, listed.token, listed.link) == (ANNA, "teacher", "", "")
    assert invite.token not in repr(world.memory.tokens)
    peeked = world.auth.peek_invite(invite.token)
    assert peeked is not None
    assert peeked.email == ANNA
    world.auth.revoke_invite(admin, listed.id)
    assert world.auth.open_invites(admin) == []
    with pytest.raises(InviteNeeded):
        world.register(invite=invite.token)
    with pytest.raises(NotFound):
        world.auth.revoke_invite(admin, listed.id)


def test_a_form_that_is_refused_does_not_use_the_invite_up(world: World) -> None:
    world.configure(invite_only=True)
    invite = world.auth.create_invite(world.admin())
    with pytest.raises(ValidationFailed):
        world.register(password="short", invite=invite.token)
    assert world.register(invite=invite.token)


def test_only_administrators_invite(world: World) -> None:
    """ASVS 8.2.1."""
    user = world.register()
    world.set_role(user, Role.TEACHER)
    who = world.identity()
    for act in (world.auth.create_invite, world.auth.open_invites):
        with pytest.raises(NotAllowed):
            act(who)
    with pytest.raises(NotAllowed):
        world.auth.revoke_invite(who, "x")
    assert world.letters(Template.INVITE) == []


def test_an_invite_to_what_is_no_address_is_refused(world: World) -> None:
    with pytest.raises(ValidationFailed):
        world.auth.create_invite(world.admin(), email="nonsense")
