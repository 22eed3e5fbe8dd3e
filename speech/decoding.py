"""Reading recordings: any WAV, FLAC, Ogg or MP3 becomes 16 kHz mono; everything else is refused in a plain sentence.

A browser's recorder as the pages use it delivers WAV. Container formats of phones and of `MediaRecorder` (MP4, M4A,
WebM) would need a 40 MB decoder and are refused by name. The bytes are foreign: the format is told by its first bytes
and not by a file name or header, and what is decoded is bounded whatever a header promises.
"""

import io
import math

import numpy as np
import numpy.typing as npt

from speech.errors import AudioTooLarge, Undecodable
from speech.formats import ACCEPTED, accepted_format, with_length
from speech.models import SAMPLE_RATE, Audio, AudioLimits, Problem

Samples = npt.NDArray[np.float32]

_BLOCK_FRAMES = 1 << 16
_MINIMUM_RATE, _MAXIMUM_RATE, _MAXIMUM_CHANNELS = 8_000, 96_000, 8
# A low-pass of this many zero crossings a side keeps 0-7 kHz within 0.1 dB; measured in the tests.
_FILTER_CROSSINGS = 24


def decode(data: bytes, *, limits: AudioLimits | None = None) -> Audio:
    """Return the recording as 16 kHz mono.

    Raises `AudioTooLarge` above the limits and `UnusableAudio` when the bytes are no audio, of a format that is not
    read here, or damaged. A file that stops before its header says it would is read as far as it goes, and so is a WAV file whose
    recorder was cut off before it wrote any length.
    """
    limits = limits or AudioLimits()
    if not data:
        raise Undecodable(Problem.EMPTY, "The recording is empty. Check that the microphone is on, and record again.")
    if len(data) > limits.max_bytes:
        msg = f"The file is too large: at most {limits.max_bytes // 1_000_000} MB are taken. Record a shorter answer."
        raise AudioTooLarge(msg)
    name = accepted_format(data)
    mono, rate, channels = _read(data, limits)
    if not len(mono):
        raise Undecodable(Problem.EMPTY, "The recording holds no sound at all. Please record again.")
    return Audio(samples=resample(mono, rate), source_format=name, source_rate=rate, source_channels=channels)


def to_wav(samples: Samples, *, sample_rate: int = SAMPLE_RATE) -> bytes:
    """Return mono samples as a 16-bit WAV file; values beyond full scale are limited to it."""
    import wave  # noqa: PLC0415 - as numpy below: only needed once there is a recording

    pcm = (np.clip(samples, -1.0, 1.0) * 32767.0).round().astype("<i2")
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sample_rate)
        file.writeframes(pcm.tobytes())
    return out.getvalue()


def resample(samples: Samples, rate: int) -> Samples:
    """Return mono `samples` of `rate` Hz at `SAMPLE_RATE`, band-limited by a Kaiser-windowed sinc (polyphase)."""
    if rate == SAMPLE_RATE:
        return np.ascontiguousarray(samples, dtype=np.float32)
    divisor = math.gcd(rate, SAMPLE_RATE)
    up, down = SAMPLE_RATE // divisor, rate // divisor
    cutoff = min(1.0, up / down) * 0.95
    half = math.ceil(_FILTER_CROSSINGS / cutoff)
    count = len(samples) * up // down
    padded = np.pad(samples, (half, half + down + 1)).astype(np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1)
    out = np.empty(count, dtype=np.float32)
    offsets = np.arange(-half, half + 1)
    for phase in range(min(up, count)):
        # Outputs phase, phase+up, … all lie the same fraction of an input sample after their centre.
        centre, fraction = divmod(phase * down, up)
        at = offsets - fraction / up
        taps = (cutoff * np.sinc(cutoff * at) * np.i0(8.0 * np.sqrt(np.clip(1 - (at / (half + 1)) ** 2, 0, 1)))
                / np.i0(8.0)).astype(np.float32)  # fmt: skip
        wanted = len(range(phase, count, up))
        out[phase::up] = windows[centre::down][:wanted] @ (taps / taps.sum())
    return out


def _read(data: bytes, limits: AudioLimits) -> tuple[Samples, int, int]:
    """Decode block by block to mono, so that no header can make the whole file unfold in memory first."""
    import soundfile  # type: ignore[import-untyped]  # noqa: PLC0415 - ships no types; loads numpy

    blocks: list[Samples] = []
    frames = 0
    try:
        with soundfile.SoundFile(io.BytesIO(with_length(data))) as file:
            rate, channels = int(file.samplerate), int(file.channels)
            _check_shape(rate, channels)
            allowed = int(limits.max_seconds * rate)
            while len(block := file.read(_BLOCK_FRAMES, dtype="float32", always_2d=True)):
                frames += len(block)
                if frames > allowed:
                    msg = f"The recording is longer than {limits.max_seconds / 60:g} minutes. Record a shorter answer."
                    raise AudioTooLarge(msg)
                blocks.append(block.mean(axis=1, dtype=np.float32))
    except soundfile.SoundFileError as error:
        raise _damaged() from error
    mono = np.concatenate(blocks) if blocks else np.empty(0, dtype=np.float32)
    if not np.isfinite(mono).all():
        raise _damaged()
    return mono, rate, channels


def _check_shape(rate: int, channels: int) -> None:
    if not _MINIMUM_RATE <= rate <= _MAXIMUM_RATE or not 1 <= channels <= _MAXIMUM_CHANNELS:
        msg = f"This recording's sampling ({rate} Hz, {channels} channels) cannot be used. {ACCEPTED}"
        raise Undecodable(Problem.UNSUPPORTED_FORMAT, msg)


def _damaged() -> Undecodable:
    return Undecodable(Problem.DAMAGED, f"The file is damaged and cannot be played. {ACCEPTED}")
