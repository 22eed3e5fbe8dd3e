"""Whether the process is alive, and whether it can do its work."""

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.deps import ServicesOf
from core import log
from core.errors import StoreUnavailable

router = APIRouter(tags=["system"])
_log = log.get("http")


class Health(BaseModel):
    """`ok`: the process answers."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Whether the database can be used; details are for the operator's own log and `python -m wiring check`."""

    status: Literal["ready", "unavailable"]


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
