"""Writing the result: all files to one output, or each file to its own."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from arnorm.files.errors import UnencodableOutputError
from arnorm.files.journal import Journal
from arnorm.files.manifest import BegunFile, DoneFile, Manifest
from arnorm.files.outputs import NewFile, Sink, sink
from arnorm.files.run import FileRun, OpenFile
from arnorm.formats.base import Output, Writer
from arnorm.formats.opening import kind_of
from arnorm.formats.packing import Packing

#: Seconds of work on a file after which it is noted how far it has come: chosen as what may be lost.
EVERY = 30.0
#: Bytes of a file of columns from which on its pieces are kept for a later run: half a minute's repair.
LEAST = 6_000_000


class _Packed:
    """An output that packs, if the name of its file says so."""

    def __init__(self, out: Sink, path: str | None) -> None:
        kind = kind_of(path or "").packed
        self._packing = Packing(out, kind) if kind else None
        self.out: Output = self._packing or out

    def next_member(self) -> None:
        if self._packing is not None:
            self._packing.next_member()

    def close(self) -> None:
        if self._packing is not None:
            self._packing.close()


def write(run: FileRun, manifests: dict[str, Manifest]) -> None:
    """The files of *run* to their output, or each to its own."""
    if run.jobs and run.jobs[0].output is not None:
        rewrite(run, manifests)
    elif run.jobs:
        path = run.options.output
        with sink(path) as out:
            # One bad file of many would leave the old output, after hours of work on the others.
            if len(run.jobs) == 1 or path in (None, "-") or run.check():
                copy(run, out, path)
            finish(run, out)


def finish(run: FileRun, out: Sink) -> None:
    """Keep what was written, unless a file could not be read: then a file that was there stays."""
    if run.errors:
        out.flush()
    else:
        out.commit()


def copy(run: FileRun, out: Sink, path: str | None) -> None:
    """Write all files to one output, in the encoding of the first.

    A file without a last line feed gets one if another follows, so that no two lines become one.
    """
    packed = _Packed(out, path)
    writer: Writer | None = None
    try:
        for result in run.results():
            if writer is None and not result.file.failed:
                writer = result.file.document.writer(packed.out)
            if writer is not None and not result.ended:
                writer.put(result.data)
            if result.ended and writer is not None:
                writer.next_document()
            out.flush()
        if writer is not None and not run.errors:
            writer.close()
            packed.close()
    finally:
        if writer is not None:
            writer.abandon()


def rewrite(run: FileRun, manifests: dict[str, Manifest]) -> None:
    """Each file to its own output; one that changes in no way is not written in its own place."""
    tidied: set[str] = set()
    with ExitStack() as stack:
        replacing: _Replacing | None = None
        for result in run.results():
            if replacing is None and not result.file.failed:
                replacing = _Replacing(run, result.file, manifests.get(result.file.job.root), tidied)
                stack.callback(replacing.abandon)
            if replacing is not None and not result.ended:
                replacing.take(result.data, result.end)
            if result.ended:
                if replacing is not None and not result.file.failed:
                    replacing.finish()
                stack.close()
                replacing = None


class _Replacing:
    """One file being written. An error of it is reported, and the old file stays."""

    def __init__(self, run: FileRun, file: OpenFile, manifest: Manifest | None, tidied: set[str]) -> None:
        assert file.job.output is not None
        self._run, self._file, self._path = run, file, file.job.output
        self._manifest, self._saved = manifest, time.monotonic()
        begun = run.begun.get(file.job)
        goes_on = begun is not None and not begun.pieces
        part, written = (begun.part, begun.written) if begun is not None and goes_on else ("", 0)
        self._goes_on = goes_on
        self._journal: Journal | None = None
        self._out = NewFile(self._path, run.notices, part, written, tidied=tidied)
        self._held = ExitStack()
        self._writer: Writer | None = None
        self._finished = False
        self._done: tuple[int, int, int] | None = None  #: bytes, lines, and changed records of the pieces written
        self._guarded(self._begin)

    def _begin(self) -> None:
        """Open the output, and a journal of it where an unfinished one would be of no use."""
        self._file.job.must_stay_within(self._run.options.follow_links)
        os.makedirs(os.path.dirname(os.path.realpath(self._path)), exist_ok=True)
        self._held.enter_context(self._out)
        self._packed = _Packed(self._out, self._path)
        self._writer = self._file.document.writer(self._packed.out)
        if self._goes_on:
            self._out.rewind()  # the signature is there already
        elif self._manifest is not None and self._file.document.can_replay and self._file.found.st_size >= LEAST:
            self._journal = Journal(self._path, self._run.begun.get(self._file.job))

    def take(self, data: Any, end: int | None) -> None:
        """Write a piece, which ends at byte *end* of the input."""
        if self._writer is not None and not self._file.failed:
            if self._manifest is not None and time.monotonic() - self._saved >= EVERY:
                if self._done is not None:
                    self._guarded(self._save, self._manifest, *self._done)
                elif self._journal is not None and self._journal.pieces:
                    self._guarded(self._save_journal, self._manifest, self._journal)
            if self._journal is not None:
                self._guarded(self._journal.add, data)
            self._guarded(self._writer.put, data)
            self._done = (end, self._file.lines, self._file.changed) if end is not None else None

    def _save(self, manifest: Manifest, end: int, lines: int, changed: int) -> None:
        """Note how far the file has come, for a later run to go on there.

        That is done before the next piece is written: by then the bad records of the last one have been counted.
        """
        self._packed.next_member()
        part, written = self._out.checkpoint()
        begun = BegunFile(part, end, written, lines, changed, self._file.bad)
        manifest.add(self._file.job.name, self._file.found, begun)
        self._saved = time.monotonic()

    def _save_journal(self, manifest: Manifest, journal: Journal) -> None:
        """The same of a file whose pieces are kept apart."""
        part, written = journal.checkpoint()
        begun = BegunFile(part, 0, written, 0, self._file.changed, self._file.bad, journal.pieces)
        manifest.add(self._file.job.name, self._file.found, begun)
        self._saved = time.monotonic()

    def finish(self) -> None:
        """Put the file in its place."""
        self._guarded(self._finish)

    def _finish(self) -> None:
        """Put the file in its place, and note that it is done.

        Of one that stays where it was only if something changed, and only if it is still the file that was read.
        """
        manifest = self._manifest
        assert self._writer is not None
        in_place = self._file.guard is not None
        if not in_place or self._file.changed or self._file.document.converts:
            self._writer.close()
            self._packed.close()
            if self._file.guard is not None:
                self._file.guard.verify()
            self._out.commit()
        self._finished = True
        if manifest is not None:
            job = self._file.job
            found = os.stat(self._path) if in_place else self._file.found
            manifest.add(job.name, found, DoneFile(self._file.bad, bool(self._run.options.rejects)))

    def abandon(self) -> None:
        """Give up what is not in its place, unless a later run can go on with it."""
        if self._file.failed or self._finished:
            self._out.give_up()
        if self._journal is not None:
            self._journal.close(keep=not self._file.failed and not self._finished)
        if self._writer is not None:
            self._writer.abandon()
        self._held.close()

    def _guarded(self, call: Callable[..., None], *args: Any) -> None:
        try:
            call(*args)
        except (OSError, UnencodableOutputError) as error:
            self._run.fail(self._file, error)
