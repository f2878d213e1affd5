"""What a format is made of: pieces of files, the strings in them, and the records that cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from arnorm.formats.encodings import Encoding
from arnorm.formats.errors import FormatError


class Bad(NamedTuple):
    """A record that cannot be read."""

    number: int  #: its first line, or its row, from 1
    offset: int | None  #: its first byte from the start of the unpacked file; None in formats of columns
    reason: str
    byte: tuple[int, int] | None = None  #: where bytes do not decode: their offset, and the first of them


class Records(NamedTuple):
    """The strings of a piece, and what its codec needs to put others in their place."""

    texts: list[str]
    numbers: Sequence[int]  #: the line or row of each text
    bad: list[Bad]
    rest: Any = None


class Codec(Protocol):
    """Takes the strings out of a piece, and puts others back. A small value: it travels with every piece."""

    @property
    def one_line(self) -> bool:
        """Whether a text is a line, and must stay one."""

    @property
    def faithful(self) -> bool:
        """Whether a piece in which nothing changes comes out as it went in."""

    @property
    def keeps_bad(self) -> bool:
        """Whether bytes that do not decode are carried through; else the file ends there."""

    def read(self, piece: Piece) -> Records:
        """The strings of *piece*."""

    def restore(self, piece: Piece, records: Records, texts: list[str]) -> Any:
        """The data of *piece* with *texts* for those of *records*. `UnicodeEncodeError` if they have no bytes."""


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


class Piece(NamedTuple):
    """Some whole records of a file."""

    codec: Codec
    data: Any  #: bytes, text (of an encoding in which a part cannot be decoded alone), a list of values, or a `Stretch`
    number: int = 1  #: the line or row of the first record, in the file, or since the last piece that is counted
    offset: int = 0  #: of the first byte
    counted: bool = True  #: whether `number` is of the file; else who does the work has to count the lines

    def loaded(self) -> Any:
        """The data, which a `Stretch` has to read first."""
        return self.data.read() if isinstance(self.data, Stretch) else self.data

    @property
    def end(self) -> int | None:
        """The byte behind it, of a piece that is bytes."""
        if isinstance(self.data, Stretch):
            return self.data.end
        return self.offset + len(self.data) if isinstance(self.data, bytes) else None


class Output(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> Any:
        """Take *data*."""


class Writer:
    """Writes the pieces of a document, in order."""

    def put(self, data: Any) -> None:
        """Write the data of the next piece."""
        raise NotImplementedError

    def next_document(self) -> None:
        """Another document follows in the same output."""

    def close(self) -> None:
        """Write what ends the file."""

    def abandon(self) -> None:
        """Write nothing any more; for a file that is given up."""


class Document:
    """One file being read. What only some formats can do is told by the attributes, which are off here."""

    stopped = False  #: set by the reader's user: no more pieces are wanted
    head = b""  #: the first bytes of a text, unpacked, once they have been read
    encoding: Encoding | None = None  #: the encoding of a text
    output_encoding: Encoding | None = None  #: the encoding that it is to be written in
    begun = False  #: whether `encoding` and `output_encoding` are known to be those of this file
    apart = ""  #: the path of a file that workers can read, if this format hands them places in it
    can_skip = False  #: whether the rest can be read without what comes before: `skip` may be set then
    can_replay = False  #: whether it gives the same pieces, of lists and nulls, whenever it is read
    skip = 0  #: bytes, of whole records, that need not be read: an earlier run has done them

    @property
    def converts(self) -> bool:
        """Whether the output has another encoding than the file, or another signature."""
        return False

    @property
    def ends_at_bad_bytes(self) -> bool:
        """Whether bytes that do not decode end the file."""
        return False

    def check(self) -> None:
        """Raise `UndecodableInputError` where the file, which can be sought in, does not decode."""

    def pieces(self) -> Iterator[Piece]:
        """The records, in order. Raises `FormatError`, `FieldError`, `UndecodableInputError` and `OSError`."""
        raise NotImplementedError

    def writer(self, out: Output) -> Writer:
        """What writes the pieces, changed, to *out*; asked for once the first piece, or the end, has been read."""
        raise NotImplementedError

    def position(self) -> int:
        """How many bytes of the file have been read."""
        raise NotImplementedError
