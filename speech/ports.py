"""What speech needs from outside: somebody who writes down, somewhere to keep recordings."""

import re
from datetime import datetime
from typing import Protocol

from speech.errors import InvalidRecordingName
from speech.models import Recording, Transcript

_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)

CONTENT_TYPES = frozenset({"audio/wav", "audio/flac", "audio/ogg", "audio/mpeg"})


class Transcriber(Protocol):
    """Writes down what was said, word for word: fillers, repetitions and mistakes stay."""

    @property
    def name(self) -> str:
        """Return the provider's short name, for logs and beside the transcript."""
        ...

    @property
    def model(self) -> str:
        """Return the model that is asked."""
        ...

    def transcribe(self, audio: bytes, *, language: str, prompt: str | None = None) -> Transcript:
        """Return the words of `audio`, a WAV file (16 kHz, mono, 16 bit).

        `language` is a BCP 47 tag; its first subtag is what providers take. `prompt` is a hint about the topic, no
        instruction. Blocks for as long as the adapter's time limits allow. Raises `TranscriptionFailed` (and its
        subclass `NoWordsHeard`) or `AudioTooLarge`; neither holds the key.
        """
        ...


class RecordingStore(Protocol):
    """Keeps recordings of their owners, byte for byte.

    Ids are 1-100 characters of `A-Z a-z 0-9 _ -`, as `core.ids` makes them; anything else raises
    `InvalidRecordingName` in every method. A store that cannot be reached or is full raises
    `core.errors.StoreUnavailable` and has changed nothing.
    """

    def put(self, owner_id: str, recording_id: str, data: bytes, content_type: str) -> None:
        """Store `data` (1 byte or more) under the two ids; when this returns, a power cut cannot lose it.

        Readers see all of it or nothing. Putting again under the same ids replaces it in one step. `content_type` is
        one of `CONTENT_TYPES` (otherwise ValueError). Raises `RecordingTooLarge` above the store's limit.
        """
        ...

    def get(self, owner_id: str, recording_id: str) -> Recording:
        """Return what was put last. Raises `core.errors.NotFound`, also for somebody else's recording."""
        ...

    def delete(self, owner_id: str, recording_id: str) -> bool:
        """Remove one recording for good; return whether there was one."""
        ...

    def delete_all_of(self, owner_id: str) -> int:
        """Remove every recording of the owner, and what a crash left half written; return how many there were.

        A recording that is being put at the same moment is there afterwards, whole, or not at all.
        """
        ...

    def tidy(self, *, now: datetime) -> int:
        """Remove what a crash left half written more than an hour before `now`; return how many pieces."""
        ...


def check_names(*names: str) -> None:
    """Raise `InvalidRecordingName` unless every id is safe as a file name and as a key."""
    for name in names:
        if not _NAME.fullmatch(name):
            msg = "This recording's name is not valid."
            raise InvalidRecordingName(msg)
