"""What has been done of a file that can only be written from its beginning to its end: Parquet, Arrow.

Such a file has no use before its last byte, so an unfinished one cannot be gone on with. The pieces that are done are
kept beside it instead, a line of JSON each; a later run reads the file anew, takes those pieces from here, works on the
rest, and writes what one run would have written.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from typing import Any

from arnorm.files.manifest import BegunFile
from arnorm.files.unfinished import Unfinished
from arnorm.formats.errors import FormatError


class Journal:
    """The pieces of the file at *output* that are done; goes on where the run that has *begun* it ended."""

    def __init__(self, output: str, begun: BegunFile | None) -> None:
        folder = os.path.dirname(os.path.realpath(output))
        self.pieces = begun.pieces if begun else 0  #: that it holds
        self._replayed = self.pieces  #: that come again
        self._unfinished = Unfinished(folder, begun.part, begun.written) if begun else Unfinished(folder)

    @property
    def replaying(self) -> bool:
        """Whether the next piece comes from here."""
        return self._replayed > 0

    def add(self, data: Any) -> None:
        """Take the data of the next piece, unless it came from here."""
        if self._replayed:
            self._replayed -= 1
            return
        line = json.dumps(data, default=_in_base64, ensure_ascii=False)
        self._unfinished.file.write(line.encode("utf-8", "surrogatepass") + b"\n")
        self.pieces += 1

    def checkpoint(self) -> tuple[str, int]:
        """Make it last: its name, and its size."""
        return self._unfinished.checkpoint()

    def close(self, *, keep: bool) -> None:
        """Remove it, unless it is to *keep* and a later run can find it."""
        self._unfinished.kept = self._unfinished.kept and keep
        self._unfinished.discard()


def pieces_of(output: str, begun: BegunFile) -> Iterator[Any]:
    """The data of the pieces that a run has *begun* to write to *output*."""
    with open(os.path.join(os.path.dirname(os.path.realpath(output)), begun.part), "rb") as file:
        for _ in range(begun.pieces):
            try:
                yield _read(json.loads(file.readline().decode("utf-8", "surrogatepass")))
            except (ValueError, TypeError):
                raise FormatError(f"{file.name}: not what an earlier run has written; remove it") from None


def _in_base64(value: bytes) -> list[str]:
    return [base64.b64encode(value).decode()]


def _read(data: Any) -> Any:
    """A list, in which bytes that are not UTF-8 were written as a list of one string; None for the end of a column."""
    return data and [base64.b64decode(value[0]) if isinstance(value, list) else value for value in data]
