"""Pauses, speaking time and speech rate of a recording.

A pause is a silence of at least 0.25 s between two stretches of speech, a long pause one of at least 1 s: the usual
thresholds in work on fluency (de Jong & Bosker 2013 for 0.25 s). Silence before the first and after the last word is
reported apart. Sounds shorter than 50 ms inside a silence (a click, a lip) do not end a pause.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from speech.models import Audio, Segment, Timing

if TYPE_CHECKING:
    from speech.frames import Frames

_HOP_SECONDS, _HALF_WINDOW_SECONDS, _WINDOW_SECONDS = 0.01, 0.0125, 0.025
SHORTEST_PAUSE = 0.25
LONG_PAUSE = 1.0
SPEECH_FOUND = 0.35
"""From this likelihood on a recording counts as speech. Low, because to refuse a real answer from an echoing room is worse."""

_SHORTEST_SOUND_FRAMES = 5
_MOST_SNR_DB = 60.0
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def time_speech(audio: Audio, *, transcript: str | None = None) -> Timing:
    """Return how the time of `audio` was used; with a `transcript` also words per minute.

    Where no speech is found all counts are zero, there is one segment without speech and no rate, whatever the
    transcript says.
    """
    from speech.frames import analyse  # noqa: PLC0415 - loads numpy, which costs over 100 ms at start
    from speech.likelihood import likelihood  # noqa: PLC0415 - the same

    frames = analyse(audio.samples)
    if frames is None:
        return Timing(seconds=audio.seconds, segments=_one_silence(audio.seconds))
    chance = likelihood(audio.samples, frames)
    snr = round(min(_MOST_SNR_DB, max(0.0, frames.loud_db - frames.noise_db)), 1)
    sounds = _sounds(frames)
    if chance < SPEECH_FOUND or not sounds:
        return Timing(seconds=audio.seconds, segments=_one_silence(audio.seconds), speech_likelihood=chance,
                      signal_to_noise_db=snr)  # fmt: skip
    timing = _summary(_segments(sounds, audio.seconds), audio.seconds)
    timing = replace(timing, speech_likelihood=chance, speech_found=True, signal_to_noise_db=snr)
    return with_words(timing, count_words(transcript)) if transcript is not None else timing


def with_words(timing: Timing, words: int) -> Timing:
    """Return `timing` with the rates for a number of words, e.g. once a learner has corrected the transcript."""
    talking = timing.speaking_seconds + timing.pause_seconds
    if not timing.speech_found or talking <= 0 or timing.speaking_seconds <= 0:
        return replace(timing, words=words, words_per_minute=None, articulation_rate=None)
    return replace(
        timing,
        words=words,
        words_per_minute=round(words * 60 / talking, 1),
        articulation_rate=round(words * 60 / timing.speaking_seconds, 1),
    )


def count_words(text: str) -> int:
    """Return the number of spoken words: runs of letters or digits, "don't" and "well-known" counting as one."""
    return len(_WORD.findall(text))


def _one_silence(seconds: float) -> tuple[Segment, ...]:
    return (Segment(start=0.0, end=seconds, is_speech=False),) if seconds > 0 else ()


def _sounds(frames: "Frames") -> list[tuple[float, float]]:
    """Return stretches of speech in seconds, joined over everything that is too short for a pause."""
    from speech.frames import runs  # noqa: PLC0415 - loads numpy

    joined: list[tuple[float, float]] = []
    for first, after in runs(frames.active):
        if after - first < _SHORTEST_SOUND_FRAMES:
            continue
        # An edge lies in the middle of the first frame that differs.
        start, end = (frame * _HOP_SECONDS + _HALF_WINDOW_SECONDS for frame in (first, after))
        if joined and start - joined[-1][1] < SHORTEST_PAUSE - _HOP_SECONDS:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _segments(sounds: list[tuple[float, float]], seconds: float) -> tuple[Segment, ...]:
    out: list[Segment] = []
    at = 0.0
    for number, (start, end) in enumerate(sounds):
        begin = 0.0 if number == 0 and start <= _WINDOW_SECONDS else start
        if begin > at:
            out.append(Segment(start=at, end=begin, is_speech=False))
        out.append(Segment(start=begin, end=min(end, seconds), is_speech=True))
        at = min(end, seconds)
    if seconds - at > _WINDOW_SECONDS:
        out.append(Segment(start=at, end=seconds, is_speech=False))
    elif at < seconds:
        out[-1] = replace(out[-1], end=seconds)
    return tuple(out)


def _summary(segments: tuple[Segment, ...], seconds: float) -> Timing:
    speech = [segment for segment in segments if segment.is_speech]
    first, last = speech[0], speech[-1]
    pauses = [s.seconds for s in segments if not s.is_speech and first.end <= s.start and s.end <= last.start]
    return Timing(
        seconds=seconds,
        speaking_seconds=sum(segment.seconds for segment in speech),
        pause_seconds=sum(pauses),
        pauses=len(pauses),
        long_pauses=sum(pause >= LONG_PAUSE for pause in pauses),
        longest_run_seconds=max(segment.seconds for segment in speech),
        longest_pause_seconds=max(pauses, default=0.0),
        leading_silence=first.start,
        trailing_silence=seconds - last.end,
        segments=segments,
    )
