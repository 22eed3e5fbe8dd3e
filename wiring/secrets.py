"""Keys that a laptop makes for itself: generated once, kept owner-readable in the data folder."""

import os
import secrets
from pathlib import Path

from core import log
from core.errors import ConfigurationError
from core.settings import Settings

_log = log.get("wiring")


def signing_key(settings: Settings) -> str:
    """Return the key for access tokens: the configured one, or (in development) the data folder's own."""
    return settings.signing_key or _kept(settings, "secret_key")


def password_pepper(settings: Settings) -> str:
    """Return the key that passwords are keyed with: the configured one, or (in development) the data folder's own."""
    return settings.security.password_pepper.get_secret_value() or _kept(settings, "password_pepper")


def make_data_folder(settings: Settings) -> None:
    """Create the data folder, for its owner only. Raises ConfigurationError when it cannot be used."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ConfigurationError(f"DATA_DIR {settings.data_dir} cannot be used: {error.strerror}.") from error


def _kept(settings: Settings, name: str) -> str:
    """Return the secret kept in the data folder; the first of several starting processes makes it, the others read it."""
    path = settings.data_dir / name
    part = settings.data_dir / f"{name}.{os.getpid()}.part"
    if not path.exists():
        _write_private(part, secrets.token_urlsafe(48))
        try:
            os.link(part, path)
        except FileExistsError:
            pass
        else:
            _log.warning("made a development key", extra={"kept_in": str(path)})
        finally:
            part.unlink(missing_ok=True)
    return path.read_text(encoding="ascii").strip()


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
