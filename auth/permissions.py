"""What each role may do."""

from enum import StrEnum

from auth.errors import NotAllowed
from auth.kit import Kit
from auth.models import Client, Role, User
from auth.trail import note


class Permission(StrEnum):
    """One right, as clients see it."""

    PROFILE = "profile:manage"
    CHAT = "chat:use"
    EXAM = "exam:take"
    REVIEW = "results:review"
    INVITE = "invites:manage"
    USERS = "users:manage"
    OUTBOX = "outbox:manage"


_LEARNER = (Permission.PROFILE, Permission.CHAT, Permission.EXAM)
_TEACHER = (*_LEARNER, Permission.REVIEW)
_ADMIN = (*_TEACHER, Permission.INVITE, Permission.USERS, Permission.OUTBOX)
_OF_ROLE = {Role.LEARNER: _LEARNER, Role.TEACHER: _TEACHER, Role.ADMIN: _ADMIN}


def permissions_of(role: Role) -> tuple[Permission, ...]:
    """Return the rights of a role; each role has those of the roles before it."""
    return _OF_ROLE[role]


def require(kit: Kit, user: User, permission: Permission, client: Client) -> None:
    """Raise NotAllowed (and leave a log line) if the person lacks the right, as the database has them at this moment."""
    now = kit.stores.accounts.get(user.id)
    if now is None or not now.is_active or now.deleted_at is not None or permission not in permissions_of(now.role):
        note("access:permission:denied", client=client, user_id=user.id, subject=permission)
        raise NotAllowed
