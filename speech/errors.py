"""What can go wrong with recordings, transcription and voices, in words for the learner."""

from core.errors import AppError, Kind
from speech.models import Problem


class UnusableAudio(AppError):
    """The bytes cannot be used as a recording; the message says why and what to send instead."""

    code = "UNUSABLE_AUDIO"
    kind = Kind.INVALID


class Undecodable(UnusableAudio):
    """Names the problem for `AudioCheck`, beside the sentence."""

    def __init__(self, problem: Problem, message: str) -> None:
        """Keep the problem's kind."""
        super().__init__(message)
        self.problem = problem


class AudioTooLarge(AppError):
    """The recording has more bytes or lasts longer than allowed."""

    code = "AUDIO_TOO_LARGE"
    kind = Kind.TOO_LARGE


class NoSpeechFound(AppError):
    """There is nothing in the recording that sounds like speech, so no words are asked for."""

    code = "NO_SPEECH_FOUND"
    kind = Kind.INVALID


class NoTranscription(AppError):
    """No provider is set up that could write down a recording: the learner types the words."""

    code = "NO_TRANSCRIPTION"
    kind = Kind.UNAVAILABLE


class TranscriptionFailed(AppError):
    """A provider, or every configured provider, could not write the recording down.

    `provider` names who failed, `reason` is for the log and never holds a key, audio or text. `retry_after` is the
    wait in seconds that a provider asked for, if any.
    """

    code = "TRANSCRIPTION_FAILED"
    kind = Kind.UNAVAILABLE

    def __init__(self, message: str, *, provider: str, reason: str, retry_after: float | None = None) -> None:
        """Keep the sentence for the learner and the reason for the log."""
        super().__init__(message)
        self.provider = provider
        self.reason = reason
        self.retry_after = retry_after


class NoWordsHeard(TranscriptionFailed):
    """A provider answered properly, and with no words."""

    code = "NO_WORDS_HEARD"


class RecordingTooLarge(AppError):
    """The store does not take a recording of this size."""

    code = "RECORDING_TOO_LARGE"
    kind = Kind.TOO_LARGE


class InvalidRecordingName(AppError):
    """An owner or recording id holds other characters than letters, digits, `-` and `_`, or is too long."""

    code = "INVALID_RECORDING_NAME"
    kind = Kind.SYNTAX
