import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from auth.__main__ import ask_password, parser, run
from auth.models import Role

from .conftest import ANNA, PASSWORD, World


def run_with(world: World, *arguments: str, password: str = PASSWORD) -> int:
    return run(parser().parse_args(arguments), world.auth, ask=lambda: password)


def test_the_first_administrator_is_made_by_a_command(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.configure(invite_only=True)
    assert run_with(world, "create-admin", "--email", ANNA, "--name", "Anna Berg") == 0
    (user,) = world.memory.users.values()
    assert (user.role, user.is_verified, user.full_name) == (Role.ADMIN, True, "Anna Berg")
    said = capsys.readouterr()
    assert ANNA in said.out
    assert PASSWORD not in said.out + said.err


def test_a_weak_password_makes_no_administrator(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_with(world, "create-admin", "--email", ANNA, password="admin") == 1
    assert not world.memory.users
    assert "Password must be at least 8 characters long" in capsys.readouterr().err


def test_an_existing_person_can_be_promoted_and_an_unknown_one_not(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    user = world.register()
    assert run_with(world, "create-admin", "--email", ANNA) == 1
    assert "already exists" in capsys.readouterr().err
    assert run_with(world, "promote", "--email", ANNA.upper()) == 0
    assert world.stored(user).role is Role.ADMIN
    assert run_with(world, "promote", "--email", "nobody@example.com") == 1


def test_the_command_line_takes_no_password() -> None:
    """Command lines are visible to every user of a machine."""
    with pytest.raises(SystemExit):
        parser().parse_args(["create-admin", "--email", ANNA, "--password", PASSWORD])


def test_the_password_is_read_from_standard_input_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f" {PASSWORD} \nmore"))
    assert ask_password() == f" {PASSWORD} "


def test_a_password_typed_differently_twice_is_asked_for_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = iter(["one", "two", PASSWORD, PASSWORD])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    assert ask_password() == PASSWORD
    assert "not the same" in capsys.readouterr().err


def command(folder: Path, *arguments: str, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "DATA_DIR": str(folder),
        "SECURITY__BCRYPT_ROUNDS": "4",
        **settings,
    }
    return subprocess.run(
        [sys.executable, "-m", "auth", *arguments], input=typed, capture_output=True, text=True, check=False, cwd=folder, env=environment
    )


def test_the_command_makes_an_administrator_in_the_configured_database(tmp_path: Path) -> None:
    made = command(tmp_path, "create-admin", "--email", ANNA, typed=f"{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    assert ANNA in made.stdout
    again = command(tmp_path, "create-admin", "--email", ANNA, typed=f"{PASSWORD}\n")
    assert again.returncode == 1
    assert "already exists" in again.stderr
    assert PASSWORD not in made.stdout + made.stderr + again.stdout + again.stderr


def test_a_wrong_configuration_is_one_sentence(tmp_path: Path) -> None:
    refused = command(tmp_path, "promote", "--email", ANNA, SECRET_KEY="short")
    assert refused.returncode == 2
    assert "SECRET_KEY" in refused.stderr
    assert "Traceback" not in refused.stderr
