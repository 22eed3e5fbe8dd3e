"""A phrase of the learner's that a follow-up takes up: "my little sister", "the market"."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from chat.bank.plain_yaml import read_plain

TO_THE_LEARNER = {"my": "your", "our": "your"}
ARTICLES = frozenset({"a", "an", "the", "his", "her", "their", "your"})
SHORTEST_NOUN = 3
_LONGEST_MENTION = 60
_BEFORE_NOUN_ENDINGS = ("ful", "ous", "ive", "able", "ible", "ish", "ing", "est", "less")
# Adjectives that stand before a noun without an ending of the kind above: the phrase is not taken up if it ends on one.
_ADJECTIVE_ENDINGS = (*_BEFORE_NOUN_ENDINGS, "al", "ic", "ary", "ent", "ant")
_VERB_ENDINGS = ("ate", "ise", "ize", "ify")
_LONGEST_PHRASE = 3
# Set phrases that only look as if something was named; a full stop in their place keeps their neighbours apart.
_SET_PHRASES = re.compile(
    r"\b(?:on the whole|on the other hand|on the one hand|at the moment|at the same time|in the end|in the first place|by the way|"
    r"all the time|most of the time|in my (?:opinion|view|experience)|to my mind|for the most part|the more|the less)\b",
    re.IGNORECASE,
)
_TOKENS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.,;:!?]")


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(text.split()) for name, text in read_plain(Path(__file__).parent / "mention_words.yaml").items()}


def listed(name: str) -> frozenset[str]:
    """Return one list of `mention_words.yaml`."""
    return _lists()[name]


def find_mention(answer: str) -> str | None:
    """Return a short noun phrase that the learner used ("my little sister", "the market"), or None.

    Something of the learner's own ("my", "our") goes before anything else, and a later phrase before an earlier one,
    because it is what they ended on. A guess from word order alone: wrong guesses are avoided by taking few.
    """
    tokens = _TOKENS.findall(_SET_PHRASES.sub(" . ", answer.replace("’", "'")))
    phrases = [phrase for at in range(len(tokens)) if (phrase := _phrase_at(tokens, at))]
    own = [phrase for phrase in phrases if phrase.split()[0] in TO_THE_LEARNER]
    found = own or phrases
    return found[-1] if found else None


def _phrase_at(tokens: list[str], at: int) -> str | None:
    """Return the noun phrase that begins at `at`, if what follows shows where it ends."""
    opener = tokens[at].lower()
    if opener not in TO_THE_LEARNER and opener not in ARTICLES:
        return None
    words: list[str] = []
    for token in [*tokens[at + 1 :], "."][: _LONGEST_PHRASE + 1]:
        if _ends_phrase(token, words):
            break
        words.append(token)
    else:
        return None
    if not words or not _is_noun(words[-1].lower()) or words[-1].lower() in ARTICLES:
        return None
    phrase = " ".join([opener, *words])
    return phrase if len(phrase) <= _LONGEST_MENTION else None


def _ends_phrase(token: str, words: Sequence[str]) -> bool:
    """Tell whether a token stands behind the noun: punctuation, a small word, or a verb behind a word that is a noun."""
    word = token.lower()
    if not token[0].isalpha() or word in listed("behind_noun") or (word.endswith("ly") and word not in listed("nouns_in_ly")):
        return True
    return (
        bool(words)
        and not _is_before_noun(words[-1].lower())
        and (words[-1].lower() in listed("kin") or word in listed("verbs") or _is_verb_form(word, words[-1]))
    )


def _is_verb_form(word: str, before: str) -> bool:
    # "My team plays": behind a singular noun a word in -s or -ed is taken for a verb.
    return word.endswith(("ed", *_VERB_ENDINGS)) or (word.endswith("s") and not word.endswith("ss") and not before.lower().endswith("s"))


def _is_noun(word: str) -> bool:
    return (
        len(word) >= SHORTEST_NOUN
        and word not in listed("vague")
        and not _is_before_noun(word)
        and not (word.endswith(_ADJECTIVE_ENDINGS) and word not in listed("nouns_like_adjectives"))
    )


def _is_before_noun(word: str) -> bool:
    return word in listed("before_noun") or word.endswith("'s") or (len(word) > len("being") and word.endswith(_BEFORE_NOUN_ENDINGS))


def spoken(text: str) -> str:
    """Return the words of `text` in lower case, one space around each: to look for whole words in."""
    return f" {' '.join(token for token in _TOKENS.findall(text.lower().replace('’', chr(39))) if token[0].isalpha())} "
