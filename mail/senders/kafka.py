"""Letters as events on a Kafka topic, for a mail service of one's own behind it."""

import json
import threading
from typing import TYPE_CHECKING, Any

from mail.errors import SendFailed
from mail.models import Letter
from mail.rendering import render

if TYPE_CHECKING:
    from confluent_kafka import Producer


class KafkaSender:
    """Produces `{to, subject, template, data}` as JSON, keyed by the recipient, with an idempotent producer.

    The header `message-id` is the same for every attempt, so that a consumer can drop a letter that it has seen.
    """

    name = "kafka"

    def __init__(self, *, bootstrap_servers: str, topic: str, timeout_seconds: float = 10, options: dict[str, Any] | None = None) -> None:
        """Connect with the first letter; `options` are further librdkafka settings."""
        self._topic = topic
        self._timeout = timeout_seconds
        self._lock = threading.Lock()
        self._producer: Producer | None = None
        self._options = {
            "bootstrap.servers": bootstrap_servers,
            "enable.idempotence": True,
            "acks": "all",
            "delivery.timeout.ms": int(timeout_seconds * 1000),
            "request.timeout.ms": int(timeout_seconds * 500),
            "socket.timeout.ms": int(timeout_seconds * 1000),
            "linger.ms": 5,
            "log_level": 2,
            **(options or {}),
        }

    def send(self, letter: Letter) -> None:
        """Return once the brokers have acknowledged the letter. Raises SendFailed."""
        payload = {"to": letter.to, "subject": render(letter).subject, "template": letter.template.value, "data": dict(letter.data)}
        faults: list[object] = []
        done = threading.Event()

        def delivered(error: object, _message: object) -> None:
            faults.append(error)
            done.set()

        try:
            producer = self._connected()
            producer.produce(
                self._topic,
                key=letter.to.encode(),
                value=json.dumps(payload, ensure_ascii=False).encode(),
                headers={"message-id": letter.id.encode()},
                on_delivery=delivered,
            )
            producer.flush(self._timeout + 1)
        except Exception as error:  # librdkafka raises its own type and BufferError; all mean the same here
            raise SendFailed(f"the broker cannot be used: {type(error).__name__}") from error
        if not done.is_set() or faults[0] is not None:
            raise SendFailed("the broker did not acknowledge the letter")

    def delete_all_of(self, user_id: str) -> None:
        """Do nothing: letters that were handed over are not ours any more."""

    def check(self) -> str:
        """Ask the brokers for the topic. Raises SendFailed."""
        try:
            self._connected().list_topics(self._topic, timeout=self._timeout)
        except Exception as error:
            raise SendFailed(f"the broker cannot be reached: {type(error).__name__}") from error
        return f"the broker answers, letters go to the topic {self._topic}"

    def _connected(self) -> "Producer":
        with self._lock:
            if self._producer is None:
                from confluent_kafka import Producer  # noqa: PLC0415 - a native library that only this transport needs

                self._producer = Producer(self._options)
            return self._producer
