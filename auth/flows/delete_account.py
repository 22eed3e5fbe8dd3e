"""Deleting an account: marked first, then erased store by store, so that a crash can only delay it."""

from dataclasses import replace

from auth.errors import LastAdmin
from auth.flows import invites
from auth.flows.common import change_user, prove_password
from auth.kit import Kit
from auth.letters import stranger, to_stranger
from auth.models import Client, Role, User
from auth.results import Identity
from auth.trail import event
from core import log
from mail.models import Letter, Template

_PAGE = 100
_log = log.get("auth")


def delete(kit: Kit, who: Identity, current_password: str, client: Client) -> None:
    """Delete the person's own account. Raises PasswordNeeded, LastAdmin, TooManyAttempts.

    When this returns, nothing of the person is left in any store but one letter that tells them so, until it has left.
    """
    prove_password(kit, who.user, current_password, client)
    if who.user.role is Role.ADMIN and kit.stores.accounts.count(role=Role.ADMIN) <= 1:
        raise LastAdmin
    marked = change_user(kit, who.user.id, lambda now: replace(now, deleted_at=kit.clock.now(), is_active=False))
    event(kit, "account:delete:requested", user_id=marked.id, client=client)  # the log line alone: the trail is erased below
    erase(kit, marked)


def finish_all(kit: Kit) -> int:
    """Erase every account that is marked; return how many."""
    count = 0
    while marked := kit.stores.accounts.marked_deleted(limit=_PAGE):
        for user in marked:
            erase(kit, user)
            count += 1
    return count


def erase(kit: Kit, user: User) -> None:
    """Remove everything of a marked account; safe to repeat. The row itself goes last: until then a restart finds the rest."""
    stores = kit.stores
    stores.sessions.delete_all_of(user.id)  # first, so that nobody is signed in while the rest goes
    for eraser in kit.erasers:
        eraser(user.id)
    stores.tokens.delete_all_of(user.id)
    invites.forget_all_to(kit, user.email_key)
    stores.devices.delete_all_of(user.id)
    stores.audit.delete_all_of(user.id)
    for owner in (user.id, stranger(user.email_key)):  # also what went to the address before it had an account
        stores.outbox.delete_all_of(owner)
        if kit.mailbox is not None:
            kit.mailbox(owner)
    if kit.config.farewell:
        stores.outbox.add([_farewell(kit, user)])
    stores.accounts.delete(user.id)
    _log.info("account erased", extra={"event": "account:delete:done", "user_id": user.id})


def _farewell(kit: Kit, user: User) -> Letter:
    # Under another owner, or the letter would be erased with the rest; under a fixed name, so that repeating adds no second. The
    # worker removes it once it has left.
    plain = to_stranger(kit, Template.ACCOUNT_DELETED, user.email, {"full_name": user.full_name or user.username})
    return replace(plain, id=f"ltr_deleted_{user.id}", user_id=f"deleted_{user.id}")
