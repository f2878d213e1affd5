"""PDF, read by pypdf and written as text: what a page shows cannot be put back.

The text is put in the order of reading as it is read, whatever profile follows; pages are parted by form feeds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from arnorm.formats.base import Codec, Document, Output, Piece, Records
from arnorm.formats.encodings import UTF8, Encoding
from arnorm.formats.errors import FormatError
from arnorm.formats.text import TextWriter

PAGE = "\f"


class Pages:
    """The text of a PDF."""

    one_line = False
    faithful = False
    keeps_bad = True

    def __init__(self, output_encoding: Encoding = UTF8) -> None:
        self.output_encoding = output_encoding

    def read(self, piece: Piece) -> Records:
        """The text of all pages."""
        return Records([piece.data], [1], [])

    def restore(self, piece: Piece, records: Records, texts: list[str]) -> bytes:
        """The text as it is now."""
        text = texts[0]
        return self.output_encoding.encode(text if text.endswith("\n") or not text else text + "\n")


class PdfDocument(Document):
    """A PDF, read whole."""

    def __init__(self, file: BinaryIO, name: str, output_encoding: Encoding | None = None) -> None:
        self.name = name
        self._file, self._read = file, 0
        self.output_encoding: Encoding = output_encoding or UTF8

    def pieces(self) -> Iterator[Piece]:
        """The one piece."""
        data = self._file.read()
        self._read = len(data)
        from arnorm.documents import UnreadablePdfError, pages_of

        try:
            pages = pages_of(data)
        except UnreadablePdfError as error:
            raise FormatError(f"{self.name}: {error}") from error
        yield Piece(self._codec(), PAGE.join(pages))

    def _codec(self) -> Codec:
        return Pages(self.output_encoding)

    def writer(self, out: Output) -> TextWriter:
        """What writes the text."""
        return TextWriter(out, self.output_encoding)

    def position(self) -> int:
        """Bytes read."""
        return self._read
