"""Read-only links to a conversation: unguessable, expiring, revocable, with nothing about the person on them."""

from datetime import timedelta

from chat import checks
from chat.config import MOST_MESSAGES
from chat.errors import ConversationNotFound, ShareNotFound
from chat.models import Conversation, Message, MessageStatus, ShareLink
from chat.ports import ConversationStore
from chat.results import SharedConversation, SharedMessage
from core.clock import Clock
from core.ids import Ids, digest

LONGEST_DAYS = 365


class Sharing:
    """Makes, lists, revokes and opens links."""

    def __init__(self, *, store: ConversationStore, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids

    def share(self, conversation: Conversation, *, days: int) -> tuple[ShareLink, str]:
        """Return a new link and its secret, which is shown once. It covers what has been said so far. Raises OutOfRange."""
        days = checks.number(days, field="days", low=1, high=LONGEST_DAYS)
        secret, now = self._ids.secret(), self._clock.now()
        link = ShareLink(
            id=self._ids.new("shr"),
            token_hash=digest(secret),
            user_id=conversation.user_id,
            conversation_id=conversation.id,
            upto_seq=conversation.last_seq,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        if not self._store.add_share(link):
            raise ConversationNotFound
        return link, secret

    def links(self, conversation: Conversation) -> list[ShareLink]:
        """Return the links of a conversation that still work, newest first."""
        now = self._clock.now()
        return [link for link in self._store.shares(conversation.user_id, conversation.id) if link.expires_at > now]

    def revoke(self, user_id: str, share_id: str) -> None:
        """End a link now. Raises ShareNotFound."""
        known = checks.known_id(share_id)
        if not known or not self._store.revoke_share(user_id, known, at=self._clock.now()):
            raise ShareNotFound

    def open(self, secret: str, *, after: int = 0) -> SharedConversation:
        """Return what a link shows, from the message behind seq `after` on. Raises ShareNotFound."""
        link = self._store.share_by_hash(digest(secret)) if isinstance(secret, str) and secret else None
        if link is None or link.revoked_at is not None or link.expires_at <= self._clock.now():
            raise ShareNotFound
        conversation = self._store.get(link.user_id, link.conversation_id)
        if conversation is None or conversation.deleted_at is not None:
            raise ShareNotFound
        found = self._store.messages(
            link.user_id, link.conversation_id, limit=MOST_MESSAGES + 1, after=max(0, after), before=link.upto_seq + 1
        )
        return SharedConversation(
            title=conversation.title,
            level=conversation.level,
            topic=conversation.topic,
            created_at=conversation.created_at,
            expires_at=link.expires_at,
            messages=tuple(_shared(message) for message in found[:MOST_MESSAGES] if message.status is not MessageStatus.STREAMING),
            more=len(found) > MOST_MESSAGES,
        )


def _shared(message: Message) -> SharedMessage:
    return SharedMessage(seq=message.seq, role=message.role, content=message.content, created_at=message.created_at)
