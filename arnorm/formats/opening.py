"""Which format a file has, by its name, and its document."""

from __future__ import annotations

import os
from typing import Any, BinaryIO, NamedTuple

from arnorm.formats import blocks
from arnorm.formats.base import Document
from arnorm.formats.delimited import DelimitedDocument
from arnorm.formats.encodings import UTF8, Encoding
from arnorm.formats.errors import FormatError
from arnorm.formats.html import HtmlDocument
from arnorm.formats.jsonl import JsonLinesDocument
from arnorm.formats.packing import PACKED
from arnorm.formats.subtitles import SubtitleDocument
from arnorm.formats.text import TextDocument, WholeDocument

#: The formats, each with the endings of the names of its files.
FORMATS: dict[str, tuple[str, ...]] = {
    "text": (".txt", ".text"),
    "jsonl": (".jsonl", ".ndjson"),
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "subtitles": (".srt", ".vtt", ".ass", ".ssa"),
    "html": (".html", ".htm", ".xhtml"),
    "docx": (".docx",),
    "pdf": (".pdf",),
    "parquet": (".parquet", ".pq"),
    "arrow": (".arrow", ".arrows", ".feather", ".ipc"),
}
#: Formats of columns, which are no text and cannot be packed as a whole.
COLUMNAR = {"parquet", "arrow"}
#: Formats that are no text and that no other can be written as.
BINARY = COLUMNAR | {"docx"}
#: Formats that are written as plain text.
READ_ONLY = {"pdf"}
#: Formats of records, of which fields or columns hold text.
RECORDS = COLUMNAR | {"jsonl", "csv", "tsv"}
#: Formats of text that is read in parts, of lines or rows; what is not is read whole, or by columns.
IN_PARTS = {"text", "jsonl", "csv", "tsv"}
#: Formats of rows that a delimiter cuts into cells.
DELIMITED = {"csv", "tsv"}
#: Endings of names that say that a file is no plain text, and do not say which of ours it is.
AMBIGUOUS = (".json",)


class FileKind(NamedTuple):
    """What a file is."""

    format: str
    packed: str  #: ".gz", ".xz", ".zst" or nothing
    said: bool  #: whether the name, or a wish, says the format


def kind_of(path: str, wish: str | None = None) -> FileKind:
    """The format of the file at *path*, by its name or as wished, and how it is packed. Plain text where nothing says.

    >>> kind_of("news.jsonl.zst")
    FileKind(format='jsonl', packed='.zst', said=True)
    >>> kind_of("part-00000.gz")
    FileKind(format='text', packed='.gz', said=False)
    """
    ending, packed = _endings(path)
    named = next((name for name, endings in FORMATS.items() if ending in endings), None)
    return FileKind(wish or named or "text", packed, (wish or named) is not None)


def ambiguous(path: str) -> bool:
    """Whether the name of the file at *path* says that it is no plain text, but not which format it has.

    >>> ambiguous("news.json"), ambiguous("news.txt"), ambiguous("part-00000")
    (True, False, False)
    """
    return _endings(path)[0] in AMBIGUOUS


def _endings(path: str) -> tuple[str, str]:
    stem, ending = os.path.splitext(path.lower())
    return (os.path.splitext(stem)[1], ending) if ending in PACKED else (ending, "")


class ReadOptions(NamedTuple):
    """How files are to be read."""

    encoding: Encoding = UTF8
    fields: tuple[str, ...] = ("text",)  #: the fields or columns
    delimiter: str = ""
    keep_bad: bool = False  #: whether lines of plain text that do not decode are carried through
    longest: int | None = None  #: bytes of a record of text, if other than `blocks.LONGEST`
    whole: bool = False  #: whether plain text is one text, not one a line
    tracked: bool = False  #: whether Word files are written with tracked changes


def document_in(
    file: BinaryIO,
    name: str,
    kind: FileKind,
    how: ReadOptions,
    *,
    output_encoding: Encoding | None = None,
    writing: bool = True,
) -> Document:
    """The document in *file*; *writing* says whether it will be written, *output_encoding* in which other encoding."""
    if kind.format in COLUMNAR:
        return _columnar(file, name, kind, how, writing)
    if kind.format in ("docx", "pdf"):
        return _unpackable(file, name, kind, how, output_encoding)
    made = _of_text(file, name, kind, how, output_encoding)
    made.longest = how.longest or blocks.LONGEST
    return made


def _of_text(
    file: BinaryIO, name: str, kind: FileKind, how: ReadOptions, output_encoding: Encoding | None
) -> TextDocument:
    """The document of a format that is text; lines and rows keep what does not decode, where that is asked for."""
    options: dict[str, Any] = {"packed": kind.packed, "output_encoding": output_encoding}
    if kind.format == "subtitles":
        return SubtitleDocument(file, name, how.encoding, **options)
    if kind.format == "html":
        return HtmlDocument(file, name, how.encoding, **options)
    if kind.format == "text" and how.whole:
        return WholeDocument(file, name, how.encoding, **options)
    if kind.format == "text":
        return TextDocument(file, name, how.encoding, keep_bad=how.keep_bad, **options)
    if kind.format == "jsonl":
        return JsonLinesDocument(file, name, how.encoding, keep_bad=True, fields=how.fields, **options)
    delimiter = how.delimiter or ("\t" if kind.format == "tsv" else "")
    options |= {"columns": how.fields, "delimiter": delimiter}
    return DelimitedDocument(file, name, how.encoding, keep_bad=True, **options)


def _unpackable(
    file: BinaryIO, name: str, kind: FileKind, how: ReadOptions, output_encoding: Encoding | None
) -> Document:
    """The document of a Word file or a PDF. Raises `FormatError` where it is packed: those are compressed inside."""
    if kind.packed:
        raise FormatError(f"{name}: a {kind.format} file is compressed inside; unpack it first")
    if kind.format == "pdf":
        from arnorm.formats.pdf import PdfDocument

        return PdfDocument(file, name, output_encoding)
    from arnorm.formats.docx import DocxDocument

    return DocxDocument(file, name, tracked=how.tracked)


def _columnar(file: BinaryIO, name: str, kind: FileKind, how: ReadOptions, writing: bool) -> Document:
    """The document of a file of columns. Raises `FormatError` where it is packed, or comes through a pipe."""
    if kind.packed:
        raise FormatError(f"{name}: a {kind.format} file is compressed inside; unpack it first")
    if not file.seekable():
        raise FormatError(f"{name}: {kind.format} can only be read from a file; give its name")
    if kind.format == "parquet":
        from arnorm.formats.parquet import ParquetDocument

        return ParquetDocument(file, name, how.fields, writing=writing)
    from arnorm.formats.ipc import ArrowDocument

    return ArrowDocument(file, name, how.fields, writing=writing)
