"""The signup assistant: gives it the accounts, the conversations' store and, where one is configured, a model."""

from collections.abc import Mapping, Sequence

from auth import AuthService, names
from auth.flows.register import RegisterForm, enter_new
from auth.models import Client as AuthClient
from auth.passwords import PasswordHash
from auth.policy import Owner
from auth.results import SignedIn
from core.errors import FieldProblem
from signup.models import HashedPassword, NewAccount, Opened
from signup.ports import Client, Interpreter
from signup.service import SignupService
from wiring.base import Base
from wiring.interpreter import ModelInterpreter


def signup_service(base: Base, auth: AuthService) -> SignupService:
    """Return the assistant. A model helps only where a real one is configured and the settings do not forbid it."""
    settings = base.settings
    interpreter: Interpreter | None = ModelInterpreter(base.models) if settings.signup.model_help and base.models.has_models else None
    return SignupService(
        store=base.stores.signup_sessions,
        accounts=SignupAccounts(auth),
        clock=base.clock,
        ids=base.ids,
        ttl_seconds=settings.signup.session_ttl_seconds,
        interpreter=interpreter,
        by_invitation=settings.auth.invite_only,
    )


class SignupAccounts:
    """`signup.ports.Accounts` over the accounts component."""

    def __init__(self, auth: AuthService) -> None:
        """Ask `auth`."""
        self._auth = auth

    def email_problems(self, email: str) -> Sequence[FieldProblem]:
        """Return the broken rules of an address."""
        found = names.parse_email(email)
        return (found,) if isinstance(found, FieldProblem) else ()

    def username_problems(self, username: str) -> Sequence[FieldProblem]:
        """Return the broken rules of a username."""
        found = names.username_problem(username)
        return () if found is None else (found,)

    def name_problems(self, name: str, *, field: str) -> Sequence[FieldProblem]:
        """Return the broken rules of a name."""
        found = names.name_problem(field, names.clean_name(name), label="First name" if field == "first_name" else "Last name")
        return () if found is None else (found,)

    def password_problems(self, password: str, *, known: Mapping[str, str]) -> Sequence[FieldProblem]:
        """Return the broken rules of a password."""
        owner = Owner(
            email=known.get("email", ""),
            username=known.get("username", ""),
            names=tuple(known[name] for name in ("first_name", "last_name") if name in known),
        )
        return self._auth.check_password(password, owner=owner)

    def is_email_free(self, email: str) -> bool:
        """Tell whether no account has this address."""
        return self._auth.is_email_free(email)

    def is_username_free(self, username: str) -> bool:
        """Tell whether no account has this username."""
        return self._auth.is_username_free(username)

    def suggest_usernames(self, wanted: str, *, count: int) -> Sequence[str]:
        """Return free usernames like `wanted`."""
        return self._auth.suggest_usernames(wanted, count)

    def hash_password(self, password: str) -> HashedPassword:
        """Hash a password."""
        hashed = self._auth.hash_password(password)
        return HashedPassword(hash=hashed.value, key_id=hashed.key_id)

    def create_account(self, account: NewAccount, *, client: Client) -> Opened:
        """Create the account and sign the person in."""
        form = RegisterForm(
            email=account.email,
            password="",
            username=account.username,
            first_name=account.first_name,
            last_name=account.last_name,
            names_needed=True,
        )
        hashed = PasswordHash(value=account.password.hash, key_id=account.password.key_id)
        return _opened(self._auth.create_with_hash(form, hashed, client=_client(client)))

    def sign_in(self, user_id: str, *, client: Client) -> Opened | None:
        """Sign in an account that a conversation made moments ago."""
        user = self._auth.get_user(user_id)
        if user is None or not user.is_active or user.deleted_at is not None or user.must_change_password:
            return None
        return _opened(enter_new(self._auth.kit, user, _client(client)))


def _client(client: Client) -> AuthClient:
    return client if isinstance(client, AuthClient) else AuthClient(ip=client.ip)


def _opened(signed_in: SignedIn) -> Opened:
    return Opened(user_id=signed_in.user.id, access_token=signed_in.access_token, refresh_token=signed_in.refresh_token)
