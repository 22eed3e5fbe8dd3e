"""`.env.example` names every setting with its real default, and nothing else."""

from pathlib import Path

import pytest
from dotenv import dotenv_values
from pydantic import BaseModel, SecretStr

from core.settings import Settings, load

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / ".env.example"


def defaults(group: BaseModel, prefix: str = "") -> dict[str, str]:
    """Every setting below `group` with its default as it would be written in a file."""
    found: dict[str, str] = {}
    for name in type(group).model_fields:
        value = getattr(group, name)
        if isinstance(value, BaseModel):
            found |= defaults(value, f"{prefix}{name.upper()}__")
        else:
            found[f"{prefix}{name.upper()}"] = written(value)
    return found


def written(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if "__" in name or name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)


def test_the_example_shows_every_setting_with_its_default() -> None:
    shown = dict(dotenv_values(EXAMPLE))
    assert shown == defaults(load(env_file=None))


def test_the_example_itself_is_a_valid_configuration() -> None:
    assert load(env_file=EXAMPLE) == load(env_file=None)
