"""Builds the services from the settings: the composition root."""

from core import log
from core.clock import Clock, SystemClock
from core.ids import Ids, RandomIds
from core.settings import Settings
from mail.worker import KEEP_SENT
from wiring import mail, secrets
from wiring.accounts import auth_service
from wiring.base import open_base
from wiring.chat import chat_service
from wiring.exam import exam_service
from wiring.housekeeping import Housekeeping
from wiring.services import Services
from wiring.signup import signup_service


def build(settings: Settings, *, clock: Clock | None = None, ids: Ids | None = None) -> Services:
    """Return the services, nothing running yet. Raises ConfigurationError or StoreUnavailable."""
    _configure_log(settings)
    secrets.make_data_folder(settings)
    base = open_base(settings, clock or SystemClock(), ids or RandomIds())
    stores = base.stores
    housekeeping = Housekeeping()
    sender = mail.sender(settings)
    worker = mail.worker(base, sender)
    chat = chat_service(base)
    exams = exam_service(base)
    erasers = (chat.delete_all_of, exams.delete_all_of, stores.signup_sessions.delete_all_of)
    auth = auth_service(base, erasers=erasers, mailbox=sender.delete_all_of, after_erasing=housekeeping.soon)
    signup = signup_service(base, auth)
    housekeeping.add(
        auth.tidy,
        signup.tidy,
        exams.tidy,
        lambda: stores.outbox.delete_sent(before=base.clock.now() - KEEP_SENT),
        lambda: stores.recordings.tidy(now=base.clock.now()),
        stores.tidy,
        signup.warm_up,
    )
    return Services(
        settings=settings,
        clock=base.clock,
        ids=base.ids,
        limits=base.limits,
        auth=auth,
        chat=chat,
        exams=exams,
        signup=signup,
        outbox=stores.outbox,
        sender=sender,
        mail_worker=worker,
        check_store=stores.check,
        local=not settings.uses_mongodb and not settings.redis_url.get_secret_value(),
        tidy=housekeeping.run_once,
        on_start=(chat.open, exams.recover_at_start, auth.finish_deletions, worker.start, housekeeping.start),
        on_close=(housekeeping.stop, signup.close, exams.close, chat.close, worker.stop, stores.close),
    )


def _configure_log(settings: Settings) -> None:
    json_lines = settings.log_format == "json" or (settings.log_format == "auto" and settings.is_production)
    log.configure(json_lines=json_lines, level=settings.log_level)
