"""What the parts of the façade share: the stores and the helpers behind them."""

from collections.abc import Callable
from functools import cache

from core.clock import Clock
from core.ids import Ids
from exam.bank import Catalogue
from exam.config import ExamConfig
from exam.engine.desk import Desk
from exam.engine.follow_ups import FollowUps
from exam.engine.moves import Opened
from exam.engine.submitting import Submitting
from exam.engine.viewing import view_of
from exam.errors import ExamNotFound
from exam.grading import Grading
from exam.hearing import Hearing
from exam.models import Exam, ExamView
from exam.ports import ExamStore, Limits, Pick
from llm.ports import Models
from speech.ports import RecordingStore
from speech.service import Transcription


class Room:
    """Everything that an exam needs, put together once."""

    def __init__(
        self,
        *,
        store: ExamStore,
        recordings: RecordingStore,
        catalogue: Callable[[], Catalogue],
        models: Models,
        transcription: Transcription,
        limits: Limits,
        clock: Clock,
        ids: Ids,
        pick: Pick,
        config: ExamConfig,
    ) -> None:
        self._store = store
        self._recordings = recordings
        # Read with the first exam: several hundred checked files' worth of items would slow every start.
        self._catalogue = cache(catalogue)
        self._transcription = transcription
        self._limits = limits
        self._clock = clock
        self._ids = ids
        self._pick = pick
        self._config = config
        follow_ups = FollowUps(models=models, pick=pick, config=config)
        self._hearing = Hearing(store=store, recordings=recordings, transcription=transcription, clock=clock, config=config)
        self._desk = Desk(store=store, recordings=recordings, hearing=self._hearing, clock=clock, follow_ups=follow_ups, config=config)
        self._submitting = Submitting(desk=self._desk, store=store, recordings=recordings, ids=ids, config=config)
        self._grading = Grading(store=store, models=models, clock=clock, config=config)

    def _head(self, user_id: str, exam_id: str) -> Exam:
        exam = self._store.get(user_id, exam_id)
        if exam is None:
            raise ExamNotFound
        return exam

    def _view(self, opened: Opened) -> ExamView:
        return view_of(opened, self._store.answers(opened.exam.user_id, opened.exam.id))
