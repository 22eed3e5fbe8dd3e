"""When a page fails: one neutral line with a number, nothing of what went wrong, and nobody is let in."""

import logging
import re

import pytest
from streamlit.testing.v1 import AppTest

from auth.errors import NotSignedIn
from core.errors import StoreUnavailable
from tests.ui.tabs import Open, Person
from wiring import Services


def failing_page() -> None:
    from ui import faults

    shown = faults.on_script_error(ValueError("password=hunter2 at /srv/viva/secret.py"))
    assert shown is True


def test_an_unexpected_fault_shows_one_neutral_line_with_a_number(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("viva").propagate = True
    test = AppTest.from_function(failing_page).run()
    (line,) = [error.value for error in test.error]
    number = re.search(r"req_[\w-]+", line)
    assert number
    assert "hunter2" not in line
    assert "secret.py" not in line
    assert any(getattr(record, "request_id", "") == number[0] for record in caplog.records)


def refused_page() -> None:
    from core.errors import StoreUnavailable
    from ui import faults

    faults.on_script_error(StoreUnavailable("The database cannot be reached at the moment."))


def test_an_expected_fault_says_its_sentence() -> None:
    test = AppTest.from_function(refused_page).run()
    assert "database cannot be reached" in test.error[0].value


def test_without_the_database_nobody_is_let_in(
    open_page: Open, person: Person, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ASVS 16.5.3: fails closed."""

    def unreachable(*_: object, **__: object) -> None:
        raise StoreUnavailable("The database cannot be reached at the moment.")

    monkeypatch.setattr(services.auth, "session_from_cookie", unreachable)
    with pytest.raises(AssertionError, match="error"):
        open_page("account", cookie=person.cookie)


def test_a_refused_cookie_is_not_a_fault(open_page: Open, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NotSignedIn

    monkeypatch.setattr(services.auth, "session_from_cookie", refuse)
    assert open_page("account", cookie="anything").heading == "Sign in"
