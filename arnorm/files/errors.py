"""What may be wrong with what is asked of a run, and with the files that it is asked for."""

from __future__ import annotations

from arnorm.errors import ArnormError


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
