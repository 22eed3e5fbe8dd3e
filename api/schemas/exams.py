"""Bodies of the exams API."""

from typing import Any, Literal

from pydantic import Field

from api.schemas.common import Answer, Request, When
from exam.models import AnswerMode, ExamMode, ExamState, GradingState, Phase, TranscriptState, Way

Level = Literal["A1", "A2", "B1", "B2", "C1", "C2"]
_ANYWAY = "hand in an answer that is shorter than the question asks for"
_WAY = "how the page is to ask for answers; any client may answer in any way"


class Start(Request):
    """Which exam to begin."""

    format_id: str = Field(min_length=1, max_length=60, examples=["quick-check"])
    level: Level
    mode: Literal["exam", "practice"] = "exam"
    way: Literal["speak", "type", "upload"] = Field(default="speak", description=_WAY)


class Typed(Request):
    """A typed answer."""

    text: str = Field(min_length=1, max_length=6000)
    hand_in_anyway: bool = Field(default=False, description=_ANYWAY)


class Notes(Request):
    """Notes of the preparation."""

    text: str = Field(max_length=4000)


class Draft(Request):
    """What is being typed and is not handed in; empty: nothing."""

    text: str = Field(max_length=6000)


class Words(Request):
    """What the person says they said; empty: only the timing counts."""

    text: str = Field(max_length=6000)


class Consent(Request):
    """Whether the person agrees to being recorded."""

    agreed: bool


class Finish(Request):
    """How to finish."""

    accept_transcripts: bool = Field(default=False, description="take the words that nobody has checked as they are")


class PartOut(Answer):
    """A part of a format or of an exam."""

    id: str
    title: str
    instructions: str


class FormatOut(Answer):
    """An exam that can be taken."""

    id: str
    title: str
    style: str
    description: str
    honesty: str
    minutes: tuple[float, float]
    levels: list[Level]
    turn_count: int
    speaking_seconds: int
    parts: list[PartOut]


class ExamOut(Answer):
    """An exam as lists show it."""

    id: str
    format_id: str
    title: str
    level: Level
    mode: ExamMode
    way: Way
    state: ExamState
    phase: Phase
    position: int = Field(description="how many turns are done")
    turn_count: int
    grading: GradingState
    grading_error: str
    label: str = Field(description="the result in words; empty before the report")
    created_at: When
    updated_at: When
    finished_at: When | None


class PictureOut(Answer):
    """A drawing, and the same in words."""

    svg: str
    alt: str


class TurnOut(Answer):
    """The current question."""

    key: str
    kind: str
    ask: str
    part: PartOut
    number: int
    turn_count: int
    part_number: int
    part_count: int
    opens_part: bool
    question: str
    bullets: list[str]
    options: list[str]
    pictures: list[PictureOut]
    preparation_seconds: int
    answer_seconds: int
    min_seconds: int
    min_words: int
    scored: bool


class AnswerOut(Answer):
    """A stored answer. `transcript` says how far its words are; `proposed` is what was heard, `text` what counts."""

    turn_key: str
    position: int
    question: str
    mode: AnswerMode
    submitted_at: When
    allowed_seconds: int
    scored: bool
    late: bool
    short: bool
    text: str
    transcript: TranscriptState
    proposed: str
    transcript_error: str
    transcriber: str
    has_recording: bool
    seconds: float | None = Field(description="length of the recording")
    speaking_seconds: float | None
    pause_seconds: float | None
    advice: list[str]


class KeptOut(Answer):
    """A recording that is kept with the current question, and no answer: it is too short. `advice` says so first."""

    seconds: float = Field(description="length of the recording")
    speaking_seconds: float
    advice: list[str]


class FeedbackOut(Answer):
    """Notes on an answer."""

    words: int
    notes: list[str]
    try_next: str


class StateOut(Answer):
    """Everything that a client shows now."""

    exam: ExamOut
    turn: TurnOut | None
    seconds_left: float | None = Field(description="what the running clock has left; null when none runs")
    ends_at: When | None
    overtime: bool = Field(description="the answer time is over, the grace is not: hand in now")
    notes: str
    draft: str = Field(description="what was being typed for this question and is not handed in")
    kept: KeptOut | None = Field(
        description="a recording of this question that was too short; in an exam it is handed in when time and grace run out"
    )
    answer: AnswerOut | None
    missed: list[str]
    feedback: FeedbackOut | None
    may_pause: bool
    may_answer_again: bool


class ExamList(Answer):
    """A page of exams, newest first."""

    items: list[ExamOut]
    next: str | None


class ConsentOut(Answer):
    """Whether the person has agreed, and who would hear the recordings."""

    agreed: bool
    transcribers: list[str]


class ReportOut(Answer):
    """The report: ranges, criteria with evidence, every answer with its words and silences, method and notes."""

    exam_id: str
    format_id: str
    title: str
    aimed_at: Level
    mode: ExamMode
    made_at: str
    label: str
    levels: tuple[Level, Level] | None
    scale_name: str
    scale_text: str
    honesty: str
    estimate: dict[str, Any]
    criteria: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    unanswered: int
    notes: list[str]


class ProgressOut(Answer):
    """Ranges over time, by exam, by aspect, by kind of task."""

    exams: list[dict[str, Any]]
    criteria: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    without_evidence: int
    reading: str
    noise: str
