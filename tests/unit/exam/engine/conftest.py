"""An exam service over SQLite in a temporary folder, with a clock that the test moves and models that the test holds."""

import random
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from core.ids import RandomIds
from db_sqlite.recordings import FileRecordings
from db_sqlite.stores import open_stores
from exam.bank import default_catalogue
from exam.config import ExamConfig
from exam.models import ExamView
from exam.service import ExamService
from llm.call import Call
from llm.errors import ProviderUnavailable
from llm.models import ChatRequest, Event, JsonAnswer, ProviderChoice
from speech.errors import TranscriptionFailed
from speech.models import Transcript
from speech.service import Transcription
from tests.factories import FrozenClock, NoLimits

ADA = "usr_ada"


@dataclass
class HeldModels:
    """Models whose structured answers the test gives; none are configured while `answers` is None."""

    answers: Callable[[ChatRequest], Mapping[str, object]] | None = None
    asked: list[ChatRequest] = field(default_factory=list)
    calls: list[Call | None] = field(default_factory=list)
    name: str = "groq"

    @property
    def has_models(self) -> bool:
        return self.answers is not None

    def stream(self, _request: ChatRequest, *, call: Call | None = None) -> Iterator[Event]:
        self.calls.append(call)
        raise ProviderUnavailable

    def complete_json(self, request: ChatRequest, _schema: Mapping[str, Any], *, call: Call | None = None) -> JsonAnswer:
        self.asked.append(request)
        self.calls.append(call)
        if self.answers is None:
            raise ProviderUnavailable
        return JsonAnswer(value=self.answers(request), provider=self.name, model="m-1")

    def choices(self) -> tuple[ProviderChoice, ...]:
        return (
            ProviderChoice(name="groq", label="Groq", model="m-1", offline=False, ready=True),
            ProviderChoice(name="offline", label="Offline examiner", model="examiner", offline=True, ready=True),
        )

    def warm_up(self) -> None: ...

    def close(self) -> None: ...


@dataclass
class HeldTranscriber:
    """Writes down what the test says, when the test lets it."""

    heard: str = "I have lived in a small town near the coast for about ten years"
    fails: bool = False
    may_answer: threading.Event = field(default_factory=threading.Event)
    asked: list[str | None] = field(default_factory=list)
    name: str = "held"
    model: str = "v1"

    def transcribe(self, _audio: bytes, *, language: str, prompt: str | None = None) -> Transcript:
        self.asked.append(prompt)
        assert language == "en"
        assert self.may_answer.wait(20)
        if self.fails:
            raise TranscriptionFailed("It could not be written down just now.", provider="held", reason="told to")
        return Transcript(text=self.heard, provider=self.name, model=self.model)


class Bench:
    """Services over one folder; `restart` ends one and begins another over the same data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FrozenClock()
        self.models = HeldModels()
        self.transcriber: HeldTranscriber | None = None
        self.config = ExamConfig()
        self._open()

    def _open(self) -> None:
        self.stores = open_stores(self.folder / "viva.db")
        self.recordings = FileRecordings(self.folder / "recordings")
        self.exams = ExamService(
            store=self.stores.exams,
            recordings=self.recordings,
            catalogue=default_catalogue,
            models=self.models,
            transcription=Transcription(transcribers=[self.transcriber] if self.transcriber else []),
            limits=NoLimits(),
            clock=self.clock,
            ids=RandomIds(),
            pick=random.Random(7).choice,
            config=self.config,
        )

    def close(self) -> None:
        if self.transcriber is not None:
            self.transcriber.may_answer.set()
        self.exams.close()
        self.stores.database.close()

    def restart(self) -> None:
        self.close()
        self._open()

    def with_transcriber(self) -> HeldTranscriber:
        self.transcriber = HeldTranscriber()
        self.exams.close()
        self.stores.database.close()
        self._open()
        self.exams.give_consent(ADA)
        return self.transcriber

    def start(self, form: str = "quick-check", level: str = "", mode: str = "exam") -> ExamView:
        return self.exams.start(ADA, format_id=form, level=level or default_catalogue().format(form).levels[0], mode=mode)

    def begun(self, view: ExamView) -> ExamView:
        assert view.turn
        return self.exams.begin_answer(ADA, view.exam.id, view.turn.key)

    def typed(self, view: ExamView, text: str) -> ExamView:
        """Answer the current question and go on."""
        assert view.turn
        self.exams.begin_answer(ADA, view.exam.id, view.turn.key)
        self.exams.submit_text(ADA, view.exam.id, view.turn.key, text, hand_in_anyway=True)
        return self.exams.go_on(ADA, view.exam.id, view.turn.key)

    def to_the_end(self, view: ExamView, texts: list[str]) -> ExamView:
        while view.turn:
            view = self.typed(view, texts[view.turn.number - 1])
        return view

    def settle(self) -> None:
        """Wait for the background work of this service."""
        self.exams._hearing._pool.shutdown(wait=True)
        self.exams._grading._pool.shutdown(wait=True)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()
