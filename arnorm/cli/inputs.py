"""Reading the lines of small files that a command needs besides its input: a lexicon, pairs to evaluate on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from arnorm.files.run import OF_ONE_FILE, named, opened
from arnorm.formats.base import Bad
from arnorm.formats.encodings import Encoding
from arnorm.formats.errors import FormatError
from arnorm.formats.opening import kind_of
from arnorm.formats.text import TextDocument, undecodable


@dataclass
class Batch:
    """Some lines of a file: all of those that a block of bytes completed."""

    path: str
    number: int = 1  #: of the first line, from 1
    lines: list[str] = field(default_factory=list)
    encoding: Encoding | None = None  #: as found in the file; None if it could not be opened
    last: bool = False
    error: Exception | None = None  #: why the file ends here before its end; its last batch then

    @property
    def name(self) -> str:
        """The file's name for a reader."""
        return named(self.path)


def batches(paths: Iterable[str], encoding: Encoding) -> Iterator[Batch]:
    """The lines of the files at *paths* ("-" is standard input), in order; each file ends with a ``last`` batch.

    A file that cannot be read or decoded gives an ``error`` in its last batch, and the next file follows.
    """
    for path in paths:
        yield from _batches_of(path, encoding)


def _error(bad: Bad, name: str, document: TextDocument) -> Exception:
    if bad.byte is None:
        return FormatError(f"{name}: line {bad.number}: {bad.reason}")
    return undecodable(bad, name, document.encoding, document.head)


def _batches_of(path: str, encoding: Encoding) -> Iterator[Batch]:
    """The lines of the file at *path* as `Batch`es; what is wrong with it is the ``error`` of the last.

    Only what may be wrong with one file ends as such an error; any other exception goes up.
    """
    end = Batch(path, last=True)
    try:
        with ExitStack() as stack:
            document = TextDocument(stack.enter_context(opened(path)), end.name, encoding, packed=kind_of(path).packed)
            for piece in document.pieces():
                end.encoding = document.encoding
                records = piece.codec.read(piece)
                yield Batch(path, piece.number, records.texts, document.encoding)
                if records.bad:
                    raise _error(records.bad[0], end.name, document)
            end.encoding = document.encoding
    except OF_ONE_FILE as error:
        if isinstance(error, OSError):
            error.filename = error.filename or end.name
        end.error = error
    yield end
