"""Where output goes: standard output, or a file that is replaced only when all of it has been written."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import BinaryIO, Protocol

from arnorm import console
from arnorm.files import leftovers, rights
from arnorm.files.errors import UsageError
from arnorm.files.locks import LOCKS

#: What is said of a file that had several names, hard links, of which only the one that was given is replaced.
PARTED = "had other names (hard links); they keep what it held"


def told(path: str, what: str) -> None:
    """Say something of the file at *path*."""
    console.complain(f"{console.argument(path)}: {what}")


class Sink(Protocol):
    """Something to write bytes to; leaving the ``with`` block without `commit` gives up what was written."""

    def __enter__(self) -> Sink: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def write(self, data: bytes) -> None:
        """Take *data*."""

    def flush(self) -> None:
        """Send on what was taken."""

    def commit(self) -> None:
        """Put what was taken in its place, for good."""


def sink(path: str | None) -> Sink:
    """Standard output for None and "-", else the file at *path*: as a whole or not at all, where that is possible."""
    if path is None or path == "-":
        return StreamSink(console.stdout(), "<stdout>")
    if os.path.exists(path) and not os.path.isfile(path):
        return StreamSink(open(path, "wb"), path, close=True)  # a device or a named pipe; a directory is an error
    return NewFile(path)


class StreamSink:
    """Standard output, a device or a pipe."""

    def __init__(self, stream: BinaryIO, name: str, *, close: bool = False) -> None:
        self.stream, self.name, self._close = stream, name, close

    def __enter__(self) -> StreamSink:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._close:
            self.stream.close()

    def write(self, data: bytes) -> None:
        """Send *data*."""
        self._named(self.stream.write, data)

    def flush(self) -> None:
        """Send on what the stream holds back."""
        self._named(self.stream.flush)

    def commit(self) -> None:
        """Send on the rest; what was sent cannot be taken back."""
        self.flush()

    def _named(self, call: object, *args: bytes) -> None:
        try:
            call(*args)  # type: ignore[operator]
        except OSError as error:
            error.filename = error.filename or self.name
            raise


class NewFile:
    """A file that takes the place of the one at *path* at `commit`, in one step; until then that one stays whole.

    It is written beside the old one, to be on the same file system, under a name that no ``*.txt`` matches, and
    locked while that lasts: what a killed run left behind is known by having no lock, and taken away. Only who runs
    this may read it until `commit`, which gives it the rights of the old file, or those of a new one; *tell* hears
    what could not be kept. A symbolic link stays a link, to the new file.
    """

    def __init__(
        self,
        path: str,
        tell: Callable[[str, str], None] = told,
        part: str = "",
        written: int = 0,
        tidied: set[str] | None = None,
    ) -> None:
        """With *part*, goes on with *written* bytes of the unfinished file of that name.

        *tidied* are the directories of the run in which nothing is left of others.
        """
        self._tell, self._part, self._written = tell, part, written
        self._tidied = set() if tidied is None else tidied
        self.kept = bool(part)  #: whether the unfinished file is to stay if it is not finished
        self.path = os.path.realpath(path)
        self._directory = os.path.dirname(self.path)
        self._temporary = ""
        self._file: BinaryIO | None = None
        self._shown = path

    def __enter__(self) -> NewFile:
        try:
            self._must_be_writable()
            leftovers.clear(self._directory, self._tidied)
            if self._part:
                self._temporary = os.path.join(self._directory, self._part)
                self._file = leftovers.taken_up(self._temporary, self._written)
            else:
                self._temporary, self._file = leftovers.created(self._directory)
        except OSError as error:
            self._discard()
            raise self._about(error) from None
        return self

    def _must_be_writable(self) -> None:
        """A file that may not be written may not be replaced either, though its directory would allow it."""
        if os.path.exists(self.path) and not os.access(self.path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    def _keep(self) -> list[str]:
        """Give the new file the rights of the old one, or those that a new one gets here, and return what was lost."""
        if os.path.exists(self.path):
            names = os.stat(self.path).st_nlink
            parted = [PARTED] if names > 1 and os.name == "posix" else []
            return rights.keep(self.path, self._temporary, self._open.fileno()) + parted
        # Only the system knows what a new file gets, by the mask of the process and the list of the directory.
        probe, file = leftovers.created(self._directory, 0o666)
        try:
            return rights.keep(probe, self._temporary, self._open.fileno())
        finally:
            file.close()
            os.unlink(probe)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._discard()

    def write(self, data: bytes) -> None:
        """Take *data*, beside the old file."""
        self._step(self._open.write, data)

    def flush(self) -> None:
        """Nothing to do: nobody reads it before `commit`."""

    def commit(self) -> None:
        """Put the new file in the place of the old one."""
        self._step(self._replace)

    def rewind(self) -> None:
        """Take back what was written since the unfinished file was taken up."""
        self._open.flush()
        self._open.truncate(self._written)
        self._open.seek(self._written)

    def checkpoint(self) -> tuple[str, int]:
        """Make what was written last, for a later run; return the name of the unfinished file, and its size."""
        self._open.flush()
        os.fsync(self._open.fileno())
        if not self.kept:
            part = leftovers.kept_name(self._temporary)
            os.rename(self._temporary, part)
            self._temporary, self.kept = part, True
        return os.path.basename(self._temporary), self._open.tell()

    @property
    def _open(self) -> BinaryIO:
        assert self._file is not None
        return self._file

    def _replace(self) -> None:
        self._open.flush()
        lost = self._keep()
        os.fsync(self._open.fileno())
        if not LOCKS:
            self._open.close()
        os.replace(self._temporary, self.path)  # locked, so that nobody takes it for a leftover
        self._open.close()
        self._file = None
        _settle(self._directory)
        for what in lost:
            self._tell(self._shown, what)

    def _discard(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            if not self.kept:
                with suppress(OSError):
                    os.unlink(self._temporary)
            self._file = None

    def _step(self, call: object, *args: bytes) -> None:
        try:
            call(*args)  # type: ignore[operator]
        except OSError as error:
            raise self._about(error) from None

    def _about(self, error: OSError) -> OSError:
        """*error* as one of the file the user named, not of the temporary one."""
        return type(error)(error.errno, f"{error.strerror} (nothing was changed)", self._shown)


def _settle(directory: str) -> None:
    """Make a rename in *directory* survive a power failure, where directories can be synced."""
    with suppress(OSError):
        opened = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def must_be_regular(path: str) -> None:
    """Raise `UsageError` unless *path* is a regular file, or a link to one; a missing one is left to reading."""
    if path == "-":
        raise UsageError("-i changes files, and standard input is none; leave out -i, or name the files")
    if os.path.exists(path) and not os.path.isfile(path):
        raise UsageError(f"{path}: not a regular file; -i changes only those")
