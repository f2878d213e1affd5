"""Which files a run reads, and where the result of each goes."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from typing import NamedTuple

from arnorm import console
from arnorm.files.errors import UsageError
from arnorm.files.options import Options
from arnorm.formats.opening import READ_ONLY, kind_of


class Job(NamedTuple):
    """A file to read, and the one to write; None where all results go to one output."""

    path: str
    output: str | None = None
    root: str = ""  #: the directory that it is written in, and whose manifest lists it
    name: str = ""  #: its name there
    within: str = ""  #: the directory that it is read, or changed, in

    def must_stay_within(self, follow: bool) -> None:
        """Raise `LeadsOutError` where a link leads out of the directory that was named, unless told to *follow*."""
        if follow:
            return
        for path, folder in ((self.path, self.within), (self.output, self.root)):
            if path and folder and leads_out(path, folder):
                raise LeadsOutError(0, f"a link that leads out of {console.argument(folder)}{UNFOLLOWED}", path)


class LeadsOutError(OSError):
    """A symbolic link leads out of the directory that was named."""


UNFOLLOWED = " (it was left alone); with --follow-links it is followed"


def leads_out(path: str, folder: str) -> bool:
    """Whether *path*, which is written as one below *folder*, leads somewhere else."""
    top = os.path.realpath(folder)
    return os.path.commonpath([os.path.realpath(path), top]) != top


def jobs_of(options: Options) -> list[Job]:
    """The files that *options* name. Raises `UsageError` where two would be written to one file."""
    if options.in_place:
        return _in_place(options)
    if options.output is None or not _is_directory(options.output, options):
        return [Job(path) for path in options.files]
    jobs = [*_mirrored(options.output, options)]
    written: dict[str, str] = {}
    for job in jobs:
        other = written.setdefault(os.path.realpath(job.output or ""), job.path)
        if other is not job.path:
            raise UsageError(f"{console.argument(other)} and {console.argument(job.path)} would be one file")
    return jobs


def _is_directory(out: str, options: Options) -> bool:
    """Whether the output is a directory: it is one, is written like one, or has to hold one."""
    return os.path.isdir(out) or out.endswith(os.sep) or (out != "-" and any(map(os.path.isdir, options.files)))


def _in_place(options: Options) -> list[Job]:
    """The files to change where they are; those below a directory only of a run that can be resumed.

    A file that is named twice, or by a link too, is changed once: by the name that comes first.
    """
    jobs = []
    for path in options.files:
        if options.resume and os.path.isdir(path):
            for name in _below(path, options):
                jobs.append(Job(os.path.join(path, name), os.path.join(path, name), path, name, path))
        else:
            _must_be_regular(path)
            jobs.append(Job(path, path, within=os.path.dirname(path) or os.curdir))
    return list({os.path.realpath(job.path): job for job in reversed(jobs)}.values())[::-1]


def _must_be_regular(path: str) -> None:
    """Raise `UsageError` unless *path* is a regular file, or a link to one; a missing one is left to reading."""
    if path == "-":
        raise UsageError("-i changes files, and standard input is none; leave out -i, or name the files")
    if os.path.exists(path) and not os.path.isfile(path):
        raise UsageError(f"{path}: not a regular file; -i changes only those")


def _mirrored(out: str, options: Options) -> Iterator[Job]:
    """Each file and the one of its name in the directory *out*; of a directory all below it, as deep there as here."""
    if os.path.exists(out.rstrip(os.sep)) and not os.path.isdir(out):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), out)
    for path in options.files:
        if path == "-":
            raise UsageError(f"standard input has no name to be written under in {console.argument(out)}")
        if os.path.isdir(path):
            for name in _below(path, options):
                there = _written_as(name, options)
                yield Job(os.path.join(path, name), os.path.join(out, there), out, there, path)
        else:
            name = _written_as(os.path.basename(path), options)
            yield Job(path, os.path.join(out, name), out, name)


def _written_as(name: str, options: Options) -> str:
    """The name of what is written for the file *name*: text where its format cannot be written."""
    return f"{name}.txt" if kind_of(name, options.format).format in READ_ONLY else name


def _below(top: str, options: Options) -> list[str]:
    """The names of the files below *top* whose format is known, in order; what is left out is counted.

    A link to a directory elsewhere is among them, for it to be said that it was not followed.
    """
    taken: list[str] = []
    left: list[str] = []
    for path in _walked(top, options):
        kind = kind_of(path, options.format)
        known = (kind.said or kind.packed) and os.path.isfile(path)
        foreign = os.path.isdir(path) and leads_out(path, top)
        (taken if known or foreign else left).append(os.path.relpath(path, top))
    if left:
        what = f"{len(left)} files of other kinds, such as" if len(left) > 1 else "a file of another kind,"
        options.tell(f"{console.argument(top)}: left out {what} {console.argument(left[0])}")
    return taken


def _walked(top: str, options: Options) -> Iterator[str]:
    """The files below *top*, in order, and the links to directories that are not followed; nothing that is hidden."""
    ours = {os.path.realpath(path) for path in (options.output, options.rejects, options.report) if path}
    seen = {os.path.realpath(top)}  # a link may lead back to where it is
    for directory, below, names in os.walk(top, onerror=_raise, followlinks=options.follow_links):
        links = {name for name in below if not options.follow_links and os.path.islink(os.path.join(directory, name))}
        found = {name: os.path.realpath(os.path.join(directory, name)) for name in sorted([*below, *names])}
        found = {name: real for name, real in found.items() if not name.startswith(".") and real not in ours}
        directories = [name for name in found if name in below and name not in links]
        below[:] = [name for name in directories if found[name] not in seen]
        seen.update(found[name] for name in below)
        yield from (os.path.join(directory, name) for name in found if name not in directories)


def _raise(error: OSError) -> None:
    raise error
