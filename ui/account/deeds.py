"""What happened to an account, in plain words."""

from collections.abc import Mapping

_SAID = {
    "account:register:success": "Account created",
    "account:login:success": "Signed in",
    "account:login:failure": "Wrong password at sign-in",
    "account:login:denied": "Sign-in refused",
    "account:login:limited": "Sign-in stopped after too many attempts",
    "account:logout:success": "Signed out",
    "account:session:ended": "A session was ended",
    "account:session:reuse": "A used sign-in token came back; its session was ended",
    "account:email:verified": "Email confirmed",
    "account:email:change_requested": "New email asked for",
    "account:email:changed": "Email changed",
    "account:password:changed": "Password changed",
    "account:password:reset_requested": "Letter for a new password asked for",
    "account:password:reset": "New password set by letter",
    "account:password_check:failure": "Wrong current password",
    "account:profile:changed": "Profile changed",
    "account:delete:requested": "Deletion asked for",
    "account:delete:done": "Account deleted",
    "admin:user:role": "Role changed",
    "admin:user:disabled": "Account switched off",
    "admin:user:enabled": "Account switched on",
    "admin:user:unlocked": "Failed sign-ins forgotten",
    "admin:user:sessions_ended": "Signed out everywhere",
    "admin:user:reset_started": "Letter for a new password sent by an administrator",
    "admin:user:compromised": "Password marked as known to others",
    "admin:user:everybody_signed_out": "Everybody was signed out",
    "admin:outbox:retried": "Letters tried again",
    "admin:invite:created": "Invite made",
    "admin:invite:revoked": "Invite taken back",
}
_REASONS = {
    "logout": "signed out",
    "ended_by_owner": "ended by you",
    "ended_by_admin": "ended by an administrator",
    "password_changed": "the password was changed",
    "password_reset": "a new password was set",
    "disabled": "the account was switched off",
    "compromised": "the password was marked as known to others",
    "too_many_sessions": "too many at once",
    "reuse": "its token was used twice",
}


def said(name: str, data: Mapping[str, str]) -> str:
    """Return an audit event in words; one without words of its own is named by its middle part."""
    words = _SAID.get(name) or name.replace(":", " ").replace("_", " ").capitalize()
    detail = data.get("role") or _REASONS.get(data.get("reason", ""), "")
    return f"{words}: {detail}" if detail else words
