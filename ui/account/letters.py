"""Where letters can be found on a machine that sends none."""

from ui import session


def folder() -> str:
    """Return the folder that letters are written to, in development only; otherwise an empty string."""
    settings = session.services().settings
    if settings.is_production or settings.mail_transport != "file":
        return ""
    return str((settings.data_dir / "mail").resolve())
