"""Codecs of text: bytes in an encoding, and the strings in them: lines, the whole, or what stands among other things.

A line ends with a line feed, after a carriage return or not; the end stays as it was. A lone carriage return, U+0085
and U+2028 are characters of their line: one line out for each line in must hold for files that are read side by side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from arnorm.formats.base import Bad, Piece, Records
from arnorm.formats.encodings import Encoding

_UNDECODED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True)
class Coded:
    """What codecs of text share: the encodings, and how a line that does not decode comes back as it was.

    With *keeps_bad*, bytes that do not decode are carried through as lone surrogates, in lines that nobody changes.
    Without it a piece ends before its first such line.
    """

    encoding: Encoding
    output_encoding: Encoding
    keeps_bad: bool

    @property
    def one_line(self) -> bool:
        """Whether a text is a line."""
        return False

    @property
    def faithful(self) -> bool:
        """Whether bytes that do not change may stay: the encodings are the same, and no bad bytes were replaced."""
        same = (self.encoding.codec, self.encoding.errors) == (self.output_encoding.codec, self.output_encoding.errors)
        return same and self.encoding.by_line

    def text_of(self, piece: Piece) -> tuple[str, list[Bad]]:
        """The text of *piece*, and its lines that do not decode; the text ends before the first if none is kept."""
        if isinstance(piece.data, str):
            return piece.data, []
        try:
            return piece.data.decode(self.encoding.codec, self.encoding.errors), []
        except UnicodeDecodeError:
            text = piece.data.decode(self.encoding.codec, "surrogateescape")
        bad = [self._bad(piece, text, i, at) for i, at in _undecoded(text)]
        if self.keeps_bad:
            return text, bad
        whole = text.split("\n")[: bad[0].number - piece.number]
        return "".join(f"{line}\n" for line in whole), bad[:1]

    def _bad(self, piece: Piece, text: str, index: int, at: int) -> Bad:
        start = text.rfind("\n", 0, at) + 1
        offset = piece.offset + self.size(text[:start])
        where, byte = offset + self.size(text[start:at]), ord(text[at]) - 0xDC00
        reason = f"byte {where} (0x{byte:02x}) is not {self.encoding.codec}"
        return Bad(piece.number + index, offset, reason, (where, byte))

    def size(self, text: str) -> int:
        """How many bytes *text* had."""
        errors = "surrogateescape" if self.encoding.errors == "strict" else self.encoding.errors
        return len(text.encode(self.encoding.codec, errors))

    def encoded(self, text: str, bad: list[Bad]) -> bytes:
        """*text* for output."""
        if bad and self.keeps_bad and self.encoding == self.output_encoding:
            return text.encode(self.output_encoding.codec, "surrogateescape")
        return self.output_encoding.encode(text)


def _undecoded(text: str) -> Iterator[tuple[int, int]]:
    """Index of each line with bytes that do not decode, and where in *text* the first of them is."""
    at = index = 0
    while match := _UNDECODED.search(text, at):
        index += text.count("\n", at, match.start())
        yield index, match.start()
        at = text.find("\n", match.start())
        if at < 0:
            break


class Lines(Coded):
    """Every line is a text."""

    @property
    def one_line(self) -> bool:
        """Whether a text is a line."""
        return True

    def read(self, piece: Piece) -> Records:
        """The lines of *piece*."""
        text, bad = self.text_of(piece)
        found = text.split("\n")
        ended = not found[-1]
        if ended:
            found.pop()
        returns = [i for i, line in enumerate(found) if line.endswith("\r")] if "\r" in text else []
        if returns and not ended and returns[-1] == len(found) - 1:
            returns.pop()  # before the end of the file, not of a line
        for i in returns:
            found[i] = found[i][:-1]
        numbers: Any = range(piece.number, piece.number + len(found))
        if not (bad and self.keeps_bad):
            return Records(found, numbers, bad, (ended, returns, ()))
        kept = {b.number: found[b.number - piece.number] for b in bad}
        numbers = [n for n in numbers if n not in kept]
        return Records([found[n - piece.number] for n in numbers], numbers, bad, (ended, returns, kept))

    def restore(self, piece: Piece, records: Records, texts: list[str]) -> bytes:
        """*texts* as lines that end as they did."""
        ended, returns, kept = records.rest
        texts = texts[:]
        for number in kept:  # in ascending order
            texts.insert(number - piece.number, kept[number])
        for i in returns:
            texts[i] += "\r"
        return self.encoded("\n".join(texts) + "\n" * (ended and bool(texts)), records.bad)


class Whole(Coded):
    """The file is one text."""

    def read(self, piece: Piece) -> Records:
        """The text of *piece*."""
        text, bad = self.text_of(piece)
        return Records([text], [piece.number], bad)

    def restore(self, piece: Piece, records: Records, texts: list[str]) -> bytes:
        """The text as it is now."""
        return self.encoded(texts[0], records.bad)


class EmbeddedString(NamedTuple):
    """A string: where it is written, and what it says."""

    start: int
    end: int
    value: str
    number: int  #: the line its record begins on


class Embedded(Coded):
    """A codec for strings in places. A subclass says how they are found and spelt."""

    def find(self, text: str, piece: Piece, bad: list[Bad]) -> list[EmbeddedString]:
        """The strings of *text* by place; appends to *bad*, which holds the lines that do not decode."""
        raise NotImplementedError

    def spell(self, value: str, before: str) -> str:
        """How *value* is written where *before* stood."""
        raise NotImplementedError

    def read(self, piece: Piece) -> Records:
        """The strings of *piece*."""
        text, bad = self.text_of(piece)
        found = self.find(text, piece, bad)
        return Records([f.value for f in found], [f.number for f in found], sorted(bad), (text, found))

    def restore(self, piece: Piece, records: Records, texts: list[str]) -> bytes:
        """The text with *texts* in their places; what has not changed is not spelt anew."""
        text, found = records.rest
        return self.encoded(_replaced(text, found, texts, self.spell), records.bad)


def _replaced(text: str, found: list[EmbeddedString], texts: list[str], spell: Callable[[str, str], str]) -> str:
    """*text* with *texts* for what was *found*; a string that stays keeps its spelling («\\u0627» in JSON)."""
    out: list[str] = []
    at = 0
    for place, new in zip(found, texts, strict=True):
        if new != place.value:
            out += text[at : place.start], spell(new, text[place.start : place.end])
            at = place.end
    out.append(text[at:])
    return "".join(out)


@dataclass(frozen=True)
class AsIs:
    """Holds no text for us: a header, or what precedes one."""

    encoding: Encoding
    output_encoding: Encoding
    one_line = False
    keeps_bad = True

    @property
    def faithful(self) -> bool:
        """Whether the bytes may stay."""
        return self.encoding.codec == self.output_encoding.codec and self.encoding.by_line

    def read(self, piece: Piece) -> Records:
        """No texts."""
        return Records([], (), [])

    def restore(self, piece: Piece, records: Records, texts: list[str]) -> bytes:
        """What *piece* holds, in the encoding of the output."""
        data = piece.data
        return self.output_encoding.encode(
            data if isinstance(data, str) else data.decode(self.encoding.codec, self.encoding.errors)
        )


@dataclass(frozen=True)
class TooLong(AsIs):
    """Holds a part of a record that is too long to be worked on."""

    begins: bool
    longest: int

    def read(self, piece: Piece) -> Records:
        """No texts; the first part is a bad record."""
        reason = f"longer than a record may be ({self.longest} bytes; see --max-record)"
        return Records([], (), [Bad(piece.number, piece.offset, reason)] if self.begins else [])
