"""What is wrong with a recording, in the order in which a speaker should hear it."""

import math

import numpy as np
import numpy.typing as npt

from speech.decoding import decode
from speech.errors import AudioTooLarge, Undecodable
from speech.frames import HOP, WINDOW
from speech.models import Audio, AudioCheck, AudioLimits, AudioProblem, Problem, Timing
from speech.timing import time_speech

_SILENT_PEAK_DB = -54.0  # a muted microphone gives zeros or a few bits of hiss
_QUIET_LEVEL_DB = -45.0  # loud parts of speech lie at -30 to -12 dB when a microphone is set as usual
_CLIPPED_SHARE = 0.001
_FULL_SCALE = 0.999
_NOISY_SNR_DB = 18.0  # of the loud parts: a mean of about 8 dB
_JUDGED_FROM_SECONDS = 1.0
_LITTLE_SPEECH_SHARE = 1 / 3

_SILENT = "This recording is silent. Check that the right microphone is chosen and not muted, and record again."
_NO_SPEECH = "No speech was found, only noise, music or another sound. Check the microphone, and record again."
_QUIET = "This recording is very quiet. Move closer to the microphone or turn it up."
_CLIPPED = "The microphone is set too loud, so the sound is distorted. Turn it down or move back a little."
_NOISY = "There is a lot of noise behind your voice. A quieter place gives more reliable timing."


def check_recording(data: bytes, *, minimum_seconds: float, limits: AudioLimits | None = None) -> AudioCheck:
    """Return what the recording in `data` is worth as an answer of at least `minimum_seconds`; never raises.

    Blocking: not audio, unsupported, damaged, empty, too large, too long, silent, no speech, too short. Advice: little
    speech, too quiet, clipped, noisy. Below one second speech is not looked for: the recording is too short anyway.
    """
    try:
        audio = decode(data, limits=limits)
    except Undecodable as error:
        return AudioCheck(ok=False, problems=(AudioProblem(problem=error.problem, message=error.message, blocking=True),))
    except AudioTooLarge as error:
        limit = (limits or AudioLimits()).max_bytes
        problem = Problem.TOO_LARGE if len(data) > limit else Problem.TOO_LONG
        return AudioCheck(ok=False, problems=(AudioProblem(problem=problem, message=error.message, blocking=True),))
    return check_audio(audio, minimum_seconds=minimum_seconds)


def check_audio(audio: Audio, *, minimum_seconds: float) -> AudioCheck:
    """Return the same for a recording that is already decoded."""
    peak, level, clipped = _levels(audio.samples)
    timing = time_speech(audio)
    problems = _blocking(audio.seconds, peak, timing, minimum_seconds)
    if not any(found.problem in {Problem.SILENT, Problem.NO_SPEECH} for found in problems):
        problems += _advice(timing, level, clipped, minimum_seconds)
    return AudioCheck(
        ok=not any(found.blocking for found in problems),
        problems=tuple(problems),
        seconds=audio.seconds,
        peak_db=round(peak, 1),
        level_db=round(level, 1),
        timing=timing,
        audio=audio,
    )


def _blocking(seconds: float, peak: float, timing: Timing, minimum_seconds: float) -> list[AudioProblem]:
    found = []
    if peak < _SILENT_PEAK_DB:
        found.append(AudioProblem(problem=Problem.SILENT, message=_SILENT, blocking=True))
    elif seconds >= _JUDGED_FROM_SECONDS and not timing.speech_found:
        found.append(AudioProblem(problem=Problem.NO_SPEECH, message=_NO_SPEECH, blocking=True))
    if seconds < minimum_seconds:
        message = f"Too short: {_whole(seconds)} s of at least {_whole(minimum_seconds, up=True)} s. Say a little more, and record again."
        found.append(AudioProblem(problem=Problem.TOO_SHORT, message=message, blocking=True))
    return found


def _advice(timing: Timing, level: float, clipped: float, minimum_seconds: float) -> list[AudioProblem]:
    found = []
    if timing.speech_found and timing.seconds >= minimum_seconds and timing.speaking_seconds < minimum_seconds * _LITTLE_SPEECH_SHARE:
        message = f"We hear only {_whole(timing.speaking_seconds)} s of speech in {_whole(timing.seconds)} s. Try to keep talking."
        found.append(AudioProblem(problem=Problem.LITTLE_SPEECH, message=message, blocking=False))
    if level < _QUIET_LEVEL_DB:
        found.append(AudioProblem(problem=Problem.TOO_QUIET, message=_QUIET, blocking=False))
    if clipped > _CLIPPED_SHARE:
        found.append(AudioProblem(problem=Problem.CLIPPED, message=_CLIPPED, blocking=False))
    if timing.speech_found and timing.signal_to_noise_db < _NOISY_SNR_DB:
        found.append(AudioProblem(problem=Problem.NOISY, message=_NOISY, blocking=False))
    return found


def _levels(samples: npt.NDArray[np.float32]) -> tuple[float, float, float]:
    """Return the peak and the level of the loud parts in dB below full scale, and the share of clipped samples."""
    size = np.abs(samples)
    clipped = float((size >= _FULL_SCALE).mean())
    peak = float(size.max(initial=0.0))
    if len(samples) < WINDOW:
        power = float((samples.astype(np.float64) ** 2).mean()) if len(samples) else 0.0
    else:
        windows = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP]
        power = float(np.percentile(np.einsum("ij,ij->i", windows, windows) / WINDOW, 95))
    return _decibel(peak**2), _decibel(power), clipped


def _decibel(power: float) -> float:
    return 10 * math.log10(power) if power > 0 else float("-inf")


def _whole(seconds: float, *, up: bool = False) -> str:
    """Return seconds as people say them: a recording of 14.9 s is 14 s of 15, never "15 s of at least 15"."""
    if up:
        return f"{seconds:g}"
    return str(int(seconds)) if seconds >= 1 else f"{int(seconds * 10) / 10:g}"
