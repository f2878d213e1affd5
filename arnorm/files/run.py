"""One run over files: opens them, has their pieces worked on, and keeps count of changes, bad records and errors."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast

from arnorm import console
from arnorm.errors import UndecodableInputError
from arnorm.files.errors import DataError, UnencodableOutputError
from arnorm.files.fields import fields_of
from arnorm.files.jobs import Job
from arnorm.files.locks import Guard
from arnorm.files.manifest import Partial
from arnorm.files.notices import VISUAL, Notices
from arnorm.files.options import Options
from arnorm.files.progress import Progress
from arnorm.files.rejects import Rejects
from arnorm.files.work import Done, Work, stops
from arnorm.formats.base import Bad, Document, Piece
from arnorm.formats.encodings import UTF8, likely
from arnorm.formats.errors import FieldError, FormatError
from arnorm.formats.opening import Reading, document, kind_of
from arnorm.formats.text import undecodable
from arnorm.passes.documents import reads_whole
from arnorm.trace import Trace

if TYPE_CHECKING:
    from arnorm.report.tally import Report

_MMAP_THRESHOLD = -3  # of mallopt(3)

#: What may be wrong with one file, while the others go on.
OF_ONE_FILE = (OSError, FormatError, FieldError, UndecodableInputError)


class Line(NamedTuple):
    """One record and what became of it: what ``--diff`` and the others show."""

    path: str
    number: int  #: its line or row
    trace: Trace
    remarks: Trace | None


class Source:
    """One file of a run, open while it is read."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.document: Document | None = None
        self.guard: Guard | None = None  #: of a file that is changed in place
        self.found: os.stat_result  #: how it was when it was opened; of a file that a manifest lists
        self.failed = False
        self.changed = 0  #: records
        self.bad = 0  #: records
        self.lines = 0  #: of the stretches that are done
        self.visual = False  #: whether it has lines in visual order that were left

    @property
    def name(self) -> str:
        """The file's name for a reader."""
        return named(self.job.path)

    @property
    def head(self) -> bytes:
        """The first bytes of a file of text."""
        return self.document.head if self.document is not None else b""

    @property
    def open(self) -> Document:
        """The document, once it is open."""
        assert self.document is not None
        return self.document

    def stop(self) -> None:
        """No more of it is wanted."""
        self.failed = True
        if self.document is not None:
            self.document.stopped = True


class Step(NamedTuple):
    """A piece of a file done, or, with *ended*, the end of the file."""

    source: Source
    data: Any = None
    lines: list[Line] = []  # noqa: RUF012  (never changed)
    ended: bool = False
    end: int | None = None  #: bytes of the file that are done with it, where a later run could go on there


def named(path: str) -> str:
    """The name of the file at *path* for a reader."""
    return "<stdin>" if path == "-" else console.argument(path)


