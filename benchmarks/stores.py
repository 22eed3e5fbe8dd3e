"""What the store benchmarks share: opening a store, made-up text, timing."""

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from chat.models import Conversation, MessageDraft, MessageRole
from chat.ports import ConversationStore
from db_mongo.stores import open_stores as open_mongo
from db_sqlite.stores import open_stores as open_sqlite

START = datetime(2026, 1, 1, tzinfo=UTC)
VOCABULARY = 20_000


def arguments(description: str) -> argparse.ArgumentParser:
    """Return a parser with the options that every store benchmark has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--store", choices=["sqlite", "mongodb"], default="sqlite")
    parser.add_argument("--uri", default=os.environ.get("MONGODB_TEST_URI", ""), help="of the MongoDB server")
    parser.add_argument("--json", type=Path, help="write the numbers here too")
    return parser


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[ConversationStore]:
    """Open a new, empty store of the chosen kind."""
    if options.store == "sqlite":
        with TemporaryDirectory() as folder:
            sqlite = open_sqlite(Path(folder) / "viva.db")
            yield sqlite.conversations
            size = sum(path.stat().st_size for path in Path(folder).iterdir())
            print(f"files: {size / 2**20:.0f} MiB")
            sqlite.database.close()
    else:
        mongo = open_mongo(options.uri, f"viva_bench_{uuid4().hex[:8]}")
        yield mongo.conversations
        mongo.database.drop()
        mongo.database.close()


class Texts:
    """Sentences of made-up words whose frequencies fall as those of a language do (Zipf)."""

    def __init__(self, seed: int = 5) -> None:
        """Make the vocabulary."""
        self._chance = random.Random(seed)
        syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
        self.words = ["".join(self._chance.choices(syllables, k=self._chance.randrange(1, 5))) for _ in range(VOCABULARY)]
        weights = [1 / rank for rank in range(1, VOCABULARY + 1)]
        self._cumulative = list(_running(weights))

    def sentence(self, words: int = 25) -> str:
        """Return a new sentence."""
        return " ".join(self._chance.choices(self.words, cum_weights=self._cumulative, k=words))


def fill(store: ConversationStore, texts: Texts, *, people: int, conversations: range, messages: int) -> None:
    """Store conversations of so many messages, dealt to the people in turn; times rise."""
    for number in conversations:
        moment = START + timedelta(seconds=number * messages)
        user_id = f"usr_{number % people}"
        drafts = [
            MessageDraft(
                id=f"msg_{number}_{place}",
                role=MessageRole.USER if place % 2 == 0 else MessageRole.ASSISTANT,
                content=texts.sentence(),
                created_at=moment + timedelta(seconds=place),
            )
            for place in range(messages)
        ]
        made = Conversation(id=f"cnv_{number}", user_id=user_id, level="B1", topic="travel", created_at=moment, updated_at=moment)
        store.start(made, drafts)


def milliseconds(call: Callable[[int], Any], *, times: int) -> list[float]:
    """Return how long each of the calls took."""
    taken = []
    for number in range(times):
        begin = time.perf_counter()
        call(number)
        taken.append((time.perf_counter() - begin) * 1000)
    return taken


def percentile(values: list[float], percent: int) -> float:
    """Return a percentile."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def finish(options: argparse.Namespace, result: object) -> None:
    """Write the numbers where they are wanted."""
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def _running(weights: list[float]) -> Iterator[float]:
    total = 0.0
    for weight in weights:
        total += weight
        yield total
