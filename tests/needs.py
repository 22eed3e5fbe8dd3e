"""What some tests need from the machine. Absent: skipped with one line that says what to install; in CI that is a failure."""

import os
import shutil

import pytest


def program(*names: str, install: str) -> str:
    """Return the path of the first of `names` that is installed; skip (fail in CI) when none is."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    missing(f"{names[0]} is not installed: {install}")
    raise AssertionError  # not reached: missing() raises


def missing(sentence: str) -> None:
    """Skip the running test with `sentence`; under CI fail it, because nothing may be skipped there."""
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
