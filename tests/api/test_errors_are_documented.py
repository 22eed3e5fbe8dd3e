"""docs/errors.md lists every code that can leave the program, with the status that it really has."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from api.dialects import STATUS
from api.fault_examples import EXAMPLES
from core.errors import AppError

ROOT = Path(__file__).parents[2]
PACKAGES = ("api", "auth", "chat", "core", "exam", "llm", "mail", "signup", "speech")
ROWS = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]+?) \| \S.*\|$", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE))
OF_HTTP = {"BAD_REQUEST", "METHOD_NOT_ALLOWED", "TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE", "UPGRADE_REQUIRED", "HTTP_ERROR", "INTERNAL_ERROR"}
UNDER_ANOTHER_NAME = {"RULE_BROKEN", "EMAIL_MALFORMED", "CHOICE_INVALID"}


def kinds_below(parent: type[AppError]) -> Iterator[type[AppError]]:
    for child in parent.__subclasses__():
        yield child
        yield from kinds_below(child)


def every_error() -> set[type[AppError]]:
    for name in PACKAGES:
        for module in pkgutil.walk_packages(importlib.import_module(name).__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    return {kind for kind in kinds_below(AppError) if kind.__module__.partition(".")[0] in PACKAGES}


def test_every_error_code_is_documented_and_nothing_else() -> None:
    assert {kind.code for kind in every_error()} | OF_HTTP == set(ROWS)


def test_the_documented_statuses_are_the_real_ones() -> None:
    wrong = [kind.code for kind in every_error() if str(STATUS[kind.kind]) not in ROWS[kind.code]]
    assert wrong == []


def test_the_examples_of_the_openapi_document_have_these_codes_and_statuses() -> None:
    wrong = [name for name, (status, _, _) in EXAMPLES.items() if name not in UNDER_ANOTHER_NAME and str(status) not in ROWS.get(name, "")]
    assert wrong == []
