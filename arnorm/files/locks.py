"""Two runs that change one file: the second is told so, and no change made meanwhile by anyone is lost.

A file that is rewritten in place is locked where the system has locks (advisory ones: they stop other runs of arnorm,
not readers), and looked at again before it is replaced: if it is not the file that was read, it stays.
"""

from __future__ import annotations

import os
from contextlib import suppress

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

#: Whether this system has locks.
LOCKS = fcntl is not None


class ChangedMeanwhileError(OSError):
    """Another program has changed a file while it was being rewritten, or is about to."""


class Guard:
    """Holds the file at *path* for one run. Raises `ChangedMeanwhileError` if another holds it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        if not locked(self._file):
            self.release()
            raise ChangedMeanwhileError(0, "another run is changing it (nothing was changed); run one at a time", path)
        self._was = _identity(os.fstat(self._file))

    def verify(self) -> None:
        """Raise `ChangedMeanwhileError` unless the file is still as it was."""
        try:
            same = _identity(os.stat(self._path)) == self._was
        except FileNotFoundError:
            same = False
        if not same:
            raise ChangedMeanwhileError(0, "changed by another program meanwhile (it stays so); run again", self._path)

    def release(self) -> None:
        """Let others have the file."""
        if self._file >= 0:
            unlock(self._file)
            os.close(self._file)
            self._file = -1


def _identity(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def locked(file: int) -> bool:
    """Whether the open *file* could be locked, or cannot be on this system; it stays so until `unlock`."""
    if fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks
            return True
    return True


def unlock(file: int) -> None:
    """Take the lock away, from worker processes that inherited it too."""
    if fcntl is not None:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_UN)
