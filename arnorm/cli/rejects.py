"""Bad records: kept as they are in the output, listed in a file if one is named, and counted at the end."""

from __future__ import annotations

import json
from argparse import Namespace
from types import TracebackType
from typing import BinaryIO

from arnorm.cli import console
from arnorm.formats.base import Bad


class Rejects:
    """Takes the bad records of a run."""

    def __init__(self, args: Namespace) -> None:
        self._path: str | None = args.rejects
        self._append = bool(args.resume)
        self._file: BinaryIO | None = None
        self.count = 0
        self._first = ""
        self.guess = ""  #: the encoding that a file looks like whose records do not decode

    def __enter__(self) -> Rejects:
        if self._path is not None:
            self._file = open(self._path, "ab" if self._append else "wb")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, name: str, bad: Bad) -> None:
        """Lists a record of the file *name*."""
        self.count += 1
        self._first = self._first or f"{self.place(name, bad)}: {bad.reason}"
        if self._file is not None:
            row = {"file": name, "line": bad.number, "offset": bad.offset, "reason": bad.reason}
            line = json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace")
            self._file.write(line + b"\n")
            self._file.flush()

    @staticmethod
    def place(name: str, bad: Bad) -> str:
        """Where a record is, for a reader."""
        return f"{name}: " + (f"row {bad.number}" if bad.offset is None else f"line {bad.number}, byte {bad.offset}")

    def report(self) -> None:
        """Says how many there were."""
        if not self.count:
            return
        what = f"{self.count} bad record{'s' * (self.count != 1)} left as {'they are' if self.count != 1 else 'it is'}"
        if self.guess:
            what += f" (the text looks like {self.guess}: pass -e {self.guess})"
        if self._path is not None:
            console.complain(f"{what}, listed in {console.argument(self._path)}")
        else:
            hint = "list them with --rejects FILE, or stop at the first with --strict"
            console.complain(f"{what}; the first is {self._first}; {hint}")
