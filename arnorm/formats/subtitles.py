"""Subtitles: SubRip (.srt), WebVTT (.vtt), and Advanced SubStation (.ass, .ssa). Numbers, times and tags stay.

What is said is one text, line under line, so that passes may judge all of it. A file that is not UTF-8, where no
encoding was given, is Windows-1256: most Arabic subtitles are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from arnorm.formats.base import Codec, Piece, Records
from arnorm.formats.coded import Coded
from arnorm.formats.encodings import Encoding
from arnorm.formats.text import WholeDocument

_TIMES = "-->"
# Between tags: «<i>», «{\\an8}»; and where the lines of ASS are broken.
_tag = re.compile(r"<[^<>\n]*>|\{[^{}\n]*\}|\\[Nnh]")
_ASS_FIELDS = 9  # commas before the text of a line of dialogue


def _said(text: str) -> Iterator[tuple[int, int]]:
    """The places of *text* at which something is said, without tags."""
    skipping = timed = False
    lines = text.split("\n")
    at = 0
    for k, line in enumerate(lines):
        body = line.rstrip("\r")
        start, at = at, at + len(line) + 1
        if not body.strip():
            skipping = timed = False
        elif _TIMES in body:
            timed, skipping = True, False
        elif body.startswith("Dialogue:"):
            cut = _behind_commas(body)
            if cut:
                yield from _untagged(body, cut, start)
        elif timed and not skipping:
            yield from _untagged(body, 0, start)
        elif k == 0 or body.startswith(("NOTE", "STYLE", "REGION")):
            skipping = True


def _behind_commas(line: str) -> int:
    at = 0
    for _ in range(_ASS_FIELDS):
        at = line.find(",", at) + 1
        if not at:
            return 0
    return at


def _untagged(line: str, cut: int, start: int) -> Iterator[tuple[int, int]]:
    at = cut
    for tag in _tag.finditer(line, cut):
        if line[at : tag.start()].strip():
            yield start + at, start + tag.start()
        at = tag.end()
    if line[at:].strip():
        yield start + at, start + len(line)


@dataclass(frozen=True)
class Cues(Coded):
    """All that is said, as the lines of one text."""

    def read(self, piece: Piece) -> Records:
        """The text of the cues."""
        text, bad = self.text_of(piece)
        places = [*_said(text)]
        said = "\n".join(text[a:b] for a, b in places)
        return Records([said], [piece.number], bad, (text, places))

    def restore(self, piece: Piece, records: Records, texts: list[str]) -> bytes:
        """The cues with their new lines; as they were, should a pass have joined or parted lines."""
        text, places = records.rest
        lines = texts[0].split("\n")
        if len(lines) != len(places):
            return self.encoded(text, records.bad)
        out: list[str] = []
        at = 0
        for (start, end), new in zip(places, lines, strict=True):
            out += text[at:start], new
            at = end
        out.append(text[at:])
        return self.encoded("".join(out), records.bad)


class SubtitleDocument(WholeDocument):
    """A file of subtitles."""

    joins = False

    def check(self) -> None:
        """Nothing to check: where the file is not UTF-8 its encoding is guessed."""

    def _begin(self, parts: Iterator[bytes]) -> Encoding:
        data = b"".join(parts)
        if self.encoding == Encoding("utf-8") and not _is_utf8(data):
            self.encoding = replace(self.encoding, codec="cp1256")
        return super()._begin(iter([data]))

    def _codec(self) -> Codec:
        return Cues(*self.encodings())


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
