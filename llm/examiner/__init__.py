"""The offline examiner's craft: understanding what kind of thing the learner said, notes on it, and the words to say."""

from llm.examiner.reading import Heard, Reading, read

__all__ = ["Heard", "Reading", "read"]
