"""Lets only people who are signed in hand files to the pages, and only so much of them at a time.

Streamlit takes files from every tab, also from one that shows the sign-in page, for widgets that were never drawn, and keeps all of
them in memory for as long as the tab is open.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.deps import get_client
from api.errors import answer
from core import cookies
from core.errors import AppError
from wiring import Services

_UPLOADS = "/_stcore/upload_file/"
_MEGABYTE = 1_000_000


class PageUploads:
    """ASGI middleware in front of Streamlit: an upload needs a living login and a size that fits the person's limit.

    Answers 401 or 403 without a login that may use the site, 429 beyond `LIMITS__PAGE_MEGABYTES`, 503 where the login cannot be
    looked up.
    """

    def __init__(self, app: ASGIApp, *, services: Services, largest: int) -> None:
        """Wrap `app`. `largest`: bytes beyond which Streamlit refuses a file; an upload that does not say its size counts so much."""
        self._app = app
        self._services = services
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "http" and scope["method"] == "PUT" and _UPLOADS in scope["path"]:
            request = Request(scope)
            try:
                await run_in_threadpool(self._count, request)
            except AppError as error:
                await answer(request, error)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _count(self, request: Request) -> None:
        name = cookies.login_name(https=self._services.settings.is_https)
        person = self._services.auth.session_from_cookie(request.cookies.get(name, ""), client=get_client(request))
        declared = request.headers.get("content-length", "")
        size = int(declared) if declared.isdigit() else self._largest
        self._services.limits.hit("page_megabytes", person.user.id, cost=1 + min(size, self._largest) // _MEGABYTE)
