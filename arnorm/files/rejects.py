"""Bad records: kept as they are in the output, listed in a file if one is named, and counted at the end."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from arnorm import console
from arnorm.files.options import Options
from arnorm.formats.base import Bad

_log = logging.getLogger("arnorm.files")


class Rejects:
    """Takes the bad records of a run."""

    def __init__(self, options: Options, names: Mapping[str, int], listed: Mapping[str, int]) -> None:
        """*names* are those of the files of this run, each with where it begins; what was listed of the rest goes.

        Of files without such a place, *listed* says how many records an earlier run has listed of what is done.
        """
        self._names, self._listed = names, dict(listed)
        self.before = 0  #: in files that an earlier run has done
        self._path: str | None = options.rejects
        self._append = bool(options.resume)
        self._file: BinaryIO | None = None
        self.count = 0
        self._first = ""
        self.guess = ""  #: the encoding that a file looks like whose records do not decode

    def __enter__(self) -> Rejects:
        if self._path is not None:
            kept = self._earlier() if self._append else b""
            self._file = open(self._path, "wb")
            self._file.write(kept)
            self._file.flush()
        return self

    def _earlier(self) -> bytes:
        """What an earlier run has listed of files that are done; a run that was killed has listed others, too."""
        assert self._path is not None
        try:
            lines = Path(self._path).read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return b""
        return b"".join(line for line in lines if self._is_kept(line))

    def _is_kept(self, line: bytes) -> bool:
        try:
            row = json.loads(line)
            if row["file"] in self._listed:
                self._listed[row["file"]] -= 1
                return self._listed[row["file"]] >= 0
            return row["file"] not in self._names or (row["offset"] or 0) < self._names[row["file"]]
        except (ValueError, KeyError, TypeError):
            return False  # a line that a killed run did not finish

    @property
    def left(self) -> int:
        """Bad records in all, those of files that an earlier run has done among them."""
        return self.count + self.before

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, name: str, bad: Bad) -> None:
        """Lists a record of the file *name*."""
        self.count += 1
        self._first = self._first or f"{self.place(name, bad)}: {bad.reason}"
        _log.info("record skipped: %s: %s", self.place(name, bad), bad.reason)
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
        """Say how many there were."""
        if not self.left:
            return
        what = f"{self.left} bad record{'s' * (self.left != 1)} left as {'they are' if self.left != 1 else 'it is'}"
        if self.before:
            what += f", {self.before} of them in files that an earlier run has done"
        if self.guess:
            what += f" (the text looks like {self.guess}: pass -e {self.guess})"
        if self._path is not None:
            console.complain(f"{what}, listed in {console.argument(self._path)}")
        else:
            hint = "list them with --rejects FILE, or stop at the first with --strict"
            first = f"; the first is {self._first}" if self._first else ""
            console.complain(f"{what}{first}; {hint}")
