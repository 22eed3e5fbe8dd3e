import io
import json
import logging
from collections.abc import Iterator

import pytest

from auth.flows import housekeeping
from auth.models import Client
from core import log
from core.errors import AppError

from .conftest import ANNA, HOME, OTHER_PASSWORD, PASSWORD, World, outcome


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger("viva")
    before = (root.handlers[:], root.level, root.propagate)
    stream = io.StringIO()
    log.configure(json_lines=True, level="DEBUG", stream=stream)
    yield stream
    root.handlers[:], root.propagate = before[0], before[2]
    root.setLevel(before[1])


def entries(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_success_failure_and_limit_leave_a_line_each(world: World, lines: io.StringIO) -> None:
    """ASVS 16.3.1, 16.3.3."""
    world.register()
    who = world.identity()
    for _ in range(11):
        with pytest.raises(AppError):
            world.auth.login(ANNA, "wrong", client=HOME)
    with pytest.raises(AppError):
        world.auth.admin.find(who, client=HOME)
    names = [entry["event"] for entry in entries(lines)]
    assert names.count("account:register:success") == 1
    assert names.count("account:login:success") == 1
    assert names.count("account:login:failure") == 10
    assert names.count("account:login:limited") == 1
    assert names.count("access:permission:denied") == 1
    assert all(entry["ip"] == HOME.ip for entry in entries(lines) if str(entry["event"]).startswith("account:login"))


def test_no_secret_reaches_the_log(world: World, lines: io.StringIO) -> None:
    """ASVS 16.2.5."""
    world.register()
    result = world.signed_in()
    renewed = world.auth.refresh(result.refresh_token)
    code = world.auth.start_handoff(result.session.id)
    grant = world.auth.redeem_handoff(code)
    world.auth.forgot_password(ANNA)
    changed = world.auth.change_password(world.auth.authenticate(renewed.access_token), PASSWORD, OTHER_PASSWORD)
    with pytest.raises(AppError):
        world.auth.login(ANNA, "a wrong guess", client=HOME)
    world.auth.logout_user(changed.access_token)
    said = lines.getvalue()
    secrets = [PASSWORD, OTHER_PASSWORD, "a wrong guess", code, grant.cookie, grant.device]
    secrets += [token for r in (result, renewed, changed) for token in (r.access_token, r.refresh_token)]
    secrets += [value.partition("?token=")[2] for letter in world.letters() for value in letter.data.values() if "?token=" in value]
    assert len(secrets) > 10
    assert not [secret for secret in secrets if secret in said]
    assert ANNA not in said


def test_line_breaks_in_what_was_typed_stay_in_one_line(world: World, lines: io.StringIO) -> None:
    """ASVS 16.4.1."""
    evil = 'a@example.com\r\n{"event": "account:login:success"}'
    for _ in range(12):
        with pytest.raises(AppError):
            world.auth.login(evil, "x\r\ny", client=Client(ip="1.2.3.4\r\nforged", user_agent="a\nb"))
    assert len(entries(lines)) == len(lines.getvalue().splitlines())
    assert "account:login:success" not in [entry["event"] for entry in entries(lines)]


def test_no_secret_reaches_the_audit_trail(world: World) -> None:
    """ASVS 16.2.5."""
    world.register()
    result = world.signed_in()
    world.auth.forgot_password(ANNA)
    world.auth.change_password(world.auth.authenticate(result.access_token), PASSWORD, OTHER_PASSWORD)
    said = repr(world.memory.events)
    assert not [secret for secret in (PASSWORD, OTHER_PASSWORD, result.access_token, result.refresh_token) if secret in said]


def test_event_names_have_three_parts(world: World) -> None:
    user = world.register()
    world.auth.verify_email(world.token_in(world.letters()[0]))
    admin = world.admin()
    world.auth.admin.disable(admin, user.id)
    world.auth.admin.enable(admin, user.id)
    world.auth.logout(world.identity())
    assert all(len(event.name.split(":")) == 3 for event in world.memory.events)


def test_a_failed_login_names_nobody_as_its_doer(world: World) -> None:
    user = world.register()
    with pytest.raises(AppError):
        world.auth.login(ANNA, "wrong", client=HOME)
    (event,) = world.events("account:login:failure")
    assert (event.user_id, event.actor_id, event.ip) == (user.id, "", HOME.ip)


def test_failed_logins_in_names_that_nobody_has_do_not_fill_the_disk(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 16.4.2: the hourly clean-up keeps a month of them and at most so many; what happened to people stays."""
    monkeypatch.setattr(housekeeping, "MOST_NOBODYS_EVENTS", 20)
    user = world.register()
    outcome(world)
    for number in range(30):
        outcome(world, f"nobody{number}@example.com", client=Client(ip=f"10.0.{number}.1"))
    assert len([event for event in world.events("account:login:failure") if not event.user_id]) == 30
    world.auth.tidy()
    assert len([event for event in world.events("account:login:failure") if not event.user_id]) == 20
    world.clock.advance(days=31)
    world.auth.tidy()
    assert [event.user_id for event in world.events("account:login:failure")] == [user.id]
