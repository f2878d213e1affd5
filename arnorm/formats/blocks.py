"""Cutting a stream into blocks of whole records, in memory that does not grow with the stream."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, AnyStr, BinaryIO

#: Bytes read at a time. A pipe gives what it has, so that a program on both ends of arnorm gets its answer.
BLOCK = 1 << 18
#: Bytes in which a quoted cell has to end; else its quotation mark is a mistake, and its line a bad record.
LONGEST_CELL = 1 << 26


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of *file* as they come."""
    read = getattr(file, "read1", file.read)  # what is there, not a full block
    while data := read(BLOCK):
        yield data


def lines(parts: Iterable[AnyStr], feed: AnyStr) -> Iterator[AnyStr]:
    """*parts* joined, and cut after line feeds; a line that spans many parts is joined once."""
    begun: list[AnyStr] = []
    for part in parts:
        end = part.rfind(feed) + 1
        if end:
            begun.append(part[:end])
            yield feed[:0].join(begun)
            begun.clear()
        if end < len(part):
            begun.append(part[end:])
    if begun:
        yield feed[:0].join(begun)


def rows(parts: Iterable[AnyStr], feed: AnyStr, delimiter: str) -> Iterator[AnyStr]:
    """*parts* joined, and cut after line feeds that are not in a quoted cell."""
    begun = feed[:0]
    waiting: list[AnyStr] = []
    size = enough = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size < enough:  # a cell of many parts is looked through a few times, not once a part
            continue
        begun = feed[:0].join(waiting)
        end = _end_of_rows(begun, feed, delimiter) or (_end_of_line(begun, feed) if size > LONGEST_CELL else 0)
        if end:
            yield begun[:end]
            begun = begun[end:]
        waiting, size = [begun], len(begun)
        enough = 0 if end else 2 * size
    if rest := feed[:0].join(waiting):
        yield rest


def _end_of_line(text: AnyStr, feed: AnyStr) -> int:
    return text.find(feed) + 1


def _end_of_rows(text: AnyStr, feed: AnyStr, delimiter: str) -> int:
    """Where the last row that is whole ends."""
    *_, last = None, *quoted(delimiter, isinstance(text, bytes)).finditer(text)
    end = text.rfind(feed) + 1
    if last is None or (end > last.end() and last.end() < len(text)):
        return end
    return text.rfind(feed, 0, last.start()) + 1


@cache
def quoted(delimiter: str, in_bytes: bool) -> re.Pattern[Any]:
    """A quoted cell, from the mark that opens it to the one that closes it, or to the end where none does."""
    # A mark opens a cell at its very beginning only; within one, two are one of the text.
    pattern = rf'(?:(?<=[{re.escape(delimiter)}\n])|\A)"(?:[^"]++|"")*+(?:"|\Z)'
    return re.compile(pattern.encode()) if in_bytes else re.compile(pattern)
