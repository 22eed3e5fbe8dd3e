"""Makes reports in the background: that one is wanted is stored, so that a reload or a restart never loses it."""

import json
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWorking
from contextlib import suppress
from dataclasses import replace

from core import log
from core.clock import Clock
from core.errors import AppError
from exam.assessment.grader import Grader, assess
from exam.assessment.ports import Ask
from exam.config import ExamConfig
from exam.models import Exam, ExamState, GradingState, StoredReport
from exam.ports import ExamStore
from exam.report import making, records
from llm.errors import Cancelled, ProviderUnavailable
from llm.models import ChatRequest, JsonAnswer, ProviderChoice, Role, Turn
from llm.ports import Models

_BATCH = 200
_TOKENS = 4_000
_FAULT = "The report could not be made. Please try again; your answers are safe."


class Grading:
    """Bounded threads that assess finished exams and store their reports."""

    def __init__(self, *, store: ExamStore, models: Models, clock: Clock, config: ExamConfig) -> None:
        self._store = store
        self._models = models
        self._clock = clock
        self._config = config
        self._pool = ThreadPoolExecutor(max_workers=config.workers, thread_name_prefix="grading")
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._running: dict[str, Future[None]] = {}
        self._log = log.get("exam")

    def begin(self, exam: Exam) -> None:
        """Have a finished exam graded; does nothing if it is being graded here, nor after `close` (the next start takes it up)."""
        with self._lock:
            if exam.id in self._running or self._closing.is_set():
                return
            self._running[exam.id] = self._pool.submit(self._work, exam.user_id, exam.id, exam.grading_lease)

    def wait(self, exam_id: str, *, timeout: float) -> None:
        """Wait for the grading of an exam that is going on here."""
        with self._lock:
            running = self._running.get(exam_id)
        if running is not None and timeout > 0:
            with suppress(StillWorking):
                running.result(timeout)

    def recover(self, *, at_start: bool) -> int:
        """Take up what is pending and nobody works on; returns how many."""
        taken = 0
        for exam in self._store.pending_gradings(limit=_BATCH):
            if self.is_dropped(exam) or (at_start and self._config.only_process):
                self.begin(exam)
                taken += 1
        return taken

    def is_dropped(self, exam: Exam) -> bool:
        """Tell whether nobody works on a pending grading."""
        pending = exam.grading is GradingState.PENDING
        return pending and (exam.grading_lease is None or exam.grading_lease <= self._clock.now())

    def close(self) -> None:
        """Take up nothing more and wait for what is being done; what waits stays pending in the store."""
        self._closing.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _work(self, user_id: str, exam_id: str, lease: object) -> None:
        try:
            self._grade(user_id, exam_id, lease)
        except AppError as error:
            self._log.warning("report not stored", extra={"code": error.code})
        except Exception:  # noqa: BLE001 - whatever broke, the report would stay pending for ever
            self._log.exception("grading broke")
            with suppress(AppError):
                self._failed(user_id, exam_id)
        finally:
            with self._lock:
                self._running.pop(exam_id, None)

    def _grade(self, user_id: str, exam_id: str, lease: object) -> None:
        exam = self._store.get(user_id, exam_id)
        script = self._store.script(user_id, exam_id)
        if exam is None or script is None or exam.grading is not GradingState.PENDING or exam.grading_lease != lease:
            return
        taken = replace(exam, grading_lease=self._clock.now() + self._config.lease, version=exam.version + 1)
        if not self._store.change(taken, version=exam.version):
            return
        answers = self._store.answers(user_id, exam_id)
        estimate = assess(making.evidence(answers), graders=self._graders(), calibration=self._config.calibration)
        now = self._clock.now()
        report = making.made(taken, script, answers, estimate, at=now)
        stored = StoredReport(exam_id=exam_id, user_id=user_id, made_at=now, data=records.to_text(report))
        self._end(taken, replace(taken, grading=GradingState.READY, grading_error="", label=report.label), stored)

    def _end(self, taken: Exam, ended: Exam, report: StoredReport | None) -> None:
        last = replace(ended, grading_lease=None, updated_at=self._clock.now(), version=taken.version + 1)
        self._store.change(last, version=taken.version, report=report)

    def _failed(self, user_id: str, exam_id: str) -> None:
        exam = self._store.get(user_id, exam_id)
        if exam is not None and exam.state is ExamState.FINISHED and exam.grading is GradingState.PENDING:
            self._end(exam, replace(exam, grading=GradingState.FAILED, grading_error=_FAULT), None)

    def _graders(self) -> tuple[Grader, ...]:
        """Return the configured models in their order; none when grading with models is switched off."""
        if not self._config.grade_with_model or not self._models.has_models:
            return ()
        spare: dict[str, JsonAnswer] = {}
        choices = [choice for choice in self._models.choices() if not choice.offline]
        return tuple(Grader(model_id=f"{choice.name}/{choice.model}", ask=self._ask(choice, spare)) for choice in choices)

    def _ask(self, choice: ProviderChoice, spare: dict[str, JsonAnswer]) -> Ask:
        def ask(prompt: str, schema: Mapping[str, object]) -> str:
            found = spare.pop(choice.name, None) or self._answer(choice, prompt, schema)
            if found.provider != choice.name:
                # Another model answered for this one: its grading waits for its own turn, under its own name.
                spare[found.provider] = found
                raise ProviderUnavailable(f"{choice.label} did not answer.")
            return json.dumps(dict(found.value), ensure_ascii=False)

        return ask

    def _answer(self, choice: ProviderChoice, prompt: str, schema: Mapping[str, object]) -> JsonAnswer:
        request = ChatRequest(turns=(Turn(Role.USER, prompt),), provider=choice.name, max_output_tokens=_TOKENS, temperature=0.0)
        try:
            return self._models.complete_json(request, schema)
        except Cancelled as error:
            raise ProviderUnavailable from error
