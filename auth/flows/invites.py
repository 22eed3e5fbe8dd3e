"""Invites: a token that lets one person make an account, where signing up is closed or a role comes with it."""

from datetime import timedelta

from auth import names
from auth.errors import TokenRefused
from auth.flows.common import new_token, usable_token
from auth.kit import Kit
from auth.letters import to_stranger, whole
from auth.models import Client, OneTimeToken, Purpose, Role
from auth.permissions import Permission, require
from auth.results import Identity, Invite
from auth.tokens import secret_digest
from auth.trail import event
from core.errors import NotFound, ValidationFailed
from mail.models import Template

_MOST_LISTED = 500
_MOST_SEARCHED = 100_000


def create(kit: Kit, actor: Identity, client: Client, *, email: str = "", role: Role = Role.LEARNER) -> Invite:
    """Make an invite and, with `email`, send it there and let nobody else use it. Raises NotAllowed or ValidationFailed."""
    require(kit, actor.user, Permission.INVITE, client)
    address = names.parse_email(email) if email.strip() else None
    if address is not None and not isinstance(address, names.Email):
        raise ValidationFailed([address])
    data = {"role": role.value}
    if address is not None:
        data |= {"email": address.address, "email_key": address.key, "sent": "yes"}
    # The invite's own name stands where other tokens name their person, so that it can be removed whole once it is used.
    secret, token = new_token(kit, Purpose.INVITE, user_id=kit.ids.new("inv"), life=kit.config.invite_life, data=data)
    link = kit.config.link(kit.config.invite_path, secret)
    words = {
        "invite_link": link,
        "invited_by": actor.user.full_name or actor.user.username,
        "days": whole(kit.config.invite_life, timedelta(days=1)),
    }
    letters = [to_stranger(kit, Template.INVITE, address.address, words)] if address else []
    made = event(kit, "admin:invite:created", user_id="", actor_id=actor.user.id, client=client, data={"role": role.value})
    kit.stores.tokens.add(token, letters=letters, events=[made])
    return _view(token, secret=secret, link=link)


def open_ones(kit: Kit, actor: Identity, client: Client) -> list[Invite]:
    """Return the invites that can still be used, newest first, without their tokens."""
    require(kit, actor.user, Permission.INVITE, client)
    return [_view(token) for token in kit.stores.tokens.pending(Purpose.INVITE, now=kit.clock.now(), limit=_MOST_LISTED)]


def revoke(kit: Kit, actor: Identity, client: Client, *, invite_id: str) -> None:
    """Take an open invite back. Raises NotFound."""
    require(kit, actor.user, Permission.INVITE, client)
    if invite_id not in {invite.id for invite in open_ones(kit, actor, client)}:
        raise NotFound("There is no such open invite.")
    kit.stores.tokens.delete_all_of(invite_id)
    kit.stores.audit.append([event(kit, "admin:invite:revoked", user_id="", actor_id=actor.user.id, client=client)])


def find(kit: Kit, secret: str, *, email: str) -> OneTimeToken | None:
    """Return the usable invite for this address, or None: one that went to an address proves that mailbox and no other."""
    try:
        token = usable_token(kit, Purpose.INVITE, secret)
    except TokenRefused:
        return None
    return token if names.same_mailbox(token.data.get("email", email), email) else None


def peek(kit: Kit, secret: str) -> Invite | None:
    """Return what an invite is for (the page fills the address in), or None if it cannot be used."""
    token = kit.stores.tokens.get(Purpose.INVITE, secret_digest(secret))
    usable = token is not None and token.used_at is None and kit.clock.now() < token.expires_at
    return _view(token) if token is not None and usable else None


def use(kit: Kit, invite: OneTimeToken) -> bool:
    """Use an invite up; False if somebody else was faster."""
    return kit.stores.tokens.take(Purpose.INVITE, invite.hash, now=kit.clock.now()) is not None


def forget(kit: Kit, invite: OneTimeToken) -> None:
    """Remove a used invite, which still holds the address that it went to."""
    kit.stores.tokens.delete_all_of(invite.user_id)


def forget_all_to(kit: Kit, email_key: str) -> None:
    """Remove every open invite to this address: its person has left."""
    for token in kit.stores.tokens.pending(Purpose.INVITE, now=kit.clock.now(), limit=_MOST_SEARCHED):
        if token.data.get("email_key") == email_key:
            forget(kit, token)


def _view(token: OneTimeToken, *, secret: str = "", link: str = "") -> Invite:
    return Invite(
        id=token.user_id,
        email=token.data.get("email", ""),
        role=token.data.get("role", Role.LEARNER),
        created_at=token.created_at,
        expires_at=token.expires_at,
        token=secret,
        link=link,
    )
