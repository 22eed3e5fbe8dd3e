"""Faults of the question bank's files."""

from core.errors import AppError, Kind


class BankFileFault(AppError):
    """A file of the bank is not as it should be; the message names file and place."""

    code = "QUESTION_BANK_FAULT"
    kind = Kind.UNAVAILABLE


class UnknownQuestion(AppError):
    """The bank has no question, topic or level of this name."""

    code = "QUESTION_NOT_FOUND"
    kind = Kind.NOT_FOUND
