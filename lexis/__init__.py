"""Words: their CEFR levels, dictionary forms, linking words, and what can be counted in an answer.

Importing this package loads no word table; the first lookup does (about 0.3 s, or call `warm_up`).
"""

from lexis.answer import profile
from lexis.connectives import connectives_in, suggest_connectives
from lexis.levels import everyday_words, lemma, warm_up, word_level
from lexis.models import LEVELS, AnswerProfile, ConnectiveUse, Level
from lexis.text import sentences, tokens, words

__all__ = [
    "LEVELS",
    "AnswerProfile",
    "ConnectiveUse",
    "Level",
    "connectives_in",
    "everyday_words",
    "lemma",
    "profile",
    "sentences",
    "suggest_connectives",
    "tokens",
    "warm_up",
    "word_level",
    "words",
]
