"""Names of several words that are one answer: "Nur Zainab, two words", "Harpreet Kaur. Kaur is my middle name"."""

import re

from signup.understanding.names.mentions import Name
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.text import Text
from signup.understanding.words.wordlists import words

_TWO, _WORDS, _NAMES = words("two_or_three"), words("word_words"), words("speaking_of_names")
_LACKING, _MIDDLE, _WHOLE = words("lacking"), words("middle_names"), words("whole_given")
_ENOUGH, _ONLY = words("suffices") | {"fine", "ok", "okay", "good"}, words("only_this")
_ONE = words("one") | {"einen", "одно", "solo"}
_HAVE = frozenset(
    {"have", "has", "had", "got", "use", "haben", "habe", "avons", "ai", "tenemos", "tengo", "temos", "tenho", "abbiamo", "ho", "есть"}
)
_TOGETHER = re.compile(
    r"\b(?:al+ ?together|my whole name|whole first name|counts? as one|one (?:first )?name|belongs? together)\b", re.IGNORECASE
)
_NEAR, _FEW = 3, 4


def whole_name(read: Text, found: list[Name]) -> Name | None:
    """Return the only name of several words where it is said that its words belong together."""
    long = [name for name in found if 1 < name.end - name.start <= _FEW]
    if len(long) != 1:
        return None
    rest = read.folded[: long[0].start] + read.folded[long[0].end :]
    if not _ENOUGH.isdisjoint(rest) and not _ONLY.isdisjoint(rest):
        return None  # "just Amani is fine"
    said = _counts(rest) or lacks_family_name(read) or _has_middle(read, long[0]) or _TOGETHER.search(read.clean)
    return long[0] if said else None


def _counts(rest: tuple[str, ...]) -> bool:
    """Tell whether words are counted: "two words", "I have two names"."""
    counted = [at for at, word in enumerate(rest) if word in _TWO]
    return any(not (_WORDS | _NAMES).isdisjoint(rest[at + 1 : at + 1 + _NEAR]) for at in counted)


def lacks_family_name(read: Text) -> bool:
    """Tell whether it is said that there is no family name, or only one name: "we have no family names in Bhutan", "soyadım yok"."""
    folded = read.folded
    for at, word in enumerate(folded):
        following = folded[at + 1 : at + 2 + _NEAR]
        if word in _ONLY and not _ONE.isdisjoint(following[:_NEAR]) and not _NAMES.isdisjoint(following):
            return True  # "ich habe nur einen Namen"
        if word in _ONLY and len(following) == 1 and following[0] in _ONE and not _HAVE.isdisjoint(folded[max(0, at - _NEAR) : at]):
            return True  # "in Indonesia we have just one"
    for match in lexicon().fields.all(folded):
        if "last_name" in match.labels and not _LACKING.isdisjoint(
            folded[max(0, match.start - _NEAR) : match.start] + folded[match.end : match.end + 2]
        ):
            return True
    return False


def _has_middle(read: Text, name: Name) -> bool:
    """Tell whether the last word of a name is said to be another first name: "Kaur is my middle name"."""
    last = read.folded[name.end - 1]
    again = [at for at, word in enumerate(read.folded) if word == last and at >= name.end]
    return any(not _MIDDLE.isdisjoint(read.folded[at + 1 : at + 1 + _FEW]) for at in again)
