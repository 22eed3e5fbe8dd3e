"""Puts the chat component together."""

import random
from datetime import timedelta

from chat.bank import default_bank
from chat.config import ChatConfig
from chat.ports import ReplyFeed
from chat.replies import MemoryFeed
from chat.service import ChatService
from core.settings import Settings
from wiring import models
from wiring.base import Base


def chat_service(base: Base) -> ChatService:
    """Return the service; its threads start with the first answer."""
    settings = base.settings
    return ChatService(
        store=base.stores.conversations,
        models=base.models,
        bank=default_bank(),
        feed=_feed(settings),
        limits=base.limits,
        clock=base.clock,
        ids=base.ids,
        choice=random.SystemRandom().choice,
        config=ChatConfig(
            parallel_replies=settings.chat.max_parallel_replies,
            workers=settings.ai_services.max_parallel,
            daily_sends=settings.chat.daily_replies,
            context_tokens=settings.ai_services.context_tokens,
            limits=models.config(settings).limits,
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
