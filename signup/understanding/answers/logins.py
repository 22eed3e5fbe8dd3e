"""What is no username: attempts with signs or spaces that none can have, and talk about somebody or something else."""

import re

from signup.models import Step
from signup.understanding.answers import facts as take
from signup.understanding.answers.attempts import attempt
from signup.understanding.beginning import Opened
from signup.understanding.intents import control_of
from signup.understanding.message import GUESS, LIKELY, SENTENCE
from signup.understanding.parts.segments import Segment, of
from signup.understanding.reading import EMAIL, USERNAME, Intent, Reading
from signup.understanding.words.everyday import is_everyday
from signup.understanding.words.lexicon import lexicon
from signup.understanding.words.wordlists import words

_ODD = re.compile(r"(?<!\S)(?=\S*[^\W\d_]{2})(?:[$€£%^~+&]+\w\S*|[\w.-]+[$€£%^~+&]+\w\S*)")
"""Signs within a word that no username can have: "$$moneyman$$", "rock&roll"."""
_CONNECTING = frozenset({"of", "the", "de", "del", "du", "des", "von", "vom", "der", "di", "da", "do", "la", "el", "und", "and", "y", "et"})
_BEINGS, _OWNERS = words("around_people"), words("owners") | words("determiners") | words("owners_too")
_CHAT = frozenset((word, "chat") for word in ("this", "that", "the", "your"))
"""Where the French word for a cat is an English one."""
_LED = 4
"""As many words of laughter and the like may stand before a sentence about somebody else."""


class Login(Opened):
    """A message that may hold a username or an address, or only an attempt at one."""

    def _tried_address(self) -> Reading | None:
        """Read an address that can be none as what it was meant for."""
        tried = attempt(self.said, self.clean) if self.step is Step.EMAIL else None
        return Reading(intent=Intent.PROVIDE, facts={EMAIL: tried}, confidence=LIKELY) if tried else None

    def _oddly_made(self) -> Reading | None:
        """Read a word with signs that no username can have: the step's rules say what is wrong with it."""
        if self.step is not Step.USERNAME or self.found_emails:
            return None
        odd = _ODD.search(self.clean)
        if odd and (len(self.text.tokens) <= SENTENCE + 1 or any(of(self.parts, "callme", "username"))):
            return Reading(intent=Intent.PROVIDE, facts={USERNAME: odd.group().rstrip(".,!?")}, confidence=GUESS)
        return None

    def _titled(self, found: Reading) -> Reading | None:
        """Return several words after "call me" as they are where one of them alone was taken for the value."""
        if self.step is not Step.USERNAME or found.intent is not Intent.PROVIDE or found.facts.keys() != {USERNAME} or self.signals.marked:
            return None
        titled = next((part for part in of(self.parts, "callme", "called") if self._is_title(part)), None)
        if titled is None or found.facts[USERNAME] not in titled.words:
            return None
        value = self.text.clean[titled.tokens[0].start : titled.tokens[-1].end]
        return Reading(intent=Intent.PROVIDE, facts={USERNAME: value}, confidence=GUESS)

    def _is_title(self, part: Segment) -> bool:
        """Tell whether several words without any small one among them are meant as one: "queen of accra", "little red fox"."""
        lex = lexicon()
        inner = [token for token in part.tokens if token.folded not in _CONNECTING]
        whole = [token.folded for token in self.text.tokens[-len(part.tokens) :]] == [token.folded for token in part.tokens]
        if not whole or len(inner) not in range(2, SENTENCE + 1) or {part.tokens[0], part.tokens[-1]} - set(inner):
            return False
        small = (
            token.folded in lex.stop
            or lex.control.at((token.folded,), 0)
            or lex.glue.at((token.folded,), 0)
            or lex.ask.at((token.folded,), 0)
            or lex.topics.at((token.folded,), 0)
            or take.is_made(token.raw)
            for token in inner
        )
        return not any(small)

    def _speaks_of_others(self) -> Reading | None:
        """Read a sentence about somebody or something in the room as talk, or as the command behind it: "my boss is calling, later"."""
        if self.step not in {Step.USERNAME, Step.EMAIL, Step.PASSWORD} or "@" in self.clean or not self._is_about_others():
            return None
        if any(take.is_made(token.raw) for token in self.text.tokens) or self._names_something():
            return None
        intent = control_of(self.signals, self.step)
        is_command = intent in {Intent.LATER, Intent.THINKING, Intent.GO_BACK, Intent.CANCEL}
        found = Reading(intent=intent if intent is not None and is_command else Intent.UNCLEAR, confidence=GUESS)
        return self._composed(found) or found

    def _is_about_others(self) -> bool:
        """Tell whether somebody around is what the sentence begins with, behind nothing but laughter and small words."""
        folded = self.text.folded
        at = next((index for index, word in enumerate(folded[: _LED + 2]) if word in _BEINGS), 0)
        if not at or folded[at - 1] not in _OWNERS or folded[at - 1 : at + 1] in _CHAT or len(folded) - at < SENTENCE - 1 or self.asks:
            return False
        led = self.text.tokens[: at - 1]
        is_one = not any(token.before.strip() for token in self.text.tokens[at : at + 2])
        return is_one and all(lexicon().control.at((token.folded,), 0) or _laughs(token.folded) for token in led)

    def _names_something(self) -> bool:
        """Tell whether a value may stand in the sentence: "my kids call me pappabjorn"."""
        if any(True for _ in of(self.parts, "username", "called", "name", "first_name", "last_name")):
            return True
        return any(not is_everyday(part.tokens[0]) for part in of(self.parts, "callme", "iam") if len(part.tokens) == 1)


def _laughs(word: str) -> bool:
    return word.startswith(("haha", "hehe", "jaja", "jeje", "kkk", "lol", "mdr", "ptdr", "rsrs", "ahah", "xd", "ха", "www", "哈"))
