"""Where output goes: standard output, or a file that is replaced only when all of it has been written.

What takes the place of another file gets its rights at the end, when all is written: owner, mode, access control list,
extended attributes. Until then only the owner of the run may read it. What the system does not let be kept is taken
away, never widened.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import BinaryIO, Protocol

from arnorm import console
from arnorm.files import unfinished
from arnorm.files.unfinished import LOCKS, Unfinished

#: Extended attributes that say who may use a file: its access control list, as POSIX or NFS has it.
_ACL = "system."
#: Extended attributes that the system's own policy sets on a new file, and lets nobody else set.
_LABEL = "security."
#: What is said of a file that had several names, hard links, of which only the one that was given is replaced.
PARTED = "had other names (hard links); they keep what it held"
#: What is said where a file cannot be given the rights of the old one.
OWNER_LOST = "its owner or group cannot be kept; nobody has got more rights"
ACL_LOST = "its access control list cannot be kept; now only the owner may use it"
ATTRIBUTES_LOST = "some of its extended attributes cannot be kept"


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
        self.path = os.path.realpath(path)
        self._directory = os.path.dirname(self.path)
        self._unfinished: Unfinished | None = None
        self._shown = path

    def __enter__(self) -> NewFile:
        try:
            self._must_be_writable()
            unfinished.clear(self._directory, self._tidied)
            self._unfinished = Unfinished(self._directory, self._part, self._written)
        except OSError as error:
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
            return _give_rights(self.path, self._new.path, self._new.file.fileno()) + parted
        # Only the system knows what a new file gets, by the mask of the process and the list of the directory.
        probe, file = unfinished.created(self._directory, 0o666)
        try:
            return _give_rights(probe, self._new.path, self._new.file.fileno())
        finally:
            file.close()
            os.unlink(probe)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._unfinished is not None:
            self._unfinished.discard()
            self._unfinished = None

    def write(self, data: bytes) -> None:
        """Take *data*, beside the old file."""
        self._step(self._new.file.write, data)

    def flush(self) -> None:
        """Nothing to do: nobody reads it before `commit`."""

    def commit(self) -> None:
        """Put the new file in the place of the old one."""
        self._step(self._replace)

    def rewind(self) -> None:
        """Take back what was written since the unfinished file was taken up."""
        self._new.file.flush()
        self._new.file.truncate(self._written)
        self._new.file.seek(self._written)

    def checkpoint(self) -> tuple[str, int]:
        """Make what was written last, for a later run; return the name of the unfinished file, and its size."""
        return self._new.checkpoint()

    def give_up(self) -> None:
        """Let nothing of it stay for a later run."""
        if self._unfinished is not None:
            self._unfinished.kept = False

    @property
    def _new(self) -> Unfinished:
        assert self._unfinished is not None
        return self._unfinished

    def _replace(self) -> None:
        """Give the new file the rights of the old one, and its name.

        It is on the disk before it gets the name, and the name before anything is told: a power failure leaves one or
        the other file whole.
        """
        new = self._new
        new.file.flush()
        lost = self._keep()
        os.fsync(new.file.fileno())
        if not LOCKS:
            new.file.close()
        os.replace(new.path, self.path)  # locked, so that nobody takes it for a leftover
        new.file.close()
        self._unfinished = None
        _settle(self._directory)
        for what in lost:
            self._tell(self._shown, what)

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


def _give_rights(old: str, new: str, file: int) -> list[str]:
    """Give the file at *new*, open as *file*, the rights of that at *old*; return what could not be kept, in words.

    Nobody can do with it what they could not do before: where the group is another one, it and all others get what
    both had; where an access control list is lost, its mode is no help, for with a list the bits of the group are only
    its upper bound, and so only the owner keeps what is theirs.
    """
    was = os.stat(old)
    mode = stat.S_IMODE(was.st_mode)
    if os.name != "posix":
        os.chmod(new, mode)
        return []
    lost = []
    same_group = True
    if not _owned(file, was):
        lost.append(OWNER_LOST)
        mode &= 0o1777  # set-user-id and set-group-id would be of another owner
        same_group = os.fstat(file).st_gid == was.st_gid
        shared = mode & mode >> 3 & 0o007  # those of the old group are among all others now
        mode = mode if same_group else mode & 0o1700 | shared << 3 | shared
    attributes = _attributes(old, file, lists=same_group)
    if any(name.startswith(_ACL) for name in attributes):
        lost.append(ACL_LOST)
        mode &= 0o700
    elif attributes:
        lost.append(ATTRIBUTES_LOST)
    os.chmod(file, mode)
    return lost


def _owned(file: int, was: os.stat_result) -> bool:
    """Whether the open *file* could be given the owner and group of *was*; the group alone if not the owner."""
    for owner in (was.st_uid, -1):
        with suppress(PermissionError):
            os.chown(file, owner, was.st_gid)
            break
    now = os.fstat(file)
    return (now.st_uid, now.st_gid) == (was.st_uid, was.st_gid)


def _attributes(old: str, file: int, *, lists: bool) -> list[str]:
    """Give the open *file* the attributes of *old*, access control lists only with *lists*; return what is lost.

    What a new file has got from its directory goes, too: its list may let in whom the old one did not.
    """
    if not hasattr(os, "listxattr"):
        return []
    wanted, have = _names(old), _names(file)
    lost = []
    for name in sorted({*wanted, *have}):
        try:
            if name in wanted and (lists or not name.startswith(_ACL)):
                os.setxattr(file, name, os.getxattr(old, name))
            else:
                lost += [name] if name in wanted else []
                if name in have:
                    os.removexattr(file, name)
        except OSError:
            lost.append(name)
    return lost


def _names(file: str | int) -> list[str]:
    """The attributes of a file, but for labels; none where the file system has no attributes."""
    with suppress(OSError):
        return [name for name in os.listxattr(file) if not name.startswith(_LABEL)]
    return []
