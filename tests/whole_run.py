"""Makes plain `pytest` the whole gate: both cores and the coverage floor, which a run of a few files can do without.

Examples that Hypothesis makes up are the same in every run, however short: a run that fails by chance says nothing about the change.
"""

from typing import Any

import hypothesis
import pytest

hypothesis.settings.register_profile("same every time", derandomize=True, deadline=None, database=None)

COVERAGE_FLOOR = 94
"""Per cent of branches and lines; it only ever rises."""


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[Any]) -> None:
    """Add the options of the whole run when neither a path nor an option narrows it."""
    own = ("-q", "-v", "-ra", "-x", "-p", "tests.whole_run", "--strict", "--import-mode", "--allow-")
    narrowed = [arg for arg in args if not str(arg).startswith(own)]
    if narrowed:
        return
    args[:] = [*args, "-n", "2", "--dist", "loadgroup", "--durations=15", "--cov", "--cov-report=term:skip-covered"]
    args.append(f"--cov-fail-under={COVERAGE_FLOOR}")
    # pytest-cov decided before this hook, by the options of then, whether it is wanted.
    early_config.known_args_namespace = parser.parse_known_args(args)
    coverage: Any = early_config.pluginmanager.get_plugin("pytest_cov")
    coverage.pytest_load_initial_conftests(early_config, parser, args)


def pytest_configure(config: pytest.Config) -> None:
    """Make up the same examples in every run, unless `--hypothesis-profile` or `--hypothesis-seed` asks for others."""
    if not config.getoption("--hypothesis-profile", None) and not config.getoption("--hypothesis-seed", None):
        hypothesis.settings.load_profile("same every time")
