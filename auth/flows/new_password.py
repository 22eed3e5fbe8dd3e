"""What change, reset and forced change of a password share."""

from auth.flows.common import stored_hash
from auth.kit import Kit
from auth.models import User
from auth.passwords import PasswordHash
from auth.policy import Owner, Rules
from core.errors import FieldProblem, ValidationFailed


def checked_hash(kit: Kit, user: User, password: str, confirmation: str | None, *, field: str = "new_password") -> PasswordHash:
    """Return the hash of a new password for this person. Raises ValidationFailed with every broken rule.

    A password known to others must not be chosen again.
    """
    owner = Owner(email=user.email, username=user.username, names=(user.first_name, user.last_name, user.full_name))
    problems = kit.policy.problems(password, rules=Rules.FULL, owner=owner, field=field)
    if confirmation is not None and confirmation != password:
        problems.append(FieldProblem("confirm_password", "The two passwords are not the same.", "PASSWORD_MISMATCH"))
    if not problems and user.must_change_password and kit.hasher.verify(password, stored_hash(user)):
        problems.append(FieldProblem(field, "Please choose a password that you have not used here before.", "PASSWORD_REUSED"))
    if problems:
        raise ValidationFailed(problems)
    return kit.hasher.hash(password)
