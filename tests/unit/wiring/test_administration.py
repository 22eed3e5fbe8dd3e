import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import wiring
from auth.errors import NotAllowed
from auth.flows.register import RegisterForm
from auth.models import Client, Role
from auth.results import Identity
from core import settings as configuration
from wiring import Services, administration
from wiring.administration import Days

HERE = Client(ip="127.0.0.1")
DAYS = Days.up_to(date(2026, 3, 14))
ACTS: dict[str, Callable[[Services, Identity], object]] = {
    "letter_counts": lambda services, actor: administration.letter_counts(services, actor, client=HERE),
    "dead_letters": lambda services, actor: administration.dead_letters(services, actor, limit=5, client=HERE),
    "retry_letters": lambda services, actor: administration.retry_letters(services, actor, client=HERE),
    "model_use": lambda services, actor: administration.model_use(services, actor, DAYS, client=HERE),
    "model_use_by_day": lambda services, actor: administration.model_use_by_day(services, actor, DAYS, client=HERE),
    "model_use_of": lambda services, actor: administration.model_use_of(services, actor, actor.user.id, DAYS, client=HERE),
}


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SECURITY__BCRYPT_ROUNDS", "4")
    built = wiring.build(configuration.load(None))
    yield built
    built.close()


@pytest.fixture
def learner(services: Services) -> Identity:
    form = RegisterForm(email="lea@example.org", password="Blue-tram7-Lisbon", full_name="Lea")
    return services.auth.authenticate(services.auth.register_and_sign_in(form).access_token)


def test_every_act_is_held_by_the_test_below() -> None:
    functions = inspect.getmembers(administration, inspect.isfunction)
    assert set(ACTS) == {name for name, function in functions if function.__module__ == administration.__name__}


@pytest.mark.parametrize("name", ACTS)
def test_what_is_no_account_is_asked_of_the_database_too(services: Services, learner: Identity, name: str) -> None:
    """ASVS 8.2.1: not even somebody who was an administrator when the page was opened gets it."""
    demoted = replace(learner, user=replace(learner.user, role=Role.ADMIN))
    with pytest.raises(NotAllowed):
        ACTS[name](services, demoted)
    services.auth.promote_to_admin(learner.user.email)
    ACTS[name](services, learner)


@pytest.mark.parametrize(
    ("last", "number", "first"),
    [(date(2026, 3, 14), 30, date(2026, 2, 13)), (date(2026, 3, 14), 1, date(2026, 3, 14)), (date(1, 1, 2), 30, date(1, 1, 1))],
)
def test_days_include_the_last_and_do_not_leave_the_calendar(last: date, number: int, first: date) -> None:
    assert Days.up_to(last, number=number) == Days(first=first, last=last)
