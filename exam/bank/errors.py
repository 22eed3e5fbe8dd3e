"""Faults of format, item and picture files."""

from collections.abc import Sequence

from core.errors import AppError, Kind
from exam.bank.models import Problem


class CatalogueFault(AppError):
    """Files that ship with the program are not as they should be; `faults` says where and how to mend each."""

    code = "EXAM_CATALOGUE_FAULT"
    kind = Kind.UNAVAILABLE

    def __init__(self, faults: Sequence[Problem]) -> None:
        """Join the faults to one message, one line each."""
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class UnknownFormat(AppError):
    """No exam format has this id."""

    code = "EXAM_FORMAT_NOT_FOUND"
    kind = Kind.NOT_FOUND


class UnknownItem(AppError):
    """No item or picture of the catalogue has this id."""

    code = "EXAM_ITEM_NOT_FOUND"
    kind = Kind.NOT_FOUND


class NotEnoughItems(AppError):
    """The catalogue holds nothing at all for a task of the format."""

    code = "EXAM_ITEMS_MISSING"
    kind = Kind.UNAVAILABLE
