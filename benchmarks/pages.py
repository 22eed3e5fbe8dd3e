"""How fast the pages are, beside an empty Streamlit page in the same run.

Run by hand: `python benchmarks/pages.py [--rounds 7] [--json pages.json]`. Needs Chromium. Prints a table and JSON; every number is a
median over rounds, each with a fresh browser profile (nothing cached), the two apps in turn.
"""

import argparse
import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
EMPTY = 'import streamlit as st\n\nst.title("Empty")\nst.button("Press")\n'
PASSWORD = "Blue-tram7-Lisbon"
CHART = "canvas, svg.marks"
ANSWERS = (
    "I live in a small town near the sea with my family, because my parents found work there many years ago and they liked the quiet.",
    "I met my best friend at school, when our teacher asked us to paint a wall together, and we still laugh about the colours we chose.",
    "Yesterday I looked for a train to the mountains, since I would like to see real snow next winter, although the tickets are expensive.",
    (
        "I usually cook rice with fresh vegetables. First I cut everything into small pieces, then I heat oil, and finally I add a lemon. "
        "My brother says that it tastes better every time, but he never helps me with the dishes, so I do not always believe him."
    ),
)
HELLO = "h1:has-text('Hello')"
WATCH = """() => {
  const bubbles = () => document.querySelectorAll("[data-testid=stChatMessage]");
  const before = bubbles().length;
  let sent = 0;
  document.addEventListener("keydown", () => { sent = performance.now() }, {once: true, capture: true});
  window.firstWord = new Promise(done => new MutationObserver((_, watching) => {
    const now = bubbles();
    const text = now.length > before + 1 ? now[now.length - 1].innerText.trim() : "";
    if (text && text !== "…") { watching.disconnect(); done(performance.now() - sent) }
  }).observe(document.body, {subtree: true, childList: true, characterData: true}));
}"""
"""Measures in the page itself from the key press to the first word of the reply: looking from outside adds up to 100 ms."""
Seconds = dict[str, list[float]]


@contextmanager
def serve(command: list[str], folder: Path, data: Path) -> Iterator[tuple[str, float]]:
    """Start a server; yield its address and the seconds until it was healthy."""
    environment = {**os.environ, "DATA_DIR": str(data), "LIMITS__SIGNUP": "", "LIMITS__LOGIN_IP": "", "LIMITS__CHAT": ""}
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    try:
        port = next(found[1] for line in process.stdout if (found := re.search(r"URL: http://\S+?:(\d+)", line)))
        url = f"http://localhost:{port}"
        with urlopen(f"{url}/_stcore/health", timeout=60):
            yield url, time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(20)


