"""The one set of services of this process, handed by app.py to the script and to the routes."""

import threading

from wiring.services import Services

_lock = threading.Lock()
_services: list[Services] = []


def use(services: Services | None) -> None:
    """Make `services` the current ones (None: none, after shutdown)."""
    with _lock:
        _services[:] = [services] if services is not None else []


def current() -> Services:
    """Return the services that app.py built. Raises RuntimeError when there are none."""
    with _lock:
        if not _services:
            raise RuntimeError("the app is not started: run `streamlit run app.py` or `uvicorn app:app`")
        return _services[0]
