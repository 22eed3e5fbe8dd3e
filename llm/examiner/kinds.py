"""The kinds of things that a learner says to an examiner."""

from dataclasses import dataclass
from enum import StrEnum


class Heard(StrEnum):
    """The kinds of things a learner says."""

    ANSWER = "answer"
    TINY = "tiny"
    EMPTY = "empty"
    NOISE = "noise"
    GREETING = "greeting"
    READY = "ready"
    INTRODUCTION = "introduction"
    FAREWELL = "farewell"
    THANKS = "thanks"
    COMPLIMENT = "compliment"
    REPEAT = "repeat"
    UNCLEAR = "unclear"
    MEANING = "meaning"
    HELP = "help"
    HOW_IT_WORKS = "how_it_works"
    DONT_KNOW = "dont_know"
    SKIP = "skip"
    TOPIC = "topic"
    EASIER = "easier"
    HARDER = "harder"
    WHO = "who"
    HOW_ARE_YOU = "how_are_you"
    SCORE = "score"
    OPINION = "opinion"
    CORRECT_ME = "correct_me"
    WORD_WANTED = "word_wanted"
    QUESTION = "question"
    REQUEST = "request"
    WAIT = "wait"
    SHY = "shy"
    OBJECTION = "objection"
    ONLY_ENGLISH = "only_english"
    OTHER_LANGUAGE = "other_language"
    RUDE = "rude"
    CONCERN = "concern"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was heard.

    `word` is what it is about: the word whose meaning was asked, the topic that was wished for, the name that was given.
    `asks_back`: an answer that ends with a question to the examiner.
    """

    heard: Heard
    words: int = 0
    word: str = ""
    asks_back: bool = False
