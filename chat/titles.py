"""Titles made from what was said: short, on one line, always the same for the same words."""

import re

from chat.bank import find_mention
from chat.config import TITLE_CHARACTERS
from chat.models import ConversationKind
from llm.examiner import Heard, Reading

_words = str.split
_WORDS = 7
_OPENERS = re.compile(
    r"^(?:(?:well|so|ok|okay|um+|uh+|erm|(?:hello|hi|hey|good (?:morning|afternoon|evening))(?: (?:there|again|everyone|everybody|all))?"
    r"|yes|no|yeah|please|i think|i believe|in my opinion|actually|you know)\b[\s,.!-]*)+",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[*_`#>\[\]{}|<]+")
_SUBJECTS = {Heard.QUESTION, Heard.REQUEST, Heard.MEANING, Heard.WORD_WANTED}
"""What a chat can be about; in practice it only interrupts the examiner's question."""
_LOOSE_ENDS = frozenset(_words("a an the and or but of to in on at for with my is are because that i it"))


def before_any_answer(topic: str, level: str) -> str:
    """Return the title of a conversation in which the learner has said nothing yet."""
    return ", ".join(part for part in (topic, level) if part) or "New conversation"


def worth_it(reading: Reading, kind: ConversationKind) -> bool:
    """Tell whether a message names its conversation: an answer does; a greeting, "I don't understand" or "Skip" does not."""
    return reading.heard is Heard.ANSWER or (kind is ConversationKind.CHAT and reading.heard in _SUBJECTS)


def from_message(text: str, *, topic: str = "") -> str:
    """Return a title for a conversation whose first real message is `text`: its topic and what it is about."""
    about = _about(text)
    if not about:
        return topic
    title = f"{topic}: {about}" if topic else about[0].upper() + about[1:]
    return title if len(title) <= TITLE_CHARACTERS else title[: TITLE_CHARACTERS - 1].rstrip() + "…"


def _about(text: str) -> str:
    line = " ".join(_MARKUP.sub(" ", text[:1000]).split())
    mention = find_mention(line)
    if mention and len(line.split()) > _WORDS:
        return mention
    sentence = re.split(r"(?<=[.!?])\s|[;:,]\s", _OPENERS.sub("", line) or line, maxsplit=1)[0].rstrip(".!;:,")
    words = sentence.split()
    kept = words[:_WORDS]
    while len(words) > _WORDS and len(kept) > 1 and kept[-1].lower() in _LOOSE_ENDS:
        kept.pop()
    return " ".join(kept) + ("…" if len(words) > len(kept) else "")
