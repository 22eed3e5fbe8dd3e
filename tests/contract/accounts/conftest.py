"""The suites of the accounts component also run on its stores in memory, which `AuthService()` and the unit tests use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.conftest import BACKENDS
from tests.fakes.auth_stores import memory_stores


@pytest.fixture(params=[*BACKENDS, "memory"])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[object]:
    """Yield the stores of one backend, empty."""
    if request.param == "memory":
        yield memory_stores()
        return
    with BACKENDS[request.param](tmp_path) as opened:
        yield opened
