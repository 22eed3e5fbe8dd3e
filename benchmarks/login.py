"""Login against bare bcrypt, on this machine, in one run: `python benchmarks/login.py [--rounds 12]`.

Prints a table and one line of JSON. What is wanted: login minus hash at most 5 % of the login; 8 at once at least 0.9 of the rate of bare
parallel bcrypt; other requests quick meanwhile; the time for unknown accounts within the noise of two samples of known ones.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bcrypt
import httpx2

ROOT = Path(__file__).parents[1]
PASSWORD = "Corr3ct-horse-battery"
WRONG = "Wr0ng-horse-battery"
SINGLES = 12
PARALLEL = 8
SECONDS = 10.0
PAIRS = 50


def seconds_of(act: Callable[[], object]) -> float:
    """Return how long `act` takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def start_server(folder: Path, port: int, rounds: int) -> subprocess.Popen[bytes]:
    """Start the whole program, limits off, and wait until it answers."""
    names = ("SIGNUP", "LOGIN_ACCOUNT_IP", "LOGIN_ACCOUNT", "LOGIN_IP")
    environment = os.environ | {f"LIMITS__{name}": "" for name in names}
    environment |= {"DATA_DIR": str(folder), "SECURITY__BCRYPT_ROUNDS": str(rounds), "LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "uvicorn", "app:app", "--port", str(port), "--log-level", "error", "--no-access-log"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            if httpx2.get(f"http://127.0.0.1:{port}/healthz").status_code == 200:
                return server
        except httpx2.TransportError:
            time.sleep(0.1)
    server.terminate()
    sys.exit("the server did not start")


def rate(act: Callable[[int], object], seconds: float) -> float:
    """Return how many times a second `PARALLEL` threads get `act` done together."""
    end = time.perf_counter() + seconds

    def work(number: int) -> int:
        done = 0
        while time.perf_counter() < end:
            act(number)
            done += 1
        return done

    began = time.perf_counter()
    with ThreadPoolExecutor(PARALLEL) as pool:
        done = sum(pool.map(work, range(PARALLEL)))
    return done / (time.perf_counter() - began)


def measure(base: str, rounds: int) -> dict[str, float]:
    """Return every number; times in milliseconds."""
    limits = httpx2.Limits(max_connections=PARALLEL + 4, max_keepalive_connections=PARALLEL + 4)
    client = httpx2.Client(base_url=base, timeout=60, limits=limits)
    for number in range(PARALLEL):
        body = {"email": f"p{number}@example.com", "password": PASSWORD, "confirm_password": PASSWORD, "name": "Ada"}
        client.post("/register", json=body).raise_for_status()

    def login(number: int = 0) -> str:
        answer = client.post("/login", json={"email": f"p{number}@example.com", "password": PASSWORD})
        answer.raise_for_status()
        return str(answer.json()["token"])

    def attempt(email: str) -> float:
        return seconds_of(lambda: client.post("/login", json={"email": email, "password": WRONG})) * 1000

    hashed = bcrypt.hashpw(b"x" * 44, bcrypt.gensalt(rounds))
    token = login()
    headers = {"Authorization": f"Bearer {token}"}
    hashes, logins = [], []
    for _ in range(SINGLES):  # in turn, so that a busy moment of the machine hits both
        hashes.append(seconds_of(lambda: bcrypt.checkpw(b"x" * 44, hashed)) * 1000)
        logins.append(seconds_of(login) * 1000)
    alone = [seconds_of(lambda: client.get("/profile", headers=headers)) * 1000 for _ in range(200)]
    bare_rate = rate(lambda _: bcrypt.checkpw(b"x" * 44, hashed), SECONDS)
    meanwhile: list[float] = []
    over = threading.Event()

    def watch() -> None:
        with httpx2.Client(base_url=base, timeout=60) as other:
            while not over.is_set():
                meanwhile.append(seconds_of(lambda: other.get("/profile", headers=headers)) * 1000)
                over.wait(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    login_rate = rate(login, SECONDS)
    over.set()
    watcher.join()
    known, again, unknown = [], [], []
    for number in range(PAIRS):
        known.append(attempt("p1@example.com"))
        unknown.append(attempt(f"nobody{number}@example.com"))
        again.append(attempt("p2@example.com"))
    hash_ms, login_ms = min(hashes), min(logins)
    return {
        "hash_ms": hash_ms,
        "login_ms": login_ms,
        "login_median_ms": statistics.median(logins),
        "hash_median_ms": statistics.median(hashes),
        "overhead_share": (login_ms - hash_ms) / login_ms,
        "bare_hashes_per_second": bare_rate,
        "logins_per_second": login_rate,
        "rate_ratio": login_rate / bare_rate,
        "profile_ms": statistics.median(alone),
        "profile_ms_while_8_log_in": statistics.median(meanwhile),
        "profile_p95_ms_while_8_log_in": statistics.quantiles(meanwhile, n=20)[-1],
        "known_ms": statistics.median(known),
        "unknown_ms": statistics.median(unknown),
        "known_unknown_difference_ms": abs(statistics.median(known) - statistics.median(unknown)),
        "known_known_difference_ms": abs(statistics.median(known) - statistics.median(again)),
        "known_spread_ms": statistics.stdev(known),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--port", type=int, default=8644)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder), chosen.port, chosen.rounds)
        try:
            found = measure(f"http://127.0.0.1:{chosen.port}", chosen.rounds)
        finally:
            server.terminate()
            server.wait(20)
    for name, value in found.items():
        print(f"{name:<32}{value:>12.3f}")
    print(json.dumps({name: round(value, 4) for name, value in found.items()}))


if __name__ == "__main__":
    main()
