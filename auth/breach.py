"""The breach list over the network, asked by range so that the password never leaves."""

import hashlib

from core import log

TIMEOUT_SECONDS = 2.0
_PREFIX = 5
_OK = 200
_MOST_BYTES = 1_000_000  # a padded answer has some 40,000
_log = log.get("auth.breach")


class PwnedRange:
    """Asks a "Pwned Passwords" range service: five hex characters of the SHA-1 go out, some hundred suffixes come back.

    The answer is padded (`Add-Padding`), so that not even its size tells the prefix to somebody who watches the line.
    """

    def __init__(self, *, url: str) -> None:
        """Take the address up to and including the last slash before the prefix."""
        self._url = url.rstrip("/") + "/"

    def contains(self, password: str) -> bool:
        """Tell whether the password is in the list; False (and a log line) when the service does not answer in two seconds."""
        from urllib3.exceptions import HTTPError  # noqa: PLC0415 - up to 100 ms that a start need not pay

        sha1 = hashlib.sha1(password.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest().upper()
        try:
            status, text = self._range(sha1[:_PREFIX])
        except HTTPError as error:
            return _unknown(type(error).__name__)
        return _listed(text, sha1[_PREFIX:]) if status == _OK else _unknown(f"HTTP {status}")

    def _range(self, prefix: str) -> tuple[int, str]:
        """Return the answer's status and text. Raises `urllib3.exceptions.HTTPError`."""
        from core.connections import Connections, Deadline  # noqa: PLC0415 - as there

        call = Deadline(TIMEOUT_SECONDS)
        with (
            Connections(self._url + prefix) as connections,
            connections.get({"Add-Padding": "true"}, call=call, connect_seconds=TIMEOUT_SECONDS) as answer,
        ):
            return answer.status, answer.read(_MOST_BYTES).decode("ascii", "replace")


def _unknown(fault: str) -> bool:
    """Note that the service could not be asked; nobody is refused for that."""
    _log.warning("breach list not reachable, using the bundled list alone", extra={"fault": fault})
    return False


def _listed(text: str, suffix: str) -> bool:
    for line in text.splitlines():
        known, _, count = line.strip().partition(":")
        if known.upper() == suffix:
            return count.strip() != "0"  # padding lines have a count of zero
    return False
