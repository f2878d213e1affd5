"""CSV and TSV: the cells of one column are replaced; other cells, quoting, line ends and delimiter stay as they are.

A cell in quotation marks may hold delimiters, line feeds, and marks written twice. A mark within a cell that does not
begin with one is a character like others. The first row names the columns; every row has as many cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from arnorm.formats.base import Bad, Codec, Piece
from arnorm.formats.blocks import rows
from arnorm.formats.coded import AsIs, Coded, Embedded, EmbeddedString
from arnorm.formats.errors import FieldError, FormatError
from arnorm.formats.text import TextDocument, undecodable

DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class Cells(Embedded):
    """The cells of the columns of these *indexes*, ascending, in rows of *width* cells."""

    delimiter: str
    indexes: tuple[int, ...]
    width: int

    def find(self, text: str, piece: Piece, bad: list[Bad]) -> list[EmbeddedString]:
        """The strings of each row."""
        found: list[EmbeddedString] = []
        undecoded = {b.number for b in bad}
        row = _row(self.delimiter, self.indexes, self.width)
        at, number, size, counted = 0, piece.number, 0, 0
        while at < len(text):
            match = row.match(text, at)
            end = match.end() if match else self._end(text, at)
            feeds = text.count("\n", at, end)
            if undecoded and not undecoded.isdisjoint(range(number, number + max(1, feeds))):
                pass  # listed already
            elif match:
                for group in range(1, len(self.indexes) + 1):
                    found.append(EmbeddedString(*match.span(group), _said(match[group]), number))
            elif text[at:end].strip("\r\n"):
                size, counted = size + self.size(text[counted:at]), at
                bad.append(Bad(number, piece.offset + size, self._reason(text[at:end])))
            at, number = end, number + feeds
        return [f for f in found if f.value]

    def _end(self, text: str, at: int) -> int:
        """Where a row ends that is none: after its cells, or after its first line if they do not end."""
        match = _any_row(self.delimiter).match(text, at)
        return match.end() if match else (text.find("\n", at) + 1 or len(text))

    def _reason(self, row: str) -> str:
        if not _any_row(self.delimiter).fullmatch(row):
            return "a quotation mark is not closed"
        count = len(cells(row, self.delimiter))
        return f"{count} cell{'s' * (count != 1)} instead of {self.width}"

    def spell(self, value: str, before: str) -> str:
        """Quoted where the cell was, or where it has to be: a row of one empty cell would be no row."""
        if before.startswith('"') or not value or any(mark in value for mark in (self.delimiter, '"', "\n", "\r")):
            return '"' + value.replace('"', '""') + '"'
        return value


def _cell(delimiter: str) -> str:
    d = re.escape(delimiter)
    # A carriage return before the line feed, or the end, is the row's, not the cell's.
    rest = rf"[^{d}\n\r]*+(?:\r(?!\n|\Z)[^{d}\n\r]*+)*+"
    return rf'(?:"(?:[^"]++|"")*+"{rest}|(?!"){rest})'


@cache
def _row(delimiter: str, indexes: tuple[int, ...], width: int) -> re.Pattern[str]:
    cell, d = _cell(delimiter), re.escape(delimiter)
    pattern, at = "", 0
    for index in indexes:
        pattern += rf"(?:{cell}{d}){{{index - at}}}({cell})" + (d if index < width - 1 else "")
        at = index + 1
    after = rf"{cell}(?:{d}{cell}){{{width - at - 1}}}" if at < width else ""
    return re.compile(rf"{pattern}{after}\r?(?:\n|\Z)")


@cache
def _any_row(delimiter: str) -> re.Pattern[str]:
    cell = _cell(delimiter)
    return re.compile(rf"{cell}(?:{re.escape(delimiter)}{cell})*+\r?(?:\n|\Z)")


def cells(row: str, delimiter: str) -> list[str]:
    r"""What the cells of *row* say.

    >>> cells('1,"قال ""نعم"", وذهب",\r\n', ",")
    ['1', 'قال "نعم", وذهب', '']
    """
    row = row.removesuffix("\n").removesuffix("\r")
    cell, found, at = re.compile(_cell(delimiter)), [], 0
    while match := cell.match(row, at):
        found.append(_said(match[0]))
        at = match.end() + 1
        if at > len(row):
            break
    return found


def _said(cell: str) -> str:
    if not cell.startswith('"'):
        return cell
    end = cell.rfind('"')  # what follows the closing mark belongs to the cell
    match = re.match(r'"((?:[^"]++|"")*+)"', cell)
    inner, rest = (match[1], cell[match.end() :]) if match else (cell[1:end], "")
    return inner.replace('""', '"') + rest


class DelimitedDocument(TextDocument):
    """A file of rows. `FieldError` where no column has one of the names."""

    joins = False

    def __init__(self, *args: Any, columns: tuple[str, ...], delimiter: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.columns = columns
        self.delimiter = delimiter  #: found in the header, where it is not given

    def _blocks(self, parts: Iterator[Any]) -> Iterator[Any]:
        """Whole rows, once the delimiter is known, which the first line says.

        Raises `FormatError` where that line does not end within the longest record: no column could be found by name.
        """
        first = next(parts, b"")
        feed: Any = b"\n" if isinstance(first, bytes) else "\n"
        head = [first]
        size = len(first)
        while feed not in head[-1] and (more := next(parts, None)) is not None:
            head.append(more)
            size += len(more)
            if size > self.longest:
                raise FormatError(f"{self.name}: its first line, with the names, is longer than a record may be")
        first = first[:0].join(head)
        line = first.partition(feed)[0]
        line = line if isinstance(line, str) else line.decode(self.encoding.codec, "replace")
        self.delimiter = self.delimiter or _delimiter_of(line)
        return rows(chain([first], parts), feed, self.delimiter, self.longest)

    def _pieces_of(self, block: Any, number: int, offset: int) -> Iterator[Piece]:
        """The header of the file as a piece that holds no text, and the rows."""
        if number == 1:
            header = self._header(block)
            yield Piece(AsIs(*self.encodings()[:2]), header, number, offset)
            block = block[len(header) :]
            number += header.count(b"\n" if isinstance(header, bytes) else "\n")
            offset += len(header) if isinstance(header, bytes) else len(self.encoding.encode(header))
        if block:
            yield Piece(self._codec(), block, number, offset)

    def _header(self, block: Any) -> Any:
        """The first row; `_indexes` and `_width` are set by it."""
        text = block if isinstance(block, str) else block.decode(self.encoding.codec, "surrogateescape")
        match = _any_row(self.delimiter).match(text)
        row = match[0] if match else text.partition("\n")[0]
        names = cells(row, self.delimiter)
        missing = [column for column in self.columns if column not in names]
        if missing and (bad := self._undecoded(row)) is not None:
            raise undecodable(bad, self.name, self.encoding, self.head)
        if missing:
            raise FieldError(self.name, "column", missing[0], names)
        self._indexes, self._width = tuple(sorted({names.index(column) for column in self.columns})), len(names)
        return row if isinstance(block, str) else row.encode(self.encoding.codec, "surrogateescape")

    def _undecoded(self, row: str) -> Bad | None:
        """The first line of the header that does not decode; then that is the reason why no name is found."""
        codec = AsIs(*self.encodings()[:2])
        piece = Piece(codec, row.encode(self.encoding.codec, "surrogateescape"), 1, len(self.encoding.signature))
        return next(iter(Coded(self.encoding, self.encoding, keeps_bad=True).text_of(piece)[1]), None)

    def _codec(self) -> Codec:
        return Cells(*self.encodings(), self.delimiter, self._indexes, self._width)


def _delimiter_of(line: str) -> str:
    """The delimiter that a header has most of; a comma where it has none."""
    line = re.sub(r'"(?:[^"]|"")*"', "", line)
    return max(DELIMITERS, key=line.count)
