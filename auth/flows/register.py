"""Making an account."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auth import names
from auth.errors import EmailTaken, InviteNeeded, LanguageInvalid, UsernameTaken
from auth.flows import invites, sessions
from auth.flows.common import ip_limit
from auth.flows.login import remember_device
from auth.flows.verify_email import verification_letter
from auth.kit import Kit
from auth.models import Client, OneTimeToken, Role, User
from auth.names import Email
from auth.passwords import PasswordHash
from auth.policy import Owner, Rules
from auth.results import SignedIn
from auth.trail import event
from core.errors import FieldProblem, ValidationFailed

_NUMBERED_TRIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterForm:
    """What a person gives to get an account. Only `email` and `password` are always needed.

    `confirmation` is compared when it is not None. Without a `username` one is made from the e-mail. With `names_needed` first and
    last name must both be given (the conversation's rule), with `full_name_needed` the full name (the page's, as in the registration
    dialect).
    """

    email: str
    password: str
    confirmation: str | None = None
    username: str | None = None
    first_name: str = ""
    last_name: str = ""
    full_name: str = ""
    speaking_language: str = "en"
    listening_language: str = "en"
    invite: str = ""
    names_needed: bool = False
    full_name_needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """A form without its password, every rule but uniqueness held."""

    email: Email
    username: str | None
    first_name: str
    last_name: str
    full_name: str
    speaking_language: str
    listening_language: str
    preferences: Mapping[str, object]
    invite: OneTimeToken | None


def register(
    kit: Kit, form: RegisterForm, client: Client, *, rules: Rules = Rules.FULL, preferences: object = None, invited: bool = False
) -> User:
    """Make an account and send its verification letter. `invited` is for the operator, who needs no invite.

    Raises ValidationFailed with every broken rule, LanguageInvalid, InviteNeeded, EmailTaken, UsernameTaken, TooManyAttempts.
    """
    ip_limit(kit, "signup", client)
    checked = _check(kit, form, rules, preferences=preferences, invited=invited)
    # Asked before the costly hash; the store decides again when it writes.
    _refuse_taken(kit, checked)
    return _store(kit, checked, kit.hasher.hash(form.password), client)


def register_with_hash(kit: Kit, form: RegisterForm, password_hash: PasswordHash, client: Client) -> SignedIn:
    """Make an account for the signup assistant, which hashed the password at its own step, and sign it in.

    `form.password` is not looked at. Raises as `register`.
    """
    ip_limit(kit, "signup", client)
    checked = _check(kit, form, None)
    user = _store(kit, checked, password_hash, client)
    return enter_new(kit, user, client)


def enter_new(kit: Kit, user: User, client: Client, *, refreshable: bool = True) -> SignedIn:
    """Sign a person in who has made the account just now; their first device is no news to them."""
    device_hash = remember_device(kit, user.id, client)
    events = [event(kit, "account:login:success", user_id=user.id, client=client)]
    return sessions.begin(kit, user, client, refreshable=refreshable, device_hash=device_hash, events=events)


def suggest_usernames(kit: Kit, base: str, *, n: int = 3) -> list[str]:
    """Return up to `n` free usernames that are like `base`."""
    free = (name for name in itertools.islice(names.username_candidates(base), 50) if is_username_free(kit, name))
    return list(itertools.islice(free, n))


def is_email_free(kit: Kit, email: str) -> bool:
    """Tell whether no account has this address (False for what is not an address)."""
    key = names.email_key(email)
    return bool(key) and kit.stores.accounts.by_email(key) is None


def is_username_free(kit: Kit, username: str) -> bool:
    """Tell whether the username is valid, not reserved and not taken."""
    return names.username_problem(username) is None and kit.stores.accounts.by_username(username.casefold()) is None


def _check(kit: Kit, form: RegisterForm, rules: Rules | None, *, preferences: object = None, invited: bool = False) -> _Checked:
    email = names.parse_email(form.email)
    first, last, full = (names.clean_name(text) for text in (form.first_name, form.last_name, form.full_name))
    username = form.username.strip() if form.username is not None else None
    problems = [email] if isinstance(email, FieldProblem) else []
    if username is not None:
        problems += _given(names.username_problem(username))
    problems += _name_problems(first, last, full, form)
    if rules is not None:
        owner = Owner(email=form.email.strip(), username=username or "", names=(first, last, full))
        problems += kit.policy.problems(form.password, rules=rules, owner=owner, breaches=not problems)
        if form.confirmation is not None and form.confirmation != form.password:
            problems.append(FieldProblem("confirm_password", "The two passwords are not the same.", "PASSWORD_MISMATCH"))
    kept = names.merge_preferences({}, preferences if preferences is not None else {})
    if isinstance(kept, FieldProblem):
        problems.append(kept)
    if problems or isinstance(email, FieldProblem) or isinstance(kept, FieldProblem):
        raise ValidationFailed(problems)
    speaking, listening = _languages(form)
    return _Checked(
        email=email,
        username=username,
        first_name=first,
        last_name=last,
        full_name=full or f"{first} {last}".strip(),
        speaking_language=speaking,
        listening_language=listening,
        preferences=kept,
        invite=None if invited else _invite(kit, form, email),
    )


def _name_problems(first: str, last: str, full: str, form: RegisterForm) -> Iterator[FieldProblem]:
    for field, label, text in (("first_name", "First name", first), ("last_name", "Last name", last)):
        if text or form.names_needed:
            yield from _given(names.name_problem(field, text, label=label))
    yield from _given(names.full_name_problem("full_name", full, needed=form.full_name_needed))


def _languages(form: RegisterForm) -> tuple[str, str]:
    speaking = names.parse_language("speaking_language", form.speaking_language)
    listening = names.parse_language("listening_language", form.listening_language)
    if isinstance(speaking, FieldProblem) or isinstance(listening, FieldProblem):
        raise LanguageInvalid([found for found in (speaking, listening) if isinstance(found, FieldProblem)])
    return speaking, listening


def _invite(kit: Kit, form: RegisterForm, email: Email) -> OneTimeToken | None:
    if not form.invite and not kit.config.invite_only:
        return None
    invite = invites.find(kit, form.invite, email=email.address)
    if invite is None and kit.config.invite_only:
        raise InviteNeeded
    return invite


def _refuse_taken(kit: Kit, checked: _Checked) -> None:
    if kit.stores.accounts.by_email(checked.email.key) is not None:
        raise EmailTaken
    if checked.username is not None and kit.stores.accounts.by_username(checked.username.casefold()) is not None:
        raise UsernameTaken


def _store(kit: Kit, checked: _Checked, password_hash: PasswordHash, client: Client) -> User:
    if checked.invite is not None and not invites.use(kit, checked.invite):
        raise InviteNeeded
    for username in _usernames(kit, checked):
        user = _user(kit, checked, username, password_hash)
        letters, tokens = ((), ()) if user.is_verified else verification_letter(kit, user)
        made = event(kit, "account:register:success", user_id=user.id, client=client)
        try:
            kit.stores.accounts.add(user, tokens=tokens, letters=letters, events=[made])
        except UsernameTaken:
            if checked.username is not None:
                raise
            continue
        if checked.invite is not None:
            invites.forget(kit, checked.invite)
        return user
    raise UsernameTaken


def _usernames(kit: Kit, checked: _Checked) -> Iterator[str]:
    """Yield what to call the account: as chosen, else derived and numbered, at last with a random end."""
    if checked.username is not None:
        yield checked.username
        return
    base = checked.email.address.rpartition("@")[0]
    yield from itertools.islice(names.username_candidates(base), _NUMBERED_TRIES)
    stem = next(names.username_candidates(base))[:20]
    while True:
        random_end = "".join(ch for ch in kit.ids.new("u")[2:] if ch.isalnum())[:8].lower()
        yield f"{stem}{random_end}"


def _user(kit: Kit, checked: _Checked, username: str, password_hash: PasswordHash) -> User:
    now = kit.clock.now()
    invited = checked.invite.data if checked.invite is not None else {}
    return User(
        id=kit.ids.new("usr"),
        email=checked.email.address,
        email_key=checked.email.key,
        username=username,
        username_key=username.casefold(),
        password_hash=password_hash.value,
        password_key_id=password_hash.key_id,
        first_name=checked.first_name,
        last_name=checked.last_name,
        full_name=checked.full_name,
        role=Role(invited.get("role", Role.LEARNER)),
        # An invite that went to this address by letter has proved that it is theirs.
        is_verified=bool(invited.get("email_key")) and invited.get("sent") == "yes",
        speaking_language=checked.speaking_language,
        listening_language=checked.listening_language,
        preferences=checked.preferences,
        created_at=now,
        updated_at=now,
        password_changed_at=now,
    )


def _given(problem: FieldProblem | None) -> list[FieldProblem]:
    return [] if problem is None else [problem]