def timed(act: Callable[[], object]) -> float:
    """Return the seconds that `act` takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def first_page(browser: Browser, url: str, button: str) -> float:
    """Return the seconds from the address to a button that can be pressed, with nothing cached."""
    context = browser.new_context()
    page = context.new_page()

    def act() -> None:
        page.goto(url, wait_until="commit")
        page.wait_for_selector(f"[role=main] button:enabled:has-text('{button}'), main button:enabled:has-text('{button}')")

    seconds = timed(act)
    context.close()
    return seconds


def journey(browser: Browser, url: str, number: int, found: Seconds) -> None:
    """Measure what a learner does: sign up, reload, sign in, send a message."""
    context = browser.new_context()
    page = context.new_page()
    register(page, url, number)
    cookie_is_there(page)

    def reload() -> None:
        page.reload(wait_until="commit")
        page.wait_for_selector(HELLO)

    found["reload to signed in"].append(timed(reload))
    practise(page, url, found)
    report_of_an_exam(page, url, number, found)
    context.clear_cookies()
    page.goto(f"{url}/sign-in")
    page.get_by_label("Email or username").fill(f"bench{number}@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)

    def sign_in() -> None:
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_selector(HELLO)

    found["submit to signed in"].append(timed(sign_in))
    context.close()


def register(page: Page, url: str, number: int) -> None:
    """Make an account and end on the home page."""
    page.goto(f"{url}/create-account")
    page.get_by_label("Your name").fill("Bench Mark")
    page.get_by_label("Email").fill(f"bench{number}@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Hello")).to_be_visible()


def cookie_is_there(page: Page) -> None:
    """Wait until the browser keeps the login."""
    page.wait_for_selector("#viva-handoff[data-state=kept]", state="attached")


def practise(page: Page, url: str, found: Seconds) -> None:
    """Begin a conversation and measure from sending an answer to the first word of the reply."""
    page.goto(f"{url}/practice")
    page.get_by_role("button", name="Start").click()
    box = page.get_by_test_id("stChatInputTextArea")
    expect(box).to_be_enabled()
    page.evaluate(WATCH)
    box.fill("I like to walk in the park because it is quiet there.")
    box.press("Enter")
    found["send to first word"].append(page.evaluate("() => window.firstWord") / 1000)


def report_of_an_exam(page: Page, url: str, number: int, found: Seconds) -> None:
    """Have a program answer a quick check, then measure in the browser from asking for the report to its chart, and a reload."""
    exams = Exams(url, number)
    page.goto(f"{url}/exam?e={exams.answered()}")
    button = page.get_by_role("main").get_by_role("button", name="Get my report")
    expect(button).to_be_visible()

    def ask() -> None:
        button.click()
        expect(page.get_by_role("main").locator(CHART).first).to_be_visible(timeout=30_000)

    def reload() -> None:
        page.reload(wait_until="commit")
        expect(page.get_by_role("main").locator(CHART).first).to_be_visible(timeout=30_000)

    found["report: asked to chart"].append(timed(ask))
    found["report: reload to chart"].append(timed(reload))


class Exams:
    """The exams of one person, over HTTP."""

    def __init__(self, url: str, number: int) -> None:
        self._url = url
        self._token = ""
        self._token = self._call("/login", {"email": f"bench{number}@example.com", "password": PASSWORD})["token"]

    def answered(self) -> str:
        """Sit a quick check to its end; return its id."""
        state = self._call("/api/v1/exams", {"format_id": "quick-check", "level": "B1"})
        exam_id = str(state["exam"]["id"])
        for answer in itertools.cycle(ANSWERS):
            if state["turn"] is None:
                break
            turn = f"/api/v1/exams/{exam_id}/turns/{state['turn']['key']}"
            self._call(f"{turn}/begin", {})
            state = self._call(f"{turn}/answer", {"text": answer, "hand_in_anyway": True})
            if state["turn"] is not None:
                state = self._call(f"{turn}/next", {})
        return exam_id

    def _call(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self._token}"} if self._token else {})
        with urlopen(Request(self._url + path, json.dumps(body).encode(), headers), timeout=60) as answer:
            return dict(json.load(answer))


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--chromium", default="/usr/bin/chromium")
    options.add_argument("--json", type=Path, help="also write the numbers here")
    given = options.parse_args()
    run = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"]
    plain = [*run, "--server.headless", "true", "--browser.serverAddress", "localhost", "--browser.gatherUsageStats", "false"]
    found: Seconds = {
        name: []
        for name in (
            "empty page: start to healthy",
            "start to healthy",
            "empty page: first page interactive",
            "first page interactive",
            "submit to signed in",
            "reload to signed in",
            "send to first word",
            "report: asked to chart",
            "report: reload to chart",
        )
    }
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (Path(folder) / "app.py").write_text(EMPTY)
        browser = playwright.chromium.launch(executable_path=given.chromium, args=FLAGS)
        with (
            serve(plain, Path(folder), Path(folder)) as (empty, empty_start),
            serve(run, ROOT, Path(folder) / "data") as (ours, our_start),
        ):
            found["empty page: start to healthy"].append(empty_start)
            found["start to healthy"].append(our_start)
            for _ in range(given.rounds):
                found["empty page: first page interactive"].append(first_page(browser, empty, "Press"))
                found["first page interactive"].append(first_page(browser, ours, "Create account"))
            for number in range(given.rounds):
                journey(browser, ours, number, found)
        browser.close()
    report(found, given.json)


def report(found: Seconds, path: Path | None) -> None:
    """Print the medians and the ratio that must stay below 1.3."""
    medians = {name: round(statistics.median(values), 3) for name, values in found.items() if values}
    ratio = medians["first page interactive"] / medians["empty page: first page interactive"]
    result = {"seconds": medians, "first_page_ratio": round(ratio, 2), "rounds": len(found["first page interactive"])}
    for name, seconds in medians.items():
        print(f"{name:<40} {seconds:7.3f} s")
    print(f"{'first page / empty page':<40} {ratio:7.2f}  (must be at most 1.3)")
    print(json.dumps(result))
    if path:
        path.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
