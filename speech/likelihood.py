"""Is it speech? Steady noise, rhythmic noise and music must not pass as a fluent answer.

Speech is told by what none of them does at once: most of its frames have a pitch, the pitch glides all the time
(notes stand still, then jump), the loudness is cut into syllables (2-8 a second) and the spectrum keeps moving from
sound to sound. Each of five measures is mapped to 0-1 between two bounds and the weakest one decides.

The bounds were set on 136 recordings of speech (espeak-ng voices and real English speakers, clean to 10 dB noise: all
at 0.75 or more) and 82 of everything else (noise, tones, synthesised and real music, effects: all at 0.05 or less).
Whispering has no pitch and is not found; singing is not told from speech.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from speech.frames import FRAMES_PER_SECOND, HOP, Frames, smoothed
from speech.models import SAMPLE_RATE

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_LOUD_DROP_DB = 20.0
_FEWEST_LOUD_FRAMES = 20
_PITCH_WINDOW, _PITCH_FFT, _BLOCK = 800, 2048, 1024
_SHORTEST_LAG, _LONGEST_LAG = SAMPLE_RATE // 400, SAMPLE_RATE // 53  # 53-400 Hz
_VOICED = 0.6
_FLAT = -1e-9
_STANDING_CENTS, _JUMP_CENTS = 6.0, 120.0  # pitch change from frame to frame: below, a held note; above, a new one
_SLOWEST_HZ, _FASTEST_HZ = 2, 8  # syllables in speech
_MOVE_FRAMES = 5
_NEAR_FRAMES = 50
# A recording of this many frames is judged whole; of a longer one, evenly spread stretches of two seconds are.
_MOST_FRAMES, _STRETCH = 6000, 200

_BOUNDS = {
    "voiced": (0.10, 0.30),
    "gliding": (0.20, 0.45),
    "steady_enough": (0.55, 0.75),
    "syllables": (0.24, 0.44),
    "moving": (2.0, 3.5),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What the likelihood rests on.

    `voiced`: share of loud frames with a pitch. `gliding`: share of neighbouring voiced frames whose pitch changes by
    6-120 cents. `steady_enough`: share of them without a jump above 120 cents. `syllables`: depth of the loudness
    modulation at 2-8 Hz against the mean. `moving`: median change of the spectrum's shape over 50 ms, in dB.
    """

    voiced: float
    gliding: float
    steady_enough: float
    syllables: float
    moving: float


def likelihood(samples: npt.NDArray[np.float32], frames: Frames) -> float:
    """Return how much the sound is like speech, between 0 and 1."""
    found = measure(samples, frames)
    if found is None:
        return 0.0
    scores = []
    for name, (low, high) in _BOUNDS.items():
        scores.append(min(1.0, max(0.0, (getattr(found, name) - low) / (high - low))))
    return round(float(min(scores)), 3)


def measure(samples: npt.NDArray[np.float32], frames: Frames) -> Measures | None:
    """Return the measures, or None when there is less than 0.2 s of sound."""
    loud = frames.active & (frames.level > frames.loud_db - _LOUD_DROP_DB)
    if int(loud.sum()) < _FEWEST_LOUD_FRAMES:
        return None
    chosen = _chosen(frames.count)
    pitch, strength = _pitch(samples, chosen)
    loud_chosen = loud[chosen]
    voiced = loud_chosen & (strength > _VOICED)
    neighbours = voiced[1:] & voiced[:-1] & (np.diff(chosen) == 1)
    pairs = max(1, int(neighbours.sum()))
    cents = np.abs(np.diff(np.log2(pitch))) * 1200
    jumps = neighbours & (cents >= _JUMP_CENTS)
    return Measures(
        voiced=float(voiced.sum() / max(1, int(loud_chosen.sum()))),
        gliding=float((neighbours & (cents > _STANDING_CENTS) & ~jumps).sum() / pairs),
        steady_enough=float(1 - jumps.sum() / pairs),
        syllables=_syllables(frames.level[_near(frames.active)]),
        moving=_movement(frames.bands, loud),
    )


def _chosen(count: int) -> npt.NDArray[np.int64]:
    if count <= _MOST_FRAMES:
        return np.arange(count)
    starts = np.linspace(0, count - _STRETCH, _MOST_FRAMES // _STRETCH).astype(np.int64)
    return np.unique((starts[:, None] + np.arange(_STRETCH)).ravel())


def _pitch(samples: npt.NDArray[np.float32], chosen: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return per chosen frame the pitch in Hz and its strength (normalised autocorrelation, Boersma 1993)."""
    side = _PITCH_WINDOW // 4
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(samples, (side, 2 * _PITCH_WINDOW)), _PITCH_WINDOW)[::HOP]
    taper = np.hanning(_PITCH_WINDOW)
    lags = _LONGEST_LAG + 2
    own = np.fft.irfft(np.abs(np.fft.rfft(taper, _PITCH_FFT)) ** 2)[:lags]
    pitch, strength = np.empty(len(chosen)), np.empty(len(chosen))
    for start in range(0, len(chosen), _BLOCK):
        part = windows[chosen[start : start + _BLOCK]].astype(np.float64)
        part = (part - part.mean(axis=1, keepdims=True)) * taper
        correlation = np.fft.irfft(np.abs(np.fft.rfft(part, _PITCH_FFT)) ** 2)[:, :lags]
        correlation = correlation / (correlation[:, :1] + 1e-9) / (own / own[0])
        at = correlation[:, _SHORTEST_LAG:_LONGEST_LAG].argmax(axis=1) + _SHORTEST_LAG
        row = np.arange(len(at))
        before, peak, after = correlation[row, at - 1], correlation[row, at], correlation[row, at + 1]
        bend = before - 2 * peak + after
        shift = np.where(bend < _FLAT, 0.5 * (before - after) / np.minimum(bend, _FLAT), 0.0)
        pitch[start : start + _BLOCK] = SAMPLE_RATE / (at + np.clip(shift, -0.5, 0.5))
        strength[start : start + _BLOCK] = peak
    return pitch, strength


def _near(active: Bools) -> Bools:
    """Return the frames within half a second of sound, so that long silences do not thin the rhythm out."""
    return (
        np.convolve(active.astype(np.int64), np.ones(2 * _NEAR_FRAMES + 1, dtype=np.int64))[_NEAR_FRAMES : _NEAR_FRAMES + len(active)] > 0
    )


def _syllables(level: Floats) -> float:
    envelope = 10 ** (level / 20)
    envelope = envelope / envelope.mean() - 1
    spectrum = np.abs(np.fft.rfft(envelope * np.hanning(len(envelope)))) ** 2
    rate = np.fft.rfftfreq(len(envelope), 1 / FRAMES_PER_SECOND)
    # The sum over one side of the spectrum, freed of the window's power (3/8), is half the variance.
    inside = spectrum[(rate >= _SLOWEST_HZ) & (rate <= _FASTEST_HZ)].sum() / len(envelope) ** 2 / (3 / 8)
    return float(np.sqrt(2 * inside))


def _movement(bands: Floats, loud: Bools) -> float:
    shape = smoothed(bands - bands.mean(axis=1, keepdims=True), 3)
    change = np.sqrt(((shape[_MOVE_FRAMES:] - shape[:-_MOVE_FRAMES]) ** 2).mean(axis=1))
    both = loud[_MOVE_FRAMES:] & loud[:-_MOVE_FRAMES]
    return float(np.median(change[both])) if both.any() else 0.0
