"""Word (.docx), by python-docx: each line of a paragraph is a text; its runs, and with them all formatting, stay.

Text of the body, of tables, text boxes, headers, footers, notes and comments. What a tracked change inserts is text;
what it deletes or moves away stays as it is. Tabs, line breaks, pictures and formulas stay where they are: a text ends
there. With `tracked` what is changed is written as a tracked change, to be accepted or rejected in Word.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator
from copy import deepcopy
from itertools import accumulate, count, groupby
from typing import Any, BinaryIO, Literal, NamedTuple

from arnorm.align import replacements_between
from arnorm.formats.base import Codec, Document, Output, Piece, Records, Writer
from arnorm.formats.errors import FormatError
from arnorm.trace import Replacement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RUN, _PARAGRAPH, _TEXT, _INSERTED = _W + "r", _W + "p", _W + "t", _W + "ins"
#: What holds no text of its paragraph: what a tracked change deletes or moves away, other paragraphs, properties (where
#: tabs are stops).
_NO_TEXT = frozenset(_W + name for name in ("del", "moveFrom", "p", "pPr", "rPr"))
#: What stands in a line and is no text: words on either side of it are not neighbours.
_BETWEEN = frozenset(
    (_MATH, *(_W + name for name in ("br", "cr", "tab", "ptab", "noBreakHyphen", "sym", "drawing", "pict", "object")))
)
#: Parts of a file that hold paragraphs, by the ends of their content types.
_STORIES = tuple(f"wordprocessingml.{name}+xml" for name in ("header", "footer", "footnotes", "endnotes", "comments"))


class _Story(NamedTuple):
    """A part of a file that holds paragraphs; one that python-docx does not parse is written back as bytes."""

    root: Any
    part: Any
    parsed: bool


def _stories(document: Any) -> list[_Story]:
    stories = [_Story(document.element, document.part, True)]
    for part in document.part.package.iter_parts():
        if part.content_type.endswith(_STORIES):
            parsed = hasattr(part, "element")
            stories.append(_Story(part.element if parsed else _docx("oxml.parser").parse_xml(part.blob), part, parsed))
    return stories


def _lines(story: _Story) -> Iterator[list[Any]]:
    """For each line of each paragraph the elements that hold its text."""
    for paragraph in story.root.iter(_PARAGRAPH):
        line: list[Any] = []
        for element in _own(paragraph):
            if element.tag in _BETWEEN:
                if line:
                    yield line
                line = []
            elif element.text:
                line.append(element)
        if line:
            yield line


def _own(element: Any) -> Iterator[Any]:
    """The texts of a paragraph and what stands between them; not of paragraphs inside it, as text boxes have them."""
    for child in element:
        if child.tag == _TEXT or child.tag in _BETWEEN:
            yield child
        elif child.tag not in _NO_TEXT and isinstance(child.tag, str):  # a comment has a function there
            yield from _own(child)


def _docx(module: str) -> Any:
    from arnorm.extras import require

    return require(f"docx.{module}", "documents")


def _opened(data: bytes) -> Any:
    api = _docx("api")
    try:
        return api.Document(io.BytesIO(data))
    except Exception as error:  # of whatever kind, by what the file holds
        raise FormatError(f"not a Word document ({type(error).__name__}: {error})") from error


class Paragraphs:
    """The lines of the paragraphs of a Word document."""

    one_line = True
    faithful = True
    keeps_bad = True

    def __init__(self, *, tracked: bool = False) -> None:
        self.tracked = tracked

    def read(self, piece: Piece) -> Records:
        """The texts of the lines."""
        stories = _stories(_opened(piece.data))
        texts = ["".join(t.text for t in line) for story in stories for line in _lines(story)]
        return Records(texts, range(1, len(texts) + 1), [])

    def restore(self, piece: Piece, records: Records, texts: list[str]) -> bytes:
        """The document with *texts*; what replaces letters of a run is of that run."""
        document = _opened(piece.data)
        pairs = zip(records.texts, texts, strict=True)
        for story in _stories(document):
            changes = _Changes(story.root) if self.tracked else None
            for line in list(_lines(story)):
                before, after = next(pairs)
                if before != after:
                    _put(line, before, after, changes)
            if not story.parsed:
                story.part._blob = _docx("opc.oxml").serialize_part_xml(story.root)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


# ---- which letters of which run ----


class _Part(NamedTuple):
    """Some letters of an element of text: kept, gone, or new."""

    kind: Literal["kept", "old", "new"]
    text: str


def _put(line: list[Any], before: str, after: str, changes: _Changes | None) -> None:
    """Put *after* into the elements of a *line* that hold *before*."""
    starts = [*accumulate((len(element.text) for element in line), initial=0)]
    replaced = replacements_between(before, after)
    for element, parts in zip(line, _shares(starts, before, replaced), strict=True):
        if all(part.kind == "kept" for part in parts):
            continue
        if changes is not None:
            changes.write(element, _of_words(parts))
        else:
            _write(element, "".join(part.text for part in parts if part.kind != "old"))


def _shares(starts: list[int], before: str, replaced: list[Replacement]) -> list[list[_Part]]:
    """What each element, which begins at its start in *before*, is made of then."""
    shares: list[list[_Part]] = [[] for _ in starts[:-1]]

    def share(kind: Literal["kept", "old"], at: int, end: int) -> None:
        k = _element(starts, at)
        while at < end:
            stop = min(end, starts[k + 1])
            shares[k].append(_Part(kind, before[at:stop]))
            at, k = stop, k + 1

    at = 0
    for start, end, new, *_ in replaced:
        share("kept", at, start)
        share("old", start, end)
        if new:
            shares[_element(starts, start)].append(_Part("new", new))
        at = end
    share("kept", at, len(before))
    return shares


def _element(starts: list[int], at: int) -> int:
    """Which element the place *at* is in; the last one for the end."""
    return min(bisect_right(starts, at), len(starts) - 1) - 1


def _of_words(parts: list[_Part]) -> list[_Part]:
    """*parts* in which a word that changes does so as a whole, as somebody who types would change it."""
    words: list[list[_Part]] = [[]]  # up to a space that is kept, each with it
    for kind, text in parts:
        if kind != "kept":
            words[-1].append(_Part(kind, text))
            continue
        *whole, last = text.split(" ")
        for word in whole:
            words[-1].append(_Part("kept", word))
            words += [_Part("kept", " ")], []
        words[-1].append(_Part("kept", last))
    joined = (part for word in words for part in _of_word(word) if part.text)
    return [_Part(kind, "".join(part.text for part in same)) for kind, same in groupby(joined, lambda part: part.kind)]


def _of_word(parts: list[_Part]) -> list[_Part]:
    if all(part.kind == "kept" for part in parts):
        return parts
    old = "".join(part.text for part in parts if part.kind != "new")
    new = "".join(part.text for part in parts if part.kind != "old")
    return [_Part("old", old), _Part("new", new)]


def _write(element: Any, text: str) -> None:
    element.text = text
    element.set(_SPACE, "preserve")


# ---- tracked changes ----


class _Changes:
    """Writes what changes in a part of a document as tracked changes, numbered behind those that it has."""

    def __init__(self, root: Any) -> None:
        used = (element.get(_W + "id", "") for element in root.iter())
        self._numbers = count(1 + max((int(number) for number in used if number.isdecimal()), default=0))

    def write(self, element: Any, parts: list[_Part]) -> None:
        """Put *parts* where *element* stands; the run around it is cut, each piece with its formatting."""
        run = element.getparent()
        if run.tag != _RUN:  # nothing that Word writes
            _write(element, "".join(part.text for part in parts if part.kind != "old"))
            return
        run = _alone(run, element)
        around = run.getparent()
        inserted = around.tag == _INSERTED
        place = _alone(around, run) if inserted else run  # an insertion cannot hold another
        for kind, text in parts:
            made = _run_of(run, text, "delText" if kind == "old" else "t")
            if kind == "old":
                made = self._marked("del", made)
            if kind == "new":
                made = self._marked("ins", made)
            elif inserted:
                made = _around(place, made)
            place.addprevious(made)
        place.getparent().remove(place)

    def _marked(self, name: str, run: Any) -> Any:
        change = run.makeelement(_W + name, {_W + "id": str(next(self._numbers)), _W + "author": "arnorm"})
        change.append(run)
        return change


def _alone(parent: Any, child: Any) -> Any:
    """*parent* with no child but *child* and its properties; what stood before and behind is in copies beside it."""
    children = [c for c in parent if c.tag != _W + "rPr"]
    at = children.index(child)
    for others, put in ((children[:at], parent.addprevious), (children[at + 1 :], parent.addnext)):
        if others:
            copy = _around(parent, *others)
            put(copy)
    return parent


def _around(parent: Any, *children: Any) -> Any:
    """An element as *parent*, with its properties, around *children*."""
    made = parent.makeelement(parent.tag, dict(parent.attrib))
    properties = parent.find(_W + "rPr")
    if properties is not None:
        made.append(deepcopy(properties))
    made.extend(children)
    return made


def _run_of(run: Any, text: str, tag: str) -> Any:
    element = run.makeelement(_W + tag)
    _write(element, text)
    return _around(run, element)


class _Bytes(Writer):
    """Writes the one piece."""

    def __init__(self, out: Output) -> None:
        self._out = out

    def put(self, data: bytes) -> None:
        """Write the file."""
        self._out.write(data)


class DocxDocument(Document):
    """A Word document, read whole; with *tracked* what is changed is written as tracked changes."""

    def __init__(self, file: BinaryIO, name: str, *, tracked: bool = False) -> None:
        self.name = name
        self._file, self._read = file, 0
        self._tracked = tracked

    def pieces(self) -> Iterator[Piece]:
        """The one piece."""
        data = self._file.read()
        self._read = len(data)
        if data:
            try:
                _opened(data)
            except FormatError as error:
                raise FormatError(f"{self.name}: {error}") from error
            yield Piece(self._codec(), data)

    def _codec(self) -> Codec:
        return Paragraphs(tracked=self._tracked)

    def writer(self, out: Output) -> _Bytes:
        """What writes the file."""
        return _Bytes(out)

    def position(self) -> int:
        """Bytes read."""
        return self._read
