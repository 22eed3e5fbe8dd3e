"""Whether the process is alive, and whether it can do its work."""

from fastapi import APIRouter, Response

from api.deps import ServicesOf
from api.schemas.system import Health, Readiness
from core import log
from core.errors import StoreUnavailable

router = APIRouter(tags=["system"])
_log = log.get("http")


@router.get("/healthz", summary="Is the process alive?")
async def healthz() -> Health:
    """Answer without touching anything else, and without waiting for a thread."""
    return Health()


@router.get(
    "/readyz",
    summary="Can it do its work?",
    responses={503: {"model": Readiness, "content": {"application/json": {"example": {"status": "unavailable"}}}}},
)
def readyz(services: ServicesOf, response: Response) -> Readiness:
    """Ask the database."""
    try:
        services.check_store()
    except StoreUnavailable as error:
        _log.warning("not ready", extra={"reason": error.message})
        response.status_code = 503
        return Readiness(status="unavailable")
    return Readiness(status="ready")
