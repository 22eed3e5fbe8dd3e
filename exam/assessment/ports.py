"""What an assessment needs from outside."""

from collections.abc import Mapping
from typing import Protocol


class Ask(Protocol):
    """One way to ask one model."""

    def __call__(self, prompt: str, schema: Mapping[str, object]) -> str:
        """The model's answer as text, at temperature 0, restricted to the JSON schema where the provider can.

        Raises:
            AppError: the model cannot be reached, refuses or runs out of tokens; the message says why.
        """
        ...
