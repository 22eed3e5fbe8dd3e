"""How the chat component is set up: plain values that the composition root fills from the settings."""

from dataclasses import dataclass, field
from datetime import timedelta

from llm.call import TimeLimits

MESSAGE_CHARACTERS = 8_000
REPLY_CHARACTERS = 32_000
TITLE_CHARACTERS = 80
SEARCH_CHARACTERS = 200
MOST_PER_PAGE = 100
MOST_MESSAGES = 200
MOST_IDS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatConfig:
    """Numbers of the chat component.

    Per person at most `parallel_replies` answers are written at once and `waiting_replies` more wait for their turn; all persons
    together have `workers` and `waiting_total`. `daily_sends` 0: no quota. A streaming reply is saved every `save_seconds` and
    counts as dead when its writer was silent for `lease`. `only_process`: nobody else writes to this store, so replies that are
    still streaming at the start are dead.
    """

    parallel_replies: int = 3
    waiting_replies: int = 120
    workers: int = 128
    waiting_total: int = 2_000
    daily_sends: int = 500
    context_tokens: int = 6_000
    limits: TimeLimits = field(default_factory=TimeLimits)
    save_seconds: float = 1.0
    lease: timedelta = timedelta(seconds=30)
    restore: timedelta = timedelta(days=30)
    share_days: int = 30
    quiet_seconds: float = 4.0
    """After the start, before tables are loaded that the first answer needs: the first page comes first."""
    tidy_seconds: float = 600.0
    only_process: bool = True
