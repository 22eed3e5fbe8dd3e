"""Where a browser says that a request comes from."""

from urllib.parse import urlsplit


def host_of(origin: str) -> str:
    """Return host and port that an `Origin` header names, "" where it names none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:  # such as `http://[`
        return ""
