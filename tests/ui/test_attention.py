"""What is drawn for a refused form, and what must not be said twice."""

from core.errors import FieldProblem
from tests.ui.tabs import Open, Person
from ui import attention, browser
from ui.views import fields


def test_a_rule_of_the_password_is_told_once_and_other_reasons_in_words() -> None:
    problems = fields.by_field(
        [
            FieldProblem("password", "Password must contain number", "PASSWORD_NO_NUMBER"),
            FieldProblem("password", "Password must be at least 8 characters long", "PASSWORD_TOO_SHORT"),
            FieldProblem("password", "This password is one of the most common ones.", "PASSWORD_COMMON"),
        ]
    )
    assert problems["password"] == ["Please keep the rules that are marked below.", "This password is one of the most common ones."]
    assert problems[fields.BROKEN] == ["digit", "length"]
    assert fields.unplaced(problems, ("password",)) == []


def test_a_form_that_was_not_refused_moves_nobody(open_page: Open) -> None:
    assert "data-viva-form" not in open_page("sign-in").text


def test_a_refused_form_says_where_to_go_anew_at_each_attempt(open_page: Open, person: Person) -> None:
    tab = open_page("sign-in").fill("Email or username", person.user.email).fill("Password", "wrong").press("Sign in")
    assert 'data-viva-form="sign_in" data-attempt="1" data-viva-refused="yes"' in tab.text
    tab.fill("Password", "wrong").press("Sign in")
    assert 'data-attempt="2"' in tab.text


def test_what_was_deleted_is_said_only_to_somebody_who_is_not_signed_in(open_page: Open, person: Person) -> None:
    stranger = open_page("", account="deleted")
    assert [note.value for note in stranger.test.success if "Your account is deleted" in note.value]
    assert not open_page("", cookie=person.cookie, account="deleted").test.success
    assert not open_page("").test.success


def test_the_content_policy_allows_the_scripts_that_move_the_cursor() -> None:
    assert set(attention.SCRIPTS) <= set(browser.SCRIPTS)
    for script in attention.SCRIPTS:
        assert "<" not in script


def test_a_key_becomes_the_class_that_streamlit_makes_of_it() -> None:
    assert attention.css_class(" field-new.name é-0 ") == "st-key-field-new-name---0"
