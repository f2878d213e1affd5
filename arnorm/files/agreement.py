"""What the formats of the files cannot do, and options that would have no effect on them: refused, never ignored."""

from __future__ import annotations

import os
from collections.abc import Sequence

from arnorm import console
from arnorm.files.errors import UsageError
from arnorm.files.fields import Field
from arnorm.files.jobs import Job
from arnorm.files.options import Options
from arnorm.formats.opening import BINARY, DELIMITED, IN_PARTS, READ_ONLY, RECORDS, ambiguous, kind_of


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
