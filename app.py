"""The launcher: settings, services, one ASGI app for pages and HTTP API. `streamlit run app.py` and `uvicorn app:app` serve the same."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

import wiring
from api import nodelay
from api.app import build_api
from api.middleware.client_address import ClientAddress
from api.middleware.dispatch import Dispatch
from api.middleware.page_socket import PageSocket
from api.middleware.page_uploads import PageUploads
from api.middleware.request_id import RequestId
from api.middleware.security_headers import SecurityHeaders
from core import settings as configuration
from core.errors import AppError, ConfigurationError
from ui import browser, charts, faults, logs, page_messages, shell, warming

try:
    settings = configuration.served_at(configuration.load(), st.get_option("server.port"))
    services = wiring.build(settings)
except (AppError, ConfigurationError) as error:
    sys.exit(str(error))

logs.take_over()
wiring.use(services)
api = build_api(services)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Run the API's own lifespan (workers, clean shutdown), which nobody would run for a mounted app."""
    nodelay.set_on_listening_sockets()
    async with api.router.lifespan_context(api):
        with warming.in_background(services.exams.warm_up, charts.warm_up):
            yield


app = st.App(
    "ui/main.py",
    lifespan=lifespan,
    routes=shell.routes(),
    middleware=[
        Middleware(RequestId, ids=services.ids),
        Middleware(ClientAddress, trusted=settings.security.trusted_proxies),
        Middleware(SecurityHeaders, scripts=[*shell.inline_scripts(), *browser.SCRIPTS], https=settings.public_url.startswith("https://")),
        Middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts or ("*",), www_redirect=False),
        Middleware(PageSocket, public_url=settings.public_url, wanted=page_messages.is_wanted),
        Middleware(PageUploads, services=services, largest=st.get_option("server.maxUploadSize") * 1024 * 1024),
        Middleware(Dispatch, api=api),
    ],
    on_script_error=faults.on_script_error,
)
