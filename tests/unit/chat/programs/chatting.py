"""A process that chats with eight threads until it is killed; prints each acknowledged message as `person conversation message text`."""

import random
import sys
import threading
from pathlib import Path

from chat import ChatConfig, ChatService, MemoryFeed
from chat.bank import default_bank
from core.clock import SystemClock
from core.ids import RandomIds
from db_sqlite.stores import open_stores
from llm.call import Call
from llm.config import RetryPolicy
from llm.providers.offline import OfflineExaminer
from llm.registry import Registry
from tests.factories import NoLimits

THREADS = 8


def service(path: Path, *, pace: float) -> ChatService:
    chance = random.Random(1)
    clock = SystemClock()
    models = Registry(
        providers=[],
        last_resort=OfflineExaminer(choice=chance.choice, pace=pace),
        policy=RetryPolicy(),
        new_call=Call,
        clock=clock,
        chance=chance.random,
    )
    return ChatService(
        store=open_stores(path).conversations,
        models=models,
        bank=default_bank(),
        feed=MemoryFeed(),
        limits=NoLimits(),
        clock=clock,
        ids=RandomIds(),
        choice=chance.choice,
        config=ChatConfig(save_seconds=0.05, daily_sends=0),
    )


def chat(chats: ChatService, person: str, lock: threading.Lock) -> None:
    conversation = chats.start(person, level="B1").conversation.id
    number = 0
    while True:
        number += 1
        sent = chats.send(person, text=f"Number {number} of {person} is a whole sentence.", conversation_id=conversation)
        assert sent.message is not None
        with lock:
            sys.stdout.write(f"{person} {conversation} {sent.message.id} {number}\n")
            sys.stdout.flush()


def main() -> None:
    chats = service(Path(sys.argv[1]), pace=0.005)
    chats.open()
    lock = threading.Lock()
    for number in range(THREADS):
        threading.Thread(target=chat, args=(chats, f"usr_{number}", lock), daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
