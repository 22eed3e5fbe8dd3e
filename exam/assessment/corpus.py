"""Read interviews from a file of JSON lines (plain or gzip) and cut samples from them."""

import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from exam.assessment.errors import CorpusInvalid
from exam.assessment.models import BANDS, Band
from exam.assessment.pleas import without_pleas
from lexis import words

# The learner's first words are greetings and names: a short sample starts after them where there is enough.
WARM_UP_WORDS = 50

_STANDARD_INPUT = Path("-")
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance: its words without fillers, and how often each mark occurs in it."""

    words: tuple[str, ...]
    pauses: float
    long_pauses: float
    fillers: float
    repairs: float

    def first(self, count: int) -> "Turn":
        """The first `count` words, with the marks in proportion."""
        share = count / len(self.words)
        return Turn(
            self.words[:count],
            self.pauses * share,
            self.long_pauses * share,
            self.fillers * share,
            self.repairs * share,
        )


@dataclass(frozen=True, slots=True)
class Interview:
    """One learner's side of an interview.

    `band` is the examiner's, None where the line has none; `step` the same judgement on the finer scale 1-9.
    """

    interview_id: str
    band: Band | None
    turns: tuple[Turn, ...]
    step: int | None = None

    @property
    def words(self) -> list[str]:
        """All words in order."""
        return [word for turn in self.turns for word in turn.words]

    def total(self, mark: str) -> float:
        """How often a mark ("pauses", "long_pauses", "fillers", "repairs") occurs in all turns."""
        return sum(float(getattr(turn, mark)) for turn in self.turns)


def sample(interview: Interview, words_wanted: int, *, skip: int = WARM_UP_WORDS) -> Interview:
    """The first `words_wanted` words in a row after about `skip` words, cut inside the last turn.

    The sample starts with the first turn that begins at or after `skip`; where fewer words than wanted would be left it
    starts earlier, and an interview that is too short is given whole.
    """
    lengths = [len(turn.words) for turn in interview.turns]
    start, before, left = 0, 0, sum(lengths)
    for length in lengths:
        if before >= skip or left - length < words_wanted:
            break
        start, before, left = start + 1, before + length, left - length
    kept: list[Turn] = []
    missing = words_wanted
    for turn in interview.turns[start:]:
        if missing <= 0:
            break
        kept.append(turn if len(turn.words) <= missing else turn.first(missing))
        missing -= len(turn.words)
    return replace(interview, turns=tuple(kept))


def read(path: Path) -> Iterator[Interview]:
    """Read one interview after the other; "-" is the standard input.

    Raises:
        CorpusInvalid: the file cannot be read, or a line is no interview; the message names the line.
    """
    for found in read_each(path):
        if isinstance(found, CorpusInvalid):
            raise found
        yield found


def read_each(path: Path) -> Iterator[Interview | CorpusInvalid]:
    """As `read`, but what is wrong with a line comes in its place, and the lines after it follow.

    Raises:
        CorpusInvalid: the file cannot be read at all, or not to its end.
    """
    try:
        with _opened(path) as raw:
            packed = raw.peek(2)[:2] == _GZIP_MAGIC
            lines = gzip.GzipFile(fileobj=raw) if packed else raw
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _read_line(line, number)
    except (OSError, EOFError, zlib.error) as error:
        raise CorpusInvalid(f"The file {path.name} cannot be read: {error}.") from error


def _opened(path: Path) -> io.BufferedReader:
    if path == _STANDARD_INPUT:
        # Buffered once more: only a buffered reader can look ahead.
        return io.BufferedReader(cast("io.RawIOBase", sys.stdin.buffer))
    return path.open("rb")


def _read_line(line: bytes, number: int) -> Interview | CorpusInvalid:
    try:
        record = _shaped(json.loads(line.decode("utf-8-sig")), dict, "the line is no JSON object")
        band = record.get("band")
        turns = tuple(map(_turn, _shaped(record["turns"], list, "'turns' is no list")))
        name = record.get("id")
        step = record.get("sst")
    except (ValueError, KeyError, OverflowError, RecursionError) as error:
        return CorpusInvalid(f"Line {number} is not an interview with turns: {_told(error)}.")
    return Interview(
        interview_id=f"line-{number}" if name is None else str(name),
        band=band if isinstance(band, str) and band in BANDS else None,
        turns=_attached(turns),
        step=step if type(step) is int else None,
    )


def _told(error: Exception) -> str:
    """What is wrong, in words: a missing field says no more than its name by itself."""
    if isinstance(error, UnicodeDecodeError):
        return "it is not text in UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON ({error.msg[:1].lower()}{error.msg[1:]}, character {error.pos + 1})"
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _shaped(value: Any, shape: type, complaint: str) -> Any:
    if not isinstance(value, shape):
        raise ValueError(complaint)  # noqa: TRY004 - of a file, not of a call
    return value


def _turn(value: Any) -> Turn:
    record = _shaped(value, dict, "a turn is no JSON object")
    clean = record.get("clean")
    text = _shaped(record["verbatim"] if clean is None else clean, str, "the words of a turn are no text")
    return Turn(tuple(words(without_pleas(text))), *(_count(record, mark) for mark in ("pauses", "long_pauses", "fillers", "repairs")))


def _count(record: dict[str, Any], mark: str) -> float:
    try:
        return max(0.0, float(record.get(mark) or 0))
    except (TypeError, ValueError):
        raise ValueError(f"{mark!r} of a turn is no number") from None


def _attached(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Give the marks of turns without words ("erm") to the next turn that has some, so that none is lost."""
    kept: list[Turn] = []
    waiting = [0.0, 0.0, 0.0, 0.0]
    for turn in turns:
        found = [turn.pauses, turn.long_pauses, turn.fillers, turn.repairs]
        waiting = [old + new for old, new in zip(waiting, found, strict=True)]
        if turn.words:
            kept.append(Turn(turn.words, *waiting))
            waiting = [0.0] * 4
    if kept:
        last = kept[-1]
        kept[-1] = Turn(
            last.words,
            last.pauses + waiting[0],
            last.long_pauses + waiting[1],
            last.fillers + waiting[2],
            last.repairs + waiting[3],
        )
    return tuple(kept)
