"""What administrators see and do beyond accounts: letters and the use of models. Each asks the database for the right to it first."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from auth.models import Client
from auth.permissions import Permission
from auth.results import Identity
from chat.models import UsageDay
from mail.models import LetterState, OutboxEntry
from wiring.services import Services


def letter_counts(services: Services, actor: Identity, *, client: Client) -> Mapping[LetterState, int]:
    """Return the number of letters in each state. Raises NotAllowed for others than administrators."""
    services.auth.require(actor, Permission.OUTBOX, client=client)
    return services.outbox.counts()


def dead_letters(services: Services, actor: Identity, *, limit: int, client: Client) -> Sequence[OutboxEntry]:
    """Return the newest letters that were given up. Raises NotAllowed for others than administrators."""
    services.auth.require(actor, Permission.OUTBOX, client=client)
    return services.outbox.entries(state=LetterState.DEAD, limit=limit)


def retry_letters(services: Services, actor: Identity, *, client: Client) -> int:
    """Try every letter that was given up once more, and write that down. Return how many. Raises NotAllowed for others."""
    services.auth.admin.note_letters_retried(actor, client=client)
    retried = services.outbox.retry_dead(now=services.clock.now())
    services.mail_worker.wake()
    return retried


def model_use(services: Services, actor: Identity, *, days: int, client: Client) -> list[UsageDay]:
    """Return what people used models for in the last `days` days, most first. Raises NotAllowed for others than administrators."""
    services.auth.require(actor, Permission.USERS, client=client)
    today = services.clock.now().date()
    return services.chat.usage_of_all(first=today - timedelta(days=days), last=today)
