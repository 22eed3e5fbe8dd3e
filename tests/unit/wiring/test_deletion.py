"""A deleted account leaves the database file at once, and not only with the next hourly clean-up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import wiring
from auth.flows.register import RegisterForm
from core import settings as configuration
from wiring import Services
from wiring.housekeeping import Housekeeping

PASSWORD = "Blue-tram7-Lisbon"


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Services whose clean-up runs in the very moment that something wakes it."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SECURITY__BCRYPT_ROUNDS", "4")
    monkeypatch.setattr(Housekeeping, "soon", Housekeeping.run_once)
    built = wiring.build(configuration.load(None))
    yield built
    built.close()


def test_the_clean_up_that_a_deletion_wakes_comes_after_its_last_row(services: Services, tmp_path: Path) -> None:
    form = RegisterForm(email="thorvaldsen@example.org", password=PASSWORD, full_name="Annabella Thorvaldsen")
    who = services.auth.authenticate(services.auth.register_and_sign_in(form).access_token)
    services.tidy()  # now the account stands in the file itself, not only in the log of what was written last
    assert b"thorvaldsen" in (tmp_path / "viva.db").read_bytes()
    services.auth.delete_account(who, PASSWORD)
    left = [path.name for path in tmp_path.rglob("*") if path.is_file() and b"thorvaldsen" in path.read_bytes().lower()]
    assert left == []
