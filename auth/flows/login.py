"""Signing in with a password."""

import hashlib
import ipaddress
import re
from dataclasses import replace
from datetime import timedelta

from auth.errors import AccountDisabled, BadCredentials
from auth.flows import sessions
from auth.flows.common import stored_hash
from auth.kit import Kit
from auth.letters import letter, place
from auth.models import Client, Device, User
from auth.names import email_key, username_key
from auth.results import SignedIn
from auth.trail import event, note, short_agent
from core.errors import TooManyAttempts
from mail.models import Letter, Template

SUSPICIOUS_AFTER = 3
"""Failures in a row, within `SUSPICIOUS_WITHIN`, after which a login from an unknown place is told to the person (6.3.5)."""
SUSPICIOUS_WITHIN = timedelta(hours=1)
_DEVICE_SAVED_EVERY = timedelta(days=1)
_LONGEST_NAME = 320
_DEVICE_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def login(kit: Kit, name: str, password: str, client: Client, *, refreshable: bool = True) -> SignedIn:
    """Sign in by e-mail or username. Raises BadCredentials, AccountDisabled, TooManyAttempts.

    Unknown and known accounts cost the same work and give the same answer. `refreshable=False` is for browsers, whose session
    lives in a cookie.
    """
    user = _find(kit, name)
    known = _known_device(kit, user, client)
    counters = _counters(name, user, client, known=known is not None)
    try:
        for counter in counters:
            kit.limits.test(*counter)
        with kit.hasher.slot():
            # Counted here, not before the wait for a place: at most as many attempts are under way as there are cores, so the
            # count is exact, and a class that signs in at once behind one address is not taken for an attack.
            for counter in counters:
                kit.limits.hit(*counter)
            fits = kit.hasher.verify_in_slot(password, stored_hash(user) if user else None)
    except TooManyAttempts:
        note("account:login:limited", client=client, subject=name, user_id=user.id if user else "")
        raise
    if not fits or user is None:
        owner = user.id if user else ""
        kit.stores.audit.append([event(kit, "account:login:failure", user_id=owner, actor_id="", client=client)])
        raise BadCredentials
    _forget(kit, counters, client)
    if not user.is_active:
        note("account:login:denied", client=client, user_id=user.id)
        raise AccountDisabled
    return _enter(kit, _upgraded(kit, user, password), client, known, refreshable=refreshable)


def unlock(kit: Kit, user: User) -> None:
    """Forget the failures counted against this person, from everywhere that the audit trail knows of."""
    kit.limits.clear("login_account", user.email_key)
    for ip in {Client(ip=past.ip).source for past in kit.stores.audit.of_user(user.id, before=None, limit=200)} | {""}:
        kit.limits.clear("login_account_ip", user.email_key, ip)


def remember_device(kit: Kit, user_id: str, client: Client, *, secret: str = "") -> str:
    """Note that the person uses this device; return its digest (the secret cookie's, else one of the user agent)."""
    device_hash = device_digest(secret or client.device) or agent_digest(client)
    now = kit.clock.now()
    before = kit.stores.devices.get(user_id, device_hash)
    if before is None or now - before.last_seen_at >= _DEVICE_SAVED_EVERY:
        kit.stores.devices.save(
            Device(user_id=user_id, device_hash=device_hash, user_agent=short_agent(client), first_seen_at=now, last_seen_at=now)
        )
    return device_hash


def device_digest(secret: str) -> str:
    """Return how a device cookie is stored; empty for what we did not make. Never equal to an `agent_digest`."""
    return hashlib.sha256(f"device\x1f{secret}".encode()).hexdigest() if _DEVICE_SECRET.fullmatch(secret) else ""


def agent_digest(client: Client) -> str:
    """Return how a program without cookies is remembered: its name and its network (IPv4 /24, IPv6 /48).

    Anybody can claim it: it spares letters about a known place, never a limit.
    """
    return hashlib.sha256(f"agent\x1f{client.user_agent}\x1f{_network(client.ip)}".encode("utf-8", "surrogatepass")).hexdigest()


def _network(ip: str) -> str:
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    bits = 24 if isinstance(address, ipaddress.IPv4Address) else 48
    return str(ipaddress.ip_network((address, bits), strict=False))


