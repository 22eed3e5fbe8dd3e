"""Following a reply while it is being made: from this process's feed, or by looking into the store when another process writes it."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from chat.models import Message, MessageStatus
from chat.ports import ConversationStore, FeedReader, ReplyFeed
from chat.results import Ended, Piece, ReplyEvent, StillWaiting
from core.clock import Clock

LOOK_SECONDS = 0.5
"""How often the store is looked at for a reply that another process writes."""


def follow(
    store: ConversationStore,
    feed: ReplyFeed,
    clock: Clock,
    message: Message,
    *,
    after: int,
    wait: float,
    pause: Callable[[float], None],
) -> Iterator[ReplyEvent]:
    """Yield the pieces behind the first `after` characters of a reply, `StillWaiting` after `wait` silent seconds, `Ended` at last."""
    reader = feed.reader(message.id, after=after)
    if reader is not None:
        after = yield from _from_feed(reader, after=after, wait=wait)
        if not reader.lost:
            yield Ended(_ending(store, clock, message))
            return
    yield from _from_store(store, clock, message, after=after, wait=wait, pause=pause)


def presented(message: Message, *, now: datetime) -> Message:
    """Return a message as it is shown: a reply whose writer is gone counts as interrupted before recovery has marked it."""
    lease = message.lease_until
    if message.status is MessageStatus.STREAMING and lease is not None and lease < now:
        return replace(message, status=MessageStatus.INTERRUPTED, finished_at=lease)
    return message


def _from_feed(reader: FeedReader, *, after: int, wait: float) -> Generator[ReplyEvent, None, int]:
    """Yield what the feed says and return how many characters that were."""
    position = after
    try:
        while True:
            heard = reader.wait(wait)
            pieces, ended = reader.take()
            if text := "".join(pieces):
                position += len(text)
                yield Piece(position, text)
            if ended:
                return position
            if not heard:
                yield StillWaiting()
    finally:
        reader.close()


def _from_store(
    store: ConversationStore, clock: Clock, message: Message, *, after: int, wait: float, pause: Callable[[float], None]
) -> Iterator[ReplyEvent]:
    position, silent = after, 0.0
    current: Message | None = presented(store.message(message.user_id, message.id) or message, now=clock.now())
    while current is not None:
        if len(current.content) > position:
            silent, text = 0.0, current.content[position:]
            position += len(text)
            yield Piece(position, text)
        if current.status is not MessageStatus.STREAMING:
            yield Ended(current)
            return
        if silent >= wait:
            silent = 0.0
            yield StillWaiting()
        pause(LOOK_SECONDS)
        silent += LOOK_SECONDS
        found = store.message(message.user_id, message.id)
        current = None if found is None else presented(found, now=clock.now())
    yield Ended(replace(message, status=MessageStatus.INTERRUPTED))


def _ending(store: ConversationStore, clock: Clock, message: Message) -> Message:
    """Return the stored end of a reply whose feed was closed; one that could not be stored counts as interrupted."""
    stored = store.message(message.user_id, message.id) or message
    if stored.status is MessageStatus.STREAMING:
        return presented(stored, now=clock.now() + timedelta(days=1))
    return stored
