"""Values that speech passes around. Times are seconds from the start of the recording."""

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # numpy takes over 100 ms to import and is needed only once a recording arrives.
    import numpy as np
    import numpy.typing as npt

SAMPLE_RATE = 16_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Audio:
    """A decoded recording: mono at `SAMPLE_RATE`, samples as float32 between -1 and 1."""

    samples: "npt.NDArray[np.float32]"
    source_format: str
    source_rate: int
    source_channels: int

    @property
    def seconds(self) -> float:
        """Return the length of the recording in seconds."""
        return len(self.samples) / SAMPLE_RATE


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioLimits:
    """How large a recording may be, in bytes as it arrives and in seconds once decoded.

    The defaults fit every provider: OpenAI, Groq and OpenRouter take 25 MB, Gemini 20 MB of JSON; ten minutes of
    16 kHz mono WAV are 19.2 MB.
    """

    max_bytes: int = 25_000_000
    max_seconds: float = 600.0


class Problem(Enum):
    """What can be wrong with a recording; the value is the stable code."""

    NOT_AUDIO = "not_audio"
    UNSUPPORTED_FORMAT = "unsupported_format"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    DAMAGED = "damaged"
    EMPTY = "empty"
    SILENT = "silent"
    TOO_SHORT = "too_short"
    NO_SPEECH = "no_speech"
    LITTLE_SPEECH = "little_speech"
    TOO_QUIET = "too_quiet"
    CLIPPED = "clipped"
    NOISY = "noisy"


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioProblem:
    """One thing to tell the speaker: `message` is a plain sentence that says what to do next.

    `blocking` means that the recording cannot stand as an answer; otherwise it is advice.
    """

    problem: Problem
    message: str
    blocking: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of the recording: speech, or a pause of at least the pause threshold."""

    start: float
    end: float
    is_speech: bool

    @property
    def seconds(self) -> float:
        """Return its length in seconds."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How the time of a recording was used.

    `segments` cover the whole recording without gaps, in order, speech and pauses alternating: the ribbon.
    `leading_silence` and `trailing_silence` are not pauses: waiting before the first and after the last word is
    neither speaking nor hesitating. `pause_seconds`, `pauses` and `long_pauses` count what lies between.
    `speech_likelihood` is between 0 and 1; below `speech.timing.SPEECH_FOUND` nothing here may be read as speech,
    and all counts are zero. `words_per_minute` divides the words by speaking and pause time together (the usual
    speech rate), `articulation_rate` by speaking time alone; both are None without a transcript.
    `signal_to_noise_db` is how far the loud parts lie above the quietest tenth, about 10 dB more than the mean ratio.
    """

    seconds: float
    speaking_seconds: float = 0.0
    pause_seconds: float = 0.0
    pauses: int = 0
    long_pauses: int = 0
    longest_run_seconds: float = 0.0
    longest_pause_seconds: float = 0.0
    leading_silence: float = 0.0
    trailing_silence: float = 0.0
    segments: tuple[Segment, ...] = ()
    speech_likelihood: float = 0.0
    speech_found: bool = False
    signal_to_noise_db: float = 0.0
    words: int | None = None
    words_per_minute: float | None = None
    articulation_rate: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioCheck:
    """What a recording is worth as an answer, told at once.

    `ok` is False when any problem is blocking. `problems` are ordered, the most serious first. `peak_db` and
    `level_db` are dB below full scale (level: the loud parts, 95th percentile). `timing` and `audio` are None when
    the bytes could not be read as audio.
    """

    ok: bool
    problems: tuple[AudioProblem, ...]
    seconds: float = 0.0
    peak_db: float = float("-inf")
    level_db: float = float("-inf")
    timing: Timing | None = None
    audio: Audio | None = field(default=None, repr=False, compare=False)

    @property
    def message(self) -> str:
        """Return the most serious problem's sentence, or an empty text."""
        return self.problems[0].message if self.problems else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word with its place in the recording, as the provider wrote it."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What a provider heard. `words` is empty when the provider gives no word times; `duration` is in seconds."""

    text: str
    provider: str
    model: str
    words: tuple[Word, ...] = ()
    language: str = ""
    duration: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A stored recording, byte for byte as it was put."""

    owner_id: str
    recording_id: str
    data: bytes = field(repr=False)
    content_type: str
