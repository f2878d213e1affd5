"""Running a pipeline over files: the one place that every command which changes text goes through.

A command adds the options with `add_file_options`, builds its pipeline, and returns ``run_over_files(pipeline, args)``.

A command that has remarks on what it leaves as it is gives a second pass, *remarks*, that would change it: its edits
are shown by ``--diff`` and ``--json``, and never made.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from arnorm import __version__
from arnorm.cli import console, views
from arnorm.cli.agreement import agree, agree_with_formats
from arnorm.cli.encodings import input_encoding, output_encoding
from arnorm.cli.exits import Exit, UsageError
from arnorm.cli.fields import field
from arnorm.cli.leftovers import can_be_taken_up
from arnorm.cli.manifest import Entry, Manifest, Partial, recipe_of
from arnorm.cli.outputs import Sink, sink
from arnorm.cli.reporting import closing, reported
from arnorm.cli.run import Run
from arnorm.cli.sources import Job, jobs_of
from arnorm.cli.work import Work
from arnorm.cli.writing import copy, rewrite
from arnorm.core import Composable, Pipeline
from arnorm.formats.opening import FORMATS


def add_file_options(parser: ArgumentParser) -> None:
    """The options that say which files, in which format, and what to do with the result."""
    parser.add_argument("files", nargs="*", default=["-"], metavar="FILE", help="files to read; - or none: stdin")
    _add_output_options(parser)
    _add_format_options(parser)
    details = parser.add_argument_group("details")
    details.add_argument(
        "--unit", choices=("codepoint", "utf-8", "utf-16"), help="unit of the offsets in --json (codepoint)"
    )
    details.add_argument(
        "--processes", type=_count, default=0, metavar="N", help="use N processes; for very large files"
    )
    add_color_option(details, default=None)


def _add_output_options(parser: ArgumentParser) -> None:
    where = parser.add_argument_group("where the result goes")
    where.add_argument(
        "-o", "--output", metavar="OUT",
        help="write to OUT, at the end and at once, not to stdout; each file to its own if OUT is a directory",
    )  # fmt: skip
    where.add_argument("-i", "--in-place", action="store_true", help="change the files; each as a whole or not at all")
    where.add_argument(
        "--resume", action="store_true",
        help="with directories and -o DIR or -i: note which files are done, and leave out those that are",
    )  # fmt: skip
    where.add_argument(
        "--follow-links", action="store_true",
        help="with -i and directories: go where symbolic links lead, though it be out of the directory",
    )  # fmt: skip
    shown = parser.add_argument_group("what to show instead of the text").add_mutually_exclusive_group()
    shown.add_argument("--diff", action="store_true", help="the changed lines, with what was there and what is now")
    shown.add_argument("--json", action="store_true", help="a JSON object for each line, with every edit")
    shown.add_argument("--html", metavar="FILE", help="write an HTML page to FILE, in which to decide word by word")
    where.add_argument(
        "--report", metavar="FILE",
        help="write an HTML page to FILE: counts, frequent changes, samples; or, if it is called .json, the counts and "
        "what went wrong as JSON; tracing what changes takes time",
    )  # fmt: skip
    where.add_argument("--language", choices=("en", "ar"), help="of the page of --html: English (default) or Arabic")
    told = parser.add_argument_group("how the run goes").add_mutually_exclusive_group()
    told.add_argument(
        "--progress", action="store_true",
        help="say on standard error how far the run has come, without a terminal too, and at the end what was done",
    )  # fmt: skip
    told.add_argument("--quiet", action="store_true", help="say nothing but errors, and how many records are bad")
    checks = parser.add_argument_group("checking")
    checks.add_argument(
        "--check", action="store_true", help="list the files that would change, and exit 1 if any would"
    )


def _add_format_options(parser: ArgumentParser) -> None:
    how = parser.add_argument_group("what the files are")
    how.add_argument(
        "--format",
        choices=[*FORMATS],
        help="by default what the name says: .txt .jsonl .csv ..., packed too: .gz .xz .zst",
    )
    how.add_argument(
        "--field", "--column", type=field, action="append", metavar="NAME",
        help="the field of JSON lines (a.b: b in a), or the column, that holds the text (text); repeat for more; "
        "csv:NAME for files of that format alone",
    )  # fmt: skip
    how.add_argument("--delimiter", type=_character, metavar="C", help="between cells; by default what the header has")
    how.add_argument(
        "-e", "--encoding", type=input_encoding, metavar="ENC",
        help="encoding of the files: utf-8 (default), cp1256, utf-16 ..., or auto: what each looks like; "
        "ENC:replace marks bad bytes with U+FFFD",
    )  # fmt: skip
    how.add_argument("--to", type=output_encoding, metavar="ENC", help="encoding to write; by default that of input")
    how.add_argument(
        "--rejects", metavar="FILE", help="list in FILE the records that cannot be read; they stay as they are"
    )
    how.add_argument(
        "--max-record", type=_size, metavar="SIZE",
        help="a longer line or row of text is a bad record: 64M (default), 1G ...; it never takes more memory",
    )  # fmt: skip
    how.add_argument("--strict", action="store_true", help="end the run at the first record that cannot be read")


def add_color_option(parser: Any, default: str | None = "auto") -> None:
    """``--color``, for what prints diffs; a *default* of None tells who did not ask from who did."""
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default=default, help="colours of a diff; auto: on a terminal"
    )


def _count(text: str) -> int:
    number = int(text)  # ValueError is argparse's sign for a wrong value
    if number < 0:
        raise ValueError
    return number


def _size(text: str) -> int:
    """Bytes, at least a megabyte: ``1000000``, ``100M``, ``2G``, ``64MB``."""
    digits = text.upper().removesuffix("B").rstrip("KMGT")
    unit = text.upper().removesuffix("B")[len(digits) :]
    number: int = int(digits) * 1024 ** " KMGT".index(unit or " ")
    if number < 1 << 20 or len(unit) > 1:
        raise ValueError
    return number


def _character(text: str) -> str:
    text = {"\\t": "\t", "tab": "\t"}.get(text, text)
    if len(text) != 1 or not text.isascii() or text in '"\r\n':
        raise ValueError
    return text


_count.__name__ = "number"  # argparse prints it: "invalid number value: 'x'"
_size.__name__ = "size"
_character.__name__ = "character"


def run_over_files(transform: Composable, args: Namespace, remarks: Composable | None = None) -> int:
    """Runs *transform* over the records of the files of *args*, does with the result what *args* say; the exit code.

    The edits that *remarks* would make to a record are shown beside the changes, and count for nothing else.
    """
    agree(args)
    jobs = jobs_of(args)
    if args.resume and not all(job.root for job in jobs):
        raise UsageError("--resume is for directories, with -o DIR or with -i")
    agree_with_formats(args, jobs)
    with _manifests(transform, args, jobs) as manifests:
        done = {job: entry for job in jobs if (entry := _entry_of(job, manifests, args)) is not None}
        left = [job for job in jobs if job not in done]
        begun = {job: partial for job in left if (partial := _partial_of(job, manifests)) is not None}
        run = Run(left, _work(transform, args, remarks), args, begun)
        run.rejects.before = sum(entry.bad for entry in done.values() if not (entry.listed and args.rejects))
        run.rejects.before += 0 if args.rejects else sum(partial.bad for partial in begun.values())
        with reported(transform, run, args, len(jobs) - len(left)):
            if left and left[0].target is not None:
                rewrite(run, manifests)
            elif left:
                _to_one(run, args)
        run.notices.report()
        run.rejects.report()
        if args.progress or (any(job.root for job in jobs) and not args.quiet):
            console.complain(closing(run, len(done)))
    return run.code()


def _work(transform: Composable, args: Namespace, remarks: Composable | None) -> Work:
    traces = bool(args.diff or args.json or args.html)
    return Work(
        transform,
        remarks if args.diff or args.json or args.html else None,
        writes=not traces and not args.check,
        traces=traces,
        every=args.json,
        counts=args.report is not None,
    )


def _to_one(run: Run, args: Namespace) -> None:
    path = args.output if args.html is None else args.html
    with sink(path) as out:
        if args.html is not None:
            views.send(out, _page(run, args))
        elif args.diff:
            color = console.colored(_wished(args))
            views.send(out, views.diffs(run, color))
        elif args.json:
            views.send(out, views.objects(run))
        elif args.check:
            views.send(out, views.names(run))
        elif len(run.jobs) == 1 or args.output in (None, "-") or run.check():
            # One bad file of many would leave the old output, after hours of work on the others.
            copy(run, out, args.output)
        _finish(run, out)


def _page(run: Run, args: Namespace) -> Iterator[str]:
    from arnorm.report.decide import page

    summaries = {value.name: value.summary for value in Pipeline((run.work.transform,)).passes if value.summary}
    title = f"arnorm {args.command}"
    return page(views.rows(run), title=title, language=args.language or "en", summaries=summaries, version=__version__)


def _wished(args: Namespace) -> str:
    """The colours asked for; none in a file that is not asked to have them."""
    wish: str = args.color or "auto"
    return "never" if args.output and wish == "auto" else wish


def _finish(run: Run, out: Sink) -> None:
    """Keeps what was written, unless a file could not be read: then -o leaves the old file."""
    if run.status is Exit.OK:
        out.commit()
    else:
        out.flush()


# --- Files that are done already -----------------------------------------------------------------------------------


@contextmanager
def _manifests(transform: Composable, args: Namespace, jobs: list[Job]) -> Iterator[dict[str, Manifest]]:
    """The manifest of each directory that has one, if the run is one to be taken up."""
    found: dict[str, Manifest] = {}
    try:
        for root in dict.fromkeys(job.root for job in jobs if job.root and args.resume):
            found[root] = Manifest(root, recipe_of(transform, args))
        yield found
    finally:
        for manifest in found.values():
            manifest.close()


def _partial_of(job: Job, manifests: dict[str, Manifest]) -> Partial | None:
    """What an earlier run has begun of a file, if it can go on; what it has left behind goes, if it cannot."""
    if job.root not in manifests or job.target is None:
        return None
    manifest, folder = manifests[job.root], os.path.dirname(os.path.realpath(job.target))
    with suppress(OSError):
        partial = manifest.partial(job.name, os.stat(job.path))
        if partial is not None and can_be_taken_up(os.path.join(folder, partial.part), partial.written):
            return partial
        begun = os.path.join(folder, manifest.part(job.name))
        if can_be_taken_up(begun, 0):
            os.unlink(begun)
    return None


def _entry_of(job: Job, manifests: dict[str, Manifest], args: Namespace) -> Entry | None:
    """What is known of a file that is done; None for one that is not, or whose bad records are still to be listed."""
    if job.root not in manifests or not os.path.exists(job.target or ""):
        return None
    try:
        entry = manifests[job.root].find(job.name, os.stat(job.path))
    except OSError:
        return None  # reading it will say what is wrong
    return None if entry is not None and entry.bad and args.rejects and not entry.listed else entry
