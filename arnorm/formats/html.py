"""HTML: the text between tags; tags, scripts, styles, comments and entities stay as they are."""

from __future__ import annotations

from html.parser import HTMLParser

from arnorm.formats.base import Bad, Codec, Piece
from arnorm.formats.coded import Embedded, EmbeddedString
from arnorm.formats.text import WholeDocument

#: Elements whose content is no text for a reader.
_SILENT = frozenset(("script", "style", "template", "noscript"))


class _Texts(HTMLParser):
    """Notes where text stands."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[EmbeddedString] = []
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._silent = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _SILENT and not self._silent:
            self._silent = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            line, column = self.getpos()
            start = self._starts[line - 1] + column
            self.found.append(EmbeddedString(start, start + len(data), data, line))


class Nodes(Embedded):
    """The text nodes of a page."""

    def find(self, text: str, piece: Piece, bad: list[Bad]) -> list[EmbeddedString]:
        """The text nodes by place."""
        return [f for f in _Texts(text).found if text[f.start : f.end] == f.value]

    def spell(self, value: str, before: str) -> str:
        """*value* with the signs of the markup escaped that were not there before."""
        for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            if sign not in before:
                value = value.replace(sign, entity)
        return value


class HtmlDocument(WholeDocument):
    """A page."""

    joins = False

    def _codec(self) -> Codec:
        return Nodes(*self.encodings())
