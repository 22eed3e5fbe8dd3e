from collections.abc import Iterator

import pytest

from auth.devices import describe
from auth.models import Client
from core.errors import AppError
from mail.models import NEEDS, Letter, Template
from mail.rendering import From, render, to_message

from .conftest import ANNA, AWAY, HOME, OTHER_PASSWORD, PASSWORD, World


def every_letter(world: World) -> Iterator[Letter]:
    """Run through every flow that writes a letter and return all of them."""
    admin = world.admin()
    world.auth.create_invite(admin, email="new@example.com")
    user = world.register(full_name="Anna Berg")
    world.auth.verify_email(world.token_in(world.letters(Template.VERIFICATION)[-1]))
    world.auth.resend_verification(ANNA)
    world.auth.forgot_password("nobody@example.com")
    world.signed_in(client=HOME)
    for _ in range(4):
        with pytest.raises(AppError):
            world.auth.login(ANNA, "wrong", client=AWAY)
    result = world.signed_in(client=AWAY)
    world.auth.refresh(result.refresh_token)
    world.clock.advance(minutes=1)
    with pytest.raises(AppError):
        world.auth.refresh(result.refresh_token, client=Client())
    world.auth.admin.start_reset(admin, user.id)
    who = world.identity()
    world.auth.change_password(who, PASSWORD, OTHER_PASSWORD)
    who = world.auth.recheck(who.session.id)
    world.auth.request_email_change(who, "anna.new@example.com", OTHER_PASSWORD)
    world.auth.confirm_email_change(world.token_in(world.letters(Template.EMAIL_CHANGE_CONFIRM)[0]))
    yield from world.letters()
    world.auth.delete_account(world.auth.recheck(who.session.id), OTHER_PASSWORD)
    yield from world.letters(Template.ACCOUNT_DELETED)


def test_every_letter_that_the_flows_write_can_be_put_into_words(world: World) -> None:
    seen = set()
    for letter in every_letter(world):
        seen.add(letter.template)
        assert NEEDS[letter.template] <= set(letter.data), letter.template
        words = render(letter)
        assert words.subject
        assert "\n" not in words.subject
        assert to_message(letter, From(name="Viva", email="viva@example.org"))["To"] == letter.to
        for value in letter.data.values():
            if value.startswith("https://"):
                assert value.startswith("https://viva.example.org/")
    assert seen == set(Template)


def test_the_verification_letter_holds_what_is_documented(world: World) -> None:
    """The documented payload: full name and link; how long the link lives comes along."""
    world.register(full_name="Ada Lovelace")
    (letter,) = world.letters()
    assert set(letter.data) == {"full_name", "verification_link", "hours"}
    assert (letter.data["full_name"], letter.data["hours"]) == ("Ada Lovelace", "24")


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
            "Chrome on Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("python-requests/2.34", "a Python program"),
        ("", "an unknown device"),
        ("<script>alert(1)</script>", "an unknown device"),
    ],
)
def test_a_device_is_called_by_its_name(agent: str, words: str) -> None:
    assert describe(agent) == words


@pytest.mark.parametrize(
    "name",
    [
        "Urgent. Visit evil.example. Now",
        "evil.example",
        "www.evil.example",
        "Call 1 800 5550199 today",
        "You have won, sign in and see " * 3,
    ],
)
def test_what_a_stranger_typed_as_a_name_is_no_message_in_somebody_elses_mailbox(world: World, name: str) -> None:
    world.register(full_name=name)
    (letter,) = world.letters(Template.VERIFICATION)
    rendered = render(letter)
    assert rendered.text.startswith("Hello,")
    assert name.strip() not in rendered.text + rendered.html


@pytest.mark.parametrize("name", ["Anna Berg", "J.R.R. Tolkien", "Dr. Anna van der Berg-Holm, Jr.", "María José O’Neill", "李小龍"])
def test_people_are_greeted_by_their_names(world: World, name: str) -> None:
    world.register(full_name=name)
    (letter,) = world.letters(Template.VERIFICATION)
    assert render(letter).text.startswith(f"Hello {name},")
