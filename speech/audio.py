"""The door to recordings: check, decode, encode.

numpy and the decoder behind it cost over 200 ms to import, so they are loaded with the first recording and not at
start: import this module (and `speech.timing`) freely, and `decoding`, `checks`, `frames` or `likelihood` from here only.
"""

from typing import TYPE_CHECKING

from speech.formats import content_type, sniff
from speech.models import Audio, AudioCheck, AudioLimits

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["AudioLimits", "check_audio", "check_recording", "content_type", "decode", "sniff", "to_wav"]


def check_recording(data: bytes, *, minimum_seconds: float, limits: AudioLimits | None = None) -> AudioCheck:
    """Return what the recording in `data` is worth as an answer of at least `minimum_seconds`; never raises.

    Blocking: not audio, unsupported, damaged, empty, too large, too long, silent, no speech, too short. Advice: little
    speech, too quiet, clipped, noisy. Below one second speech is not looked for: the recording is too short anyway.
    """
    from speech import checks  # noqa: PLC0415 - loads numpy

    return checks.check_recording(data, minimum_seconds=minimum_seconds, limits=limits)


def check_audio(audio: Audio, *, minimum_seconds: float) -> AudioCheck:
    """Return the same for a recording that is already decoded."""
    from speech import checks  # noqa: PLC0415 - loads numpy

    return checks.check_audio(audio, minimum_seconds=minimum_seconds)


def decode(data: bytes, *, limits: AudioLimits | None = None) -> Audio:
    """Return the recording as 16 kHz mono. Raises `AudioTooLarge` and `UnusableAudio`."""
    from speech import decoding  # noqa: PLC0415 - loads numpy

    return decoding.decode(data, limits=limits)


def to_wav(samples: "npt.NDArray[np.float32]") -> bytes:
    """Return 16 kHz mono samples as a 16-bit WAV file."""
    from speech import decoding  # noqa: PLC0415 - loads numpy

    return decoding.to_wav(samples)
