"""What stands in front of pages and HTTP API alike."""

from collections.abc import Callable, Iterable

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from api.middleware.client_address import ClientAddress
from api.middleware.dispatch import Dispatch
from api.middleware.one_length import OneLength
from api.middleware.page_crowd import PageCrowd
from api.middleware.page_socket import PageSocket
from api.middleware.page_uploads import PageUploads
from api.middleware.request_id import RequestId
from api.middleware.security_headers import SecurityHeaders
from wiring import Services


def middleware(
    services: Services, api: FastAPI, *, scripts: Iterable[str], wanted: Callable[[bytes], bool], largest_upload: int
) -> list[Middleware]:
    """Return what every request passes on its way to the pages, outermost first; `api` is on that way.

    `scripts` are the inline scripts of pages, `wanted` tells which messages pages need, and `largest_upload` is in bytes.
    """
    settings = services.settings
    return [
        Middleware(RequestId, ids=services.ids),
        Middleware(ClientAddress, trusted=settings.security.trusted_proxies),
        Middleware(SecurityHeaders, scripts=scripts, https=settings.is_https),
        Middleware(OneLength),
        Middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts or ("*",), www_redirect=False),
        Middleware(Dispatch, api=api),
        # From here on only what goes to the pages.
        Middleware(PageSocket, public_url=settings.public_url, wanted=wanted),
        Middleware(PageCrowd, services=services, most=settings.security.open_pages_per_address),
        Middleware(PageUploads, services=services, largest=largest_upload),
    ]
