"""Word (.docx), by python-docx: each paragraph is a text; its runs, and with them all formatting, stay.

Text of the body, of tables, headers and footers. What is deleted by a tracked change is no text; what is inserted is.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, BinaryIO

from arnorm.align import replacements_between
from arnorm.formats.base import Codec, Document, Output, Piece, Records, Writer
from arnorm.formats.errors import FormatError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _paragraphs(document: Any) -> Iterator[list[Any]]:
    """For each paragraph the elements that hold its text."""
    parts = [document.element.body]
    for section in document.sections:
        for part in (section.header, section.footer):
            if not part.is_linked_to_previous:
                parts.append(part._element)
    for part in parts:
        for paragraph in part.iter(_W + "p"):
            texts = [t for t in paragraph.iter(_W + "t") if t.text and next(t.iterancestors(_W + "p")) is paragraph]
            if texts:
                yield texts


def _opened(data: bytes) -> Any:
    from arnorm.extras import require

    docx = require("docx", "documents")
    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:  # of whatever kind, by what the file holds
        raise FormatError(f"not a Word document ({type(error).__name__}: {error})") from error


class Paragraphs:
    """The paragraphs of a Word document."""

    one_line = True
    faithful = True
    keeps_bad = True

    def read(self, piece: Piece) -> Records:
        """The texts of the paragraphs."""
        texts = ["".join(t.text for t in runs) for runs in _paragraphs(_opened(piece.data))]
        return Records(texts, range(1, len(texts) + 1), [])

    def restore(self, piece: Piece, records: Records, texts: list[str]) -> bytes:
        """The document with *texts*; what replaces letters of a run is of that run."""
        document = _opened(piece.data)
        for runs, before, after in zip(_paragraphs(document), records.texts, texts, strict=True):
            if before != after:
                _spread(runs, before, after)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def _spread(runs: list[Any], before: str, after: str) -> None:
    """Puts *after* into the *runs* that hold *before*."""
    starts = [*accumulate((len(run.text) for run in runs), initial=0)]
    out: list[list[str]] = [[] for _ in runs]

    def keep(start: int, end: int) -> None:
        for k, run_start in enumerate(starts[:-1]):
            out[k].append(before[max(start, run_start) : min(end, starts[k + 1])])

    at = 0
    for start, end, new, *_ in replacements_between(before, after):
        keep(at, start)
        out[min(bisect_right(starts, start), len(runs)) - 1].append(new)
        at = end
    keep(at, len(before))
    for run, parts in zip(runs, out, strict=True):
        run.text = "".join(parts)
        run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


class _Bytes(Writer):
    """Writes the one piece."""

    def __init__(self, out: Output) -> None:
        self._out = out

    def put(self, data: bytes) -> None:
        """Writes the file."""
        self._out.write(data)


class DocxDocument(Document):
    """A Word document, read whole."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        self._file, self._read = file, 0

    def pieces(self) -> Iterator[Piece]:
        """The one piece."""
        data = self._file.read()
        self._read = len(data)
        if data:
            try:
                _opened(data)
            except FormatError as error:
                raise FormatError(f"{self.name}: {error}") from error
            yield Piece(self._codec(), data)

    def _codec(self) -> Codec:
        return Paragraphs()

    def writer(self, out: Output) -> _Bytes:
        """What writes the file."""
        return _Bytes(out)

    def position(self) -> int:
        """Bytes read."""
        return self._read