class Run:
    """The files of *jobs*, and what became of them."""

    def __init__(self, jobs: list[Job], work: Work, options: Options, partials: dict[Job, Partial]) -> None:
        self.partials = partials  #: what an earlier run has begun
        self.jobs, self.work, self.options = jobs, work, options
        self.report = _report() if work.counts else None
        self.failed: dict[str, str] = {}  #: names of files that were given up, and why
        self.errors: list[Exception] = []  #: of those files
        self.files = self.bytes = self.records = self.changed = 0  #: that were read; of the records, how many changed
        begun = {job: partial.offset for job, partial in partials.items()}
        self.rejects = Rejects(options, {named(job.path): begun.get(job, 0) for job in jobs})
        self.notices = Notices(options.tell, quiet=options.quiet)
        to_stdout = not options.in_place and options.output in (None, "-")
        wish = False if options.quiet else options.progress or None
        self.progress = Progress([job.path for job in jobs], output=to_stdout, wish=wish)
        self._target = options.to
        self._checked = False  #: whether all files are known to decode
        self._guards: set[Guard] = set()
        self._waiting: deque[tuple[Source, Piece | None, Exception | None]] = deque()

    def results(self) -> Iterator[Step]:
        """The pieces of all files, done, in order; after those of each file its end."""
        with self.rejects, self.progress, self._guarding():
            for done in self._mapped(self._pieces()):
                source, piece, error = self._waiting.popleft()
                if piece is None:
                    if error is not None and not source.failed:
                        self.fail(source, error)
                    self.files += not source.failed
                    if source.visual:
                        self.notices(source.job.path, VISUAL)
                    self.bytes += source.document.position() if source.document is not None else 0
                    yield Step(source, ended=True)
                    self._release(source.guard)
                    self.progress.end(source.job.path)
                elif not source.failed:
                    if not piece.counted:
                        done, source.lines = done.after(source.lines), source.lines + done.feeds
                    yield self._step(source, piece, done)
                    self._stop_where_told(source, piece, done)
                    self.progress.at(source.document.position() if source.document is not None else 0)

    def check(self) -> bool:
        """Whether all files can be opened and decoded; reports those that cannot, before work on any begins."""
        for job in self.jobs:
            source = Source(job)
            try:
                with ExitStack() as stack:
                    if job.path != "-":
                        self._opened(source, stack)
            except OF_ONE_FILE as error:
                if isinstance(error, OSError):
                    error.filename = error.filename or source.name
                self.fail(source, error)
        self._checked = True
        return not self.failed

    @contextmanager
    def _guarding(self) -> Iterator[None]:
        try:
            yield
        finally:
            for guard in [*self._guards]:
                self._release(guard)

    def _release(self, guard: Guard | None) -> None:
        if guard is not None:
            guard.release()
            self._guards.discard(guard)

    def _mapped(self, pieces: Iterable[Piece | None]) -> Iterator[Done]:
        if not self.options.processes:
            return map(self.work, pieces)
        from arnorm.parallel import ordered_map

        _give_memory_back()
        return ordered_map(self.work, pieces, self.options.processes, chunk=1, inherit=True)

    def _pieces(self) -> Iterator[Piece | None]:
        for job in self.jobs:
            source, error = Source(job), None
            try:
                with ExitStack() as stack:
                    source.document = self._opened(source, stack)
                    for piece in source.document.pieces():
                        self._keep_target(source.document)
                        self._waiting.append((source, piece, None))
                        yield piece
                        if source.failed:
                            break
                    self._keep_target(source.document)
            except OF_ONE_FILE as caught:
                error = caught
                if isinstance(error, OSError):
                    error.filename = error.filename or source.name
            self._waiting.append((source, None, error))
            yield None

    def _opened(self, source: Source, stack: ExitStack) -> Document:
        path, options = source.job.path, self.options
        source.job.must_stay_within(options.follow_links)
        if options.in_place:
            source.guard = Guard(path)
            self._guards.add(source.guard)
        file = stack.enter_context(opened(path))
        if source.job.root:
            source.found = os.fstat(file.fileno())
        kind = kind_of(path, options.format)
        reading = Reading(
            options.encoding or UTF8,
            fields_of(options.field or (), kind.format),
            options.delimiter or "",
            keep_bad=bool(options.rejects),
            longest=options.max_record,
            whole=reads_whole(self.work.transform),
            tracked=options.track_changes,
        )
        target = self._target if source.job.target is None else options.to
        made = document(file, source.name, kind, reading, target=target, writing=self.work.writes)
        on_disk = path != "-" and os.path.isfile(path)
        if options.processes and on_disk:
            made.apart = path
        partial = self.partials.get(source.job)
        if partial is not None and made.can_skip:
            made.skip = partial.offset
            source.lines, source.changed, source.bad = partial.lines, partial.changed, partial.bad
        else:
            self.partials.pop(source.job, None)
        if made.ends_at_bad_bytes and not self._checked and on_disk:
            made.check()
        return made

    def _keep_target(self, document: Document) -> None:
        """Files that follow each other in one output are written in the encoding of the first."""
        if self._target is None and document.begun:
            self._target = document.target

    def _step(self, source: Source, piece: Piece, done: Done) -> Step:
        self.records += done.records
        self.changed += done.changed
        source.changed += done.changed
        source.visual |= done.visual
        lines = [Line(source.job.path, *traced) for traced in done.traced]
        if self.report is not None and done.part is not None:
            self.report.take(done.part, named(source.job.path))
        data = done.data
        if data is None:
            data = piece.loaded() if self.work.writes else piece.data
        return Step(source, data, lines, end=piece.end if source.open.can_skip else None)

    def _stop_where_told(self, source: Source, piece: Piece, done: Done) -> None:
        if done.unencodable is not None:
            assert source.open.target is not None
            self.fail(source, UnencodableOutputError(source.name, source.open.target.codec, *done.unencodable))
        elif stops(piece, done.bad):
            first = next(b for b in done.bad if b.byte is not None)
            assert source.open.source is not None
            self.fail(source, undecodable(first, source.name, source.open.source, source.head))
        else:
            for bad in done.bad:
                self._reject(source, bad)

    def _reject(self, source: Source, bad: Bad) -> None:
        source.bad += 1
        self.rejects.add(source.name, bad)
        if bad.byte is not None and not self.rejects.guess and source.open.source is not None:
            self.rejects.guess = likely(source.head, source.open.source)
        if self.options.strict:
            raise DataError(f"{self.rejects.place(source.name, bad)}: {bad.reason}")

    def fail(self, source: Source, error: Exception) -> None:
        """Reports an error of one file; the others go on, and the first error gives the exit code.

        Where the run is to be strict, it ends here: raises *error*.
        """
        source.stop()
        if self.options.strict:
            raise error
        self.failed[source.name] = str(error)
        self.errors.append(error)
        self.progress.clear()
        console.flush()
        self.options.tell(error)


def _give_memory_back() -> None:
    """Has the C library of Linux return large blocks of memory to the system as soon as they are free.

    What comes from workers comes through pipes of 64 KB, and would leave holes in the heap: a run over a gigabyte
    would take twice the memory of one over ten megabytes.
    """
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, 60_000)


def _report() -> Report:
    from arnorm.report.tally import Report  # few ask for one

    return Report()


def opened(path: str) -> AbstractContextManager[BinaryIO]:
    """The file at *path*, unbuffered; closed by ``with``, but for standard input."""
    if path == "-":
        return nullcontext(console.stdin())
    return cast("BinaryIO", open(path, "rb", buffering=0))
