"""How long the signup assistant reads one message, on this machine: `python benchmarks/signup_reading.py`.

Every labelled message is read in one run after all have been read once. Must hold: p95 under 2 ms of processor time on each set. Prints
a table with the share of that budget, and one line of JSON.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.unit.signup.evaluation.evaluation_set import CLOSED, OPEN, messages_of, reading_of

BUDGET_MS = 2.0


def main() -> None:
    """Measure all sets and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the numbers here too")
    given = parser.parse_args()
    times: dict[str, list[float]] = {name: [] for name in (*OPEN, *CLOSED)}
    for _ in range(2):  # the first round loads the words
        times = {name: measured(name) for name in times}
    times["all"] = [each for taken in times.values() for each in taken]
    rows = {name: row(taken) for name, taken in times.items()}
    print(f"{'set':<18} {'messages':>8} {'p50 ms':>7} {'p95 ms':>7} {'of the budget':>14}")
    for name, found in rows.items():
        print(f"{name:<18} {found['messages']:>8} {found['p50_ms']:>7.2f} {found['p95_ms']:>7.2f} {found['p95_ms'] / BUDGET_MS:>13.0%}")
    print(json.dumps(rows))
    if given.json:
        given.json.write_text(json.dumps(rows, indent=2) + "\n")


def measured(name: str) -> list[float]:
    """Return the milliseconds of processor time of each message of a set."""
    taken = []
    for case in messages_of(name):
        began = time.thread_time()
        reading_of(case)
        taken.append((time.thread_time() - began) * 1000)
    return taken


def row(taken: list[float]) -> dict[str, float]:
    """Return a set's line of the table."""
    return {"messages": len(taken), "p50_ms": statistics.median(taken), "p95_ms": statistics.quantiles(taken, n=20)[-1]}


if __name__ == "__main__":
    main()
