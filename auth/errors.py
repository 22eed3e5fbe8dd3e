"""Faults of accounts and sessions, each with its stable code and default sentence."""

from collections.abc import Sequence

from core.errors import AppError, FieldProblem, Kind


class EmailTaken(AppError):
    """An account with this e-mail exists."""

    code = "EMAIL_ALREADY_REGISTERED"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Name the field that is at fault."""
        message = "An account with this email already exists."
        super().__init__(message, problems=[FieldProblem("email", message, self.code)])


class UsernameTaken(AppError):
    """An account with this username exists."""

    code = "USERNAME_TAKEN"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Name the field that is at fault."""
        message = "That username is already taken."
        super().__init__(message, problems=[FieldProblem("username", message, self.code)])


class BadCredentials(AppError):
    """Unknown account or wrong password: nobody can tell which."""

    code = "INVALID_CREDENTIALS"
    kind = Kind.UNAUTHENTICATED

    def __init__(self, message: str = "The email or password is not correct.") -> None:
        """Say no more than that the pair does not fit."""
        super().__init__(message)


class NotSignedIn(AppError):
    """No token, or one that is forged, expired, revoked or of another kind."""

    code = "NOT_AUTHENTICATED"
    kind = Kind.UNAUTHENTICATED

    def __init__(self, message: str = "Please sign in.") -> None:
        """Say what to do."""
        super().__init__(message)


class EmailNotVerified(AppError):
    """The account's e-mail must be confirmed first."""

    code = "EMAIL_NOT_VERIFIED"
    kind = Kind.FORBIDDEN

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Please confirm your email address first. We sent you a letter with a link.")


class NotAllowed(AppError):
    """Signed in, but without the right to do this."""

    code = "FORBIDDEN"
    kind = Kind.FORBIDDEN

    def __init__(self, message: str = "You do not have the right to do this.") -> None:
        """Say it plainly."""
        super().__init__(message)


class PasswordNeeded(AppError):
    """This act asks for the current password, and it was missing or wrong."""

    code = "REAUTHENTICATION_REQUIRED"
    kind = Kind.FORBIDDEN

    def __init__(self, message: str = "Please enter your current password to do this.") -> None:
        """Name the field that is at fault."""
        super().__init__(message, problems=[FieldProblem("current_password", message, self.code)])


class TokenRefused(AppError):
    """A link's or letter's token is unknown, used, expired or meant for something else."""

    code = "TOKEN_INVALID"
    kind = Kind.INVALID

    def __init__(self, message: str = "This link is not valid any more. Please ask for a new one.") -> None:
        """Say what to do."""
        super().__init__(message)


class InviteNeeded(AppError):
    """Sign-up is closed to people without an invite."""

    code = "INVITE_REQUIRED"
    kind = Kind.FORBIDDEN

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Signing up needs an invite here. Please ask the person who runs this site for one.")


class AccountDisabled(AppError):
    """The password is right, but the account was switched off; said only to somebody who knows the password."""

    code = "ACCOUNT_DISABLED"
    kind = Kind.UNAUTHENTICATED

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This account has been switched off. Please write to the person who runs this site.")


class PasswordChangeNeeded(AppError):
    """The password is known to others: nothing but changing it (or signing out) is possible."""

    code = "PASSWORD_CHANGE_REQUIRED"
    kind = Kind.FORBIDDEN

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Please choose a new password before you go on. The current one may be known to somebody else.")


class LanguageInvalid(AppError):
    """A language tag is not BCP-47."""

    code = "LANGUAGE_INVALID"
    kind = Kind.SYNTAX

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        """Name the fields that are at fault."""
        super().__init__(problems[0].message, problems=problems)


class LastAdmin(AppError):
    """Without this account nobody could look after the site."""

    code = "LAST_ADMIN"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This is the only administrator. Please make somebody else an administrator first.")


class Busy(AppError):
    """Too many people are signing in at this moment."""

    code = "BUSY"
    kind = Kind.UNAVAILABLE

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Many people are signing in right now. Please try again in a moment.")


class Conflict(AppError):
    """The same record was changed by somebody else again and again while we tried to."""

    code = "CONFLICT"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This was changed at the same time from somewhere else. Please try again.")
