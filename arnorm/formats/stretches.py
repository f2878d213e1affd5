"""Parts of a file that workers read for themselves, so that the process that feeds them need not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from arnorm.formats import blocks
from arnorm.formats.base import FormatError

#: Bytes in which the end of a line is looked for, and the size of the smallest stretch.
_STEP = 1 << 14
#: At least so many stretches are made of a file, for all workers to have some.
_PARTS = 32


class Stretch(NamedTuple):
    """Some whole lines of the file at *path*, from byte *start* to before *end*."""

    path: str
    inode: tuple[int, int]  #: of the file that is meant, should another take its name
    start: int
    end: int

    def read(self) -> bytes:
        """Its bytes. Raises `FormatError` if they are no longer there."""
        with open(self.path, "rb", buffering=0) as file:
            found = os.fstat(file.fileno())
            file.seek(self.start)
            data = b""
            while len(data) < self.end - self.start and (more := file.read(self.end - self.start - len(data))):
                data += more
        if (found.st_dev, found.st_ino) != self.inode or len(data) != self.end - self.start:
            raise FormatError(f"{self.path}: changed by another program while it was read; run again")
        return data


def stretches(path: str, file: int, start: int) -> Iterator[Stretch]:
    """The open *file* from *start*, cut after line feeds, as `blocks.lines` would; small files into smaller parts."""
    found = os.fstat(file)
    inode = found.st_dev, found.st_ino
    size = min(blocks.BLOCK, max(_STEP, found.st_size // _PARTS))
    while True:
        end = start + size - 1
        feed = -1
        while feed < 0 and (data := os.pread(file, _STEP, end)):
            feed = data.find(b"\n")
            end += len(data) if feed < 0 else feed + 1
        if feed < 0:  # the end of the file, which may be well before
            end = os.fstat(file).st_size
            if end > start:
                yield Stretch(path, inode, start, end)
            return
        yield Stretch(path, inode, start, end)
        start = end
