"""Values of the exam engine: one exam, its script, its answers, and what a face shows of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from exam.bank.models import Aspect, PlannedTurn
from lexis import Level
from speech.models import Timing


class ExamMode(StrEnum):
    """How an exam is taken."""

    EXAM = "exam"  # as the real one: the clock is strict, nothing is said about the answers before the end
    PRACTICE = "practice"  # time is shown but never closes a turn, and every answer gets notes


class ExamState(StrEnum):
    """Where an exam is in its life."""

    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class Phase(StrEnum):
    """What the current turn waits for."""

    READY = "ready"  # the question is shown, no clock runs
    PREPARING = "preparing"
    ANSWERING = "answering"
    ANSWERED = "answered"  # an answer is stored; it may still be given again under the rules of the mode
    COMPLETE = "complete"  # every turn is done; the exam waits for `finish`


class Way(StrEnum):
    """How the person wants to answer; an answer may always be given in another way."""

    SPEAK = "speak"
    TYPE = "type"
    UPLOAD = "upload"


class AnswerMode(StrEnum):
    """How an answer was given."""

    SPOKEN = "spoken"
    TYPED = "typed"
    NONE = "none"  # nothing was handed in, or the person passed


class TranscriptState(StrEnum):
    """How far the words of a spoken answer are."""

    NONE = "none"  # nobody writes recordings down here: the person may type the words
    PENDING = "pending"
    PROPOSED = "proposed"  # written down by a provider, not yet seen by the person
    FAILED = "failed"
    CONFIRMED = "confirmed"


class GradingState(StrEnum):
    """How far the report is."""

    NONE = "none"
    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A follow-up as it was asked. `candidate` is the script's unfilled text, `source` "script" or the model that worded it."""

    text: str
    candidate: str
    source: str = "script"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecording:
    """A recording of the current turn that is stored and was looked at, and is no answer.

    Of an exam it is one whose only fault is that it is `short`; `advice` are the sentences that an answer with it will have, the
    worst fault first. `fingerprint` tells whether the same recording comes again.
    """

    turn_key: str
    recording_id: str
    content_type: str
    fingerprint: str
    timing: Timing | None
    advice: tuple[str, ...] = ()
    short: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """One exam of one person. Everything that changes is here and changes by compare-and-swap on `version`.

    `position` is the index of the current turn (`turn_count` when all are done). `preparation_ends_at` and `answer_ends_at`
    are stored when a clock starts, so that a reload or a restart resumes exactly there; while paused they are None and
    `seconds_left` holds what is left. `notes`, `drafts` and `asked` are by turn key; a draft is what is being typed and is not handed
    in: the answer, or the words of a recorded one. `kept` is a recording of the current turn that is not handed in because it is too
    short. `way` is how the person chose to answer last. `label` is the result for lists, "" before it.
    """

    id: str
    user_id: str
    format_id: str
    title: str
    level: Level
    mode: ExamMode
    created_at: datetime
    updated_at: datetime
    turn_count: int
    item_ids: tuple[str, ...] = ()
    state: ExamState = ExamState.RUNNING
    phase: Phase = Phase.READY
    position: int = 0
    started_at: datetime | None = None
    preparation_ends_at: datetime | None = None
    answer_ends_at: datetime | None = None
    seconds_left: float | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    drafts: Mapping[str, str] = field(default_factory=dict)
    kept: KeptRecording | None = None
    way: Way = Way.SPEAK
    asked: Mapping[str, Asked] = field(default_factory=dict)
    finished_at: datetime | None = None
    grading: GradingState = GradingState.NONE
    grading_error: str = ""
    grading_lease: datetime | None = None
    label: str = ""
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether answers may still come."""
        return self.state in {ExamState.RUNNING, ExamState.PAUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptPart:
    """A part as the candidate knows it."""

    id: str
    title: str
    instructions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptCriterion:
    """What this style of exam marks, and from which aspects it is estimated."""

    id: str
    title: str
    aspects: tuple[Aspect, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptPicture:
    """A picture as it was when the exam began: a safe SVG document, and the same in words."""

    svg: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamScript:
    """What one exam asks and how it is reported: written once at the start, so that later edits of files change nothing."""

    exam_id: str
    user_id: str
    turns: tuple[PlannedTurn, ...]
    parts: tuple[ScriptPart, ...]
    criteria: tuple[ScriptCriterion, ...]
    lowest: Level
    highest: Level
    honesty: str
    scale_name: str = ""
    scale: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, ScriptPicture] = field(default_factory=dict)
    repeated_ids: tuple[str, ...] = ()

    def part(self, part_id: str) -> ScriptPart:
        """Return the part of a turn."""
        return next(part for part in self.parts if part.id == part_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer; unique by exam and turn key. `text` is what counts: the typed answer, or the confirmed transcript.

    `proposed` is what a provider heard. `fingerprint` tells whether the same content was handed in again. `late`: after the
    answer time, within the grace. `short`: below the script's least words or seconds. `advice` are plain sentences about the
    recording ("very quiet"). `timing` is None without a recording.
    """

    exam_id: str
    user_id: str
    turn_key: str
    position: int
    question: str
    mode: AnswerMode
    submitted_at: datetime
    allowed_seconds: int
    scored: bool
    text: str = ""
    recording_id: str = ""
    content_type: str = ""
    timing: Timing | None = None
    advice: tuple[str, ...] = ()
    late: bool = False
    short: bool = False
    fingerprint: str = ""
    transcript: TranscriptState = TranscriptState.NONE
    proposed: str = ""
    transcriber: str = ""
    transcript_error: str = ""
    transcript_lease: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """The current turn as it is shown. `number` and `part_number` count from 1; `opens_part`: show the part's instructions."""

    key: str
    kind: str
    ask: str
    part: ScriptPart
    number: int
    turn_count: int
    part_number: int
    part_count: int
    opens_part: bool
    question: str
    bullets: tuple[str, ...]
    options: tuple[str, ...]
    pictures: tuple[ScriptPicture, ...]
    preparation_seconds: int
    answer_seconds: int
    min_seconds: int
    min_words: int
    scored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """Notes on one answer in practice mode: measured facts and at most one thing to try, never a level."""

    words: int
    notes: tuple[str, ...]
    try_next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamView:
    """Everything a face needs to show now.

    `turn` is None when all turns are done. `seconds_left` is what the running clock has left by the server's clock (0.0 and
    more), None when no clock runs; `ends_at` is the moment it ends. `overtime` is True between the end of the answer time
    and the end of the grace: hand in now. `draft` is what was being typed for the current turn and is not handed in.
    `answer` is the current turn's stored answer. `missed` are the keys of turns
    without an answer. `feedback` only in practice mode. `may_pause`, `may_answer_again`: what is allowed now.
    """

    exam: Exam
    turn: TurnView | None
    seconds_left: float | None
    ends_at: datetime | None
    overtime: bool
    notes: str
    draft: str
    answer: Answer | None
    missed: tuple[str, ...]
    feedback: Feedback | None
    may_pause: bool
    may_answer_again: bool


@dataclass(frozen=True, slots=True)
class ExamCursor:
    """Where a page of history ends."""

    created_at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class ExamPage:
    """Exams, newest first, and where the next page begins (None: no more)."""

    items: tuple[Exam, ...]
    next: ExamCursor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReport:
    """A report as it is kept: `data` is JSON (`exam.report.records`)."""

    exam_id: str
    user_id: str
    made_at: datetime
    data: str
