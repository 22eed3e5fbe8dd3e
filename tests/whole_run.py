"""Makes plain `pytest` the whole gate: both cores and the coverage floor, which a run of a few files can do without."""

from typing import Any

import pytest

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
