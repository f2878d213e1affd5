"""One run over files: opens them, has their pieces worked on, and keeps count of changes, bad records and errors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast

from arnorm import console
from arnorm.errors import UndecodableInputError
from arnorm.files.errors import DataError, UnencodableOutputError
from arnorm.files.jobs import Job
from arnorm.files.journal import pieces_of
from arnorm.files.manifest import BegunFile
from arnorm.files.options import Options, fields_of
from arnorm.files.telling import VISUAL, Notices, Progress, Rejects
from arnorm.files.unfinished import Guard
from arnorm.files.work import Done, Work, reads_whole, stops
from arnorm.formats.base import Bad, Document, Piece
from arnorm.formats.encodings import UTF8, likely
from arnorm.formats.errors import FieldError, FormatError
from arnorm.formats.opening import ReadOptions, document_in, kind_of
from arnorm.formats.text import undecodable
from arnorm.parallel import paired
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


class OpenFile:
    """One file of a run, open while it is read."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._document: Document | None = None
        self.guard: Guard | None = None  #: of a file that is changed in place
        self.found: os.stat_result  #: how it was when it was opened; of a file that a manifest lists
        self.failed = False
        self.changed = 0  #: records
        self.bad = 0  #: records
        self.lines = 0  #: of the stretches that are done
        self.replayed: Iterator[tuple[Any, ...]] = iter(())  #: the data of the pieces that an earlier run has done
        self.visual = False  #: whether it has lines in visual order that were left

    @property
    def name(self) -> str:
        """The file's name for a reader."""
        return named(self.job.path)

    @property
    def head(self) -> bytes:
        """The first bytes of a file of text."""
        return self._document.head if self._document is not None else b""

    @property
    def document(self) -> Document:
        """What is read of it, once it is open."""
        assert self._document is not None
        return self._document

    @document.setter
    def document(self, opened: Document) -> None:
        self._document = opened

    def position(self) -> int:
        """How many of its bytes have been read; none of a file that could not be opened."""
        return self._document.position() if self._document is not None else 0

    def stop(self) -> None:
        """Take no more of it: an error has been reported."""
        self.failed = True
        if self._document is not None:
            self._document.stopped = True


class _FilePiece(NamedTuple):
    """A piece of a file as it was read, or the end of the file, which may be an error."""

    file: OpenFile
    piece: Piece | None = None
    error: Exception | None = None
    done: tuple[Any, ...] = ()  #: the data of a piece that an earlier run has done


def _piece_of(read: _FilePiece) -> Piece | None:
    """What of it is worked on, here or by a worker."""
    return None if read.done else read.piece


class Result(NamedTuple):
    """A piece of a file done, or, with *ended*, the end of the file."""

    file: OpenFile
    data: Any = None
    lines: list[Line] = []  # noqa: RUF012  (never changed)
    ended: bool = False
    end: int | None = None  #: bytes of the file that are done with it, where a later run could go on there


def named(path: str) -> str:
    """The name of the file at *path* for a reader."""
    return "<stdin>" if path == "-" else console.argument(path)


