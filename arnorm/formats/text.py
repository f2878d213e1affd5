"""Documents of plain text, and what all formats that are text have in common: bytes, cut into whole records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO

from arnorm.errors import UndecodableInputError
from arnorm.formats import blocks
from arnorm.formats.base import Bad, Codec, Document, Output, Piece, Writer
from arnorm.formats.blocks import chunks, lines, stretches
from arnorm.formats.coded import Lines, TooLong, Whole
from arnorm.formats.encodings import BadBytes, Decoder, Encoding, likely
from arnorm.formats.errors import FormatError
from arnorm.formats.guessing import must_be_text
from arnorm.formats.packing import unpacked


class TextDocument(Document):
    """A file of plain text; a base for other formats that are text."""

    joins = True  #: whether several can follow each other in one output
    can_skip = True

    def __init__(
        self,
        file: BinaryIO,
        name: str,
        encoding: Encoding,
        *,
        packed: str = "",
        output_encoding: Encoding | None = None,
        keep_bad: bool = False,
    ) -> None:
        self.name = name
        self.encoding: Encoding = encoding
        self.output_encoding = output_encoding
        self.longest = blocks.LONGEST  #: bytes of a record; one that is longer is a bad record
        self._file, self._packed, self._keep_bad = file, packed, keep_bad
        self._read = 0

    def pieces(self) -> Iterator[Piece]:
        """The lines, in order."""
        number, offset = 1, len(self._begin(self._chunks()).signature)
        if self.apart and self.joins and not self._packed and self.encoding.by_line:
            yield from self._stretches(max(offset, self.skip))
            return
        for block in self._blocks(self._data):
            data = block.data if isinstance(block, blocks.Long) else block
            if self._bad is not None and not data.endswith("\n"):
                break  # the line that does not decode
            size = len(data) if isinstance(data, bytes) else len(self.encoding.encode(data))
            if isinstance(block, blocks.Long):
                pieces = iter([Piece(self._too_long(block, number), data, number, offset)])
            else:
                pieces = self._pieces_of(block, number, offset)
            yield from self._unskipped(pieces) if self.skip else pieces
            if self.stopped:
                return
            number += data.count(b"\n") if isinstance(data, bytes) else data.count("\n")
            offset += size
        if self._bad is not None:
            raise self._bad.error(self.name, self.encoding, number, self.head)

    @property
    def ends_at_bad_bytes(self) -> bool:
        """Whether bytes that do not decode end the file; else they are carried through, marked, or there are none."""
        strict = self.encoding.errors == "strict" and not self.encoding.takes_all_bytes
        return strict and not (self._keep_bad and self.output_encoding is None)

    def check(self) -> None:
        """Raise `UndecodableInputError` where the file, which can be sought in, does not decode.

        That is known then before any of it is worked on, which may take hours.
        """
        twin = TextDocument(self._file, self.name, self.encoding, packed=self._packed)
        twin.longest = self.longest
        try:
            for piece in twin.pieces():
                if not isinstance(piece.codec, TooLong):
                    _, bad = Lines(*twin.encodings()).text_of(piece)
                    if bad:
                        raise undecodable(bad[0], self.name, twin.encoding, _around(piece, bad[0]))
        except FormatError:
            pass  # it is said when the file is read, after what is sound of it
        finally:
            self._file.seek(0)

    def _unskipped(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        """What of *pieces* comes after the bytes to skip."""
        for piece in pieces:
            done = min(max(self.skip - piece.offset, 0), len(piece.data))
            if done < len(piece.data):
                number = piece.number + piece.data.count(b"\n", 0, done)
                yield piece._replace(data=piece.data[done:], number=number, offset=piece.offset + done)

    def _too_long(self, part: blocks.Long, number: int | None) -> Codec:
        """The codec of a part of a long record. Raises `FormatError` where it cannot be carried through as it is."""
        encoding, output_encoding, _ = self.encodings()
        if encoding.codec != output_encoding.codec:
            line = "a line" if number is None else f"line {number}"
            raise FormatError(
                f"{self.name}: {line} is longer than a record may be ({self.longest} bytes); "
                "write it in its own encoding, or allow more with --max-record"
            )
        return TooLong(encoding, output_encoding, part.begins, self.longest)

    def _chunks(self) -> Iterator[bytes]:
        raw = self._counted(chunks(self._file))
        return unpacked(raw, self._packed, self.name) if self._packed else raw

    def _counted(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        for part in parts:
            self._read += len(part)
            yield part

    def _begin(self, parts: Iterator[bytes]) -> Encoding:
        """The encoding of the file, by its first bytes, and what follows the signature as `_data`.

        Where a line can be decoded alone, the data is bytes, and workers decode it; else it is text from here on.
        """
        head = next(parts, b"")
        # Waiting for more could be for ever, so only where a signature is not complete.
        while head and self.encoding.may_begin(head) and (data := next(parts, b"")):
            head += data
        self.head = head
        self.encoding = self.encoding.of(head)
        if self.encoding.by_line:
            must_be_text(head, self.name)
        self.output_encoding = self.output_encoding or self.encoding.for_output()
        self.begun = True
        parts = chain([head[len(self.encoding.signature) :]], parts)
        self._bad: BadBytes | None = None
        self._data: Iterator[Any] = parts if self.encoding.by_line else self._decoded(parts)
        return self.encoding

    def _decoded(self, parts: Iterable[bytes]) -> Iterator[str]:
        """The text of *parts*; before bytes that do not decode it ends with a line, and `_bad` says what they are."""
        decoder = Decoder(self.encoding)
        try:
            for part in parts:
                yield decoder.decode(part)
            yield decoder.decode(b"", final=True)
        except BadBytes as bad:
            self._bad = bad
            yield bad.text[: bad.text.rfind("\n") + 1]

    def _blocks(self, parts: Iterator[Any]) -> Iterator[Any]:
        first = next(parts, b"")
        return lines(chain([first], parts), b"\n" if isinstance(first, bytes) else "\n", self.longest)

    def _stretches(self, offset: int) -> Iterator[Piece]:
        """Places in the file, from byte *offset*, for workers to read; what they hold is not counted here."""
        begin = offset
        for stretch in stretches(self.apart, self._file.fileno(), offset, self.longest):
            if isinstance(stretch, blocks.Long):
                yield Piece(self._too_long(stretch, None), stretch.data, 1, offset, counted=False)
                offset += len(stretch.data)
            else:
                if stretch.start == begin and not self.skip:
                    self.look_at(stretch.read())
                yield Piece(self._codec(), stretch, 1, stretch.start, counted=False)
                offset = stretch.end
            self._read = offset
            if self.stopped:
                return

    def look_at(self, head: Any) -> None:
        """Find out from the first records what it has to know of the file."""

    def _pieces_of(self, block: Any, number: int, offset: int) -> Iterator[Piece]:
        if number == 1:
            self.look_at(block)
        yield Piece(self._codec(), block, number, offset)

    def _codec(self) -> Codec:
        return Lines(*self.encodings())

    def encodings(self) -> tuple[Encoding, Encoding, bool]:
        """Of input and of output; and whether bad lines can be kept: only where the output has the same bytes."""
        assert self.output_encoding is not None
        same = self.encoding.codec == self.output_encoding.codec and self.encoding.errors == "strict"
        return self.encoding, self.output_encoding, self._keep_bad and same

    @property
    def converts(self) -> bool:
        """Whether the output has another encoding than the file, or another signature."""
        wanted = self.output_encoding or self.encoding
        return (self.encoding.codec, self.encoding.signature) != (wanted.codec, wanted.signature)

    def writer(self, out: Output) -> TextWriter:
        """What writes the pieces, the signature first."""
        assert self.output_encoding is not None
        return TextWriter(out, self.output_encoding)

    def position(self) -> int:
        """Bytes read, as they are in the file."""
        return self._read


class WholeDocument(TextDocument):
    """A file of plain text that is read whole, for passes that judge all of it: text taken out of a PDF."""

    can_skip = False

    def pieces(self) -> Iterator[Piece]:
        """The one piece."""
        offset = len(self._begin(self._chunks()).signature)
        parts = [*self._data]
        if any(parts):
            data = "".join(parts) if isinstance(parts[0], str) else b"".join(parts)
            yield from self._pieces_of(data, 1, offset)
        if self._bad is not None:
            raise self._bad.error(self.name, self.encoding, 1)

    def _codec(self) -> Codec:
        return Whole(*self.encodings())


class TextWriter(Writer):
    """Writes blocks of text, the signature first."""

    def __init__(self, out: Output, encoding: Encoding) -> None:
        self._out, self._feed = out, encoding.encode("\n")
        self._ended = True
        self._write(encoding.signature)

    def put(self, data: bytes) -> None:
        """Write a block."""
        if data:
            self._write(data)
            self._ended = data.endswith(self._feed)

    def next_document(self) -> None:
        """Another document follows: it begins on a line of its own."""
        self._unfinished = not self._ended

    _unfinished = False

    def _write(self, data: bytes) -> None:
        if self._unfinished and data:
            self._unfinished = False
            self._out.write(self._feed)
        if data:
            self._out.write(data)


def _around(piece: Piece, bad: Bad) -> bytes:
    """Bytes of *piece* about the first that does not decode."""
    assert bad.byte is not None
    at = bad.byte[0] - piece.offset
    data: bytes = piece.data[max(0, at - 2000) : at + 20_000]
    return data


def undecodable(bad: Bad, name: str, encoding: Encoding, sample: bytes = b"") -> UndecodableInputError:
    """The error for a line that does not decode, with what *sample*, bytes of the file, looks like."""
    assert bad.byte is not None
    return UndecodableInputError(name, encoding.codec, bad.number, *bad.byte, likely(sample, encoding))
