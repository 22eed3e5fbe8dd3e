"""Values of the model component: what a provider is asked, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """Who speaks: the learner or the examiner."""

    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that was said."""

    role: Role
    text: str


class Ask(StrEnum):
    """Why the examiner asks what it is handed."""

    OPENING = "opening"  # the first question of a conversation
    FOLLOW_UP = "follow_up"  # takes up the learner's last answer
    NEXT = "next"  # a new question after the last one is done
    AGAIN = "again"  # the current question once more: it was not answered yet
    NOTHING = "nothing"  # the conversation ends, or there is nothing to ask


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminerBrief:
    """What the examiner is to do in its next turn. The caller chooses level, topic and question; the provider words and reacts.

    `level` is A1 to C2. `question` is the bank's question that the learner is on; `ask` says how to ask, `ask_text` what exactly
    (a follow-up with the learner's own words already filled in, or the question itself; empty for NOTHING). `mention` is a
    phrase of the learner's worth taking up, as the learner wrote it. `notice` is a sentence that must be passed on
    ("You have had every question about …"). `feedback`: whether a short note on the last answer is wanted.
    """

    level: str
    topic: str
    question: str = ""
    ask: Ask = Ask.NOTHING
    ask_text: str = ""
    follow_ups: tuple[str, ...] = ()
    mention: str = ""
    notice: str = ""
    feedback: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """One request to a provider.

    `turns` are in order of speaking and end with the learner's last words (empty for the examiner's greeting). With `brief` the
    provider acts as the examiner; without, `instructions` says what to do (grading, reading a form). `summary` retells what was
    said before the first turn. `provider` is asked first, those in `avoid` last. `standing_in` is set by the registry when the
    offline examiner answers because no configured provider could.
    """

    turns: tuple[Turn, ...] = ()
    brief: ExaminerBrief | None = None
    instructions: str = ""
    summary: str = ""
    provider: str = ""
    avoid: tuple[str, ...] = ()
    max_output_tokens: int = 700
    temperature: float | None = None
    standing_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What an answer cost: tokens (0 where the provider does not tell) and millionths of a US dollar."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_micros: int = 0


class Delta(NamedTuple):
    """The next piece of the answer's text, never empty."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The last event of a stream: who answered and what it cost. `cut_short`: the provider's length limit ended the answer."""

    provider: str
    model: str
    usage: Usage = Usage()
    cut_short: bool = False


Event = Delta | Done


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonAnswer:
    """A structured answer that fits the schema asked for (checked), and who gave it."""

    value: Mapping[str, object]
    provider: str
    model: str
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a provider can do. `structured`: `complete_json` works. `offline`: nothing leaves this machine."""

    structured: bool
    offline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderChoice:
    """A provider as people see it. `ready` is False while it is set aside after failures."""

    name: str
    label: str
    model: str
    offline: bool
    ready: bool
