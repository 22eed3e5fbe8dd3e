"""The browser's login: a one-time code is swapped for an opaque cookie, so that no token ever lies in the page."""

from auth.errors import NotSignedIn, TokenRefused
from auth.flows import sessions
from auth.flows.common import new_token
from auth.flows.login import device_digest, remember_device
from auth.kit import Kit
from auth.models import Client, Purpose
from auth.results import BrowserGrant
from auth.tokens import secret_digest


def start_handoff(kit: Kit, session_id: str) -> str:
    """Return a code (single use, one minute) that the page hands to the route which sets the cookie. Raises NotSignedIn."""
    session = kit.stores.sessions.get(session_id)
    if session is None or not sessions.is_alive(kit, session):
        raise NotSignedIn
    code, token = new_token(
        kit, Purpose.BROWSER_HANDOFF, user_id=session.user_id, life=kit.config.handoff_life, data={"session_id": session_id}
    )
    kit.stores.tokens.add(token)
    return code


def redeem_handoff(kit: Kit, code: str, client: Client) -> BrowserGrant:
    """Swap a code for a new cookie value; a cookie that the session had before is dead at once. Raises TokenRefused."""
    token = kit.stores.tokens.take(Purpose.BROWSER_HANDOFF, secret_digest(code), now=kit.clock.now())
    if token is None:
        raise TokenRefused
    cookie = kit.ids.secret()
    session = kit.stores.sessions.get(token.data["session_id"])
    if session is None or not sessions.is_alive(kit, session):
        raise TokenRefused
    if not kit.stores.sessions.set_cookie(session.id, secret_digest(cookie)):
        raise TokenRefused
    return BrowserGrant(cookie=cookie, expires_at=session.expires_at, device=_device(kit, session.user_id, client), user_id=session.user_id)


def _device(kit: Kit, user_id: str, client: Client) -> str:
    """Return the device cookie to set: the one the browser has (people of one family share it), or a new one."""
    secret = client.device if device_digest(client.device) else kit.ids.secret()
    remember_device(kit, user_id, client, secret=secret)
    return secret
