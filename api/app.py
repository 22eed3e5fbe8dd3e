"""Builds the HTTP API over one set of services."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api import docs, errors, openapi
from api.middleware.body_limit import BodyLimit
from api.middleware.head import HeadAsGet
from api.middleware.same_origin import SameOrigin
from api.routes import ROUTERS
from wiring import Services

DESCRIPTION = """One user base and one store of conversations behind five documented dialects: an account made through one works in
all, a conversation begun in one is visible in all. Every error has the same body; its `code` is stable."""


def _choices(services: Services) -> openapi.Choices:
    return {
        ("Start", "format_id"): [form.id for form in services.exams.formats()],
        ("Send", "topic"): [topic.id for topic in services.chat.topics()],
        ("Send", "provider"): [provider.name for provider in services.chat.providers()],
    }


def build_api(services: Services) -> FastAPI:
    """Return the API. Its lifespan starts and closes the services, so run it (`app.py` does)."""
    settings = services.settings

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        services.start()
        yield
        services.close()

    api = FastAPI(
        title="Viva",
        version="1.0.0",
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # It would report addresses, with the secrets of links in them, and hand on bodies, wherever somebody collects traces.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    api.state.services = services
    errors.install(api)
    docs.install(api)
    # include_router would build each route anew for this API, at the first request: a tenth of a second.
    # In front of what is there already: a request is compared with one route after the other.
    api.router.routes[:0] = [route for router in ROUTERS for route in router.routes]
    openapi.install(api, choices=lambda: _choices(services))
    api.add_middleware(HeadAsGet, apart=errors.NO_HEAD)
    api.add_middleware(
        BodyLimit,
        refuse=lambda request: errors.http_answer(request, 413),
        upload_limit=settings.speech.max_recording_mb * 1024 * 1024,
        upload_prefix="/api/v1/exams/",
    )
    api.add_middleware(SameOrigin, refuse=lambda request: errors.http_answer(request, 403), allowed=settings.cors_allowed_origins)
    if settings.cors_allowed_origins:
        api.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_allowed_origins,
            allow_credentials=settings.cors_allow_credentials,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", "X-Request-ID"],
            expose_headers=["X-Request-ID", "Retry-After", "X-Session-ID", "X-Message-ID"],
        )
    return api
