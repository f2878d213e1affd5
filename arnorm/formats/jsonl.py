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

from arnorm.formats.base import Bad, Codec, Piece
from arnorm.formats.coded import Embedded, EmbeddedString
from arnorm.formats.errors import FieldError
from arnorm.formats.text import TextDocument

_SPACE = " \t\n\r"
# Numbers are passed over, however long they are.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)
_value = _DECODER.scan_once  # type: ignore[attr-defined]  # its result is what `raw_decode` returns
_key = re.compile(rf'[{_SPACE}]*+"((?:[^"\\\x00-\x1f]++|\\.)*+)"[{_SPACE}]*+:[{_SPACE}]*+').match
_next = re.compile(rf"[{_SPACE}]*+([,}}])").match
_empty = re.compile(rf"{{[{_SPACE}]*+}}").match
_end = re.compile(rf"[{_SPACE}]*+\Z").match
_SURROGATES = re.compile("[\ud800-\udfff]")
_KINDS = {str: "a number", float: "a number", dict: "an object", list: "a list", bool: "true or false"}


@dataclass(frozen=True)
class JsonLines(Embedded):
    """The strings of some fields."""

    fields: tuple[str, ...]

    def find(self, text: str, piece: Piece, bad: list[Bad]) -> list[EmbeddedString]:
        """A string for each field of each line that holds one."""
        found: list[EmbeddedString] = []
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

    def _strings(self, line: str, at: int, number: int) -> list[EmbeddedString]:
        found = []
        for field in self.fields:
            for start, end, value in _strings_of(line, field):
                found.append(EmbeddedString(at + start, at + end, value, number))
        return sorted(found) if len(self.fields) > 1 else found

    def spell(self, value: str, before: str) -> str:
        """As a JSON string, in ASCII where the string was; half a surrogate pair as the escape that it came as."""
        if before.isascii():
            return json.dumps(value)
        return _SURROGATES.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))


def _strings_of(line: str, field: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and value of the strings of a field. Raises `ValueError` where it is missing, or no string."""
    values = members(line, field)
    if not values:
        raise _WrongRecordError(f"no field {field!r}")
    for start, end, value in values:
        if value is not None and (not isinstance(value, str) or line[start] != '"'):
            kind = "a number" if isinstance(value, str) else _KINDS.get(type(value), "no string")
            raise _WrongRecordError(f"the field {field!r} is {kind}, not a string")
        if value is not None:
            yield start, end, value


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
    at = len(line) - len(line.lstrip(_SPACE))
    found: list[tuple[int, int, Any]] = []
    try:
        if line.startswith("{", at) and _end(line, _object(line, at, field, found)):
            return found
    except StopIteration:
        pass
    _DECODER.decode(line.rstrip(_SPACE))  # says what is wrong
    raise _WrongRecordError("not an object")


def _object(line: str, at: int, field: str, found: list[tuple[int, int, Any]]) -> int:
    """Walk through the object at *at*, and return where it ends. Raises `StopIteration` where it is none."""
    if empty := _empty(line, at):
        return empty.end()
    at += 1
    while match := _key(line, at):
        key = match[1] if "\\" not in match[1] else json.loads(f'"{match[1]}"')
        at = match.end()
        within = field.startswith(key + ".")
        if within and line.startswith("{", at):
            at = _object(line, at, field[len(key) + 1 :], found)
        else:
            start = at
            value, at = _value(line, at)
            if key == field or (within and value is None):
                found.append((start, at, value))
        match = _next(line, at)
        if match is None:
            break
        at = match.end()
        if match[1] == "}":
            return at
    raise StopIteration


class JsonLinesDocument(TextDocument):
    """A file of JSON lines. `FieldError` where no record of its beginning has one of the fields."""

    def __init__(self, *args: Any, fields: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = fields

    def look_at(self, head: Any) -> None:
        """Raise `FieldError` where no record has one of the fields."""
        lines = JsonLines(*self.encodings(), self.fields).text_of(Piece(self._codec(), head))[0].split("\n")
        for field in self.fields:
            names: dict[str, None] = {}
            if not _is_in_one_of(lines, field, names) and names:
                raise FieldError(self.name, "field", field, list(names))

    def _codec(self) -> Codec:
        return JsonLines(*self.encodings(), self.fields)


def _is_in_one_of(lines: list[str], field: str, names: dict[str, None]) -> bool:
    """Whether a record has the *field*; *names* takes those of the fields that come before it."""
    for line in lines:
        try:
            if members(line, field):
                return True
            names |= dict.fromkeys(_names(json.loads(line)))
        except (ValueError, RecursionError):
            continue  # a bad record, like any other
    return False


def _names(record: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in record.items():
        yield prefix + key
        if isinstance(value, dict):
            yield from _names(value, f"{prefix}{key}.")
