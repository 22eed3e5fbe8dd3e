"""Makes plain `pytest` the whole gate: several processes and the coverage floor, which a run of a few files can do without.

Examples that Hypothesis makes up are the same in every run, however short: a run that fails by chance says nothing about the change.
"""

from typing import Any

import hypothesis
import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # it has no types

hypothesis.settings.register_profile("same every time", derandomize=True, deadline=None, database=None)

WORKERS = 3
"""Processes, one more than a small machine has cores: tests that wait (for a browser, a clock, a server) leave a core to others.
With four a page in a browser is drawn too late now and then."""

BROWSER = "tests/e2e/"
TOGETHER = ("tests/unit/exam/assessment/test_fit.py", f"{BROWSER}test_platform.py")
"""Tests whose files are not divided: they share something dear (a fit, a second app)."""

COVERAGE_FLOOR = 94
"""Per cent of branches and lines; it only ever rises."""


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[Any]) -> None:
    """Add the options of the whole run when neither a path nor an option narrows it."""
    own = ("-q", "-v", "-ra", "-x", "-p", "tests.whole_run", "--strict", "--import-mode", "--allow-")
    narrowed = [arg for arg in args if not str(arg).startswith(own)]
    if narrowed:
        return
    args[:] = [*args, "-n", str(WORKERS), "--no-loadscope-reorder", "--durations=15", "--cov", "--cov-report=term:skip-covered"]
    args.append(f"--cov-fail-under={COVERAGE_FLOOR}")
    # pytest-cov decided before this hook, by the options of then, whether it is wanted.
    early_config.known_args_namespace = parser.parse_known_args(args)
    coverage: Any = early_config.pluginmanager.get_plugin("pytest_cov")
    coverage.pytest_load_initial_conftests(early_config, parser, args)


def pytest_configure(config: pytest.Config) -> None:
    """Make up the same examples in every run, unless `--hypothesis-profile` or `--hypothesis-seed` asks for others."""
    if not config.getoption("--hypothesis-profile", None) and not config.getoption("--hypothesis-seed", None):
        hypothesis.settings.load_profile("same every time")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long by itself and end with the browser.

    Once a browser is open no other test of that process can run an event loop: Playwright leaves its own marked as running.
    """
    items.sort(key=lambda item: place_of(item.nodeid))


def place_of(test: str) -> int:
    """Return 0 for a test that comes early, 1 for the most, 2 for those of the browser."""
    if test.startswith(BROWSER):
        return 2
    return 0 if test.startswith(TOGETHER) else 1


def share_of(test: str) -> str:
    """Name the share of the work that a test belongs to: shares are handed out whole, in the order of the tests."""
    return test.partition("::")[0] if test.startswith(TOGETHER) else test


class Shares(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Hands out single tests, and the files of `TOGETHER` whole. Groups of xdist 3.8 are without effect under pytest 9.2."""

    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Shares:
    """Divide the work of every run in several processes this way."""
    return Shares(config, log)
