import base64

import pytest

from auth.errors import NotSignedIn, TokenRefused
from core.ids import RandomIds

from .conftest import ANNA, AWAY, HOME, OTHER_PASSWORD, PASSWORD, World


def test_a_code_is_swapped_for_a_cookie_that_recognises_the_person(world: World) -> None:
    user = world.register()
    session = world.signed_in(refreshable=False).session
    grant = world.auth.redeem_handoff(world.auth.start_handoff(session.id), client=HOME)
    who = world.auth.session_from_cookie(grant.cookie, client=HOME)
    assert (who.user.id, who.session.id) == (user.id, session.id)
    assert world.auth.authenticate(world.auth.access_token_for(who.session).value).user.id == user.id


def test_a_browsers_login_has_no_refresh_token(world: World) -> None:
    world.register()
    result = world.signed_in(refreshable=False)
    assert result.refresh_token == ""
    with pytest.raises(NotSignedIn):
        world.auth.refresh("")


def test_the_cookie_says_nothing_and_is_short(world: World) -> None:
    """ASVS 7.2.3, NIST SP 800-63B-4 5.1.1: opaque, no personal data, under 100 bytes.

    Whole values are looked for, as they are and encoded: four letters of a name turn up in random text by chance.
    """
    object.__setattr__(world.kit, "ids", RandomIds())
    user = world.register()
    session = world.signed_in(refreshable=False).session
    cookies = {world.auth.redeem_handoff(world.auth.start_handoff(session.id)).cookie for _ in range(200)}
    assert len(cookies) == 200
    assert all(len(cookie) == 43 for cookie in cookies)
    for said in (user.email, user.id, session.id):
        plain = said.encode()
        written = (said, plain.hex(), base64.urlsafe_b64encode(plain).decode().rstrip("="))
        assert not any(form in cookie for form in written for cookie in cookies)


def test_only_digests_of_cookie_code_and_device_are_stored(world: World) -> None:
    world.register()
    session = world.signed_in(refreshable=False).session
    code = world.auth.start_handoff(session.id)
    grant = world.auth.redeem_handoff(code)
    for secret in (code, grant.cookie, grant.device):
        assert secret not in repr(world.memory)


def test_a_code_works_once(world: World) -> None:
    """ASVS 7.6.2."""
    world.register()
    code = world.auth.start_handoff(world.signed_in(refreshable=False).session.id)
    grant = world.auth.redeem_handoff(code)
    with pytest.raises(TokenRefused):
        world.auth.redeem_handoff(code)
    assert world.auth.session_from_cookie(grant.cookie)


def test_a_code_ends_after_a_minute(world: World) -> None:
    world.register()
    code = world.auth.start_handoff(world.signed_in(refreshable=False).session.id)
    world.clock.advance(seconds=60)
    with pytest.raises(TokenRefused):
        world.auth.redeem_handoff(code)


def test_a_code_of_an_ended_session_is_refused(world: World) -> None:
    world.register()
    result = world.signed_in(refreshable=False)
    code = world.auth.start_handoff(result.session.id)
    world.auth.logout_user(result.access_token)
    with pytest.raises(TokenRefused):
        world.auth.redeem_handoff(code)
    with pytest.raises(NotSignedIn):
        world.auth.start_handoff(result.session.id)


def test_nobody_can_choose_the_cookie_of_a_session(world: World) -> None:
    """ASVS 7.2.4: a cookie planted before the login means nothing after it."""
    world.register()
    planted = "A" * 43
    session = world.signed_in(refreshable=False).session
    grant = world.auth.redeem_handoff(world.auth.start_handoff(session.id))
    assert grant.cookie != planted
    with pytest.raises(NotSignedIn):
        world.auth.session_from_cookie(planted)


def test_a_new_cookie_kills_the_old_one(world: World) -> None:
    """ASVS 7.2.4."""
    world.register()
    session = world.signed_in(refreshable=False).session
    old = world.auth.redeem_handoff(world.auth.start_handoff(session.id)).cookie
    new = world.auth.redeem_handoff(world.auth.start_handoff(session.id)).cookie
    with pytest.raises(NotSignedIn):
        world.auth.session_from_cookie(old)
    assert world.auth.session_from_cookie(new)


def test_changing_the_password_kills_the_cookie_until_the_next_hand_off(world: World) -> None:
    """ASVS 7.2.4: re-authentication."""
    world.register()
    result = world.signed_in(refreshable=False)
    cookie = world.auth.redeem_handoff(world.auth.start_handoff(result.session.id)).cookie
    world.clock.advance(seconds=1)
    changed = world.auth.change_password(world.auth.session_from_cookie(cookie), PASSWORD, OTHER_PASSWORD)
    assert changed.refresh_token == ""
    with pytest.raises(NotSignedIn):
        world.auth.session_from_cookie(cookie)
    again = world.auth.redeem_handoff(world.auth.start_handoff(changed.session.id)).cookie
    assert world.auth.session_from_cookie(again)


def test_logout_kills_the_cookie_and_the_token_of_every_open_tab(world: World) -> None:
    """ASVS 7.4.1."""
    world.register()
    result = world.signed_in(refreshable=False)
    cookie = world.auth.redeem_handoff(world.auth.start_handoff(result.session.id)).cookie
    world.auth.logout(world.auth.session_from_cookie(cookie))
    with pytest.raises(NotSignedIn):
        world.auth.session_from_cookie(cookie)
    with pytest.raises(NotSignedIn):
        world.auth.authenticate(result.access_token)


@pytest.mark.parametrize("value", ["", "x", "A" * 43, "x" * 100_000, "\x00", "é"])
def test_what_is_no_cookie_of_ours_is_nobody(world: World, value: str) -> None:
    world.register()
    world.signed_in()
    with pytest.raises(NotSignedIn):
        world.auth.session_from_cookie(value)
    with pytest.raises(TokenRefused):
        world.auth.redeem_handoff(value)


def test_a_device_keeps_its_cookie_and_families_share_it(world: World) -> None:
    world.register()
    world.register("brother@example.com")
    first = world.auth.redeem_handoff(world.auth.start_handoff(world.signed_in().session.id), client=HOME)
    client = type(HOME)(ip=HOME.ip, user_agent=HOME.user_agent, device=first.device)
    brother = world.signed_in("brother@example.com", client=client)
    second = world.auth.redeem_handoff(world.auth.start_handoff(brother.session.id), client=client)
    assert second.device == first.device
    elsewhere = world.auth.redeem_handoff(world.auth.start_handoff(world.signed_in(ANNA, client=AWAY).session.id), client=AWAY)
    assert elsewhere.device != first.device
