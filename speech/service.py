"""Writing recordings down: who is asked, in which order, and when nobody is."""

from collections.abc import Sequence

from core import log
from speech.audio import AudioLimits, decode, to_wav
from speech.errors import AudioTooLarge, NoSpeechFound, NoTranscription, NoWordsHeard, TranscriptionFailed
from speech.models import Transcript
from speech.ports import Transcriber
from speech.timing import time_speech

_log = log.get("speech")

_NOBODY = "Recordings are not written down automatically here. Listen to your recording and type what you said."
_NO_SPEECH = "No speech was found in this recording. Check the microphone, and record again."
_ALL_FAILED = "Your recording is safe, but it could not be written down just now. Type what you said, or try again later."


class Transcription:
    """Asks the configured transcribers in order and returns the first transcript.

    The learner sees and corrects it before anything is graded: callers store it as a proposal.
    """

    def __init__(self, *, transcribers: Sequence[Transcriber] = (), limits: AudioLimits | None = None) -> None:
        """Use `transcribers` in this order; none is a valid configuration."""
        self._transcribers = tuple(transcribers)
        self._limits = limits

    @property
    def available(self) -> bool:
        """Say whether anybody could be asked, so that a page can offer typing instead."""
        return bool(self._transcribers)

    @property
    def providers(self) -> tuple[str, ...]:
        """Return the names in the order in which they are asked, e.g. for the privacy notice."""
        return tuple(transcriber.name for transcriber in self._transcribers)

    def transcribe(self, data: bytes, *, language: str = "en", prompt: str | None = None) -> Transcript:
        """Return what was said in the recording `data` (any format that `speech.audio.decode` reads).

        Raises `NoTranscription` when nobody is configured, `UnusableAudio` or `AudioTooLarge` for bytes that are no
        usable recording, `NoSpeechFound` before anybody is asked when there is no speech in it (models invent words
        for silence and noise), `NoWordsHeard` when the last one asked understood nothing, and otherwise
        `TranscriptionFailed` when all failed. What leaves this machine is 16 kHz mono sound without any metadata.
        """
        if not self._transcribers:
            raise NoTranscription(_NOBODY)
        audio = decode(data, limits=self._limits)
        if not time_speech(audio).speech_found:
            raise NoSpeechFound(_NO_SPEECH)
        wav = to_wav(audio.samples)
        last: AudioTooLarge | TranscriptionFailed | None = None
        for transcriber in self._transcribers:
            try:
                transcript = transcriber.transcribe(wav, language=language, prompt=prompt)
            except (TranscriptionFailed, AudioTooLarge) as error:
                reason = error.reason if isinstance(error, TranscriptionFailed) else "the recording is too large"
                _log.warning("transcription failed", extra={"provider": transcriber.name, "model": transcriber.model, "reason": reason})
                last = error
                continue
            _log.info(
                "recording written down",
                extra={"provider": transcriber.name, "model": transcriber.model, "seconds": round(audio.seconds, 1)},
            )
            return transcript
        if isinstance(last, NoWordsHeard | AudioTooLarge):
            raise last
        waits = last.retry_after if isinstance(last, TranscriptionFailed) else None
        raise TranscriptionFailed(_ALL_FAILED, provider=", ".join(self.providers), reason="every provider failed", retry_after=waits)
