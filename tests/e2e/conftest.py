"""The real app in a process of its own, and a real Chromium in front of it."""

import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests import needs
from tests.servers.ports import reserved_port

ROOT = Path(__file__).parents[2]
OMNIBOX = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup")
"""Two pages of Chromium's own behind the address bar of every window: half of what a new context costs, and nobody sees them."""
UNWANTED_BY_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
"""What Playwright turns off, once more: of two lists Chromium reads the last one."""
FLAGS = (
    f"--disable-features={','.join((*OMNIBOX, *UNWANTED_BY_PLAYWRIGHT))}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 60
STOP_SECONDS = 20
PATIENCE = 60_000  # a busy machine is no fault
expect.set_options(timeout=PATIENCE)
NO_LIMITS = {"LIMITS__SIGNUP": "", "LIMITS__LOGIN_IP": "", "LIMITS__CHAT": "", "LIMITS__EXAM": ""}


@dataclass(frozen=True, slots=True)
class App:
    """A running app."""

    url: str
    data_dir: Path
    process: subprocess.Popen[str]
    reader: threading.Thread
    lines: list[str]

    @property
    def output(self) -> str:
        return "".join(self.lines)

    def stop(self) -> None:
        """End it as Ctrl+C would."""
        sys.stdout.write(self.output[-4000:])  # shown where the test failed
        self.process.terminate()
        self.process.wait(STOP_SECONDS)
        self.reader.join(STOP_SECONDS)
        if self.process.stdout:
            self.process.stdout.close()


StartApp = Callable[..., App]


def start_app(data_dir: Path, *, with_uvicorn: bool = False, settings: Mapping[str, str] | None = None, port: int = 0) -> App:
    """Start the app on a free port (or on `port`, where one that was killed stood) and wait until it says where it is."""
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV"}}
    environment |= {"DATA_DIR": str(data_dir), "SECURITY__BCRYPT_ROUNDS": "4", "PYTHONUNBUFFERED": "1", **(settings or {})}
    command = (
        [sys.executable, "-m", "uvicorn", "app:app", "--port", str(port)]
        if with_uvicorn
        else [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    )
    process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines: list[str] = []
    found: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=_read, args=(process, lines, found), daemon=True)
    reader.start()
    try:
        opened = found.get(timeout=START_SECONDS)
    except queue.Empty:
        opened = ""
    app = App(url=f"http://localhost:{opened}", data_dir=data_dir, process=process, reader=reader, lines=lines)
    if not opened:
        app.stop()
        raise AssertionError(f"the app did not start:\n{app.output}")
    try:
        with urlopen(f"{app.url}/_stcore/health", timeout=START_SECONDS):  # waits in the socket's queue until the app serves
            return app
    except OSError:
        with suppress(subprocess.TimeoutExpired):  # let it say why
            process.wait(STOP_SECONDS)
        app.stop()
        raise AssertionError(f"the app did not start:\n{app.output}") from None


def _read(process: "subprocess.Popen[str]", lines: list[str], found: "queue.Queue[str]") -> None:
    """Collect what the app says; put its port into `found` once the socket is open, or "" when it ends before."""
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        address = re.search(r"https?://\S+?:(\d+)", line)
        if address:
            found.put(address[1])
    found.put("")


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """One app for every test that does not need one of its own."""
    running = start_app(tmp_path_factory.mktemp("data"), settings=NO_LIMITS)
    yield running
    running.stop()


@pytest.fixture
def port() -> Iterator[int]:
    """Yield a port that stays the test's own while the app on it is killed and started again."""
    with reserved_port() as port:
        yield port


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[StartApp]:
    """Start apps of the test's own, all in one data folder; they are ended with the test."""
    running: list[App] = []

    def start(**options: Any) -> App:
        running.append(start_app(tmp_path / "data", **options))
        return running[-1]

    yield start
    for one in running:
        if one.process.poll() is None:
            one.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the machine's own Chromium; Playwright's download does not work on a closed network."""
    chromium = needs.program("chromium", "chromium-browser", "google-chrome", install="apt-get install chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def browser(browser: Browser) -> Browser:
    """The worker's one browser; every page of it waits as long as our expectations do."""
    new_context = browser.new_context

    def patient_context(*args: Any, **kwargs: Any) -> BrowserContext:
        context = new_context(*args, **kwargs)
        context.set_default_timeout(PATIENCE)
        return context

    browser.new_context = patient_context  # type: ignore[method-assign]  # each test makes contexts of its own
    return browser


@pytest.fixture(scope="session")
def base_url() -> str:
    """Tests name whole addresses. Stands in for a plugin's fixture that pytest warns about."""
    return ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to a failed test what its pages showed: the line that failed rarely says it."""
    report = yield
    browser = getattr(item, "funcargs", {}).get("browser")
    if report.when == "call" and report.failed and browser is not None:
        for page in (page for context in browser.contexts for page in context.pages):
            report.sections.append((page.url, _shown(page)))
    return report


def _shown(page: Page) -> str:
    try:
        return str(page.get_by_role("main").aria_snapshot(timeout=5_000))
    except PlaywrightError as error:  # the page was closed, or Chromium with it
        return str(error)
