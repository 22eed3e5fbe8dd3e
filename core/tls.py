"""The certificates that are trusted when other services are asked."""

import ssl
from functools import cache


@cache
def certificates() -> ssl.SSLContext:
    """Return a TLS context for clients with the machine's own trusted certificates; loading them takes 50 ms, so all share one."""
    import truststore  # noqa: PLC0415 - only those who ask a service over https need it

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
