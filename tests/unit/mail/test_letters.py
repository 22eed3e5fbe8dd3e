from datetime import UTC, datetime

import pytest
from jinja2 import UndefinedError

from mail.models import NEEDS, Letter, Template
from mail.rendering import From, message_id, render, to_message

SENDER = From(name="Viva", email="viva@example.org")


def letter(template: Template, **data: str) -> Letter:
    filled = {name: f"<{name}>" for name in NEEDS[template]} | {"full_name": "Ada <b>Lovelace</b>"} | data
    return Letter(id="ltr_1", to="ada@example.com", template=template, data=filled, created_at=datetime(2026, 3, 14, tzinfo=UTC))


@pytest.mark.parametrize("template", Template)
def test_every_letter_renders_with_exactly_the_values_it_says_it_needs(template: Template) -> None:
    rendered = render(letter(template))
    assert rendered.subject
    assert "\n" not in rendered.subject
    for name in NEEDS[template]:
        assert f"<{name}>" in rendered.text
    assert "Ada <b>Lovelace</b>" in rendered.text


@pytest.mark.parametrize("template", Template)
def test_a_persons_name_can_never_become_markup(template: Template) -> None:
    html = render(letter(template)).html
    assert "<b>Lovelace" not in html
    assert "&lt;b&gt;Lovelace" in html


@pytest.mark.parametrize("template", [t for t in Template if NEEDS[t]])
def test_a_missing_value_is_an_error_rather_than_a_hole_in_the_letter(template: Template) -> None:
    whole = letter(template)
    missing = min(NEEDS[template])
    broken = Letter(
        id="ltr_2",
        to=whole.to,
        template=template,
        data={name: value for name, value in whole.data.items() if name != missing},
        created_at=whole.created_at,
    )
    with pytest.raises(UndefinedError):
        render(broken)


def test_every_attempt_to_send_a_letter_has_the_same_message_id() -> None:
    one = letter(Template.VERIFICATION)
    assert (
        to_message(one, SENDER)["Message-ID"] == to_message(one, SENDER)["Message-ID"] == message_id(one, SENDER) == "<ltr_1@example.org>"
    )


def test_a_line_break_in_an_address_cannot_add_a_header() -> None:
    whole = letter(Template.VERIFICATION)
    evil = Letter(
        id="ltr_3", to="a@example.com\r\nBcc: b@example.com", template=whole.template, data=whole.data, created_at=whole.created_at
    )
    with pytest.raises(ValueError, match=r"(?i)header"):
        to_message(evil, SENDER)
