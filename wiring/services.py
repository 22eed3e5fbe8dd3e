"""Everything that pages and routes may use, in one frozen value."""

from collections.abc import Callable
from dataclasses import dataclass

from auth import AuthService
from chat.service import ChatService
from core.clock import Clock
from core.ids import Ids
from core.limits import RateLimits
from core.settings import Settings
from exam.service import ExamService
from mail.ports import Outbox, Sender
from mail.worker import OutboxWorker
from signup.service import SignupService


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The services of one process. `start` begins the background work, `close` ends it and lets go of the database."""

    settings: Settings
    clock: Clock
    ids: Ids
    limits: RateLimits
    auth: AuthService
    chat: ChatService
    exams: ExamService
    signup: SignupService
    outbox: Outbox
    sender: Sender
    mail_worker: OutboxWorker
    check_store: Callable[[], str]
    local: bool
    """Whether all that is kept is kept on this machine: then a row is read in microseconds."""
    tidy: Callable[[], object]
    """Removes now what has had its time, as the hourly clean-up does."""
    on_start: tuple[Callable[[], object], ...] = ()
    on_close: tuple[Callable[[], object], ...] = ()

    def start(self) -> None:
        """Finish what a crash interrupted and begin to deliver letters."""
        for act in self.on_start:
            act()

    def close(self) -> None:
        """End the background work, then close the database; safe to call twice."""
        for act in self.on_close:
            act()
