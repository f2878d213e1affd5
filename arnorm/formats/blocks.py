"""Cutting a stream into blocks of whole records, in memory that does not grow with the stream.

Workers read parts of a file, its stretches, for themselves, so that the process that feeds them need not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterable, Iterator
from functools import cache
from typing import Any, AnyStr, BinaryIO, NamedTuple

from arnorm.formats.base import Stretch

#: Bytes read at a time. Measured: of half as many a run takes an eighth longer, of twice as many a fifteenth less, and
#: memory grows with them. A pipe gives what it has, so that a program on both ends of arnorm gets its answer.
BLOCK = 1 << 19
#: Bytes of the longest record. One that is longer is a bad record, carried through in parts and never held as a
#: whole; a quoted cell that does not end within them has a quotation mark too many, and its line is a bad record.
LONGEST = 1 << 26
#: Bytes in which the end of a line is looked for, and the size of the smallest stretch: chosen, many lines of text.
_STEP = 1 << 14
#: At least so many stretches are made of a file, for all workers to have some; chosen for 8 of them to have 4 each.
_PARTS = 32


class Long(NamedTuple):
    """A part of a record that is too long."""

    data: Any
    begins: bool  #: whether it is the first


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of *file* as they come."""
    read = getattr(file, "read1", file.read)  # what is there, not a full block
    while data := read(BLOCK):
        yield data


def lines(parts: Iterable[AnyStr], feed: AnyStr, longest: int) -> Iterator[AnyStr | Long]:
    """*parts* joined, and cut after line feeds; a line that spans many parts is joined once.

    A line that has got longer than *longest* comes in parts.
    """
    begun: list[AnyStr] = []
    size = 0
    long = False
    for part in parts:
        first = part.find(feed) + 1
        if long or size + (first or len(part)) > longest:
            begun.append(part[:first] if first else part)
            yield Long(feed[:0].join(begun), begins=not long)
            begun.clear()
            long, size = not first, 0
            part = part[first:] if first else part[:0]
        end = part.rfind(feed) + 1
        if end:
            begun.append(part[:end])
            yield feed[:0].join(begun)
            begun.clear()
            size = 0
        if end < len(part):
            begun.append(part[end:])
            size += len(part) - end
    if begun:
        yield feed[:0].join(begun)


def rows(parts: Iterable[AnyStr], feed: AnyStr, delimiter: str, longest: int) -> Iterator[AnyStr | Long]:
    """*parts* joined, and cut after line feeds that are not in a quoted cell.

    A line that has got longer than *longest* comes in parts.
    """
    begun = feed[:0]
    waiting: list[AnyStr] = []
    size = enough = 0
    long = False
    for part in parts:
        if long:
            first = part.find(feed) + 1
            yield Long(part[:first] if first else part, begins=False)
            long = not first
            part = part[first:] if first else part[:0]
        waiting.append(part)
        size += len(part)
        if size < enough:  # a cell of many parts is looked through a few times, not once a part
            continue
        begun = feed[:0].join(waiting)
        end = _end_of_rows(begun, feed, delimiter) or (_end_of_line(begun, feed) if size > longest else 0)
        if not end and size > longest:
            yield Long(begun, begins=True)
            begun, long = begun[:0], True
        elif end:
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


def stretches(path: str, file: int, start: int, longest: int) -> Iterator[Stretch | Long]:
    """The open *file* from *start*, cut after line feeds, as `lines` would; small files into smaller parts.

    A line that is longer than *longest* comes in parts.
    """
    found = os.fstat(file)
    inode = found.st_dev, found.st_ino
    size = min(BLOCK, max(_STEP, found.st_size // _PARTS))
    longest = max(longest, size)
    while True:
        end, feed = start + size - 1, -1
        while feed < 0 and end - start <= longest and (data := os.pread(file, _STEP, end)):
            feed = data.find(b"\n")
            end += len(data) if feed < 0 else feed + 1
        if end - start > longest:
            before = os.pread(file, size, start).rfind(b"\n") + 1
            if before:  # the long line begins after some that are not
                yield Stretch(path, inode, start, start + before)
                start += before
            else:
                start += yield from _long(file, start)
        elif feed >= 0:
            yield Stretch(path, inode, start, end)
            start = end
        else:  # the end of the file, which may be well before
            end = os.fstat(file).st_size
            if end > start:
                yield Stretch(path, inode, start, end)
            return


def _long(file: int, start: int) -> Generator[Long, None, int]:
    """The parts of the line that begins at *start*; how long it is."""
    at, ended = start, False
    while not ended and (data := os.pread(file, BLOCK, at)):
        feed = data.find(b"\n") + 1
        ended = feed > 0
        yield Long(data[:feed] if ended else data, begins=at == start)
        at += feed if ended else len(data)
    return at - start
