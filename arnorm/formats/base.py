"""What a format is made of: pieces of files, the strings in them, and the records that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from arnorm.errors import ArnormError


class FormatError(ArnormError, ValueError):
    """A file that is not what its format says: cut off, damaged, or of another format."""


class FieldError(ArnormError, KeyError):
    """A file has no such field or column. ``known`` are the names of those that it has."""

    def __init__(self, file: str, kind: str, name: str, known: Sequence[str], why: str = "") -> None:
        self.file, self.kind, self.name, self.known, self.why = file, kind, name, list(known), why
        super().__init__(f"{file}: {why or f'no {kind} is named {name!r}'}; it has {', '.join(known) or 'none'}")

    def __str__(self) -> str:  # KeyError would show the repr of the message
        return str(self.args[0])

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.file, self.kind, self.name, self.known, self.why)


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

    def read(self, piece: Piece) -> Records:
        """The strings of *piece*."""

    def restore(self, piece: Piece, records: Records, texts: list[str]) -> Any:
        """The data of *piece* with *texts* for those of *records*. `UnicodeEncodeError` if they have no bytes."""


class Piece(NamedTuple):
    """Some whole records of a file."""

    codec: Codec
    data: Any  #: bytes, text (of an encoding in which a part cannot be decoded alone), a list of values, or a `Stretch`
    number: int = 1  #: the line or row of the first record, in the file, or since the last piece that is counted
    offset: int = 0  #: of the first byte
    counted: bool = True  #: whether `number` is of the file; else who does the work has to count the lines


class Output(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> Any:
        """Takes *data*."""


class Writer(Protocol):
    """Writes the pieces of a document, in order."""

    def put(self, data: Any) -> None:
        """Writes the data of the next piece."""

    def close(self) -> None:
        """Writes what ends the file."""

    def abandon(self) -> None:
        """Writes nothing any more; for a file that is given up."""


class Document(Protocol):
    """One file being read."""

    stopped: bool  #: set by the reader's user: no more pieces are wanted

    def pieces(self) -> Iterator[Piece]:
        """The records, in order. Raises `FormatError`, `FieldError`, `UndecodableInputError` and `OSError`."""

    def writer(self, out: Output) -> Writer:
        """What writes the pieces, changed, to *out*; asked for once the first piece, or the end, has been read."""

    def position(self) -> int:
        """How many bytes of the file have been read."""
