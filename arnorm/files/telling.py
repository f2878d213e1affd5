"""What a run tells: how far it has come, what is true of its files, and which records are bad.

Bad records are kept as they are in the output, listed in a file if one is named, and counted at the end.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from arnorm import console
from arnorm.console import argument
from arnorm.files.options import Options
from arnorm.formats.base import Bad

_log = logging.getLogger("arnorm.files")

#: Cells of a progress bar; chosen for what stands behind it to fit into a line of 80.
CELLS = 24
#: Seconds between two looks of the bar; chosen, since an eye sees no more.
EVERY = 0.1
#: Seconds between two lines, where there is no terminal; chosen for logs that are read.
EVERY_LINE = 10.0
#: What is said where `unify_forms_in_order` met lines that it leaves.
VISUAL = "lines in visual order are left as they are; -p pdf puts them right"


class Notices:
    """Says each thing of the first file that it is true of, and at the end of how many more it was."""

    def __init__(self, tell: Callable[[object], None], *, quiet: bool = False) -> None:
        self._tell, self._quiet = tell, quiet
        self._files: Counter[str] = Counter()

    def __call__(self, path: str, what: str) -> None:
        """*what* is true of the file at *path*."""
        self._files[what] += 1
        if not self._quiet and self._files[what] == 1:
            self._tell(f"{argument(path)}: {what}")

    def report(self) -> None:
        """Say how many more files there were."""
        for what, files in self._files.items():
            if not self._quiet and files > 1:
                self._tell(f"{files - 1} more file{'s' * (files > 2)}: {what}")


def bar(done: float) -> str:
    """A bar that is *done*, of 1, full.

    >>> bar(0.5)
    '[############------------]  50 %'
    """
    full = int(done * CELLS)
    return f"[{'#' * full}{'-' * (CELLS - full)}] {done:4.0%}".replace("%", " %")


def show(text: str) -> None:
    """Put *text* in the place of what was last shown."""
    console.say_to(sys.stderr, f"\r\x1b[K{text}")


def on_terminal() -> bool:
    """Whether there is a terminal to show progress on."""
    return sys.stderr is not None and sys.stderr.isatty()


class Progress:
    """Bytes read of the files at *paths*, how many a second, and the time that the rest will take.

    A bar on a terminal, unless the *output* goes there, too: it would get in its way. With a *wish* of True, a line
    now and then where there is no bar; with one of False, nothing.
    """

    def __init__(self, paths: list[str], *, output: bool, wish: bool | None = None) -> None:
        self._bar = wish is not False and on_terminal() and not (output and console.is_terminal())
        self._shown = self._bar or bool(wish)
        self._every = EVERY if self._bar else EVERY_LINE
        self._sizes = {path: _size(path) for path in paths} if self._shown else {}
        self._total, self._before, self._here = sum(self._sizes.values()), 0, 0
        self._begun = self._last = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.clear()

    def at(self, position: int) -> None:
        """The file that is read has been read up to *position*."""
        if self._shown:
            self._here = position
            self._draw(time.monotonic())

    def end(self, path: str) -> None:
        """The file at *path* is done."""
        if self._shown:
            self._before, self._here = self._before + self._sizes.get(path, 0), 0

    def _draw(self, now: float) -> None:
        """Show how far it is at *now*, a time in seconds; not if that was shown a moment ago."""
        if now - self._last < self._every:
            return
        self._last = now
        text = line(self._before + self._here, self._total, now - self._begun)
        if self._bar:
            show(text)
        else:
            console.complain(text)

    def spent(self) -> str:
        """The time since the run began."""
        seconds = time.monotonic() - self._begun
        return f"{seconds:.1f} s" if seconds < 60 else _clock(int(seconds))

    def clear(self) -> None:
        """Take the bar away."""
        if self._bar:
            show("")


def line(done: int, total: int, seconds: float) -> str:
    """What is shown after *seconds*; without a total, when it is not known, only what has been done.

    >>> line(50_000_000, 200_000_000, 10)
    '[######------------------]  25 % 50 of 200 MB, 5.0 MB/s, 0:30 left'
    >>> line(2_500_000, 10_000_000, 10)
    '[######------------------]  25 % 2.5 of 10.0 MB, 0.2 MB/s, 0:30 left'
    >>> line(50_000_000, 0, 10)
    '50.0 MB, 5.0 MB/s'
    """
    rate = done / max(seconds, 1e-9)
    digits = 1 if max(done, total) < 1e8 else 0  # where a megabyte is a step that is seen
    if not total:
        return f"{done / 1e6:.{digits}f} MB, {rate / 1e6:.1f} MB/s"
    left = _clock(int(max(total - done, 0) / max(rate, 1)))
    share = min(done / total, 1)
    amount = f"{done / 1e6:.{digits}f} of {total / 1e6:.{digits}f} MB"
    return f"{bar(share)} {amount}, {rate / 1e6:.1f} MB/s, {left} left"


def _clock(seconds: int) -> str:
    """Seconds as a clock shows them: 0:30, 1:02:03."""
    hours = f"{seconds // 3600}:{seconds // 60 % 60:02}" if seconds >= 3600 else str(seconds // 60)
    return f"{hours}:{seconds % 60:02}"


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size if path != "-" else 0
    except OSError:
        return 0


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
        """Whether a *line* of the list is of records that stay done: of another file, or before where to go on.

        Of files without such a place, as many of the first lines as an earlier run has counted.
        """
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
