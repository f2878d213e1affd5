"""What there is to do in a run: its files, without those that an earlier run has done; or why it cannot be done.

What the formats of the files cannot do, and options that would have no effect on them, are refused, never ignored.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from arnorm import console
from arnorm.core import Composable
from arnorm.files.errors import UsageError
from arnorm.files.jobs import Job, jobs_of
from arnorm.files.manifest import BegunFile, DoneFile, Manifest, recipe_of
from arnorm.files.options import Field, Options
from arnorm.files.run import FileRun
from arnorm.files.unfinished import can_be_taken_up
from arnorm.files.work import Work
from arnorm.formats.opening import BINARY, DELIMITED, IN_PARTS, READ_ONLY, RECORDS, ambiguous, kind_of


class RunFiles(NamedTuple):
    """The files of a run."""

    left: list[Job]  #: to do
    done: dict[Job, DoneFile]  #: by an earlier run
    begun: dict[Job, BegunFile]  #: by an earlier run, of those that are left
    manifests: dict[str, Manifest]  #: by directory

    def run(self, work: Work, options: Options) -> FileRun:
        """The run over what is left, which counts the bad records of the rest."""
        run = FileRun(self.left, work, options, self.begun)
        run.rejects.before = sum(file.bad for file in self.done.values() if not (file.listed and options.rejects))
        run.rejects.before += 0 if options.rejects else sum(file.bad for file in self.begun.values())
        return run


@contextmanager
def planned(transform: Composable, options: Options) -> Iterator[RunFiles]:
    """The files that *options* name. Raises `UsageError` for what cannot be done with them."""
    jobs = jobs_of(options)
    if options.resume and not all(job.root for job in jobs):
        raise UsageError("--resume is for directories, with -o DIR or with -i")
    agree_with_formats(options, jobs)
    with _manifests(transform, options, jobs) as manifests:
        done = {job: done for job in jobs if (done := _done_of(job, manifests, options)) is not None}
        left = [job for job in jobs if job not in done]
        begun = {job: begun for job in left if (begun := _begun_of(job, manifests)) is not None}
        yield RunFiles(left, done, begun, manifests)


@contextmanager
def _manifests(transform: Composable, options: Options, jobs: list[Job]) -> Iterator[dict[str, Manifest]]:
    """The manifest of each directory that has one, if the run is one to be taken up."""
    found: dict[str, Manifest] = {}
    try:
        for root in dict.fromkeys(job.root for job in jobs if job.root and options.resume):
            found[root] = Manifest(root, recipe_of(transform, options))
        yield found
    finally:
        for manifest in found.values():
            manifest.close()


def _begun_of(job: Job, manifests: dict[str, Manifest]) -> BegunFile | None:
    """What an earlier run has begun of a file, if it can go on; what it has left behind goes, if it cannot."""
    if job.root not in manifests or job.output is None:
        return None
    manifest, folder = manifests[job.root], os.path.dirname(os.path.realpath(job.output))
    with suppress(OSError):
        begun = manifest.begun(job.name, os.stat(job.path))
        if begun is not None and can_be_taken_up(os.path.join(folder, begun.part), begun.written):
            return begun
        part = os.path.join(folder, manifest.part(job.name))
        if can_be_taken_up(part, 0):
            os.unlink(part)
    return None


def _done_of(job: Job, manifests: dict[str, Manifest], options: Options) -> DoneFile | None:
    """What is known of a file that is done; None for one that is not, or whose bad records are still to be listed."""
    if job.root not in manifests or not os.path.exists(job.output or ""):
        return None
    try:
        done = manifests[job.root].find(job.name, os.stat(job.path))
    except OSError:
        return None  # reading it will say what is wrong
    return None if done is not None and done.bad and options.rejects and not done.listed else done


def agree_with_formats(options: Options, jobs: list[Job]) -> None:
    """Refuse what the formats of the files cannot do. Raises `UsageError`."""
    shows = options.shows or options.check
    jobs = [job for job in jobs if not os.path.isdir(job.path)]  # what is wrong with those is said in their turn
    formats = {kind_of(job.path, options.format).format for job in jobs}
    together = [job for job in jobs if job.output is None]
    for job in jobs:
        _agree_with_name(options, job.path)
    if options.follow_links and not any(job.within or job.root for job in jobs):
        raise UsageError("--follow-links is for -i and for directories; a link that is named is read anyway")
    _agree_on_what_has_no_effect(options, formats)
    if shows and len(together) < len(jobs):
        folder = console.argument(options.output or "")
        raise UsageError(f"{folder}: a directory; what would change is shown in one file")
    single = formats - {"text", "jsonl"}
    if len(together) > 1 and single and not shows:
        raise UsageError(f"several files of {min(single)} do not make one; use -o DIR, or -i")
    if formats & BINARY and together and options.output is None and not shows and console.is_terminal():
        raise UsageError(f"{min(formats & BINARY)} is nothing to look at; write it with -o, or use --diff")
    if options.to and formats & BINARY:
        raise UsageError(f"--to is for text; {min(formats & BINARY)} has no other encoding than UTF-8")
    if options.in_place and formats & READ_ONLY:
        raise UsageError(f"-i changes the files; {min(formats & READ_ONLY)} is only read; write its text with -o")
    if options.output is not None and together and not shows:
        _agree_with_output(options.output, formats)


def _agree_with_name(options: Options, path: str) -> None:
    """Refuse to take for plain text what may well be records: the field to be changed would be every field."""
    said = kind_of(path, options.format).said
    if options.format is None and ambiguous(path):
        raise UsageError(f"{console.argument(path)}: JSON lines, or plain text? --format jsonl, or --format text")
    if options.field is not None and not said:
        name = "standard input" if path == "-" else console.argument(path)
        raise UsageError(f"{name}: --field needs records, and nothing says of which format; name it with --format")


def _agree_on_what_has_no_effect(options: Options, formats: set[str]) -> None:
    """Refuse options for formats of which there is no file."""
    if not formats:  # a directory without any
        return
    if options.field is not None:
        _agree_on_fields(options.field, formats)
    if options.delimiter is not None and not formats & DELIMITED:
        raise UsageError(f"--delimiter is for csv and tsv; this is {min(formats)}")
    if options.track_changes and "docx" not in formats:
        raise UsageError(f"--track-changes is for docx; this is {min(formats)}")
    if options.max_record is not None and not formats & IN_PARTS:
        raise UsageError(f"--max-record is for lines and rows of text; {min(formats)} is not read so")
    if options.encoding is not None and formats <= BINARY | READ_ONLY:
        raise UsageError(f"-e is for text; {min(formats)} has no other encoding than UTF-8")


def _agree_on_fields(fields: Sequence[Field], formats: set[str]) -> None:
    """Refuse a field of a format of which there is no file, or that no file uses, or that is given twice."""
    if not formats & RECORDS:
        raise UsageError(f"--field is for records; {min(formats)} has none, and all of it would be changed")
    own = {field.format for field in fields if field.format}
    for index, field in enumerate(fields):
        if field in fields[:index]:
            raise UsageError(f"--field {field.name}: given twice")
        if field.format and field.format not in formats:
            raise UsageError(f"--field {field.format}:{field.name}: there is no {field.format} file")
        if not field.format and formats & RECORDS <= own:
            raise UsageError(f"--field {field.name}: files of each format have a field of their own")


def _agree_with_output(output: str, formats: set[str]) -> None:
    wanted = kind_of(output)
    for columnar in formats & BINARY:
        if wanted.said and wanted.format != columnar:
            raise UsageError(f"{console.argument(output)}: the format stays {columnar}; it is not converted")
    if wanted.format in BINARY | READ_ONLY and wanted.format not in formats - READ_ONLY:
        raise UsageError(f"{console.argument(output)}: the format stays {min(formats)}; it is not converted")
