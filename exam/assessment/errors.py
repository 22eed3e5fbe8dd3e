"""What can go wrong while assessing, apart from too little evidence, which is a normal result."""

from typing import ClassVar

from core.errors import AppError, Kind


class CorpusInvalid(AppError):
    """A file of interviews cannot be read; the message names the line and what is wrong with it."""

    code: ClassVar[str] = "INTERVIEWS_INVALID"
    kind: ClassVar[Kind] = Kind.INVALID


class GradeRejected(AppError):
    """A model's grading cannot be believed: it is no valid answer to the schema, or its evidence is not in the text."""

    code: ClassVar[str] = "GRADE_REJECTED"
    kind: ClassVar[Kind] = Kind.UNAVAILABLE

    def __init__(self, reason: str, message: str) -> None:
        """Keep the stable `reason` ("not_json", "quote_not_found", …) beside the sentence."""
        super().__init__(message)
        self.reason = reason
