"""What does not go together: options that would be ignored, or would destroy what they are to protect.

An option that has no effect is a mistake of who wrote it, and often a costly one: a ``--field`` that is dropped changes
every field. So nothing is ignored; what cannot be done is refused, before any file is opened for writing.
"""

from __future__ import annotations

import os
from argparse import Namespace

from arnorm.cli import console
from arnorm.cli.exits import UsageError
from arnorm.cli.fields import Field
from arnorm.cli.sources import Job
from arnorm.formats.opening import BINARY, DELIMITED, IN_PARTS, READ_ONLY, RECORDS, ambiguous, kind_of


def agree(args: Namespace) -> None:
    """Refuses options that do not go together. Raises `UsageError`."""
    shows = [f"--{name}" for name in ("diff", "json", "check") if getattr(args, name)] + ["--html"] * bool(args.html)
    if args.unit and not args.json:
        raise UsageError("--unit is of the offsets in --json; it does not go without it")
    if args.language and args.html is None:
        raise UsageError("--language is for the page of --html")
    if args.color and not args.diff:
        raise UsageError("--color is for --diff; nothing else has colours")
    if args.in_place and (args.output is not None or shows):
        raise UsageError(f"-i changes the files; it does not go with {shows[0] if shows else '-o'}")
    if args.output is None and not args.in_place:
        for path in filter(console.is_appending_to, args.files):
            raise UsageError(f"{path} is both input and output; write with -o, or use -i")
    if args.html is not None and args.output is not None:
        raise UsageError("--html FILE names the output; it does not go with -o")
    if args.to and shows:
        raise UsageError(f"--to is for text; {shows[0]} writes UTF-8")
    if args.resume and (shows or not (args.in_place or args.output)):
        raise UsageError("--resume is for directories, with -o DIR or with -i")
    if args.rejects is not None and _is_one_of(args.rejects, *args.files, args.output, args.html):
        raise UsageError(f"{console.argument(args.rejects)}: bad records need a file of their own")
    if args.report is not None and _is_one_of(args.report, "-", *args.files, args.output, args.html, args.rejects):
        raise UsageError(f"{console.argument(args.report)}: the report needs a file of its own")


def _is_one_of(path: str, *others: str | None) -> bool:
    """Whether *path* names the same file as one of *others*, however that is spelt."""
    return os.path.realpath(path) in [os.path.realpath(other) for other in others if other is not None]


def agree_with_formats(args: Namespace, jobs: list[Job]) -> None:
    """Refuses what the formats of the files cannot do. Raises `UsageError`."""
    shows = args.diff or args.json or args.html or args.check
    jobs = [job for job in jobs if not os.path.isdir(job.path)]  # what is wrong with those is said in their turn
    formats = {kind_of(job.path, args.format).format for job in jobs}
    together = [job for job in jobs if job.target is None]
    for job in jobs:
        _agree_with_name(args, job.path)
    if args.follow_links and not any(job.within or job.root for job in jobs):
        raise UsageError("--follow-links is for -i and for directories; a link that is named is read anyway")
    _agree_on_what_has_no_effect(args, formats)
    if shows and len(together) < len(jobs):
        raise UsageError(f"{console.argument(args.output)}: a directory; what would change is shown in one file")
    single = formats - {"text", "jsonl"}
    if len(together) > 1 and single and not shows:
        raise UsageError(f"several files of {min(single)} do not make one; use -o DIR, or -i")
    if formats & BINARY and together and args.output is None and not shows and console.is_terminal():
        raise UsageError(f"{min(formats & BINARY)} is nothing to look at; write it with -o, or use --diff")
    if args.to and formats & BINARY:
        raise UsageError(f"--to is for text; {min(formats & BINARY)} has no other encoding than UTF-8")
    if args.in_place and formats & READ_ONLY:
        raise UsageError(f"-i changes the files; {min(formats & READ_ONLY)} is only read; write its text with -o")
    if args.output is not None and together and not shows:
        _agree_with_output(args, formats)


def _agree_with_name(args: Namespace, path: str) -> None:
    """Refuses to take for plain text what may well be records: the field to be changed would be every field."""
    said = kind_of(path, args.format).said
    if args.format is None and ambiguous(path):
        raise UsageError(f"{console.argument(path)}: JSON lines, or plain text? --format jsonl, or --format text")
    if args.field is not None and not said:
        name = "standard input" if path == "-" else console.argument(path)
        raise UsageError(f"{name}: --field needs records, and nothing says of which format; name it with --format")


def _agree_on_what_has_no_effect(args: Namespace, formats: set[str]) -> None:
    """Refuses options for formats of which there is no file."""
    if not formats:  # a directory without any
        return
    if args.field is not None:
        _agree_on_fields(args.field, formats)
    if args.delimiter is not None and not formats & DELIMITED:
        raise UsageError(f"--delimiter is for csv and tsv; this is {min(formats)}")
    if args.max_record is not None and not formats & IN_PARTS:
        raise UsageError(f"--max-record is for lines and rows of text; {min(formats)} is not read so")
    if args.encoding is not None and formats <= BINARY | READ_ONLY:
        raise UsageError(f"-e is for text; {min(formats)} has no other encoding than UTF-8")


def _agree_on_fields(fields: list[Field], formats: set[str]) -> None:
    """Refuses a field of a format of which there is no file, or that no file uses, or that is given twice."""
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


def _agree_with_output(args: Namespace, formats: set[str]) -> None:
    wanted = kind_of(args.output)
    for columnar in formats & BINARY:
        if wanted.said and wanted.format != columnar:
            raise UsageError(f"{console.argument(args.output)}: the format stays {columnar}; it is not converted")
    if wanted.format in BINARY | READ_ONLY and wanted.format not in formats - READ_ONLY:
        raise UsageError(f"{console.argument(args.output)}: the format stays {min(formats)}; it is not converted")
