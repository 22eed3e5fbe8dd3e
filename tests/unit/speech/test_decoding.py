"""What is read, what is refused, and that foreign bytes can do no harm."""

import io
import struct

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]  # ships no types
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import AppError, Kind
from speech.audio import AudioLimits, content_type, decode, sniff, to_wav
from speech.decoding import resample
from speech.errors import AudioTooLarge, Undecodable, UnusableAudio
from speech.models import Problem
from tests.unit.speech.sounds import RATE, Sound, tone

SOUND = tone(440, 1.0)
WAV = to_wav(SOUND)


def written(kind: str, subtype: str | None = None, *, rate: int = RATE, channels: int = 1, sound: Sound | None = None) -> bytes:
    out = io.BytesIO()
    mono = tone(440, 1.0)[: int(rate)] if sound is None else sound
    if sound is None:
        mono = (0.3 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)).astype(np.float32)
    soundfile.write(out, np.stack([mono] * channels, axis=1), rate, format=kind, subtype=subtype)
    return out.getvalue()


def with_field(offset: int, form: str, value: int) -> bytes:
    changed = bytearray(WAV)
    changed[offset : offset + struct.calcsize(form)] = struct.pack(form, value)
    return bytes(changed)


@pytest.mark.parametrize(
    ("kind", "subtype"),
    [
        ("WAV", "PCM_U8"),
        ("WAV", "PCM_16"),
        ("WAV", "PCM_24"),
        ("WAV", "PCM_32"),
        ("WAV", "FLOAT"),
        ("WAV", "DOUBLE"),
        ("WAV", "ULAW"),
        ("WAVEX", "PCM_16"),
        ("RF64", "PCM_16"),
        ("FLAC", None),
        ("OGG", "VORBIS"),
        ("OGG", "OPUS"),
        ("MP3", None),
    ],
)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_usual_recording_becomes_sixteen_kilohertz_mono(kind: str, subtype: str | None, channels: int) -> None:
    audio = decode(written(kind, subtype, rate=48_000, channels=channels))
    assert audio.samples.dtype == np.float32
    assert audio.samples.ndim == 1
    assert audio.seconds == pytest.approx(1.0, abs=0.06)
    assert (audio.source_rate, audio.source_channels) == (48_000, channels)
    middle = audio.samples[4000:12_000]
    assert np.sqrt(2 * (middle**2).mean()) == pytest.approx(0.3, rel=0.05)
    assert np.abs(np.fft.rfft(middle)).argmax() * RATE / len(middle) == pytest.approx(440, abs=3)


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 32_000, 44_100, 48_000, 96_000])
def test_resampling_keeps_speech_and_removes_what_does_not_fit(rate: int) -> None:
    time = np.arange(rate * 2) / rate
    for hertz in (300, 1000, 3000, 6000, 7000):
        if hertz > rate * 0.45:
            continue
        out = resample(np.sin(2 * np.pi * hertz * time).astype(np.float32), rate)[2000:-2000]
        expected = np.sin(2 * np.pi * hertz * (np.arange(len(out)) + 2000) / RATE)
        assert np.abs(out - expected).max() < 0.02
    for hertz in (9_000, 12_000, 15_000):
        if hertz < rate * 0.45:
            out = resample(np.sin(2 * np.pi * hertz * time).astype(np.float32), rate)[2000:-2000]
            assert np.abs(out).max() < 0.001


def test_sixteen_kilohertz_mono_passes_through_unchanged() -> None:
    audio = decode(WAV)
    assert np.abs(audio.samples - SOUND).max() < 1 / 32_000
    assert to_wav(audio.samples) == WAV


def test_values_beyond_full_scale_are_limited_not_wrapped() -> None:
    loud = decode(to_wav(np.array([2.0, -2.0] * 800, dtype=np.float32)))
    assert loud.samples.max() > 0.999
    assert loud.samples.min() < -0.999


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x1aE\xdf\xa3" + bytes(60), "WebM"),
        (b"\0\0\0\x20ftypM4A " + bytes(60), "MP4"),
        (b"\xff\xf1\x50\x80" + bytes(60), "AAC"),
        (b"FORM\0\0\0\0AIFF" + bytes(60), "AIFF"),
        (b"#!AMR\n" + bytes(60), "AMR"),
    ],
)
def test_a_known_kind_that_is_not_read_is_refused_by_its_name(data: bytes, name: str) -> None:
    assert sniff(data) == name
    with pytest.raises(UnusableAudio, match=f"{name} files cannot be read here. Please send a WAV, FLAC, Ogg or MP3"):
        decode(data)


