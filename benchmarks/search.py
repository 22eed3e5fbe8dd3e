"""How search grows with the number of stored messages: `python benchmarks/search.py [--store mongodb] [--most 1000000]`.

A thousand people share the messages (each has at least ten); one looks for their own. Must hold: p95 under 100 ms at 1,000,000.
"""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.stores import Texts, arguments, fill, finish, milliseconds, opened, percentile
from chat.listing import HistoryFilter
from chat.ports import ConversationStore
from chat.search import parse

PER_CONVERSATION = 20
SEARCHES = 200


def main() -> None:
    """Fill, measure at each power of ten, print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--most", type=int, default=1_000_000)
    options = parser.parse_args()
    texts, rows, stored = Texts(), [], 0
    with opened(options) as store:
        print(f"{options.store}: {'messages':>9} {'people':>6} {'query':>22} {'hits':>5} {'p50 ms':>8} {'p95 ms':>8} {'stored/s':>9}")
        for size in (10**power for power in range(3, 10) if 10**power <= options.most):
            begin, added = time.perf_counter(), size - stored
            people = min(1000, size // PER_CONVERSATION)
            fill(
                store,
                texts,
                people=people,
                conversations=range(stored // PER_CONVERSATION, size // PER_CONVERSATION),
                messages=PER_CONVERSATION,
            )
            stored, rate = size, added / (time.perf_counter() - begin)
            for name, typed in queries(texts):
                row = {"messages": size, "people": people, "query": name, **measured(store, people, typed), "stored_per_s": rate}
                rows.append(row)
                print(
                    f"{'':>{len(options.store)}}  {size:>9} {people:>6} {name:>22} {row['hits']:>5.1f} "
                    f"{row['p50_ms']:>8.2f} {row['p95_ms']:>8.2f} {rate:>9.0f}",
                    flush=True,
                )
    finish(options, {"store": options.store, "searches": SEARCHES, "rows": rows})


def measured(store: ConversationStore, people: int, typed: str) -> dict[str, float]:
    """Search as one person after another; return how long the first page of hits takes and how many there are on it."""
    query = parse(typed)
    assert query is not None
    chance = random.Random(3)
    wanted = [f"usr_{chance.randrange(people)}" for _ in range(SEARCHES)]
    hits: list[int] = []

    def search(number: int) -> None:
        hits.append(len(store.search(wanted[number], query, where=HistoryFilter(), after=None, limit=20)))

    taken = milliseconds(search, times=SEARCHES)
    return {"hits": sum(hits) / len(hits), "p50_ms": percentile(taken, 50), "p95_ms": percentile(taken, 95)}


def queries(texts: Texts) -> list[tuple[str, str]]:
    """Return what is looked for: by how common the words are."""
    first, second, rare = texts.words[0], texts.words[1], texts.words[5000]
    return [
        ("most common word", f"{first} "),
        ("two common words", f"{first} {second} "),
        ("rare word", f"{rare} "),
        ("two letters", first[:2]),
    ]


if __name__ == "__main__":
    main()
