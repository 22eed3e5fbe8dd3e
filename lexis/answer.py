"""Count what is in one answer."""

from types import MappingProxyType

from lexis import connectives, levels
from lexis.models import LEVELS, AnswerProfile, Level
from lexis.text import CONTRACTIONS, expand, is_filler, sentences, tokens


def profile(text: str) -> AnswerProfile:
    """Count the words, levels, linking words and sentences of `text`; any text is fine, an empty one counts zeros."""
    found = tokens(text)
    spoken = [token for token in found if not is_filler(token)]
    parts = [part for token in spoken for part in expand(token)]
    lengths = [sum(not is_filler(token) for token in tokens(part)) for part in sentences(text)]
    lengths = [length for length in lengths if length]
    return AnswerProfile(
        words=len(spoken),
        different_words=len({levels.lemma(part) for part in parts}),
        fillers=len(found) - len(spoken),
        sentences=len(lengths),
        longest_sentence_words=max(lengths, default=0),
        words_by_level=MappingProxyType(_by_level(spoken)),
        connectives=connectives.in_tokens(found),
        subordinators=connectives.subordinators_in(parts),
    )


def _by_level(spoken: list[str]) -> dict[Level, tuple[str, ...]]:
    """The different dictionary forms by level, each shown as it was first written."""
    shown: dict[Level, list[str]] = {level: [] for level in LEVELS}
    seen: set[str] = set()
    for token in dict.fromkeys(spoken):
        key = token if token in CONTRACTIONS else levels.lemma(expand(token)[0])
        if key in seen:
            continue
        seen.add(key)
        level = levels.word_level(token)
        if level is not None:
            shown[level].append(token)
    return {level: tuple(found) for level, found in shown.items()}
