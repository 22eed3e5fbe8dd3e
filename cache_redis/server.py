"""The Redis connection, and how its faults look to everybody above."""

from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis
from redis.exceptions import RedisError

from core.errors import ConfigurationError, FieldProblem, StoreUnavailable, ValidationFailed

_AWAY = "Redis cannot be reached. Please try again in a moment."


class RedisServer:
    """One Redis server. Safe to share between threads."""

    def __init__(self, url: str) -> None:
        """Prepare the connection; nothing is asked yet. Raises ConfigurationError for an address that cannot be read."""
        try:
            self._client: Redis = Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3, health_check_interval=30)
        except ValueError as error:
            raise ConfigurationError(f"REDIS_URL cannot be used: {error}.") from error

    @contextmanager
    def using(self) -> Iterator[Redis]:
        """Lend the client; errors of the driver become ours."""
        try:
            yield self._client
        except UnicodeEncodeError as error:
            message = "The text contains characters that cannot be stored."
            raise ValidationFailed([FieldProblem("text", message)]) from error
        except RedisError as error:
            raise StoreUnavailable(_AWAY) from error

    def check(self) -> str:
        """Return one sentence on the server's state. Raises StoreUnavailable if nobody answers."""
        with self.using() as client:
            return f"Redis {client.info('server')['redis_version']}"

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()
