"""JSON lines: one object a line; only the token of the field's string is replaced, all other bytes stay.

Numbers keep their spelling, keys their order, white space its place. Where a key comes twice, each of its values is a
text. A field ``a.b`` is the key ``b`` of the object at ``a``, or the key ``a.b`` itself. A null stays, and is no
error; neither is an empty line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from arnorm.formats.base import Bad, Codec, FieldError, Piece
from arnorm.formats.spans import Embedded, Found
from arnorm.formats.text import TextDocument

# Numbers are passed over, however long they are.
_value = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode
_space = re.compile(r"[ \t\n\r]*").match
_SURROGATES = re.compile("[\ud800-\udfff]")
_KINDS = {str: "a number", float: "a number", dict: "an object", list: "a list", bool: "true or false"}


@dataclass(frozen=True)
class JsonLines(Embedded):
    """The strings of a field."""

    field: str

    def find(self, text: str, piece: Piece, bad: list[Bad]) -> list[Found]:
        """A string for each line whose field holds one."""
        found: list[Found] = []
        undecoded = {b.number for b in bad}
        at = size = counted = 0
        for number, line in enumerate(text.split("\n"), piece.number):
            if number not in undecoded and line and not line.isspace():
                try:
                    found += self._strings(line, at, number)
                except (ValueError, RecursionError) as error:
                    size, counted = size + self.size(text[counted:at]), at
                    bad.append(Bad(number, piece.offset + size, _reason(error)))
            at += len(line) + 1
        return found

    def _strings(self, line: str, at: int, number: int) -> Iterator[Found]:
        values = members(line, self.field)
        if not values:
            raise _WrongRecordError(f"no field {self.field!r}")
        for start, _, value in values:
            if value is not None and (not isinstance(value, str) or line[start] != '"'):
                kind = "a number" if isinstance(value, str) else _KINDS.get(type(value), "no string")
                raise _WrongRecordError(f"the field {self.field!r} is {kind}, not a string")
        return (Found(at + start, at + end, value, number) for start, end, value in values if value is not None)

    def spell(self, value: str, before: str) -> str:
        """As a JSON string, in ASCII where the string was; half a surrogate pair as the escape that it came as."""
        if before.isascii():
            return json.dumps(value)
        return _SURROGATES.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))


class _WrongRecordError(ValueError):
    """Sound JSON, but not what was asked for."""


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def members(line: str, field: str) -> list[tuple[int, int, Any]]:
    """Start, end and value of each member called *field* of the object in *line*. Raises `ValueError`.

    >>> members('{"id": 1.0, "a": {"text": "نص"}}', "a.text")
    [(26, 30, 'نص')]
    """
    at = _skip(line, 0)
    if not line.startswith("{", at):
        _value(line, at)  # an error, if it is no JSON at all
        raise _WrongRecordError("not an object")
    found: list[tuple[int, int, Any]] = []
    at = _skip(line, _object(line, at, field, found))
    if at < len(line):
        raise json.JSONDecodeError("Extra data", line, at)
    return found


def _object(line: str, at: int, field: str, found: list[tuple[int, int, Any]]) -> int:
    """Walks through the object at *at*; where it ends."""
    at = _skip(line, at + 1)
    if line.startswith("}", at):
        return at + 1
    while True:
        if not line.startswith('"', at):
            raise json.JSONDecodeError("Expecting property name enclosed in double quotes", line, at)
        key, at = _value(line, at)
        start = _skip(line, _past(":", line, _skip(line, at)))
        at = _member(line, start, key, field, found)
        at = _skip(line, at)
        if line.startswith("}", at):
            return at + 1
        at = _skip(line, _past(",", line, at))


def _member(line: str, start: int, key: str, field: str, found: list[tuple[int, int, Any]]) -> int:
    within = field.startswith(key + ".")
    if within and line.startswith("{", start):
        return _object(line, start, field[len(key) + 1 :], found)
    value, end = _value(line, start)
    if key == field or (within and value is None):
        found.append((start, end, value))
    return end


def _skip(line: str, at: int) -> int:
    match = _space(line, at)
    assert match is not None  # it matches nothing, too
    return match.end()


def _past(mark: str, line: str, at: int) -> int:
    if not line.startswith(mark, at):
        raise json.JSONDecodeError(f"Expecting {mark!r} delimiter", line, at)
    return at + 1


class JsonLinesDocument(TextDocument):
    """A file of JSON lines. `FieldError` where no record of its beginning has the field."""

    def __init__(self, *args: Any, field: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.field = field

    def _pieces_of(self, block: Any, number: int, offset: int) -> Iterator[Piece]:
        piece = Piece(self._codec(), block, number, offset)
        if number == 1:
            self._must_have_field(piece)
        yield piece

    def _must_have_field(self, piece: Piece) -> None:
        names: dict[str, None] = {}
        text, _ = JsonLines(*self.encodings(), self.field).text_of(piece)
        for line in text.split("\n"):
            try:
                if members(line, self.field):
                    return
                names |= dict.fromkeys(_names(json.loads(line)))
            except (ValueError, RecursionError):
                continue  # a bad record, like any other
        if names:
            raise FieldError(self.name, "field", self.field, list(names))

    def _codec(self) -> Codec:
        return JsonLines(*self.encodings(), self.field)


def _names(record: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in record.items():
        yield prefix + key
        if isinstance(value, dict):
            yield from _names(value, f"{prefix}{key}.")
