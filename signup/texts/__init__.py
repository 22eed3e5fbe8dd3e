"""What the assistant says, in every language there is a file for."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

DEFAULT = "en"


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages there is a file for, English first."""
    found = sorted(file.name.removesuffix(".yaml") for file in resources.files(__name__).iterdir() if file.name.endswith(".yaml"))
    return (DEFAULT, *(code for code in found if code != DEFAULT))


def best_language(wanted: str) -> str:
    """Return the language for an `Accept-Language` header or a tag such as `fr-CA`: the first that there is, or English."""
    for part in wanted.split(",")[:20]:
        code = part.partition(";")[0].strip().lower().partition("-")[0]
        if code in languages():
            return code
    return DEFAULT


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the texts of one language under dotted keys (`ask.email`)."""
    import yaml  # noqa: PLC0415 - 15 ms that a start need not pay

    loaded = yaml.safe_load(resources.files(__name__).joinpath(f"{language}.yaml").read_text(encoding="utf-8"))
    return dict(_flat(loaded, ""))


def _flat(tree: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        found += _flat(value, f"{prefix}{key}.") if isinstance(value, Mapping) else [(f"{prefix}{key}", str(value))]
    return found


class Texts:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        """Choose the language; one that there is no file for is English."""
        self.language = language if language in languages() else DEFAULT
        self._texts = catalogue(self.language)

    def say(self, key: str, **values: object) -> str:
        """Return the text with its braces filled in. Values are put in as they are and never read as a text themselves."""
        return self._texts[key].format_map(values)

    def has(self, key: str) -> bool:
        """Tell whether there is such a text."""
        return key in self._texts

    def listed(self, items: list[str], joiner: str = "and") -> str:
        """Return "a, b and c", or with "or" before the last."""
        *others, last = items or [""]
        return ", ".join(others) + self.say("joiner" if joiner == "and" else "joiner_or") + last if others else last