def _find(kit: Kit, name: str) -> User | None:
    given = name.strip()
    if not given or len(given) > _LONGEST_NAME:
        return None
    if "@" in given:
        key = email_key(given)
        user = kit.stores.accounts.by_email(key) if key else None
    else:
        key = username_key(given)
        user = kit.stores.accounts.by_username(key) if key else None
    return user if user is not None and user.deleted_at is None else None


def _known_device(kit: Kit, user: User | None, client: Client) -> Device | None:
    # Asked for unknown accounts too, so that both take the same time.
    return kit.stores.devices.get(user.id if user else "", device_digest(client.device)) if device_digest(client.device) else None


def _counters(name: str, user: User | None, client: Client, *, known: bool) -> list[tuple[str, ...]]:
    """Return the limits that this attempt counts against.

    A device that the person has signed in from before has a counter of its own and no other, so that a stranger's failures
    (also behind the same address) cannot lock the person out, and a stolen device cookie is still limited.
    """
    account = user.email_key if user else name.strip().casefold()[:_LONGEST_NAME]
    if known:
        return [("login_account_ip", account, "device", device_digest(client.device))]
    counters: list[tuple[str, ...]] = [("login_account_ip", account, client.source), ("login_account", account)]
    return [("login_ip", client.source), *counters] if client.ip else counters


def _forget(kit: Kit, counters: list[tuple[str, ...]], client: Client) -> None:
    for counter in counters:
        if counter[0] == "login_ip":
            kit.limits.refund("login_ip", client.source)
        else:
            kit.limits.clear(*counter)


def _upgraded(kit: Kit, user: User, password: str) -> User:
    """Return the account, its hash made anew if the cost rose or the pepper changed."""
    if not kit.hasher.is_outdated(stored_hash(user)):
        return user
    made = kit.hasher.hash(password)
    newer = replace(user, password_hash=made.value, password_key_id=made.key_id, version=user.version + 1)
    # Losing the race against another change is fine: the next login tries again.
    return newer if kit.stores.accounts.replace(newer) else user


def _enter(kit: Kit, user: User, client: Client, known: Device | None, *, refreshable: bool) -> SignedIn:
    before = kit.stores.sessions.alive(user.id, now=kit.clock.now())
    letters = [] if known else _notices(kit, user, client, addresses={session.ip for session in before})
    device_hash = remember_device(kit, user.id, client) if known is None else known.device_hash
    result = sessions.begin(
        kit,
        user,
        client,
        refreshable=refreshable,
        device_hash=device_hash,
        letters=letters,
        events=[event(kit, "account:login:success", user_id=user.id, client=client)],
    )
    _refuse_if_changed_meanwhile(kit, user, result)
    if len(before) >= kit.config.max_sessions:
        sessions.trim(kit, user.id, keep=result.session.id)
    return result


def _refuse_if_changed_meanwhile(kit: Kit, user: User, result: SignedIn) -> None:
    """A password change or a disabling that ran while we hashed ended all sessions, but could not see this one yet."""
    now = kit.stores.accounts.get(user.id)
    if now is None or not now.is_active or now.deleted_at is not None or now.password_changed_at != user.password_changed_at:
        kit.stores.sessions.revoke(result.session.id, at=kit.clock.now(), reason="changed_meanwhile")
        raise BadCredentials


def _notices(kit: Kit, user: User, client: Client, *, addresses: set[str]) -> list[Letter]:
    """Return the letter about a login from a device that the person has not used, or after failures from a new place."""
    new_device = kit.stores.devices.get(user.id, agent_digest(client)) is None or bool(device_digest(client.device))
    new_place = client.ip not in addresses
    failures = _failures_before(kit, user) if new_device or new_place else 0
    first_ever = kit.stores.devices.count(user.id) == 0
    if failures < SUSPICIOUS_AFTER and (first_ever or not new_device):
        return []
    return [
        letter(kit, Template.NEW_DEVICE, user, {**place(kit, client), "failures": str(failures) if failures >= SUSPICIOUS_AFTER else ""})
    ]


def _failures_before(kit: Kit, user: User) -> int:
    since = kit.clock.now() - SUSPICIOUS_WITHIN
    count = 0
    for past in kit.stores.audit.of_user(user.id, before=None, limit=50):
        if past.name == "account:login:success" or past.at < since:
            break
        count += past.name == "account:login:failure"
    return count
