"""What is done with a piece of a file, in this process or in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from operator import ne
from typing import TYPE_CHECKING, Any, NamedTuple

from arnorm.core import Composable, Pipeline, Rewrite
from arnorm.formats.base import Bad, Piece, Records
from arnorm.shapes import visual_lines
from arnorm.trace import Trace

if TYPE_CHECKING:
    from arnorm.report.tally import Part

# What keeps "one line out for each line in" true whatever a pass makes of a lone carriage return or U+2028.
ONE_LINE = Rewrite("one_line", r"\n", " ", needles=("\n",), lossy=False, summary="keeps a line one line")


def reads_whole(transform: Composable) -> bool:
    """Whether a pass of *transform* judges whole documents, so that a file of plain text is one text to it."""
    return any(value.whole for value in Pipeline((transform,)).each())


def leaves_visual_lines(transform: Composable) -> bool:
    """Whether *transform* decodes presentation forms, but not those of lines in visual order."""
    return any(value.name == "unify_forms_in_order" for value in Pipeline((transform,)).each())


class Traced(NamedTuple):
    """One record's text, and what became of it."""

    number: int
    trace: Trace
    remarks: Trace | None


class Done(NamedTuple):
    """What became of a piece."""

    data: Any = None  #: None where it is as it was
    records: int = 0  #: that could be read
    changed: int = 0  #: of them
    bad: list[Bad] = []  # noqa: RUF012  (never changed)
    traced: list[Traced] = []  # noqa: RUF012
    unencodable: tuple[int, str] | None = None  #: line and character that the encoding of the output lacks
    feeds: int = 0  #: lines of a piece that was not counted
    part: Part | None = None  #: of a report
    visual: bool = False  #: whether lines in visual order were left as they are

    def after(self, lines: int) -> Done:
        """The same with the numbers of a piece that comes after so many *lines*."""
        return self._replace(
            bad=[b._replace(number=b.number + lines) for b in self.bad],
            traced=[t._replace(number=t.number + lines) for t in self.traced],
            unencodable=self.unencodable and (self.unencodable[0] + lines, self.unencodable[1]),
            part=self.part and self.part.after(lines),
        )


@dataclass(frozen=True)
class Work:
    """Puts the texts of a piece through *transform*.

    *writes* says that the changed piece is wanted; *traces*, that the traces of changed texts, and of those with
    remarks, are; *every*, that those of all texts are; *counts*, that a part of a report is.
    """

    transform: Composable
    remarks: Composable | None = None
    writes: bool = True
    traces: bool = False
    every: bool = False
    counts: bool = False

    @cached_property
    def _looks(self) -> bool:
        """Whether lines in visual order are looked for."""
        return leaves_visual_lines(self.transform)

    def __call__(self, piece: Piece | None) -> Done:
        """The piece done; None is the end of a file."""
        if piece is None or piece.data is None:
            return Done()
        if not piece.counted:
            data = piece.loaded()
            return self(piece._replace(data=data, counted=True))._replace(feeds=data.count(b"\n"))
        records = piece.codec.read(piece)
        transform = self.transform | ONE_LINE if piece.codec.one_line else self.transform
        texts = list(map(transform, records.texts))
        changed = sum(map(ne, texts, records.texts))
        traced = self._traced(transform, records, texts) if self.traces or self.counts else []
        part = _part(records, traced) if self.counts else None
        visual = self._looks and any(map(visual_lines, texts))
        shown = [each for each in traced if each is not None] if self.traces else []
        done = Done(None, len(texts), changed, records.bad, shown, part=part, visual=visual)
        if not self.writes or (not changed and piece.codec.faithful and not _cut(piece, records)):
            return done
        try:
            return done._replace(data=piece.codec.restore(piece, records, texts))
        except UnicodeEncodeError as error:
            line = piece.number + error.object.count("\n", 0, error.start)
            return done._replace(unencodable=(line, error.object[error.start]))

    def _traced(self, transform: Composable, records: Records, texts: list[str]) -> list[Traced | None]:
        """What became of each text; None of those on which there is nothing to say."""
        found: list[Traced | None] = []
        for number, before, after in zip(records.numbers, records.texts, texts, strict=True):
            remarks = _remarks(self.remarks, before)
            if before != after:  # tracing costs many times what finding that out does
                found.append(Traced(number, transform.trace(before), remarks))
            elif remarks is not None or self.every:
                found.append(Traced(number, Trace(before, before, ()), remarks))
            else:
                found.append(None)
        return found


def _part(records: Records, traced: list[Traced | None]) -> Part:
    """The part of a report on texts of which each was *traced*, or has nothing to say."""
    from arnorm.report.tally import part_of  # few ask for a report

    same = [text for text, told in zip(records.texts, traced, strict=True) if told is None]
    return part_of(filter(None, traced), same)


def _remarks(remarks: Composable | None, text: str) -> Trace | None:
    return None if remarks is None or remarks(text) == text else remarks.trace(text)


def _cut(piece: Piece, records: Records) -> bool:
    """Whether the texts end before the piece does, at bytes that do not decode."""
    return bool(records.bad) and stops(piece, records.bad)


def stops(piece: Piece, bad: list[Bad]) -> bool:
    """Whether *bad* holds bytes that cannot be carried through, so that the file has to end there."""
    return not piece.codec.keeps_bad and any(b.byte is not None for b in bad)
