"""`AuthService`: everything that pages, routes and other components may ask of accounts and sessions."""

from collections.abc import Iterator, Mapping

from auth.flows import (
    admin,
    browser,
    change_email,
    change_password,
    delete_account,
    export,
    housekeeping,
    invites,
    login,
    profile,
    reset_password,
    sessions,
    verify_email,
)
from auth.flows import register as registration
from auth.flows.register import RegisterForm
from auth.kit import Kit
from auth.models import AuditEvent, Client, Role, Session, User
from auth.passwords import PasswordHash
from auth.permissions import Permission, permissions_of, require
from auth.policy import Owner, Rules
from auth.results import BrowserGrant, Identity, Invite, SessionView, SignedIn, Verification
from auth.tokens import AccessToken
from auth.wire import answer, form_of, login_of
from core.errors import FieldProblem

NOBODY = Client()
"""A caller inside the process: no network address, so limits per address do not apply to it."""


class AuthService:
    """The face of the component; each method is one flow of `auth.flows`.

    Without a kit it keeps everything in memory and forgets it at the end of the process. Errors are those of `auth.errors` and
    `core.errors`; every method may also raise `StoreUnavailable`, and nobody is let in then.
    """

    def __init__(self, *, kit: Kit | None = None) -> None:
        """Work with the given parts, or with parts in memory."""
        if kit is None:
            from auth.memory import memory_kit  # noqa: PLC0415 - only for those who give nothing

            kit = memory_kit()
        self.kit = kit

    # The documented in-process API: dictionaries in, dictionaries out.

    def register_user(self, user_data: Mapping[str, object], *, client: Client = NOBODY) -> dict[str, object]:
        """Make an account and sign it in; return the public profile with tokens and a `message`.

        Keys: `email`, `password`, and if wanted `confirm_password` (or `password2`), `username`, `name` (or `full_name`,
        `first_name`, `last_name`), `speaking_language`, `listening_language`, `preferences`, `invite`.
        """
        form, preferences = form_of(user_data)
        signed_in = self.register_and_sign_in(form, client=client, preferences=preferences)
        return answer(signed_in, "Welcome. Your account is ready.")

    def login_user(self, credentials: Mapping[str, object], *, client: Client = NOBODY) -> dict[str, object]:
        """Sign in with `email` or `username`, and `password`; return the public profile with tokens."""
        name, password = login_of(credentials)
        return answer(self.login(name, password, client=client), "You are signed in.")

    def validate_token(self, token: str, *, client: Client = NOBODY) -> dict[str, object]:
        """Return the public profile of the token's owner, with `valid` and `session_id`. Raises NotSignedIn."""
        who = self.authenticate(token, client=client)
        return {**profile.public(who.user), "valid": True, "session_id": who.session.id}

    def logout_user(self, token: str, *, client: Client = NOBODY) -> bool:
        """End the session of an access or refresh token; False if there was none to end."""
        return sessions.logout(self.kit, token, client)

    # Accounts

    def register(self, form: RegisterForm, *, client: Client = NOBODY, rules: Rules = Rules.FULL) -> User:
        """Make an account and queue its verification letter. See `auth.flows.register.register`."""
        return registration.register(self.kit, form, client, rules=rules)

    def register_and_sign_in(
        self,
        form: RegisterForm,
        *,
        client: Client = NOBODY,
        rules: Rules = Rules.FULL,
        refreshable: bool = True,
        preferences: object = None,
    ) -> SignedIn:
        """Make an account and sign it in at once."""
        user = registration.register(self.kit, form, client, rules=rules, preferences=preferences)
        return registration.enter_new(self.kit, user, client, refreshable=refreshable)

    def create_with_hash(self, form: RegisterForm, password_hash: PasswordHash, *, client: Client = NOBODY) -> SignedIn:
        """Make an account whose password was hashed before (signup assistant), and sign it in. `form.password` is not used."""
        return registration.register_with_hash(self.kit, form, password_hash, client)

    def is_email_free(self, email: str) -> bool:
        """Tell whether no account has this address."""
        return registration.is_email_free(self.kit, email)

    def is_username_free(self, username: str) -> bool:
        """Tell whether the username is valid, not reserved and not taken."""
        return registration.is_username_free(self.kit, username)

    def suggest_usernames(self, base: str, n: int = 3) -> list[str]:
        """Return up to `n` free usernames like `base`."""
        return registration.suggest_usernames(self.kit, base, n=n)

    def check_password(self, password: str, *, rules: Rules = Rules.FULL, owner: Owner | None = None) -> list[FieldProblem]:
        """Return every rule that a new password breaks."""
        return self.kit.policy.problems(password, rules=rules, owner=owner)

    def hash_password(self, password: str) -> PasswordHash:
        """Return a hash for `create_with_hash`."""
        return self.kit.hasher.hash(password)

    def get_user(self, user_id: str) -> User | None:
        """Return an account, or None."""
        return self.kit.stores.accounts.get(user_id)

    def public_profile(self, user: User) -> dict[str, object]:
        """Return the account as its owner may see it."""
        return profile.public(user)

    def update_profile(self, who: Identity, changes: Mapping[str, object], *, client: Client = NOBODY) -> User:
        """Change names, username, languages, target level, preferences (merged). Other keys are ignored."""
        return profile.update(self.kit, who.user, changes, client)

    def permissions_of(self, role: Role) -> tuple[Permission, ...]:
        """Return the rights of a role."""
        return permissions_of(role)

    def require(self, who: Identity, permission: Permission, *, client: Client = NOBODY) -> None:
        """Raise NotAllowed if the person lacks a right at this moment."""
        require(self.kit, who.user, permission, client)

    def require_verified(self, user: User) -> None:
        """Raise EmailNotVerified where unverified accounts are kept out."""
        verify_email.require_verified(self.kit, user)

    # Signing in and out

    def login(self, name: str, password: str, *, client: Client = NOBODY, refreshable: bool = True) -> SignedIn:
        """Sign in by e-mail or username. `refreshable=False` for browsers. See `auth.flows.login.login`."""
        return login.login(self.kit, name, password, client, refreshable=refreshable)

    def refresh(self, refresh_token: str, *, client: Client = NOBODY) -> SignedIn:
        """Swap a refresh token for new tokens. See `auth.flows.sessions.refresh`."""
        return sessions.refresh(self.kit, refresh_token, client)

    def authenticate(self, token: str, *, client: Client = NOBODY, even_if_must_change: bool = False) -> Identity:
        """Return who presents an access token, re-reading session and account. Raises NotSignedIn, PasswordChangeNeeded."""
        return sessions.authenticate(self.kit, token, client, even_if_must_change=even_if_must_change)

    def recognise(self, token: str, *, even_if_must_change: bool = False) -> Identity:
        """Do as `authenticate` without writing anything down; call `note_use` where `is_use_due`. Takes microseconds on SQLite."""
        return sessions.recognise(self.kit, token, even_if_must_change=even_if_must_change)

    def is_use_due(self, who: Identity) -> bool:
        """Tell whether it is time to note that a session is used: once a minute at most."""
        return sessions.is_use_due(self.kit, who)

    def note_use(self, who: Identity, *, client: Client = NOBODY) -> None:
        """Write down that a session is used now, which puts off its idle end. What cannot be written refuses nobody."""
        sessions.note_use(self.kit, who, client)

    def session_from_cookie(self, cookie: str, *, client: Client = NOBODY, even_if_must_change: bool = False) -> Identity:
        """Return who presents a browser's cookie, as of now. Raises as `authenticate`."""
        return sessions.from_cookie(self.kit, cookie, client, even_if_must_change=even_if_must_change)

    def recheck(self, session_id: str, *, client: Client = NOBODY, even_if_must_change: bool = False) -> Identity:
        """Return the identity of a session that the caller keeps on the server side, re-read now. Raises as `authenticate`."""
        return sessions.recheck(self.kit, session_id, client, even_if_must_change=even_if_must_change)

    def access_token_for(self, session: Session) -> AccessToken:
        """Mint an access token for a session that was just recognised."""
        return sessions.access_token_for(self.kit, session)

    def start_handoff(self, session_id: str) -> str:
        """Return a one-time code for the route that sets the cookie."""
        return browser.start_handoff(self.kit, session_id)

    def redeem_handoff(self, code: str, *, client: Client = NOBODY) -> BrowserGrant:
        """Swap a code for cookie values. Raises TokenRefused."""
        return browser.redeem_handoff(self.kit, code, client)

    def list_sessions(self, who: Identity) -> list[SessionView]:
        """Return the person's living sessions."""
        return sessions.list_of(self.kit, who)

    def is_recent(self, who: Identity) -> bool:
        """Tell whether the login is so young that ending sessions asks for no password."""
        return sessions.is_recent(self.kit, who)

    def end_session(self, who: Identity, session_id: str, *, current_password: str = "", client: Client = NOBODY) -> bool:
        """End one of the person's sessions. Raises NotFound for anybody else's; PasswordNeeded unless it is this one or `is_recent`."""
        return sessions.end_one_of(self.kit, who, session_id, current_password, client)

    def end_other_sessions(self, who: Identity, *, current_password: str = "", client: Client = NOBODY) -> int:
        """End all sessions of the person but this one. Raises PasswordNeeded unless `is_recent`."""
        sessions.prove_recent(self.kit, who, current_password, client)
        return sessions.end_all(self.kit, who.user.id, reason="ended_by_owner", keep=who.session.id, client=client)

    def logout(self, who: Identity, *, client: Client = NOBODY) -> bool:
        """End the session that the person is in."""
        return sessions.end(self.kit, who.session, reason="logout", client=client, name="account:logout:success")

    def logout_everywhere(self, who: Identity, *, current_password: str = "", client: Client = NOBODY) -> int:
        """End all sessions of the person, this one too. Raises PasswordNeeded unless `is_recent`."""
        sessions.prove_recent(self.kit, who, current_password, client)
        return sessions.end_all(self.kit, who.user.id, reason="logout", client=client)

    # Letters with links

    def verify_email(self, token: str, *, client: Client = NOBODY) -> Verification:
        """Prove an address by the link of its letter. Raises TokenRefused."""
        return verify_email.verify(self.kit, token, client)

    def peek_verification(self, token: str) -> str:
        """Return `ready`, `already_verified` or `refused`, changing nothing."""
        return verify_email.peek(self.kit, token)

    def resend_verification(self, email: str, *, client: Client = NOBODY) -> None:
        """Send the letter again; says nothing about whether there is such an account."""
        verify_email.resend(self.kit, email, client)

    def forgot_password(self, email: str, *, client: Client = NOBODY) -> None:
        """Send a reset letter; says nothing about whether there is such an account."""
        reset_password.forgot(self.kit, email, client)

    def peek_reset(self, token: str) -> bool:
        """Tell whether a reset link can be used, changing nothing."""
        return reset_password.peek(self.kit, token)

    def reset_password(self, token: str, new_password: str, *, confirmation: str | None = None, client: Client = NOBODY) -> User:
        """Set a new password by the link of a letter; ends all sessions. Raises TokenRefused, ValidationFailed."""
        return reset_password.reset(self.kit, token, new_password, confirmation, client)

    def change_password(
        self, who: Identity, current: str, new: str, *, confirmation: str | None = None, client: Client = NOBODY
    ) -> SignedIn:
        """Set a new password; ends all other sessions and gives this one new tokens (its old ones, and its cookie, are dead)."""
        return change_password.change(self.kit, who, current, new, confirmation=confirmation, client=client)

    def request_email_change(self, who: Identity, new_email: str, current_password: str, *, client: Client = NOBODY) -> None:
        """Send a link to the new address. Raises PasswordNeeded, ValidationFailed, EmailTaken."""
        change_email.request(self.kit, who, new_email, current_password, client)

    def confirm_email_change(self, token: str, *, client: Client = NOBODY) -> User:
        """Change the address by the link that went to it; the old address is told. Raises TokenRefused, EmailTaken."""
        return change_email.confirm(self.kit, token, client)

    def delete_account(self, who: Identity, current_password: str, *, client: Client = NOBODY) -> None:
        """Remove the account and everything of it from every store. Raises PasswordNeeded, LastAdmin."""
        delete_account.delete(self.kit, who, current_password, client)

    def own_events(self, who: Identity, *, limit: int = 50) -> list[AuditEvent]:
        """Return what happened to the person's account, newest first."""
        return self.kit.stores.audit.of_user(who.user.id, before=None, limit=limit)

    def export(self, who: Identity) -> dict[str, object]:
        """Return `profile`, `preferences` and `sessions` of the person, to take along: plain values, nothing secret."""
        return export.account(self.kit, who)

    def export_events(self, who: Identity) -> Iterator[dict[str, object]]:
        """Yield everything that happened to the person's account, newest first."""
        return export.events(self.kit, who)

    # Invites and administration

    def create_invite(self, actor: Identity, *, email: str = "", role: Role = Role.LEARNER, client: Client = NOBODY) -> Invite:
        """Make an invite (and send it)."""
        return invites.create(self.kit, actor, client, email=email, role=role)

    def open_invites(self, actor: Identity, *, client: Client = NOBODY) -> list[Invite]:
        """Return the invites that can still be used."""
        return invites.open_ones(self.kit, actor, client)

    def revoke_invite(self, actor: Identity, invite_id: str, *, client: Client = NOBODY) -> None:
        """Take an invite back."""
        invites.revoke(self.kit, actor, client, invite_id=invite_id)

    def peek_invite(self, token: str) -> Invite | None:
        """Return what an invite is for, or None."""
        return invites.peek(self.kit, token)

    @property
    def admin(self) -> admin.Admin:
        """What administrators may do."""
        return admin.Admin(self.kit)

    # The operator's side

    def create_admin(self, form: RegisterForm) -> User:
        """Make an administrator; only for the command line."""
        return admin.create_first(self.kit, form)

    def promote_to_admin(self, email: str) -> User:
        """Make an existing person an administrator; only for the command line. Raises NotFound."""
        return admin.promote(self.kit, email)

    def finish_deletions(self) -> int:
        """Finish account deletions that a crash interrupted; to be called at start-up. Returns how many."""
        return delete_account.finish_all(self.kit)

    def tidy(self) -> int:
        """Remove sessions and one-time tokens that ended a day ago or more; return how many. To be called now and then."""
        return housekeeping.tidy(self.kit)
