"""Which format a recording has, told by its first bytes and never by a file name."""

from speech.errors import Undecodable
from speech.models import Problem

CONTENT_TYPE = {"WAV": "audio/wav", "FLAC": "audio/flac", "Ogg": "audio/ogg", "MP3": "audio/mpeg"}
ACCEPTED = "Please send a WAV, FLAC, Ogg or MP3 file, or record here."
_HEAD = 64
_CHUNK_HEAD, _FIRST_CHUNK, _SOUND_BEGINS_BEFORE = 8, 12, 65_536
_BESIDE_SOUND = {b"LIST", b"fact", b"cue ", b"bext", b"JUNK", b"id3 ", b"ID3 "}
_SYNC, _SYNC_LOW_BITS, _LAYER_BITS = 0xFF, 0xE0, 0x06


def sniff(data: bytes) -> str:
    """Return the format's common name (`WAV`, `FLAC`, `Ogg`, `MP3`, `WebM`, `MP4`, `AAC`, `AIFF`, `AMR`) or ''."""
    head = data[:_HEAD]
    if head[:4] in {b"RIFF", b"RF64"} and head[8:12] == b"WAVE":
        return "WAV"
    for start, name in ((b"fLaC", "FLAC"), (b"OggS", "Ogg"), (b"ID3", "MP3"), (b"\x1aE\xdf\xa3", "WebM"),
                        (b"FORM", "AIFF"), (b"#!AMR", "AMR")):  # fmt: skip
        if head.startswith(start):
            return name
    if head[4:8] == b"ftyp":
        return "MP4"
    if len(head) > 1 and head[0] == _SYNC and head[1] & _SYNC_LOW_BITS == _SYNC_LOW_BITS:
        # Both start with eleven set bits; the two layer bits are zero in AAC and never in MP3.
        return "MP3" if head[1] & _LAYER_BITS else "AAC"
    return ""


def content_type(data: bytes) -> str:
    """Return the media type of an accepted recording. Raises `UnusableAudio` for any other bytes."""
    return CONTENT_TYPE[accepted_format(data)]


def accepted_format(data: bytes) -> str:
    """Return the name of a format that is read here. Raises `UnusableAudio` for any other bytes."""
    name = sniff(data)
    if name in CONTENT_TYPE:
        return name
    if name:
        raise Undecodable(Problem.UNSUPPORTED_FORMAT, f"{name} files cannot be read here. {ACCEPTED}")
    raise Undecodable(Problem.NOT_AUDIO, f"This file is not a sound recording. {ACCEPTED}")


def with_length(data: bytes) -> bytes:
    """Return a WAV file that says 0 for the length of its sound, as one does whose recorder was cut off, with the length that it has.

    Everything else comes back as it is.
    """
    if sniff(data) != "WAV":
        return data
    at = _FIRST_CHUNK
    while at + _CHUNK_HEAD < min(len(data), _SOUND_BEGINS_BEFORE):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + _CHUNK_HEAD], "little")
        sound = at + _CHUNK_HEAD
        if name == b"data":
            cut_off = not size and data[sound : sound + 4] not in _BESIDE_SOUND
            return data[: at + 4] + (len(data) - sound).to_bytes(4, "little") + data[sound:] if cut_off else data
        at = sound + size + size % 2
    return data
