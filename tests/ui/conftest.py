"""Pages run by Streamlit's own test runner over real services: SQLite in a temporary folder, cheap hashes, the offline examiner."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import wiring
from core import settings as configuration
from tests.ui.tabs import Open, Person, Tab, make_person
from ui import client
from wiring import Services

ROOT = Path(__file__).parents[2]
SECONDS = 120


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Return the services that the pages of this test use."""
    for name, value in {"DATA_DIR": str(tmp_path), "SECURITY__BCRYPT_ROUNDS": "4", "LIMITS__SIGNUP": "", "LIMITS__LOGIN_IP": ""}.items():
        monkeypatch.setenv(name, value)
    built = wiring.build(configuration.load(None))
    wiring.use(built)
    yield built
    wiring.use(None)
    built.close()


@pytest.fixture
def open_page(services: Services, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Return a function that opens a page in a new tab, with a login cookie if one is given."""
    del services  # must be there before a page runs

    def open_it(path: str = "", *, cookie: str = "", **query: str) -> Tab:
        monkeypatch.setattr(client, "cookie", lambda name: cookie if name == "viva" else "")
        monkeypatch.setattr(client, "page_path", lambda: path)
        test = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=SECONDS)
        test._page_hash = calc_hash(path or "home") if path else ""
        test.query_params.update(query)
        tab = Tab(test.run())
        tab.check()
        return tab

    return open_it


@pytest.fixture
def person(services: Services) -> Person:
    """Return somebody who is signed in."""
    return make_person(services, "ana")
