"""What a page of history costs at 10 and at 100,000 stored conversations: `python benchmarks/history.py [--store mongodb]`.

Must hold: opening the history costs at most 1.5 times as much, and no more memory.
"""

import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.stores import Texts, arguments, fill, finish, milliseconds, opened, percentile
from chat.listing import HistoryCursor, HistoryFilter
from chat.ports import ConversationStore

SMALL, LARGE = 10, 100_000
TIMES = 300
PER_PAGE = 5  # both sizes have as much to show


def main() -> None:
    """Fill, measure at both sizes, print the ratios."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--large", type=int, default=LARGE)
    options = parser.parse_args()
    texts = Texts()
    with opened(options) as store:
        fill(store, texts, people=1, conversations=range(SMALL), messages=2)
        small = measured(store, "usr_0")
        fill(store, texts, people=1, conversations=range(SMALL, options.large), messages=2)
        large = measured(store, "usr_0")
    print(f"{options.store}: {'page':>16} {SMALL:>9} {options.large:>9} {'ratio':>6}")
    for name, before in small.items():
        print(f"{'':>{len(options.store)}}  {name:>16} {before:>9.3f} {large[name]:>9.3f} {large[name] / before:>6.2f}")
    finish(options, {"store": options.store, "conversations": [SMALL, options.large], "small": small, "large": large})


def measured(store: ConversationStore, user_id: str) -> dict[str, float]:
    """Return the median milliseconds of each kind of page, and this process' largest memory so far."""
    everything = HistoryFilter()
    first = store.history(user_id, where=everything, after=None, limit=PER_PAGE)
    cursor = HistoryCursor(updated_at=first[-1].updated_at, id=first[-1].id)
    half = store.numbered(user_id, page=1, per_page=1).total // 2 // PER_PAGE + 1
    pages = {
        "first page, ms": lambda _: store.history(user_id, where=everything, after=None, limit=PER_PAGE),
        "next page, ms": lambda _: store.history(user_id, where=everything, after=cursor, limit=PER_PAGE),
        "page 1, ms": lambda _: store.numbered(user_id, page=1, per_page=PER_PAGE),
        "middle page, ms": lambda _: store.numbered(user_id, page=half, per_page=PER_PAGE),
        "no such level, ms": lambda _: store.history(user_id, where=HistoryFilter(level="A1"), after=None, limit=PER_PAGE),
        "no such star, ms": lambda _: store.history(user_id, where=HistoryFilter(starred=True), after=None, limit=PER_PAGE),
    }
    found = {name: percentile(milliseconds(page, times=TIMES), 50) for name, page in pages.items()}
    return found | {"peak memory, MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    main()
