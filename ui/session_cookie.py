"""Which cookies this site uses, from its public address."""

import wiring
from core import cookies


def login_name() -> str:
    """Return the name of the login cookie."""
    return cookies.login_name(https=wiring.current().settings.is_https)


def device_name() -> str:
    """Return the name of the device cookie."""
    return cookies.device_name(https=wiring.current().settings.is_https)
