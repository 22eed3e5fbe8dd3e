"""What administrators see and do beyond accounts: letters and the use of models. Each asks the database for the right to it first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from auth.models import Client
from auth.permissions import Permission
from auth.results import Identity
from chat.models import UsageDay
from mail.models import LetterState, OutboxEntry
from wiring.services import Services

USUAL_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days (UTC) from `first` to `last`, both included."""

    first: date
    last: date

    @classmethod
    def up_to(cls, last: date, *, number: int = USUAL_DAYS) -> "Days":
        """Return `number` days that end with `last`; fewer where the calendar begins."""
        return cls(first=date.fromordinal(max(1, last.toordinal() - number + 1)), last=last)


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


def model_use(services: Services, actor: Identity, days: Days, *, limit: int = 100, skip: int = 0, client: Client) -> list[UsageDay]:
    """Return what each person used models for in the days together, most first. Raises NotAllowed for others than administrators."""
    services.auth.require(actor, Permission.USERS, client=client)
    return services.chat.usage_of_all(first=days.first, last=days.last, limit=limit, skip=skip)


def model_use_by_day(services: Services, actor: Identity, days: Days, *, client: Client) -> list[UsageDay]:
    """Return what everybody together used models for, day by day. Raises NotAllowed for others than administrators."""
    services.auth.require(actor, Permission.USERS, client=client)
    return services.chat.usage_by_day(first=days.first, last=days.last)


def model_use_of(services: Services, actor: Identity, user_id: str, days: Days, *, client: Client) -> list[UsageDay]:
    """Return what one person used models for, day by day. Raises NotAllowed for others than administrators, NotFound."""
    person = services.auth.admin.get(actor, user_id, client=client)
    return services.chat.usage(person.id, first=days.first, last=days.last)
