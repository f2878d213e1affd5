"""What may be wrong with a file."""

from __future__ import annotations

from collections.abc import Sequence

from arnorm.errors import ArnormError


class FormatError(ArnormError, ValueError):
    """A file that is not what its format says: cut off, damaged, or of another format."""


class FieldError(ArnormError, KeyError):
    """A file has no such field or column. ``known`` are the names of those that it has."""

    def __init__(self, file: str, kind: str, name: str, known: Sequence[str], why: str = "") -> None:
        self.file, self.kind, self.name, self.known, self.why = file, kind, name, list(known), why
        super().__init__(f"{file}: {why or f'no {kind} is named {name!r}'}; it has {', '.join(known) or 'none'}")

    def __str__(self) -> str:  # KeyError would show the repr of the message
        return str(self.args[0])

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.file, self.kind, self.name, self.known, self.why)
