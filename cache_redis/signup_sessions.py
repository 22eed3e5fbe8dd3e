"""Sign-up conversations in Redis (contract: `signup.ports.SessionStore`). Redis forgets them by itself when they expire.

Each is a hash of its version and its document. Compare-and-swap is a script, which Redis runs as one step. How durable a write is
follows Redis' own configuration; a conversation that is lost is begun again.
"""

import json
from datetime import datetime, timedelta

from cache_redis.server import RedisServer
from signup.documents import from_document, to_document
from signup.models import SignupSession

_PREFIX = "viva:signup:"
_KEPT_LONGER = timedelta(seconds=60)  # the caller decides about expiry; Redis only cleans up after it
_SWAP = """
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'document', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
"""


class RedisSignupSessions:
    """The sign-up conversations of this server."""

    def __init__(self, server: RedisServer) -> None:
        """Use `server`."""
        self._server = server

    def create(self, session: SignupSession) -> None:
        """Store a new conversation."""
        with self._server.using() as client:
            pipeline = client.pipeline(transaction=True)
            pipeline.hset(_key(session.id), mapping={"version": session.version, "document": json.dumps(to_document(session))})
            pipeline.pexpire(_key(session.id), _milliseconds(session))
            pipeline.execute()

    def get(self, session_id: str) -> SignupSession | None:
        """Return the conversation if Redis still holds it."""
        with self._server.using() as client:
            found = client.hget(_key(session_id), "document")
        return from_document(json.loads(found)) if found else None

    def replace(self, session: SignupSession) -> bool:
        """Store `session` if the stored version is the one before it."""
        with self._server.using() as client:
            values = (session.version - 1, session.version, json.dumps(to_document(session)), _milliseconds(session))
            return bool(client.eval(_SWAP, 1, _key(session.id), *values))

    def delete(self, session_id: str) -> None:
        """Remove the conversation if it is there."""
        with self._server.using() as client:
            client.delete(_key(session_id))

    def delete_all_of(self, user_id: str) -> None:
        """Look through the living conversations, which are few: each lives for minutes."""
        if not user_id:
            return
        with self._server.using() as client:
            for key in client.scan_iter(match=f"{_PREFIX}*", count=500):
                found = client.hget(key, "document")
                if found and json.loads(found)["user_id"] == user_id:
                    client.delete(key)

    def delete_expired(self, *, before: datetime) -> int:  # noqa: ARG002 - the port's signature; Redis removes by itself
        """Return 0: Redis removes expired conversations by itself."""
        return 0


def _key(session_id: str) -> str:
    return _PREFIX + session_id


def _milliseconds(session: SignupSession) -> int:
    """Return the rest of its life counted from its last change, so that Redis' clock need not agree with ours."""
    left = max(session.expires_at - session.updated_at, timedelta(0)) + _KEPT_LONGER
    return left // timedelta(milliseconds=1)
