"""The launcher: settings, services, one ASGI app for pages and HTTP API. `streamlit run app.py` and `uvicorn app:app` serve the same."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

import wiring
from api import connection_bounds, front
from api.app import build_api
from core import settings as configuration
from core.errors import AppError, ConfigurationError
from ui import browser, charts, faults, logs, page_messages, shell, warming

try:
    settings = configuration.served_at(configuration.load(), st.get_option("server.port"))
    services = wiring.build(settings)
except (AppError, ConfigurationError) as error:
    sys.exit(str(error))

# The threads that compute (answers, pages) hand over after 1 ms instead of 5 when the event loop has something to send.
sys.setswitchinterval(0.001)
logs.take_over()
connection_bounds.install()
wiring.use(services)
api = build_api(services)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Run the API's own lifespan (workers, clean shutdown), which nobody would run for a mounted app."""
    async with api.router.lifespan_context(api):
        with warming.in_background(services.exams.warm_up, charts.warm_up):
            yield


app = st.App(
    "ui/main.py",
    lifespan=lifespan,
    routes=shell.routes(),
    middleware=front.middleware(
        services,
        api,
        scripts=(*shell.inline_scripts(), *browser.SCRIPTS),
        wanted=page_messages.is_wanted,
        largest_upload=st.get_option("server.maxUploadSize") * 1024 * 1024,
    ),
    on_script_error=faults.on_script_error,
)
