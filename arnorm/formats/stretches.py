"""Parts of a file that workers read for themselves, so that the process that feeds them need not."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator

from arnorm.formats import blocks
from arnorm.formats.base import Stretch

#: Bytes in which the end of a line is looked for, and the size of the smallest stretch.
_STEP = 1 << 14
#: At least so many stretches are made of a file, for all workers to have some.
_PARTS = 32


def stretches(path: str, file: int, start: int, longest: int) -> Iterator[Stretch | blocks.Long]:
    """The open *file* from *start*, cut after line feeds, as `blocks.lines` would; small files into smaller parts.

    A line that is longer than *longest* comes in parts.
    """
    found = os.fstat(file)
    inode = found.st_dev, found.st_ino
    size = min(blocks.BLOCK, max(_STEP, found.st_size // _PARTS))
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


def _long(file: int, start: int) -> Generator[blocks.Long, None, int]:
    """The parts of the line that begins at *start*; how long it is."""
    at, ended = start, False
    while not ended and (data := os.pread(file, blocks.BLOCK, at)):
        feed = data.find(b"\n") + 1
        ended = feed > 0
        yield blocks.Long(data[:feed] if ended else data, begins=at == start)
        at += feed if ended else len(data)
    return at - start
