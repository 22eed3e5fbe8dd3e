"""`python -m mail list|retry|send`: look after letters that did not leave."""

import argparse
import sys
from collections.abc import Sequence

from core.errors import ConfigurationError, StoreUnavailable
from core.settings import load
from mail.models import LetterState
from wiring import build

LISTED = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code (0 done, 2 wrong settings or no database)."""
    parser = argparse.ArgumentParser(prog="python -m mail", description="Letters that wait, left, or could not leave.")
    parser.add_argument(
        "command", choices=["list", "retry"], help="list: how many letters are where, and the dead ones; retry: try the dead ones again"
    )
    command = parser.parse_args(arguments).command
    try:
        services = build(load())
        if command == "retry":
            print(f"{services.outbox.retry_dead(now=services.clock.now())} letters will be tried again.")
        else:
            for state, count in services.outbox.counts().items():
                print(f"{state.value:<8} {count}")
            for entry in services.outbox.entries(state=LetterState.DEAD, limit=LISTED):
                print(f"{entry.letter.id}  {entry.letter.template.value:<20} {entry.attempts} attempts  {entry.last_error}")
    except (ConfigurationError, StoreUnavailable) as error:
        print(error, file=sys.stderr)
        return 2
    services.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
