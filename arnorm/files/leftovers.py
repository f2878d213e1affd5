"""Unfinished files: their names, and removing those that a killed run has left behind."""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import suppress
from typing import BinaryIO

from arnorm import console
from arnorm.files.locks import LOCKS, locked

_PART = re.compile(r"\.arnorm-[0-9a-f]{16}\.part")
_NAME = re.compile(r"\.arnorm-[0-9a-f]{16}\.tmp")


def created(directory: str, mode: int = 0o600) -> tuple[str, BinaryIO]:
    """A new unfinished file in *directory*, open for writing and locked; others may read it as *mode* says."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        path = os.path.join(directory, f".arnorm-{os.urandom(8).hex()}.tmp")
        file = os.fdopen(os.open(path, flags, mode), "wb")
        if locked(file.fileno()) and os.path.exists(path):  # nobody took it for a leftover in the moment before
            return path, file
        file.close()


def kept_name(path: str) -> str:
    """The name of the unfinished file at *path* once a later run may go on with it: `clear` leaves it alone."""
    return path.removesuffix(".tmp") + ".part"


def taken_up(path: str, size: int) -> BinaryIO:
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
