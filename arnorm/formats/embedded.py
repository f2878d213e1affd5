"""Strings that stand in a text among other things: found by place, and replaced there; the rest stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from arnorm.formats.base import Bad, Piece, Records
from arnorm.formats.text import Coded


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
    out: list[str] = []
    at = 0
    for place, new in zip(found, texts, strict=True):
        if new != place.value:
            out += text[at : place.start], spell(new, text[place.start : place.end])
            at = place.end
    out.append(text[at:])
    return "".join(out)
