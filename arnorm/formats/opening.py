"""Which format a file has, by its name, and its document."""

from __future__ import annotations

import os
from typing import Any, BinaryIO, NamedTuple

from arnorm.formats.base import Document, FormatError
from arnorm.formats.delimited import DelimitedDocument
from arnorm.formats.encodings import UTF8, Encoding
from arnorm.formats.jsonl import JsonLinesDocument
from arnorm.formats.packing import PACKED
from arnorm.formats.text import TextDocument

#: The formats, each with the endings of the names of its files.
FORMATS: dict[str, tuple[str, ...]] = {
    "text": (".txt", ".text"),
    "jsonl": (".jsonl", ".ndjson"),
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "parquet": (".parquet", ".pq"),
    "arrow": (".arrow", ".arrows", ".feather", ".ipc"),
}
#: Formats of columns, which are no text and cannot be packed as a whole.
COLUMNAR = {"parquet", "arrow"}


class Kind(NamedTuple):
    """What a file is."""

    format: str
    packed: str  #: ".gz", ".xz", ".zst" or nothing
    known: bool  #: whether the name says so


def kind_of(path: str, wish: str | None = None) -> Kind:
    """The format of the file at *path*, by its name or as wished, and how it is packed. Plain text where nothing says.

    >>> kind_of("news.jsonl.zst")
    Kind(format='jsonl', packed='.zst', known=True)
    """
    stem, ending = os.path.splitext(path.lower())
    packed = ending if ending in PACKED else ""
    ending = os.path.splitext(stem)[1] if packed else ending
    named = next((name for name, endings in FORMATS.items() if ending in endings), None)
    return Kind(wish or named or "text", packed, named is not None or bool(packed))


class Reading(NamedTuple):
    """How files are to be read."""

    encoding: Encoding = UTF8
    field: str = "text"  #: the field or column
    delimiter: str = ""
    keep_bad: bool = False  #: whether lines of plain text that do not decode are carried through


def document(
    file: BinaryIO, name: str, kind: Kind, reading: Reading, *, target: Encoding | None = None, writing: bool = True
) -> Document:
    """The document in *file*. *writing* says that it will be written; *target* in which encoding, if in another."""
    if kind.format in COLUMNAR:
        return _columnar(file, name, kind, reading, writing)
    options: dict[str, Any] = {"packed": kind.packed, "target": target}
    if kind.format == "text":
        return TextDocument(file, name, reading.encoding, keep_bad=reading.keep_bad, **options)
    if kind.format == "jsonl":
        return JsonLinesDocument(file, name, reading.encoding, keep_bad=True, field=reading.field, **options)
    delimiter = reading.delimiter or ("\t" if kind.format == "tsv" else "")
    options |= {"column": reading.field, "delimiter": delimiter}
    return DelimitedDocument(file, name, reading.encoding, keep_bad=True, **options)


def _columnar(file: BinaryIO, name: str, kind: Kind, reading: Reading, writing: bool) -> Document:
    if kind.packed:
        raise FormatError(f"{name}: a {kind.format} file is compressed inside; unpack it first")
    if not file.seekable():
        raise FormatError(f"{name}: {kind.format} can only be read from a file; give its name")
    if kind.format == "parquet":
        from arnorm.formats.parquet import ParquetDocument

        return ParquetDocument(file, name, reading.field, writing=writing)
    from arnorm.formats.ipc import ArrowDocument

    return ArrowDocument(file, name, reading.field, writing=writing)
