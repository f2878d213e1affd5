"""Which files a run reads, and where the result of each goes."""

from __future__ import annotations

import errno
import os
from argparse import Namespace
from collections.abc import Iterator
from typing import NamedTuple

from arnorm.cli import console
from arnorm.cli.exits import UsageError
from arnorm.cli.outputs import must_be_regular
from arnorm.formats.opening import kind_of


class Job(NamedTuple):
    """A file to read, and the one to write; None where all results go to one output."""

    path: str
    target: str | None = None
    root: str = ""  #: the directory whose manifest it is listed in
    name: str = ""  #: its name there


def jobs_of(args: Namespace) -> list[Job]:
    """The files that *args* name. Raises `UsageError` where two would be written to one file."""
    if args.in_place:
        return _in_place(args)
    if args.output is None or not _is_directory(args):
        return [Job(path) for path in args.files]
    jobs = [*_mirrored(args)]
    written: dict[str, str] = {}
    for job in jobs:
        other = written.setdefault(os.path.realpath(job.target or ""), job.path)
        if other is not job.path:
            raise UsageError(f"{console.argument(other)} and {console.argument(job.path)} would be one file")
    return jobs


def _is_directory(args: Namespace) -> bool:
    """Whether the output is a directory: it is one, is written like one, or has to hold one."""
    out = args.output
    return os.path.isdir(out) or out.endswith(os.sep) or (out != "-" and any(map(os.path.isdir, args.files)))


def _in_place(args: Namespace) -> list[Job]:
    jobs = []
    for path in args.files:
        if args.resume and os.path.isdir(path):
            jobs += [Job(os.path.join(path, name), os.path.join(path, name), path, name) for name in _below(path, args)]
        else:
            must_be_regular(path)
            jobs.append(Job(path, path))
    return list({os.path.realpath(job.path): job for job in reversed(jobs)}.values())[::-1]


def _mirrored(args: Namespace) -> Iterator[Job]:
    out = args.output
    if os.path.exists(out) and not os.path.isdir(out):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), out)
    for path in args.files:
        if path == "-":
            raise UsageError(f"standard input has no name to be written under in {console.argument(out)}")
        if os.path.isdir(path):
            for name in _below(path, args):
                yield Job(os.path.join(path, name), os.path.join(out, name), out, name)
        else:
            name = os.path.basename(path)
            yield Job(path, os.path.join(out, name), out, name)


def _below(top: str, args: Namespace) -> list[str]:
    """The names of the files below *top* whose format is known, in order; what is left out is counted."""
    taken: list[str] = []
    left: list[str] = []
    ours = {os.path.realpath(path) for path in (args.output, args.rejects, args.report) if path}
    for directory, below, names in os.walk(top, onerror=_raise):
        below[:] = sorted(
            d for d in below if not d.startswith(".") and os.path.realpath(os.path.join(directory, d)) not in ours
        )
        for name in sorted(names):
            path = os.path.join(directory, name)
            if name.startswith(".") or os.path.realpath(path) in ours:
                continue
            kind = kind_of(name, args.format)
            (taken if (kind.said or kind.packed) and os.path.isfile(path) else left).append(os.path.relpath(path, top))
    if left:
        what = f"{len(left)} files of other kinds, such as" if len(left) > 1 else "a file of another kind,"
        console.complain(f"{console.argument(top)}: left out {what} {console.argument(left[0])}")
    return taken


def _raise(error: OSError) -> None:
    raise error
