"""Streamlit's own lines, and those of the server that it runs in, leave through our logs: redacted, one form, one place.

Streamlit gives each of its loggers, and uvicorn's, a handler of its own: a page's exception would be printed with whatever it holds, and
access lines would come back that `--no-access-log` switched off (Streamlit 1.67; `tests/ui/test_logs.py` fails when that changes).
"""

import logging

from streamlit import logger as theirs

from core import log


def take_over() -> None:
    """Replace those handlers, now and whenever Streamlit makes another logger. Call it once the logs are configured."""
    theirs.setup_formatter = _adopt
    theirs.update_formatter()
    theirs.init_uvicorn_logs()


def _adopt(logger: logging.Logger) -> None:
    own = vars(logger).pop("streamlit_console_handler", None)
    if own is not None:
        logger.removeHandler(own)
    log.adopt(logger)