class FileRun:
    """The files of *jobs*, and what became of them."""

    def __init__(self, jobs: list[Job], work: Work, options: Options, begun: dict[Job, BegunFile]) -> None:
        self.begun = begun  #: what an earlier run has left unfinished
        self.jobs, self.work, self.options = jobs, work, options
        self.report = _report() if work.counts else None
        self.failed: dict[str, str] = {}  #: names of files that were given up, and why
        self.errors: list[Exception] = []  #: of those files
        self.files = self.bytes = self.records = self.changed = 0  #: that were read; of the records, how many changed
        offsets = {job: file.offset for job, file in begun.items()}
        listed = {named(job.path): file.bad for job, file in begun.items() if file.pieces}
        self.rejects = Rejects(options, {named(job.path): offsets.get(job, 0) for job in jobs}, listed)
        self.notices = Notices(options.tell, quiet=options.quiet)
        to_stdout = not options.in_place and options.output in (None, "-")
        wish = False if options.quiet else options.progress or None
        self.progress = Progress([job.path for job in jobs], output=to_stdout, wish=wish)
        self._output_encoding = options.to
        self._checked = False  #: whether all files are known to decode
        self._guards: set[Guard] = set()

    def results(self) -> Iterator[Result]:
        """The pieces of all files, done, in order; after those of each file its end."""
        with self.rejects, self.progress, self._guarding():
            if self.options.processes:
                _give_memory_back()
            results = paired(self.work, self._pieces(), _piece_of, self.options.processes)
            for (file, piece, error, kept), done in results:
                if piece is None:
                    if error is not None and not file.failed:
                        self.fail(file, error)
                    self.files += not file.failed
                    if file.visual:
                        self.notices(file.job.path, VISUAL)
                    self.bytes += file.position()
                    yield Result(file, ended=True)
                    self._release(file.guard)
                    self.progress.end(file.job.path)
                elif kept and not file.failed:
                    yield Result(file, kept[0])
                    self.progress.at(file.position())
                elif not file.failed:
                    if not piece.counted:
                        done, file.lines = done.after(file.lines), file.lines + done.feeds
                    yield self._result(file, piece, done)
                    self._stop_where_told(file, piece, done)
                    self.progress.at(file.position())

    def check(self) -> bool:
        """Whether all files can be opened and decoded; reports those that cannot, before work on any begins."""
        for job in self.jobs:
            file = OpenFile(job)
            try:
                with ExitStack() as stack:
                    if job.path != "-":
                        self._opened(file, stack)
            except OF_ONE_FILE as error:
                if isinstance(error, OSError):
                    error.filename = error.filename or file.name
                self.fail(file, error)
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

    def _pieces(self) -> Iterator[_FilePiece]:
        """The pieces of all files in turn; after those of each file its end."""
        for job in self.jobs:
            file, error = OpenFile(job), None
            try:
                with ExitStack() as stack:
                    document = file.document = self._opened(file, stack)
                    for piece in document.pieces():
                        self._keep_encoding(document)
                        yield _FilePiece(file, piece, done=next(file.replayed, ()))
                        if file.failed:
                            break
                    self._keep_encoding(document)
            except OF_ONE_FILE as caught:
                error = caught
                if isinstance(error, OSError):
                    error.filename = error.filename or file.name
            yield _FilePiece(file, error=error)

    def _opened(self, file: OpenFile, stack: ExitStack) -> Document:
        """Open *file* and return its document, set to go on where an earlier run ended, if one has.

        *stack* closes it. A file that ends where bytes do not decode is read through once before work begins, which may
        take hours. Raises what may be wrong with one file.
        """
        path, options = file.job.path, self.options
        file.job.must_stay_within(options.follow_links)
        if options.in_place:
            file.guard = Guard(path)
            self._guards.add(file.guard)
        raw = stack.enter_context(opened(path))
        if file.job.root:
            file.found = os.fstat(raw.fileno())
        kind = kind_of(path, options.format)
        how = ReadOptions(
            options.encoding or UTF8,
            fields_of(options.field or (), kind.format),
            options.delimiter or "",
            keep_bad=bool(options.rejects),
            longest=options.max_record,
            whole=reads_whole(self.work.transform),
            tracked=options.track_changes,
        )
        output_encoding = self._output_encoding if file.job.output is None else options.to
        made = document_in(raw, file.name, kind, how, output_encoding=output_encoding, writing=self.work.writes)
        on_disk = path != "-" and os.path.isfile(path)
        if options.processes and on_disk:
            made.apart = path
        begun = self.begun.get(file.job)
        if begun is not None and made.can_skip:
            made.skip = begun.offset
            file.lines, file.changed, file.bad = begun.lines, begun.changed, begun.bad
        elif begun is not None and begun.pieces and made.can_replay and file.job.output is not None:
            file.changed, file.bad = begun.changed, begun.bad
            file.replayed = zip(pieces_of(file.job.output, begun))
        else:
            self.begun.pop(file.job, None)
        if made.ends_at_bad_bytes and not self._checked and on_disk:
            made.check()
        return made

    def _keep_encoding(self, document: Document) -> None:
        """Files that follow each other in one output are written in the encoding of the first."""
        if self._output_encoding is None and document.begun:
            self._output_encoding = document.output_encoding

    def _result(self, file: OpenFile, piece: Piece, done: Done) -> Result:
        """Count what became of *piece*, and return it with the data to be written: as it was, where nothing changed."""
        self.records += done.records
        self.changed += done.changed
        file.changed += done.changed
        file.visual |= done.visual
        lines = [Line(file.job.path, *traced) for traced in done.traced]
        if self.report is not None and done.part is not None:
            self.report.take(done.part, named(file.job.path))
        data = done.data
        if data is None:
            data = piece.loaded() if self.work.writes else piece.data
        return Result(file, data, lines, end=piece.end if file.document.can_skip else None)

    def _stop_where_told(self, file: OpenFile, piece: Piece, done: Done) -> None:
        """Give *file* up where the piece cannot be written or decoded; else put its bad records on the list."""
        if done.unencodable is not None:
            assert file.document.output_encoding is not None
            self.fail(file, UnencodableOutputError(file.name, file.document.output_encoding.codec, *done.unencodable))
        elif stops(piece, done.bad):
            first = next(b for b in done.bad if b.byte is not None)
            assert file.document.encoding is not None
            self.fail(file, undecodable(first, file.name, file.document.encoding, file.head))
        else:
            for bad in done.bad:
                self._reject(file, bad)

    def _reject(self, file: OpenFile, bad: Bad) -> None:
        file.bad += 1
        self.rejects.add(file.name, bad)
        if bad.byte is not None and not self.rejects.guess and file.document.encoding is not None:
            self.rejects.guess = likely(file.head, file.document.encoding)
        if self.options.strict:
            raise DataError(f"{self.rejects.place(file.name, bad)}: {bad.reason}")

    def fail(self, file: OpenFile, error: Exception) -> None:
        """Report an error of one file; the others go on, and the first error gives the exit code.

        Where the run is to be strict, it ends here: raises *error*.
        """
        file.stop()
        if self.options.strict:
            raise error
        self.failed[file.name] = str(error)
        self.errors.append(error)
        self.progress.clear()
        console.flush()
        self.options.tell(error)


def _give_memory_back() -> None:
    """Have the C library of Linux return large blocks of memory to the system as soon as they are free.

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
