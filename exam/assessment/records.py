"""Estimates as plain data (for storing, for the API) and back."""

from functools import cache
from typing import TYPE_CHECKING, Any

from exam.assessment.models import Estimate

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> "TypeAdapter[Estimate]":
    # Building the adapter takes time that start-up does not have.
    from pydantic import TypeAdapter  # noqa: PLC0415 - see above

    return TypeAdapter(Estimate)


def to_record(estimate: Estimate) -> dict[str, Any]:
    """The estimate as JSON-ready values (dicts, lists, strings, numbers, None)."""
    record = _adapter().dump_python(estimate, mode="json")
    return dict(record)


def from_record(record: dict[str, Any]) -> Estimate:
    """The estimate that `to_record` turned into `record`.

    Raises:
        ValueError: the record has another shape.
    """
    return _adapter().validate_python(record)
