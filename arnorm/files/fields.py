"""Which fields or columns hold text: the same in all files, or others in those of a format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from arnorm.console import argument
from arnorm.formats.opening import RECORDS


class Field(NamedTuple):
    """A field or column, of files of one format or, without, of all."""

    name: str
    format: str = ""


def field(spec: str) -> Field:
    """``body``, or ``csv:comment`` for files of that format alone.

    >>> field("body"), field("csv:comment"), field("dc:title")
    (Field(name='body', format=''), Field(name='comment', format='csv'), Field(name='dc:title', format=''))
    """
    spec = argument(spec)
    of, colon, name = spec.partition(":")
    return Field(name, of) if colon and of in RECORDS else Field(spec)


def fields_of(given: Sequence[Field], of: str) -> tuple[str, ...]:
    """The fields *given* for files of a format: its own, else those of all, else ``text``."""
    names = [f.name for f in given if f.format == of] or [f.name for f in given if not f.format]
    return tuple(dict.fromkeys(names)) or ("text",)
