"""Short and hurried spellings written out, so that one pattern reads "I don't", "i dont" and "I do not" alike."""

import re
from typing import Final

_words = str.split

_WRITTEN_OUT: Final = {
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "cant": "can not", "cannot": "can not", "couldnt": "could not",
    "wont": "will not", "wouldnt": "would not", "shouldnt": "should not", "isnt": "is not", "arent": "are not", "wasnt": "was not",
    "werent": "were not", "havent": "have not", "hasnt": "has not", "im": "i am", "ive": "i have", "youre": "you are",
    "thats": "that is", "its": "it is", "whats": "what is", "wheres": "where is", "whos": "who is", "hows": "how is", "lets": "let us",
    "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "plse": "please", "pleas": "please", "thx": "thanks",
    "tks": "thanks", "thanx": "thanks", "ty": "thanks", "idk": "i do not know", "dunno": "do not know", "wanna": "want to",
    "gonna": "going to", "gotta": "have to", "wat": "what", "wht": "what", "helo": "hello", "hai": "hi", "hii": "hi", "heyy": "hey",
    "ok": "okay", "okey": "okay", "k": "okay", "practise": "practice", "practising": "practicing", "tho": "though", "bcs": "because",
    "bc": "because", "coz": "because", "cuz": "because", "yeah": "yes", "yep": "yes", "yea": "yes", "yup": "yes", "nope": "no", "mr": "sir",
    "undestand": "understand", "understant": "understand", "understend": "understand", "anderstand": "understand", "repet": "repeat",
    "anather": "another", "quetion": "question", "qustion": "question", "questoin": "question", "englich": "english", "inglish": "english",
    "sory": "sorry", "sorri": "sorry", "dificult": "difficult", "diffcult": "difficult",
}  # fmt: skip
_ENDINGS: Final = (
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\blet's\b"), "let us"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"\b(it|that|what|who|how|where|there|here|he|she)'s\b"), r"\1 is"),
)
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")

_BEFORE: Final = tuple(
    _words("okay well um uhm uh hmm hm er oh ah so but and now please sorry hello hi hey teacher sir madam mam maam examiner actually")
)
_BEFORE_PHRASES: Final = (
    "hi there",
    "hello there",
    "hey there",
    "excuse me",
    "thank you",
    "thanks",
    "i think",
    "good morning",
    "good afternoon",
    "good evening",
    "dear teacher",
    "my dear",
    "dear",
    "nice to meet you",
)
_AFTER: Final = ("please", "sorry", "thanks", "thank you", "teacher", "sir", "madam", "mam", "examiner", "then", "dear")


def written_out(plain: str) -> str:
    """Return lower-case text without punctuation with short forms and hurried spellings written out."""
    for pattern, full in _ENDINGS:
        plain = pattern.sub(full, plain)
    plain = _DRAWN_OUT.sub(r"\1\1", plain)
    return " ".join(_WRITTEN_OUT.get(word, word) for word in plain.split())


def without_politeness(said: str) -> str:
    """Return written-out text without "sorry", "please", "teacher" and the like at its ends; the text itself if nothing is left."""
    kept = said
    while True:
        shorter = _cut(kept)
        if shorter == kept:
            return kept or said
        if not shorter:
            return said
        kept = shorter


def _cut(said: str) -> str:
    for phrase in (*_BEFORE_PHRASES, *_BEFORE):
        if said == phrase or said.startswith(f"{phrase} "):
            return said[len(phrase) + 1 :]
    for phrase in _AFTER:
        if said.endswith(f" {phrase}"):
            return said[: -len(phrase) - 1]
    return said
