"""Puts the chat component together."""

import random
from datetime import timedelta

from chat.bank import default_bank
from chat.config import ChatConfig
from chat.ports import ConversationStore, ReplyFeed
from chat.replies import MemoryFeed
from chat.service import ChatService
from core.clock import Clock
from core.ids import Ids
from core.limits import RateLimits
from core.settings import Settings
from llm.ports import Models
from wiring import models


def chat_service(
    settings: Settings, *, store: ConversationStore, registry: Models, limits: RateLimits, clock: Clock, ids: Ids
) -> ChatService:
    """Return the service; its threads start with the first answer."""
    found = models.config(settings)
    return ChatService(
        store=store,
        models=registry,
        bank=default_bank(),
        feed=_feed(settings),
        limits=limits,
        clock=clock,
        ids=ids,
        choice=random.SystemRandom().choice,
        config=ChatConfig(
            parallel_replies=settings.chat.max_parallel_replies,
            workers=settings.ai_services.max_parallel,
            daily_sends=settings.chat.daily_replies,
            context_tokens=settings.ai_services.context_tokens,
            limits=found.limits,
            restore=timedelta(days=settings.chat.restore_days),
            only_process=not settings.uses_mongodb,
        ),
    )


def _feed(settings: Settings) -> ReplyFeed:
    """Return where answers in the making are: in this process, or in Redis as well where several processes share one."""
    url = settings.redis_url.get_secret_value()
    if not url:
        return MemoryFeed()
    from cache_redis.reply_feed import RedisFeed  # noqa: PLC0415 - loaded only where it is used
    from cache_redis.server import RedisServer  # noqa: PLC0415 - as above

    return RedisFeed(RedisServer(url))
