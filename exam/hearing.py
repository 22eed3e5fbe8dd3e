"""Writes recordings down in the background: what is to be done is stored, so that nothing depends on the process."""

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from core import log
from core.clock import Clock
from core.errors import AppError, NotFound
from exam.config import ExamConfig
from exam.engine.texts import heard_text
from exam.models import Answer, TranscriptState
from exam.ports import ExamStore
from speech.ports import RecordingStore
from speech.service import Transcription

_TRIES = 8
_BATCH = 500
_GONE = "The recording is not there any more. Type what you said."
_TAKEN_BACK = "You took back your agreement to being recorded, so nobody wrote this recording down. Type what you said."
_FAULT = "Your recording is safe, but it could not be written down. Type what you said, or try again."


class Hearing:
    """Bounded threads that ask the transcribers and store what they heard as a proposal."""

    def __init__(
        self, *, store: ExamStore, recordings: RecordingStore, transcription: Transcription, clock: Clock, config: ExamConfig
    ) -> None:
        self._store = store
        self._recordings = recordings
        self._transcription = transcription
        self._clock = clock
        self._config = config
        self._pool = ThreadPoolExecutor(max_workers=config.workers, thread_name_prefix="hearing")
        self._closing = threading.Event()
        self._log = log.get("exam")

    @property
    def available(self) -> bool:
        """Whether anybody can write recordings down."""
        return self._transcription.available

    def begin(self, answer: Answer) -> None:
        """Have a pending answer written down; does nothing to any other, nor after `close` (the next start takes it up)."""
        if answer.transcript is TranscriptState.PENDING and not self._closing.is_set():
            with contextlib.suppress(RuntimeError):  # closed just now
                self._pool.submit(self._work, answer)

    def again(self, user_id: str, exam_id: str, turn_key: str) -> Answer | None:
        """Have a failed transcription tried once more; returns the answer as it is then."""

        def retried(answer: Answer) -> Answer | None:
            if answer.transcript not in {TranscriptState.FAILED, TranscriptState.NONE} or not answer.recording_id or not self.available:
                return None
            return replace(answer, transcript=TranscriptState.PENDING, transcript_error="", transcript_lease=None)

        answer = self.change(user_id, exam_id, turn_key, retried)
        if answer is not None:
            self.begin(answer)
        return answer

    def change(self, user_id: str, exam_id: str, turn_key: str, move: Callable[[Answer], Answer | None]) -> Answer | None:
        """Store what `move` makes of an answer (None: nothing) and return it as it is then; None if there is no such answer."""
        for _ in range(_TRIES):
            answer = self._store.answer(user_id, exam_id, turn_key)
            moved = move(answer) if answer is not None else None
            if answer is None or moved is None:
                return answer
            stored = replace(moved, version=answer.version + 1)
            if self._store.change_answer(stored, version=answer.version):
                return stored
        return self._store.answer(user_id, exam_id, turn_key)

    def recover(self, *, at_start: bool) -> int:
        """Take up what is pending and nobody works on; returns how many."""
        now = self._clock.now()
        taken = 0
        for answer in self._store.pending_transcripts(limit=_BATCH):
            dropped = answer.transcript_lease is None or answer.transcript_lease <= now or (at_start and self._config.only_process)
            if dropped:
                self.begin(answer)
                taken += 1
        return taken

    def close(self) -> None:
        """Take up nothing more and wait for what is being done; what waits stays pending in the store."""
        self._closing.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _work(self, answer: Answer) -> None:
        try:
            self._write_down(answer)
        except AppError as error:
            self._log.warning("transcript not stored", extra={"code": error.code})
        except Exception:  # noqa: BLE001 - whatever broke, the transcript would stay pending for ever
            self._log.exception("transcription broke")
            self._end(answer, lambda now: replace(now, transcript=TranscriptState.FAILED, transcript_error=_FAULT))

    def _write_down(self, answer: Answer) -> None:
        lease = self._clock.now() + self._config.lease

        def taken(now: Answer) -> Answer | None:
            mine = now.recording_id == answer.recording_id and now.transcript is TranscriptState.PENDING
            return replace(now, transcript_lease=lease) if mine and now.transcript_lease == answer.transcript_lease else None

        found = self.change(answer.user_id, answer.exam_id, answer.turn_key, taken)
        if found is None or found.transcript_lease != lease or found.recording_id != answer.recording_id:
            return
        if self._store.consent(answer.user_id) is None:  # taken back while this waited
            self._end(answer, lambda now: replace(now, transcript=TranscriptState.FAILED, transcript_error=_TAKEN_BACK))
            return
        try:
            data = self._recordings.get(answer.user_id, answer.recording_id).data
            heard = self._transcription.transcribe(data, language=self._config.language, prompt=answer.question)
        except NotFound:
            self._end(answer, lambda now: replace(now, transcript=TranscriptState.FAILED, transcript_error=_GONE))
        except AppError as error:
            message = error.message
            self._end(answer, lambda now: replace(now, transcript=TranscriptState.FAILED, transcript_error=message))
        else:
            who, words = f"{heard.provider}/{heard.model}", heard_text(heard.text)
            self._end(answer, lambda now: replace(now, transcript=TranscriptState.PROPOSED, proposed=words, transcriber=who))

    def _end(self, answer: Answer, ended: Callable[[Answer], Answer]) -> None:
        """Store the end unless the person typed the words, or recorded again, in the meantime."""

        def move(now: Answer) -> Answer | None:
            if now.recording_id != answer.recording_id or now.transcript is not TranscriptState.PENDING:
                return None
            return replace(ended(now), transcript_lease=None)

        self.change(answer.user_id, answer.exam_id, answer.turn_key, move)
