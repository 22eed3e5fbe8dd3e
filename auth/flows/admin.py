"""What administrators may do. Every act asks the database for the right to it and leaves an audit event about the person."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from auth.errors import LastAdmin
from auth.flows import login, register, sessions
from auth.flows.common import change_user
from auth.flows.reset_password import reset_letter
from auth.kit import Kit
from auth.models import AuditEvent, Client, Role, User
from auth.names import email_key
from auth.permissions import Permission, require
from auth.results import Identity, SessionView
from auth.trail import event
from core.errors import NotFound

_MOST = 100
NOBODY = Client()


class Admin:
    """The acts. None of them sets or shows a password (6.4.6). Each raises NotAllowed for others than administrators."""

    def __init__(self, kit: Kit) -> None:
        """Work with the parts of the service."""
        self._kit = kit

    def find(self, actor: Identity, text: str = "", *, after: str = "", limit: int = 50, client: Client = NOBODY) -> list[User]:
        """Return accounts whose e-mail, username or name contains `text`, by id; `after` is the last id of the page before."""
        require(self._kit, actor.user, Permission.USERS, client)
        return self._kit.stores.accounts.search(text.strip().casefold(), after=after, limit=max(1, min(limit, _MOST)))

    def get(self, actor: Identity, user_id: str, *, client: Client = NOBODY) -> User:
        """Return one account. Raises NotFound."""
        require(self._kit, actor.user, Permission.USERS, client)
        return self._user(user_id)

    def sessions(self, actor: Identity, user_id: str, *, client: Client = NOBODY) -> list[SessionView]:
        """Return somebody's living sessions."""
        require(self._kit, actor.user, Permission.USERS, client)
        return sessions.list_of(self._kit, Identity(user=self._user(user_id), session=actor.session))

    def events(
        self, actor: Identity, *, user_id: str = "", name_prefix: str = "", limit: int = 100, client: Client = NOBODY
    ) -> list[AuditEvent]:
        """Return the newest audit events, of one person or of everybody."""
        require(self._kit, actor.user, Permission.USERS, client)
        audit = self._kit.stores.audit
        limit = max(1, min(limit, _MOST))
        if user_id:
            return audit.of_user(user_id, before=None, limit=limit)
        return audit.recent(name_prefix=name_prefix, before=None, limit=limit)

    def set_role(self, actor: Identity, user_id: str, role: Role, *, client: Client = NOBODY) -> User:
        """Give somebody a role; what they may do changes with their next request. Raises LastAdmin."""
        data = {"role": role.value}
        return self._change(
            actor, user_id, lambda now: None if now.role is role else replace(now, role=role), what="role", client=client, data=data
        )

    def disable(self, actor: Identity, user_id: str, *, client: Client = NOBODY) -> User:
        """Switch an account off; everything of theirs that is open ends at once. Raises LastAdmin."""
        user = self._change(
            actor, user_id, lambda now: replace(now, is_active=False) if now.is_active else None, what="disabled", client=client
        )
        sessions.end_all(self._kit, user_id, reason="disabled", client=client, actor_id=actor.user.id)
        return user

    def enable(self, actor: Identity, user_id: str, *, client: Client = NOBODY) -> User:
        """Switch an account on again."""
        return self._change(
            actor, user_id, lambda now: None if now.is_active else replace(now, is_active=True), what="enabled", client=client
        )

    def unlock(self, actor: Identity, user_id: str, *, client: Client = NOBODY) -> None:
        """Forget the failed logins that are counted against somebody."""
        require(self._kit, actor.user, Permission.USERS, client)
        login.unlock(self._kit, self._user(user_id))
        self._record(actor, "unlocked", user_id, client)

    def end_sessions(self, actor: Identity, user_id: str, *, client: Client = NOBODY) -> int:
        """End all sessions of somebody."""
        require(self._kit, actor.user, Permission.USERS, client)
        self._user(user_id)
        self._record(actor, "sessions_ended", user_id, client)
        return sessions.end_all(self._kit, user_id, reason="ended_by_admin", client=client, actor_id=actor.user.id)

    def end_everybodys_sessions(self, actor: Identity, *, client: Client = NOBODY) -> int:
        """End every session of everybody, the administrator's own too."""
        require(self._kit, actor.user, Permission.USERS, client)
        ended = self._kit.stores.sessions.revoke_everyone(at=self._kit.clock.now(), reason="ended_by_admin")
        self._record(actor, "everybody_signed_out", "", client)
        return ended

    def start_reset(self, actor: Identity, user_id: str, *, client: Client = NOBODY) -> None:
        """Send somebody a reset letter. Nobody but they can choose the password."""
        require(self._kit, actor.user, Permission.USERS, client)
        user = self._user(user_id)
        notice, token = reset_letter(self._kit, user)
        made = event(self._kit, "admin:user:reset_started", user_id=user_id, actor_id=actor.user.id, client=client)
        self._kit.stores.tokens.add(token, letters=[notice], events=[made])

    def mark_compromised(self, actor: Identity, user_id: str, *, client: Client = NOBODY) -> User:
        """Note that somebody's password is known to others: their sessions end and the next login must change it."""
        user = self._change(
            actor,
            user_id,
            lambda now: None if now.must_change_password else replace(now, must_change_password=True),
            what="compromised",
            client=client,
        )
        sessions.end_all(self._kit, user_id, reason="compromised", client=client, actor_id=actor.user.id)
        return user

    def note_letters_retried(self, actor: Identity, *, client: Client = NOBODY) -> None:
        """Write down that letters that were given up are tried again; raises NotAllowed before anything is."""
        require(self._kit, actor.user, Permission.OUTBOX, client)
        self._kit.stores.audit.append([event(self._kit, "admin:outbox:retried", user_id="", actor_id=actor.user.id, client=client)])

    def _user(self, user_id: str) -> User:
        user = self._kit.stores.accounts.get(user_id)
        if user is None or user.deleted_at is not None:
            raise NotFound("There is no such account.")
        return user

    def _change(
        self,
        actor: Identity,
        user_id: str,
        change: Callable[[User], User | None],
        *,
        what: str,
        client: Client,
        data: dict[str, str] | None = None,
    ) -> User:
        kit = self._kit
        require(kit, actor.user, Permission.USERS, client)
        before = self._user(user_id)

        def events(now: User) -> Sequence[AuditEvent]:
            return [event(kit, f"admin:user:{what}", user_id=now.id, actor_id=actor.user.id, client=client, data=data)]

        wanted = change(before)
        loses_admin = wanted is not None and _is_admin(before) and not _is_admin(wanted)
        if loses_admin and kit.stores.accounts.count(role=Role.ADMIN) <= 1:
            raise LastAdmin
        user = change_user(kit, user_id, change, events=events)
        if loses_admin and kit.stores.accounts.count(role=Role.ADMIN) == 0:
            # Two administrators took the role from each other at the same moment: give it back rather than lock everybody out.
            change_user(kit, user_id, lambda now: replace(now, role=Role.ADMIN, is_active=True), events=events)
            raise LastAdmin
        return user

    def _record(self, actor: Identity, what: str, user_id: str, client: Client) -> None:
        made = event(self._kit, f"admin:user:{what}", user_id=user_id, actor_id=actor.user.id, client=client)
        self._kit.stores.audit.append([made])


def create_first(kit: Kit, form: register.RegisterForm) -> User:
    """Make an administrator whose address counts as proved: for the command line, whose user owns the machine anyway."""
    return _made_admin(kit, register.register(kit, form, NOBODY, invited=True).id)


def promote(kit: Kit, email: str) -> User:
    """Make an existing person an administrator: for the command line. Raises NotFound."""
    user = kit.stores.accounts.by_email(email_key(email))
    if user is None:
        raise NotFound("There is no account with this email address.")
    return _made_admin(kit, user.id)


def _made_admin(kit: Kit, user_id: str) -> User:
    return change_user(
        kit,
        user_id,
        lambda now: replace(now, role=Role.ADMIN, is_verified=True),
        events=lambda now: [event(kit, "admin:user:role", user_id=now.id, actor_id="", data={"role": Role.ADMIN.value})],
    )


def _is_admin(user: User) -> bool:
    return user.role is Role.ADMIN and user.is_active and user.deleted_at is None
