"""A child process that tries to register one e-mail with sixteen threads: `registrar.py FILE NAME`; prints how many succeeded."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from auth.errors import EmailTaken
from auth.models import User
from db_sqlite.stores import open_stores

NOW = datetime(2026, 3, 14, tzinfo=UTC)


def say(line: str) -> None:
    """Tell the parent."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Wait for the line on standard input that starts the race."""
    path, name = sys.argv[1:]
    stores = open_stores(path)
    say("ready")
    sys.stdin.readline()

    def register(number: int) -> bool:
        user = User(
            id=f"usr_{name}_{number}",
            email="Ada@example.com",
            email_key="ada@example.com",
            username=f"{name}{number}",
            username_key=f"{name}{number}",
            password_hash="",
            password_key_id="",
            created_at=NOW,
            updated_at=NOW,
            password_changed_at=NOW,
        )
        try:
            stores.accounts.add(user)
        except EmailTaken:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        say(str(sum(pool.map(register, range(16)))))
    stores.database.close()


if __name__ == "__main__":
    main()
