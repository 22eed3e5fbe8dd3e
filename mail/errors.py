"""Faults of the mail component."""


class SendFailed(Exception):
    """The letter was not accepted; the text says why, without addresses or secrets. `permanent` means that trying again is useless."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        """Keep the reason for the outbox."""
        super().__init__(reason)
        self.permanent = permanent
