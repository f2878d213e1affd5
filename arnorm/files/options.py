"""What a run over files is asked to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from arnorm import console
from arnorm.formats.encodings import Encoding
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
    spec = console.argument(spec)
    of, colon, name = spec.partition(":")
    return Field(name, of) if colon and of in RECORDS else Field(spec)


def fields_of(given: Sequence[Field], of: str) -> tuple[str, ...]:
    """The fields *given* for files of a format: its own, else those of all, else ``text``."""
    names = [f.name for f in given if f.format == of] or [f.name for f in given if not f.format]
    return tuple(dict.fromkeys(names)) or ("text",)


@dataclass(frozen=True)
class Options:
    """Which files are read, how, and where the result goes; by default standard input, in UTF-8, to standard output."""

    files: Sequence[str] = ("-",)
    output: str | None = None  #: a file, or a directory in which each file has its own; None is standard output
    in_place: bool = False
    resume: bool = False  #: leave out what an earlier run has done
    follow_links: bool = False  #: out of the directories that are named
    format: str | None = None  #: one of `FORMATS`; None is what the name of each file says
    field: Sequence[Field] | None = None  #: None is ``text``
    delimiter: str | None = None  #: None is what the header has
    encoding: Encoding | None = None  #: of input; None is UTF-8
    to: Encoding | None = None  #: of output; None is that of input
    report: str | None = None  #: a file for the counts
    rejects: str | None = None  #: a file in which records that cannot be read are listed
    track_changes: bool = False  #: whether what changes in Word files is to be accepted or rejected there
    max_record: int | None = None  #: bytes; None is `blocks.LONGEST`
    strict: bool = False  #: whether the first record that cannot be read ends the run
    processes: int = 0  #: to work with; 0 is none but this one
    check: bool = False  #: whether it is only to be found out what would change
    progress: bool = False  #: whether to say how far the run is, without a terminal too
    quiet: bool = False
    tell: Callable[[object], None] = console.complain  #: hears what went wrong with a file, and what was left out

    @property
    def shows(self) -> bool:
        """Whether something is shown instead of the text."""
        return False
