"""The word lists of `wordlists.yaml` and `mentions.yaml`: single words, by what they are for."""

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from signup.understanding.words.text import fold


def lists(file: Traversable) -> dict[str, frozenset[str]]:
    """Return the lists of a file by name, each word folded."""
    # Only the block form is used: a YAML parser would take longer to load than the file to read.
    found: dict[str, set[str]] = {}
    name = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.endswith(": |"):
            name = line.removesuffix(": |")
            found[name] = set()
        elif line.startswith("  "):
            found[name].update(fold(word) for word in line.split())
    return {key: frozenset(words) for key, words in found.items()}


@cache
def _lists() -> dict[str, frozenset[str]]:
    here = resources.files("signup.understanding.words")
    return lists(here.joinpath("wordlists.yaml")) | lists(here.joinpath("mentions.yaml"))


def words(name: str) -> frozenset[str]:
    """Return one list, each word folded (`signup.understanding.words.text.fold`)."""
    return _lists()[name]
