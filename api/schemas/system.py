"""Bodies of the routes for whoever runs the site."""

from typing import Literal

from pydantic import BaseModel


class Health(BaseModel):
    """`ok`: the process answers."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Whether the database can be used; details are for the operator's own log and `python -m wiring check`."""

    status: Literal["ready", "unavailable"]
