"""Reports as JSON text (for storing) and as plain data (for the API), and back."""

from functools import cache
from typing import TYPE_CHECKING, Any

from exam.report.models import Report

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> "TypeAdapter[Report]":
    # Building the adapter takes time that start-up does not have.
    from pydantic import TypeAdapter  # noqa: PLC0415 - see above

    return TypeAdapter(Report)


def to_text(report: Report) -> str:
    """Return the report as JSON."""
    return _adapter().dump_json(report).decode()


def from_text(text: str) -> Report:
    """Return the report that `to_text` wrote. Raises ValueError for another shape."""
    return _adapter().validate_json(text)


def to_plain(report: Report) -> dict[str, Any]:
    """Return the report as JSON-ready values."""
    return dict(_adapter().dump_python(report, mode="json"))


def warm_up() -> None:
    """Build the adapter now."""
    _adapter()
