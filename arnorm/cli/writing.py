"""Writing the result: all files to one output, or each file to its own."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from arnorm.cli.exits import Exit, UnencodableOutputError
from arnorm.cli.manifest import Entry, Manifest, Partial
from arnorm.cli.outputs import NewFile, Sink
from arnorm.cli.run import Run, Source
from arnorm.formats.base import Document, Output, Writer
from arnorm.formats.opening import kind_of
from arnorm.formats.packing import Packing
from arnorm.formats.text import TextDocument, TextWriter

#: Seconds of work on a file after which it is noted how far it has come.
EVERY = 30.0


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


def copy(run: Run, out: Sink, path: str | None) -> None:
    """All files to one output. The encoding is the first file's; a file without a last line feed gets one if
    another follows, so that no two lines become one."""
    packed = _Packed(out, path)
    writer: Writer | None = None
    try:
        for step in run.results():
            if writer is None and not step.source.failed:
                writer = _document(step.source).writer(packed.out)
            if writer is not None and not step.ended:
                writer.put(step.data)
            if step.ended and isinstance(writer, TextWriter):
                writer.next_document()
            out.flush()
        if writer is not None and run.status is Exit.OK:
            writer.close()
            packed.close()
    finally:
        if writer is not None:
            writer.abandon()


def _document(source: Source) -> Document:
    assert source.document is not None
    return source.document


def rewrite(run: Run, manifests: dict[str, Manifest]) -> None:
    """Each file to its own target; one that changes in no way is not written in its own place."""
    file: _Replacing | None = None
    try:
        for step in run.results():
            if file is None and not step.source.failed:
                file = _Replacing(run, step.source, manifests.get(step.source.job.root))
            if file is not None and not step.ended:
                file.take(step.data, step.end)
            if step.ended:
                if file is not None and not step.source.failed:
                    file.finish()
                if file is not None:
                    file.abandon()
                file = None
    finally:
        if file is not None:
            file.abandon()


class _Replacing:
    """One file being written. An error of it is reported, and the old file stays."""

    def __init__(self, run: Run, source: Source, manifest: Manifest | None) -> None:
        assert source.job.target is not None
        self._run, self._source, self._target = run, source, source.job.target
        self._manifest, self._saved = manifest, time.monotonic()
        partial = run.partials.get(source.job)
        begun = (partial.part, partial.written) if partial is not None else ("", 0)
        self._out = NewFile(self._target, run.notices, *begun)
        self._writer: Writer | None = None
        self._finished = False
        self._done: tuple[int, int, int] | None = None  #: bytes, lines, and changed records of the pieces written
        self._guarded(self._begin)

    def _begin(self) -> None:
        self._source.job.must_stay_within(self._run.args.follow_links)
        os.makedirs(os.path.dirname(os.path.realpath(self._target)), exist_ok=True)
        self._out.__enter__()
        self._packed = _Packed(self._out, self._target)
        self._writer = _document(self._source).writer(self._packed.out)
        if self._run.partials.get(self._source.job) is not None:
            self._out.rewind()  # the signature is there already

    def take(self, data: Any, end: int | None) -> None:
        """Writes a piece, which ends at byte *end* of the source."""
        if self._writer is not None and not self._source.failed:
            if self._manifest is not None and self._done is not None and time.monotonic() - self._saved >= EVERY:
                self._guarded(self._save, self._manifest, *self._done)
            self._guarded(self._writer.put, data)
            self._done = (end, self._source.lines, self._source.changed) if end is not None else None

    def _save(self, manifest: Manifest, end: int, lines: int, changed: int) -> None:
        """Notes how far the file has come, for a later run to go on there.

        That is done before the next piece is written: by then the bad records of the last one have been counted.
        """
        self._packed.next_member()
        part, written = self._out.checkpoint()
        partial = Partial(part, end, written, lines, changed, self._source.bad)
        manifest.add(self._source.job.name, self._source.found, partial)
        self._saved = time.monotonic()

    def finish(self) -> None:
        """Puts the file in its place."""
        self._guarded(self._finish)

    def _finish(self) -> None:
        manifest = self._manifest
        assert self._writer is not None
        in_place = self._source.guard is not None
        if not in_place or self._source.changed or _converts(self._source):
            self._writer.close()
            self._packed.close()
            if self._source.guard is not None:
                self._source.guard.verify()
            self._out.commit()
        self._finished = True
        if manifest is not None:
            job = self._source.job
            found = os.stat(self._target) if in_place else self._source.found
            manifest.add(job.name, found, Entry(self._source.bad, bool(self._run.args.rejects)))

    def abandon(self) -> None:
        """Gives up what is not in its place, unless a later run can go on with it."""
        self._out.kept = self._out.kept and not self._source.failed and not self._finished
        if self._writer is not None:
            self._writer.abandon()
        self._out.__exit__(None, None, None)

    def _guarded(self, call: Callable[..., None], *args: Any) -> None:
        try:
            call(*args)
        except (OSError, UnencodableOutputError) as error:
            self._run.fail(self._source, error)


def _converts(source: Source) -> bool:
    """Whether a file is written in another encoding than its own."""
    document = source.document
    return isinstance(document, TextDocument) and document.converts
