"""Who is connected, as far as the connection tells. The only reader of `st.context`.

What stands here is frozen when the tab connects: cookies that change later are seen only after a reload.
"""

from datetime import UTC, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from auth.models import Client
from ui import session_cookie

_MAX_USER_AGENT = 400


def cookie(name: str) -> str:
    """Return the value that the cookie had when this tab connected, or an empty string."""
    value = st.context.cookies.get(name, "")
    return value if isinstance(value, str) else ""


def current() -> Client:
    """Return the client behind this tab. Its address is that of the connection, which our middleware has made sure of."""
    agent, address = st.context.headers.get("User-Agent"), st.context.ip_address
    return Client(
        ip=address if isinstance(address, str) else "127.0.0.1",  # Streamlit says None for the loopback address
        user_agent=agent[:_MAX_USER_AGENT] if isinstance(agent, str) else "",
        device=cookie(session_cookie.device_name()),
    )


def page_path() -> str:
    """Return the path of the page that the browser shows, without slashes ("" for home)."""
    url = st.context.url
    return urlsplit(url).path.strip("/") if isinstance(url, str) else ""


def timezone() -> tzinfo:
    """Return the time zone that the browser reports, UTC if it reports none or one that is not known here."""
    name = st.context.timezone
    try:
        return ZoneInfo(name) if isinstance(name, str) and name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
