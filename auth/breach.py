"""The breach list over the network, asked by range so that the password never leaves."""

import hashlib
from typing import TYPE_CHECKING

from core import log

if TYPE_CHECKING:
    import httpx2

TIMEOUT_SECONDS = 2.0
_PREFIX = 5
_log = log.get("auth.breach")


class PwnedRange:
    """Asks a "Pwned Passwords" range service: five hex characters of the SHA-1 go out, some hundred suffixes come back.

    The answer is padded (`Add-Padding`), so that not even its size tells the prefix to somebody who watches the line.
    """

    def __init__(self, *, url: str, transport: "httpx2.BaseTransport | None" = None) -> None:
        """Take the address up to and including the last slash before the prefix."""
        self._url = url.rstrip("/") + "/"
        self._transport = transport

    def contains(self, password: str) -> bool:
        """Tell whether the password is in the list; False (and a log line) when the service does not answer in two seconds."""
        import httpx2  # noqa: PLC0415 - 60 ms that a start need not pay

        sha1 = hashlib.sha1(password.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest().upper()
        try:
            with httpx2.Client(timeout=TIMEOUT_SECONDS, transport=self._transport) as client:
                answer = client.get(self._url + sha1[:_PREFIX], headers={"Add-Padding": "true", "User-Agent": "viva"})
                answer.raise_for_status()
        except httpx2.HTTPError as error:
            _log.warning("breach list not reachable, using the bundled list alone", extra={"fault": type(error).__name__})
            return False
        return _listed(answer.text, sha1[_PREFIX:])


def _listed(text: str, suffix: str) -> bool:
    for line in text.splitlines():
        known, _, count = line.strip().partition(":")
        if known.upper() == suffix:
            return count.strip() != "0"  # padding lines have a count of zero
    return False
