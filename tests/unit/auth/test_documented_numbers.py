"""The numbers that docs/accounts.md tells are the ones in force (ASVS 6.1.1, 7.1.1, 7.1.2)."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from auth.config import AuthConfig
from auth.flows import housekeeping, sessions
from auth.policy import LONGEST, SHORTEST, PasswordPolicy, _common
from core.setting_groups import Auth, Limits

TEXT = " ".join((Path(__file__).parents[3] / "docs" / "accounts.md").read_text(encoding="utf-8").split())
LIMITS = re.findall(r"\| (\d+/\w+) \| `LIMITS__(\w+)` \|", TEXT)


def test_every_limit_of_the_accounts_is_documented_with_its_default() -> None:
    """ASVS 6.1.1."""
    mine = {
        "signup",
        "login_account_ip",
        "login_account",
        "login_ip",
        "password_check",
        "reset_account",
        "resend_account",
        "reset_ip",
        "refresh_ip",
        "page_megabytes",
    }
    assert {name.lower() for _, name in LIMITS} == mine


@pytest.mark.parametrize(("rule", "name"), LIMITS)
def test_a_documented_limit_is_the_default(rule: str, name: str) -> None:
    """ASVS 6.1.1."""
    assert getattr(Limits(), name.lower()) == rule


def test_the_documented_lives_are_the_defaults() -> None:
    """ASVS 7.1.1, 7.1.2."""
    config = AuthConfig(signing_key="", peppers=())
    settings = Auth()
    for sentence in (
        f"ends without use after | {config.session_idle.days} days",
        f"ends at the latest after | {config.session_absolute.days} days",
        f"at most at once per person | {config.max_sessions};",
        f"access token | {config.access_life // timedelta(minutes=1)} minutes",
        f"the same successor again within {config.refresh_grace.seconds} seconds",
        f"hand-off code for the cookie | {config.handoff_life.seconds} seconds",
        f"confirm the address | {config.verification_life // timedelta(hours=1)} hours",
        f"set a new password | {config.reset_life // timedelta(minutes=1)} minutes",
        f"confirm a new address | {config.email_change_life // timedelta(hours=1)} hours",
        f"invite | {config.invite_life.days} days",
        f"once one's own login is older than {sessions.RECENT // timedelta(minutes=1)} minutes",
        f"{SHORTEST} to {LONGEST} characters",
        f"{len(_common()):,} most common",
        ", ".join(PasswordPolicy.CONTEXT),
    ):
        assert sentence in TEXT
    assert (settings.session_idle, settings.session_absolute, settings.max_sessions) == (
        config.session_idle,
        config.session_absolute,
        config.max_sessions,
    )
    assert (settings.refresh_grace_seconds, settings.verification_hours, settings.reset_minutes, settings.invite_days) == (20, 24, 30, 14)


def test_how_long_the_trail_keeps_what_concerns_nobody_is_documented() -> None:
    """ASVS 16.4.2."""
    text = " ".join((Path(__file__).parents[3] / "docs" / "security.md").read_text(encoding="utf-8").split())
    assert f"{housekeeping.NOBODYS_EVENTS_KEPT.days} days, and at most {housekeeping.MOST_NOBODYS_EVENTS:,} of them" in text
