"""Reading files as batches of lines, in constant memory.

A line ends with a line feed, after a carriage return or not; the end is kept apart from the line and written back as it
was. A lone carriage return, U+0085 and U+2028 are characters of their line: one line out for each line in must hold for
files that are read side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from arnorm.cli import console
from arnorm.cli.encodings import BadBytes, Decoder, Encoding

#: Bytes read at a time. A pipe gives what it has, so that a program on both ends of arnorm gets its answer.
BLOCK = 1 << 18


@dataclass
class Batch:
    """Some lines of a file: all of those that a block of bytes completed."""

    path: str
    number: int = 1  #: of the first line, from 1
    lines: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    encoding: Encoding | None = None  #: as found in the file; None if it could not be opened
    last: bool = False
    error: Exception | None = None  #: why the file ends here before its end; its last batch then

    @property
    def name(self) -> str:
        """The file's name for a reader."""
        return "<stdin>" if self.path == "-" else console.argument(self.path)


def batches(paths: Iterable[str], encoding: Encoding) -> Iterator[Batch]:
    """The lines of the files at *paths* ("-" is standard input), in order; each file ends with a ``last`` batch.

    A file that cannot be read or decoded gives an ``error`` in its last batch, and the next file follows.
    """
    for path in paths:
        yield from _batches_of(path, encoding)


def _batches_of(path: str, encoding: Encoding) -> Iterator[Batch]:
    end = Batch(path, last=True)
    splitter = _Splitter()
    try:
        with _opened(path) as file:
            head = _head(file, encoding)
            end.encoding = found = encoding.of(head)
            for text in _decoded(file, head, found):
                number = splitter.number
                lines, ends = splitter.feed(text)
                if lines:
                    yield Batch(path, number, lines, ends, found)
        end.number = splitter.number
        end.lines, end.ends = splitter.rest()
    except BadBytes as bad:
        end.number = splitter.number
        end.lines, end.ends = splitter.feed(bad.text)
        assert end.encoding is not None
        end.error = bad.error(end.name, end.encoding, splitter.number)
    except OSError as error:
        error.filename = error.filename or end.name
        end.error = error
    yield end


def _opened(path: str) -> AbstractContextManager[BinaryIO]:
    """The file at *path*, unbuffered; closed by ``with``, but for standard input."""
    if path == "-":
        return nullcontext(console.stdin())
    return cast("BinaryIO", open(path, "rb", buffering=0))


def _block(file: BinaryIO) -> bytes:
    read = getattr(file, "read1", file.read)  # what is there, not a full block
    data = read(BLOCK)
    return data if data is not None else b""


def _head(file: BinaryIO, encoding: Encoding) -> bytes:
    """The first block; more only where a signature is not complete, because waiting could be for ever."""
    head = _block(file)
    while head and encoding.may_begin(head) and (data := _block(file)):
        head += data
    return head


def _decoded(file: BinaryIO, head: bytes, encoding: Encoding) -> Iterator[str]:
    decoder = Decoder(encoding)
    data = head[len(encoding.signature) :]
    while data:
        yield decoder.decode(data)
        data = _block(file)
    yield decoder.decode(b"", final=True)


class _Splitter:
    """Cuts text that comes in pieces into lines; a line that spans many pieces is joined once."""

    def __init__(self) -> None:
        self.number = 1  #: of the line that is begun
        self._begun: list[str] = []

    def feed(self, text: str) -> tuple[list[str], list[str]]:
        """The lines that *text* completes, and how each ends."""
        *lines, rest = text.split("\n")
        if lines:
            lines[0] = "".join((*self._begun, lines[0]))
            self._begun = []
        self._begun.append(rest)
        self.number += len(lines)
        ends = ["\r\n" if line.endswith("\r") else "\n" for line in lines]
        return [line[:-1] if end == "\r\n" else line for line, end in zip(lines, ends, strict=True)], ends

    def rest(self) -> tuple[list[str], list[str]]:
        """The line that no line feed has ended, if there is one."""
        line = "".join(self._begun)
        return ([line], [""]) if line else ([], [])
