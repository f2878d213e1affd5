"""Exit codes, after BSD's sysexits.h, and the errors that lead to them."""

from __future__ import annotations

from enum import IntEnum

from arnorm.errors import ArnormError, InvalidPassError, UndecodableInputError, UnknownNameError
from arnorm.formats.base import FieldError, FormatError


class Exit(IntEnum):
    """What the exit code of the process says."""

    OK = 0
    CHANGES = 1
    USAGE = 2
    DATA = 65
    SOFTWARE = 70
    IO = 74
    INTERRUPTED = 130


class UsageError(ArnormError, ValueError):
    """Options that do not go together."""


class DataError(ArnormError, ValueError):
    """Input that cannot be used: a word list that is none, files that do not belong together."""


class UnencodableOutputError(ArnormError, ValueError):
    """A character of the output that its encoding does not have."""

    def __init__(self, name: str, encoding: str, line: int, character: str) -> None:
        super().__init__(
            f"{name}: line {line}: U+{ord(character):04X} cannot be written in {encoding}; "
            "write UTF-8 with --to utf-8, or replace such characters with --to " + encoding + ":replace"
        )


def exit_of(error: Exception) -> Exit:
    """The exit code for *error*; `Exit.OK` when it is none of those a command line is expected to meet."""
    from arnorm.spelling.model import ModelError  # only on the way to an error

    codes: tuple[tuple[type[Exception], Exit], ...] = (
        (UnknownNameError, Exit.USAGE),
        (InvalidPassError, Exit.USAGE),
        (UsageError, Exit.USAGE),
        (FieldError, Exit.USAGE),
        (UndecodableInputError, Exit.DATA),
        (UnencodableOutputError, Exit.DATA),
        (DataError, Exit.DATA),
        (FormatError, Exit.DATA),
        (ModelError, Exit.DATA),
        (ArnormError, Exit.SOFTWARE),  # a worker was lost, a package is missing
        (OSError, Exit.IO),
    )
    return next((code for kind, code in codes if isinstance(error, kind)), Exit.OK)
