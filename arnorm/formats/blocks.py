"""Cutting a stream into blocks of whole records, in memory that does not grow with the stream."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, AnyStr, BinaryIO

#: Bytes read at a time. A pipe gives what it has, so that a program on both ends of arnorm gets its answer.
BLOCK = 1 << 19
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


def _end_of_rows(text: Any, feed: Any, delimiter: str) -> int:
    """Where the last row that is whole ends: after the last line feed outside quotation marks."""
    before: Any = f"{delimiter}\n"
    mark: Any = '"'
    if isinstance(text, bytes):
        before, mark = before.encode(), b'"'
    end = stop = at = 0  # `stop` is where the last quoted cell ends
    while (at := text.find(mark, at)) >= 0:
        # A mark opens a cell at its very beginning only; within one, two are one of the text.
        if at and text[at - 1] not in before:
            at += 1
        else:
            end = text.rfind(feed, stop, at) + 1 or end
            at = stop = _quoted(mark)(text, at).end()
    # A cell that ends where the text does may go on.
    return end if stop == len(text) else text.rfind(feed, stop) + 1 or end


@cache
def _quoted(mark: Any) -> Any:
    pattern = r'"(?:[^"]++|"")*+(?:"|\Z)'
    return re.compile(pattern if isinstance(mark, str) else pattern.encode()).match
