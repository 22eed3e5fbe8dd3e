"""Finding phrases of many languages in a message, each position in a time that does not depend on how many phrases there are."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from signup.understanding.words.text import fold, tokenize

_SHORTEST_STEM = 2
_NO_LABELS: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Node:
    """What may follow the words of a phrase so far, and what they mean if the phrase ends here."""

    words: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[str, dict[str, "_Node"]] = field(default_factory=dict)
    """By their first letters, so that a word is only compared with those few that begin like it."""
    labels: frozenset[str] = _NO_LABELS

    def after(self, word: str) -> Sequence["_Node"]:
        """Return where phrases go on with a word; most words are in none, which takes two lookups."""
        exact = self.words.get(word)
        alike = self.stems.get(word[:_SHORTEST_STEM]) if self.stems else None
        if exact is None and len(word) > _SHORTEST_ROOT and "\u0621" <= word[0] <= "\u064a":
            return self._after_forms((word, *_without_clitics(word)))
        if alike is None:
            return () if exact is None else (exact,)
        found = [node for stem, node in alike.items() if word.startswith(stem)]
        return found if exact is None else [exact, *found]

    def _after_forms(self, forms: tuple[str, ...]) -> list["_Node"]:
        """Return where phrases go on with a word that has grown together with others, in any of its forms."""
        found = [self.words[form] for form in forms if form in self.words]
        for form in forms:
            found += (node for stem, node in self.stems.get(form[:_SHORTEST_STEM], {}).items() if form.startswith(stem))
        return found


class Match(NamedTuple):
    """A phrase that was found: tokens `start` up to but not including `end`, with everything it can mean."""

    start: int
    end: int
    labels: frozenset[str]


class Phrases:
    """A set of labelled phrases. A word that ends in `*` matches every word that begins like it."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Index `phrases`, given by label."""
        self._root = _Node()
        self._near: dict[str, str] = {}
        for label, texts in phrases.items():
            for text in texts:
                self._add(text, label)

    def _add(self, text: str, label: str) -> None:
        node = self._root
        for word in _words(text):
            if word.endswith("*"):
                stem = word[:-1]
                if len(stem) < _SHORTEST_STEM:
                    return  # it would match half of all words
                node = node.stems.setdefault(stem[:_SHORTEST_STEM], {}).setdefault(stem, _Node())
            else:
                node = node.words.setdefault(word, _Node())
                self._learn(word)
        if node is not self._root:
            node.labels |= {label}

    def _learn(self, word: str) -> None:
        if len(word) > 3 and word.isalpha():  # noqa: PLR2004 - shorter words have too many neighbours
            for index in range(len(word)):
                self._near.setdefault(word[:index] + word[index + 1 :], word)
            self._near.setdefault(word, word)

    def at(self, words: Sequence[str], start: int) -> Match | None:
        """Return the longest phrase that begins at `start`, or None."""
        longest, labels, end = start, _NO_LABELS, start
        nodes = self._root.after(words[start]) if start < len(words) else ()
        while nodes:
            end += 1
            if meant := _meaning(nodes):
                longest, labels = end, meant
            nodes = _further(nodes, words[end]) if end < len(words) else ()
        return Match(start, longest, labels) if labels else None

    def all(self, words: Sequence[str]) -> Iterator[Match]:
        """Yield the longest phrase at every position, overlapping ones included."""
        for start in range(len(words)):
            match = self.at(words, start)
            if match is not None:
                yield match

    def every(self, words: Sequence[str]) -> Iterator[Match]:
        """Yield every phrase at every position, shorter ones too."""
        for start, word in enumerate(words):
            nodes, end = self._root.after(word), start
            while nodes:
                end += 1
                yield from (Match(start, end, node.labels) for node in nodes if node.labels)
                nodes = _further(nodes, words[end]) if end < len(words) else ()

    def cover(self, words: Sequence[str]) -> Iterator[Match]:
        """Yield phrases from left to right without overlaps; words in no phrase are left out."""
        start = 0
        while start < len(words):
            match = self.at(words, start)
            if match is None:
                start += 1
            else:
                yield match
                start = match.end

    def nearest(self, word: str) -> str:
        """Return a known word that is one slip of the finger away from `word` (or `word` itself)."""
        if word in self._near and self._near[word] == word:
            return word
        if len(word) > 2 and (swapped := next((one for one in _swapped(word) if one in self._root.words), None)):  # noqa: PLR2004 - two letters are swapped too easily
            return swapped
        candidates = [word, *(word[:index] + word[index + 1 :] for index in range(len(word)))] if len(word) > 2 else []  # noqa: PLR2004 - as above
        for candidate in candidates:
            near = self._near.get(candidate)
            if near is not None and near[0] == word[0] and abs(len(near) - len(word)) <= 1:
                return near
        return word


def _meaning(nodes: Sequence[_Node]) -> frozenset[str]:
    """Return what the phrases mean that end here."""
    return nodes[0].labels if len(nodes) == 1 else _NO_LABELS.union(*(node.labels for node in nodes))


def _further(nodes: Sequence[_Node], word: str) -> Sequence[_Node]:
    """Return where phrases go on with one more word."""
    return nodes[0].after(word) if len(nodes) == 1 else [following for node in nodes for following in node.after(word)]


def _swapped(word: str) -> Iterator[str]:
    """Yield the word with two neighbouring letters exchanged."""
    for index in range(len(word) - 1):
        yield word[:index] + word[index + 1] + word[index] + word[index + 2 :]


_BEFORE = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وفبل](?=.{3}))")
_BEHIND = re.compile(r"(?:ها|هم|كم|نا|ني|ك|ي|ه)$")
_SHORTEST_ROOT = 3


def _without_clitics(word: str) -> Iterator[str]:
    """Yield an Arabic word without the article, "and", "for", "my" and the like that are written as one with it."""
    bare = _BEHIND.sub("", word)
    for form in {bare, _BEFORE.sub("", word), _BEFORE.sub("", bare)} - {word}:
        if len(form) >= _SHORTEST_ROOT:
            yield form


_SPECIAL = re.compile(r"[^\w\s\u0300-\u036f\u0900-\u097f\u064b-\u0655]|[_\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_folded = cache(fold)
"""Words of phrases repeat; those of messages are never kept."""


def _words(text: str) -> list[str]:
    if not _SPECIAL.search(text):
        return [_folded(word) for word in text.split()]  # what the lines below give, in a fifth of the time
    found = []
    for token in tokenize(text.replace("*", "\u2217")).tokens:
        word = token.folded
        if word != "\u2217":  # a script without spaces has a word for each sign, so any ending may follow anyway
            found.append(word[:-1] + "*" if word.endswith("\u2217") else word)
    return found
