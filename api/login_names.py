"""What a dialect asks of the name that somebody signs in with."""

from auth.names import parse_email
from core.errors import FieldProblem, ValidationFailed


def require_email(text: str) -> None:
    """Raise ValidationFailed (400) unless `text` can be an e-mail address."""
    problem = parse_email(text)
    if isinstance(problem, FieldProblem):
        raise ValidationFailed([problem])
