"""Unfinished files, which one run holds: their names, and what a killed run has left behind; and the locks of both.

Two runs that change one file: the second is told so, and no change made meanwhile by anyone is lost. A file that is
rewritten in place is locked where the system has locks, and looked at again before it is replaced: if it is not the
file that was read, it stays. The locks are advisory: they stop other runs of arnorm, not readers.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import suppress
from typing import BinaryIO

from arnorm import console

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

#: Whether this system has locks.
LOCKS = fcntl is not None
#: Names of unfinished files, which no ``*.txt`` matches: of one that ends with its run, and of one that is kept.
_NAME = re.compile(r"\.arnorm-[0-9a-f]{16}\.tmp")
_PART = re.compile(r"\.arnorm-[0-9a-f]{16}\.part")


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


class Unfinished:
    """An unfinished file in *directory*, open for writing and locked: a new one, or that of an earlier run.

    What a killed run left behind is known by having no lock, and taken away (`clear`); unless `checkpoint` has kept it,
    for a later run to go on with.
    """

    def __init__(self, directory: str, part: str = "", size: int = 0) -> None:
        """With *part*, goes on with *size* bytes of the unfinished file of that name. Raises `OSError`."""
        self.kept = bool(part)  #: whether it is to stay if it is not finished
        if part:
            self.path = os.path.join(directory, part)
            self.file = _taken_up(self.path, size)
        else:
            self.path, self.file = created(directory)

    def checkpoint(self) -> tuple[str, int]:
        """Make what was written last, for a later run; return the name of the file, and its size."""
        self.file.flush()
        os.fsync(self.file.fileno())
        if not self.kept:
            part = self.path.removesuffix(".tmp") + ".part"
            os.rename(self.path, part)
            self.path, self.kept = part, True
        return os.path.basename(self.path), self.file.tell()

    def discard(self) -> None:
        """Close it, and remove it unless it is `kept`."""
        with suppress(OSError):
            self.file.close()
        if not self.kept:
            with suppress(OSError):
                os.unlink(self.path)


def created(directory: str, mode: int = 0o600) -> tuple[str, BinaryIO]:
    """A new unfinished file in *directory*, open for writing and locked; others may read it as *mode* says."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        path = os.path.join(directory, f".arnorm-{os.urandom(8).hex()}.tmp")
        file = os.fdopen(os.open(path, flags, mode), "wb")
        if locked(file.fileno()) and os.path.exists(path):  # nobody took it for a leftover in the moment before
            return path, file
        file.close()


def _taken_up(path: str, size: int) -> BinaryIO:
    """The unfinished file at *path*, cut to *size* bytes, open for writing and locked."""
    flags = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    file = os.fdopen(os.open(path, flags), "r+b")
    if not (stat.S_ISREG(os.fstat(file.fileno()).st_mode) and locked(file.fileno())):
        file.close()
        raise OSError(errno.EINVAL, "not an unfinished file, or another run holds it; remove it", path)
    file.truncate(size)
    file.seek(size)
    return file


def can_be_taken_up(path: str, size: int) -> bool:
    """Whether there is an unfinished file at *path* with *size* bytes at least, of this user's own."""
    if not _PART.fullmatch(os.path.basename(path)):
        return False  # whoever may write the list of what is done could name any file
    try:
        found = os.lstat(path)
    except OSError:
        return False
    ours = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return stat.S_ISREG(found.st_mode) and found.st_size >= size and ours


def clear(directory: str, tidied: set[str]) -> None:
    """Remove from *directory* what no run holds any more, and say so; once, by adding it to the *tidied*.

    Does nothing where there are no locks.
    """
    if not LOCKS or directory in tidied:
        return
    tidied.add(directory)
    with suppress(OSError):
        for name in filter(_NAME.fullmatch, os.listdir(directory)):
            _remove(os.path.join(directory, name))


def _remove(path: str) -> None:
    """Remove a regular file of this user's own. A pipe would be waited for, and a link may lead anywhere."""
    with suppress(OSError):
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        try:
            found = os.fstat(file)
            if stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and locked(file):
                os.unlink(path)
                console.complain(f"{console.argument(path)}: removed; a run that was killed has left it behind")
        finally:
            os.close(file)
