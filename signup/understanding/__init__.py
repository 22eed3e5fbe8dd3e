"""Reading what a person wrote, without any model."""

from signup.understanding.reader import read
from signup.understanding.reading import Intent, Reading, Topic

__all__ = ["Intent", "Reading", "Topic", "read"]