@pytest.mark.parametrize("data", [b"hello", b"<html>", b"%PDF-1.7", b"PK\x03\x04" + bytes(100), bytes(100), b"RIFF\0\0\0\0AVI LIST"])
def test_what_is_no_recording_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableAudio, match="not a sound recording") as caught:
        decode(data)
    assert isinstance(caught.value, Undecodable)
    assert caught.value.problem is Problem.NOT_AUDIO
    with pytest.raises(UnusableAudio):
        content_type(data)


def test_the_media_type_comes_from_the_bytes() -> None:
    assert content_type(WAV) == "audio/wav"
    assert content_type(written("FLAC")) == "audio/flac"
    assert content_type(written("OGG", "OPUS", rate=48_000)) == "audio/ogg"
    assert content_type(written("MP3")) == "audio/mpeg"


@pytest.mark.parametrize(
    ("offset", "form", "value"),
    [(40, "<I", 0xFFFFFFF0), (4, "<I", 0xFFFFFFFF), (40, "<I", 64_000)],
    ids=["endless data", "endless file", "twice the data"],
)
def test_a_header_that_promises_more_than_there_is_does_no_harm(offset: int, form: str, value: int) -> None:
    audio = decode(with_field(offset, form, value))
    assert audio.seconds == pytest.approx(1.0)


@pytest.mark.parametrize("whole", [36 + 32_000, 0], ids=["the file's length", "no length at all"])
@pytest.mark.parametrize("extra", [b"", b"LIST" + struct.pack("<I", 5) + b"INFO!\0"], ids=["plain", "with another chunk"])
def test_a_recording_that_was_cut_off_before_its_length_was_written_is_read_to_its_end(whole: int, extra: bytes) -> None:
    cut = WAV[:4] + struct.pack("<I", whole) + WAV[8:36] + extra + b"data" + struct.pack("<I", 0) + WAV[44:]
    assert decode(cut).seconds == pytest.approx(1.0)


def test_what_stands_behind_no_sound_is_not_taken_for_sound() -> None:
    with pytest.raises(UnusableAudio, match="no sound"):
        decode(WAV[:40] + struct.pack("<I", 0) + b"LIST" + struct.pack("<I", 16_000) + bytes(16_000))


def test_a_file_that_stops_early_is_read_as_far_as_it_goes() -> None:
    assert decode(WAV[:16_044]).seconds == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    ("offset", "form", "value"),
    [(22, "<H", 0), (22, "<H", 65_535), (24, "<I", 0), (24, "<I", 4_000_000_000), (34, "<H", 0), (20, "<H", 0xBEEF)],
    ids=["no channels", "65535 channels", "0 Hz", "4 GHz", "0 bits", "unknown coding"],
)
def test_a_header_that_makes_no_sense_is_refused(offset: int, form: str, value: int) -> None:
    with pytest.raises(UnusableAudio):
        decode(with_field(offset, form, value))


@pytest.mark.parametrize("data", [b"", WAV[:44], WAV[:20]])
def test_a_recording_without_sound_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableAudio, match=r"empty|no sound|damaged"):
        decode(data)


def test_numbers_that_are_none_are_refused() -> None:
    bad = np.full(RATE, np.nan, dtype=np.float32)
    with pytest.raises(UnusableAudio, match="damaged"):
        decode(written("WAV", "FLOAT", sound=bad))


def test_more_bytes_than_allowed_are_refused_before_they_are_read() -> None:
    with pytest.raises(AudioTooLarge, match="1 MB") as caught:
        decode(b"not even audio" * 100_000, limits=AudioLimits(max_bytes=1_000_000))
    assert caught.value.kind is Kind.TOO_LARGE


def test_a_small_file_that_unfolds_to_hours_is_refused() -> None:
    bomb = written("FLAC", rate=96_000, sound=np.zeros(96_000 * 300, dtype=np.float32))
    assert len(bomb) < 200_000
    with pytest.raises(AudioTooLarge, match="longer than 2 minutes"):
        decode(bomb, limits=AudioLimits(max_seconds=120))


def test_the_limit_itself_is_allowed() -> None:
    assert decode(WAV, limits=AudioLimits(max_bytes=len(WAV), max_seconds=1.0)).seconds == 1.0


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["WAV", "FLAC", "OGG"]), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_damaged_files_are_read_or_refused_and_nothing_else(kind: str, changes: list[tuple[float, int]]) -> None:
    data = bytearray(VALID[kind])
    for place, value in changes:
        data[int(place * (len(data) - 1))] = value
    try:
        audio = decode(bytes(data), limits=AudioLimits(max_seconds=60))
    except AppError:
        return
    assert np.isfinite(audio.samples).all()
    assert audio.seconds <= 61


VALID = {kind: written(kind, sound=SOUND[:3200]) for kind in ("WAV", "FLAC", "OGG")}
