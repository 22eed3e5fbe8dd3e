"""Cursors of lists: where a page ended, as one opaque word."""

import base64
from datetime import datetime
from typing import Annotated

from fastapi import Query

from chat.errors import InvalidChoice

Cursor = Annotated[str, Query(max_length=200, description="`next` of the page before")]
YEARS = range(1970, 9000)
"""Moments in other years cannot be moved between time zones or stored."""


def sealed(moment: datetime, identifier: str) -> str:
    """Return the place behind what has this moment and id."""
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{identifier}".encode()).decode().rstrip("=")


def opened(cursor: str) -> tuple[datetime, str]:
    """Return what `sealed` closed. Raises InvalidChoice for anything else."""
    refused = InvalidChoice("after", "This cursor is not valid. Begin again without it.")
    try:
        moment, _, identifier = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition("|")
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        raise refused from None
    if parsed.tzinfo is None or parsed.year not in YEARS or not identifier:
        raise refused
    return parsed, identifier
