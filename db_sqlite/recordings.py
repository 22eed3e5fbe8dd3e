"""Recordings as files beside the SQLite database (contract: `speech.ports.RecordingStore`).

`<root>/<owner id>/<recording id>.<wav|flac|ogg|mp3>`, readable by their owner's operating-system account only. Sound would make the
database large and slow to back up; as files it can be played, copied and counted with ordinary tools.
"""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from core.clock import Clock, SystemClock
from core.errors import NotFound, StoreUnavailable
from speech.errors import RecordingTooLarge
from speech.models import Recording
from speech.ports import check_names

SUFFIXES = {"audio/wav": ".wav", "audio/flac": ".flac", "audio/ogg": ".ogg", "audio/mpeg": ".mp3"}
_TYPES = {suffix: content_type for content_type, suffix in SUFFIXES.items()}
_UNFINISHED = ".part"
_UNFINISHED_AGE = timedelta(hours=1)
_NOBODY_WRITES = timedelta(minutes=10)
_ASIDE = ".unfinished"  # no id begins with a dot
_TRIES = 10


class FileRecordings:
    """The recordings under one folder. Safe to share between threads and processes."""

    def __init__(self, root: str | Path, *, max_bytes: int = 25_000_000, clock: Clock | None = None) -> None:
        """Keep recordings of at most `max_bytes` each under `root`, which is created with the first one."""
        self._root = Path(root)
        self._clock = clock or SystemClock()
        self._max_bytes = max_bytes

    def put(self, owner_id: str, recording_id: str, data: bytes, content_type: str) -> None:
        """Write a file aside, flush it, and move it to its place in one step."""
        check_names(owner_id, recording_id)
        suffix = SUFFIXES.get(content_type)
        if suffix is None or not data:
            msg = f"a recording has sound and one of {sorted(SUFFIXES)}, not {content_type!r}"
            raise ValueError(msg)
        if len(data) > self._max_bytes:
            msg = f"The recording is too large: at most {self._max_bytes // 1_000_000} MB are kept. Record a shorter answer."
            raise RecordingTooLarge(msg)
        folder = self._root / owner_id
        with _faults():
            self._write(folder, recording_id, suffix, data)
            for other in SUFFIXES.values():
                if other != suffix:
                    (folder / (recording_id + other)).unlink(missing_ok=True)
            _flush_folder(folder)

    def get(self, owner_id: str, recording_id: str) -> Recording:
        """Read the file; of two kinds under one name, which only a crash can leave, the newer one."""
        check_names(owner_id, recording_id)
        with _faults():
            for path in self._files(owner_id, recording_id):
                with contextlib.suppress(FileNotFoundError):
                    return Recording(owner_id=owner_id, recording_id=recording_id, data=path.read_bytes(), content_type=_TYPES[path.suffix])
        msg = "This recording does not exist."
        raise NotFound(msg)

    def delete(self, owner_id: str, recording_id: str) -> bool:
        """Remove the file."""
        check_names(owner_id, recording_id)
        with _faults():
            found = self._files(owner_id, recording_id)
            for path in found:
                path.unlink(missing_ok=True)
            if found:
                _flush_folder(self._root / owner_id)
        return bool(found)

    def delete_all_of(self, owner_id: str) -> int:
        """Remove the owner's folder with everything in it, and what a crash left beside it."""
        check_names(owner_id)
        folder = self._root / owner_id
        count = 0
        with _faults():
            self._remove_unfinished(f"{owner_id}.*", before=self._clock.now() - _NOBODY_WRITES)
            for _ in range(_TRIES):
                try:
                    names = list(folder.iterdir())
                except FileNotFoundError:
                    break
                count += sum(path.suffix in _TYPES for path in names)
                for path in names:
                    path.unlink(missing_ok=True)
                with contextlib.suppress(FileNotFoundError):
                    try:
                        folder.rmdir()
                    except OSError as error:
                        if error.errno == errno.ENOTEMPTY:  # a recording arrived meanwhile
                            continue
                        raise
                _flush_folder(self._root)
                break
        return count

    def tidy(self, *, now: datetime) -> int:
        """Remove files that were never moved to their place."""
        with _faults():
            return self._remove_unfinished("*", before=now - _UNFINISHED_AGE)

    def _files(self, owner_id: str, recording_id: str) -> list[Path]:
        found = []
        for suffix in SUFFIXES.values():
            path = self._root / owner_id / (recording_id + suffix)
            with contextlib.suppress(FileNotFoundError):
                found.append((path.stat().st_mtime_ns, path))
        return [path for _, path in sorted(found, reverse=True)]

    def _write(self, folder: Path, recording_id: str, suffix: str, data: bytes) -> None:
        aside = self._root / _ASIDE
        if not aside.is_dir():
            aside.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._root.chmod(0o700)
            _flush_folder(self._root.parent)
        temporary = _write_aside(aside, f"{folder.name}.{recording_id}.", data)
        try:
            for attempt in range(_TRIES):
                # Nothing slow between these two: the owner's recordings may be deleted just now, and the folder with them.
                folder.mkdir(mode=0o700, exist_ok=True)
                try:
                    temporary.replace(folder / (recording_id + suffix))
                except FileNotFoundError:
                    if attempt == _TRIES - 1:
                        raise
                else:
                    break
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        _flush_folder(self._root)

    def _remove_unfinished(self, names: str, *, before: datetime) -> int:
        removed = 0
        for path in (self._root / _ASIDE).glob(names + _UNFINISHED):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    removed += 1
        return removed


def _write_aside(folder: Path, prefix: str, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=_UNFINISHED, dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def _flush_folder(folder: Path) -> None:
    """Make a new, moved or removed name in `folder` survive a power cut."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:  # removed by somebody else meanwhile: nothing left to flush
        return
    except PermissionError:
        if os.name == "nt":  # Windows opens no folders, and its file system journals names by itself
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            msg = "The disk is full, so the recording was not stored. Please tell the person who runs this site."
        else:
            msg = "Recordings cannot be read or written. Please tell the person who runs this site."
        raise StoreUnavailable(msg) from error
