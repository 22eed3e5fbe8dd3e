"""A child process that stores accounts and messages with eight threads until it is killed.

`writer.py FILE RUN`: prints one line for each write that has been acknowledged: `user <n>`, or `message <conversation> <n>`.
"""

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from auth.models import User
from chat.models import Conversation, MessageDraft, MessageRole
from db_sqlite.stores import SqliteStores, open_stores

NOW = datetime(2026, 3, 14, tzinfo=UTC)
THREADS = 8
_printing = threading.Lock()


def acknowledge(line: str) -> None:
    """Tell the parent, in one piece."""
    with _printing:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def write(stores: SqliteStores, run: str, thread: int) -> None:
    """Register and chat for ever."""
    conversation_id = f"cnv_{run}_{thread}"
    begun = Conversation(id=conversation_id, user_id="usr_x", created_at=NOW, updated_at=NOW)
    stores.conversations.start(begun, [])
    number = 0
    while True:
        number += 1
        name = f"{run}-{thread}-{number}"
        stores.accounts.add(
            User(
                id=f"usr_{name}",
                email=f"{name}@example.com",
                email_key=f"{name}@example.com",
                username=name,
                username_key=name,
                password_hash="",
                password_key_id="",
                created_at=NOW,
                updated_at=NOW,
                password_changed_at=NOW,
            )
        )
        acknowledge(f"user {name}")
        draft = MessageDraft(id=f"msg_{name}", role=MessageRole.USER, content=f"Words {number}", created_at=NOW, send_key=name)
        stores.conversations.append("usr_x", conversation_id, [draft])
        acknowledge(f"message {conversation_id} {number}")


def main() -> None:
    """Start the threads and wait to be killed."""
    path, run = sys.argv[1:]
    stores = open_stores(path)
    threads = [threading.Thread(target=write, args=(stores, run, number), daemon=True) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
