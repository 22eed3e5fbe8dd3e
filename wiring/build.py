"""Builds the services from the settings: the composition root."""

from auth import AuthService
from auth.kit import Stores as AuthStores
from auth.kit import build_kit
from core import log
from core.clock import Clock, SystemClock
from core.ids import Ids, RandomIds
from core.settings import Settings
from mail.worker import KEEP_SENT, OutboxWorker
from wiring import accounts, limits, mail, models, secrets
from wiring.chat import chat_service
from wiring.exam import exam_service
from wiring.housekeeping import Housekeeping
from wiring.services import Services
from wiring.signup import signup_service
from wiring.stores import open_stores


def build(settings: Settings, *, clock: Clock | None = None, ids: Ids | None = None) -> Services:
    """Return the services, nothing running yet. Raises ConfigurationError or StoreUnavailable."""
    clock, ids = clock or SystemClock(), ids or RandomIds()
    json_lines = settings.log_format == "json" or (settings.log_format == "auto" and settings.is_production)
    log.configure(json_lines=json_lines, level=settings.log_level)
    secrets.make_data_folder(settings)
    stores = open_stores(settings)
    rate_limits = limits.rate_limits(settings, clock, stores.limits)
    sender = mail.sender(settings)
    registry = models.registry(settings, clock)
    chat = chat_service(settings, store=stores.conversations, registry=registry, limits=rate_limits, clock=clock, ids=ids)
    exams = exam_service(
        settings, store=stores.exams, recordings=stores.recordings, registry=registry, limits=rate_limits, clock=clock, ids=ids
    )
    worker = OutboxWorker(
        outbox=stores.outbox,
        sender=sender,
        clock=clock,
        max_attempts=settings.email.max_attempts,
        poll_seconds=settings.email.poll_seconds,
    )
    housekeeping = Housekeeping()
    kit = build_kit(
        config=accounts.config(settings),
        stores=AuthStores(
            accounts=stores.accounts,
            sessions=stores.sessions,
            tokens=stores.tokens,
            devices=stores.devices,
            audit=stores.audit,
            outbox=stores.outbox,
        ),
        clock=clock,
        ids=ids,
        limits=rate_limits,
        breaches=accounts.breaches(settings),
        erasers=(chat.delete_all_of, exams.delete_all_of, stores.signup_sessions.delete_all_of, lambda _: housekeeping.soon()),
        mailbox=sender.delete_all_of,
    )
    auth = AuthService(kit=kit)
    signup = signup_service(settings, auth=auth, store=stores.signup_sessions, registry=registry, clock=clock, ids=ids)
    housekeeping.add(
        auth.tidy,
        signup.tidy,
        exams.tidy,
        lambda: stores.outbox.delete_sent(before=clock.now() - KEEP_SENT),
        lambda: stores.recordings.tidy(now=clock.now()),
        stores.tidy,
        signup.warm_up,
    )
    return Services(
        settings=settings,
        clock=clock,
        ids=ids,
        limits=rate_limits,
        auth=auth,
        chat=chat,
        exams=exams,
        signup=signup,
        outbox=stores.outbox,
        sender=sender,
        mail_worker=worker,
        check_store=stores.check,
        tidy=housekeeping.run_once,
        on_start=(chat.open, exams.recover_at_start, auth.finish_deletions, worker.start, housekeeping.start),
        on_close=(housekeeping.stop, signup.close, exams.close, chat.close, worker.stop, stores.close),
    )
