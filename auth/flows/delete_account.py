"""Deleting an account: marked first, then erased store by store, so that a crash can only delay it."""

from dataclasses import replace
from datetime import timedelta

from auth.errors import LastAdmin
from auth.flows import invites
from auth.flows.common import change_user, new_token, prove_password
from auth.kit import Kit
from auth.letters import greeting, stranger, to_stranger
from auth.models import Client, Purpose, Role, User
from auth.results import Identity
from auth.trail import event
from core import log
from mail.models import Letter, Template

_PAGE = 100
_MOST_REMINDERS = 10_000
LONGEST_REQUEST = timedelta(minutes=10)
"""Longer than any request that writes: the longest waits two minutes for an answer."""
_REMEMBERED = timedelta(days=365)
"""Longer than the program is likely to stand still before it can look after an erased account once more."""
_log = log.get("auth")


def delete(kit: Kit, who: Identity, current_password: str, client: Client) -> None:
    """Delete the person's own account. Raises PasswordNeeded, LastAdmin, TooManyAttempts.

    When this returns, nothing of the person is left in any store but one letter that tells them so, until it has left, and the bare
    id, until the clean-up has looked after it once more.
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
    _sweep(kit, user.id)
    invites.forget_all_to(kit, user.email_key)
    _forget_letters(kit, stranger(user.email_key))  # what went to the address before it had an account
    if kit.config.farewell:
        kit.stores.outbox.add([_farewell(kit, user)])
    _, reminder = new_token(
        kit, Purpose.ERASED_ACCOUNT, user_id=f"erased_{user.id}", life=_REMEMBERED, data={"user_id": user.id}
    )  # under an owner of its own, or the sweep that it asks for would begin by removing it
    kit.stores.tokens.add(reminder)
    kit.stores.accounts.delete(user.id)
    kit.after_erasing()
    _log.info("account erased", extra={"event": "account:delete:done", "user_id": user.id})


def sweep_late(kit: Kit) -> int:
    """Remove what requests wrote that were under way while an account was erased; return how many accounts were looked after.

    A message or a login that was let in a moment before the deletion may be stored a moment after it. Only what carries the id of
    the account goes: the address may be somebody's again. The reminder goes last, so that a crash only repeats the sweep.
    """
    now = kit.clock.now()
    reminders = kit.stores.tokens.pending(Purpose.ERASED_ACCOUNT, now=now, limit=_MOST_REMINDERS)
    due = [reminder for reminder in reminders if now - reminder.created_at >= LONGEST_REQUEST]
    for reminder in due:
        _sweep(kit, reminder.data["user_id"])
        kit.stores.tokens.delete_all_of(reminder.user_id)
    return len(due)


def _sweep(kit: Kit, user_id: str) -> None:
    stores = kit.stores
    stores.sessions.delete_all_of(user_id)  # first, so that nobody is signed in while the rest goes
    for eraser in kit.erasers:
        eraser(user_id)
    stores.tokens.delete_all_of(user_id)
    stores.devices.delete_all_of(user_id)
    stores.audit.delete_all_of(user_id)
    _forget_letters(kit, user_id)


def _forget_letters(kit: Kit, owner: str) -> None:
    kit.stores.outbox.delete_all_of(owner)
    if kit.mailbox is not None:
        kit.mailbox(owner)


def _farewell(kit: Kit, user: User) -> Letter:
    # Under another owner, or the letter would be erased with the rest; under a fixed name, so that repeating adds no second. The
    # worker removes it once it has left.
    plain = to_stranger(kit, Template.ACCOUNT_DELETED, user.email, {"full_name": greeting(user)})
    return replace(plain, id=f"ltr_deleted_{user.id}", user_id=f"deleted_{user.id}")
