"""How far a run has come, on a terminal; nothing anywhere else."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType

from arnorm import console

#: Cells of a progress bar.
CELLS = 24
#: Seconds between two looks of the bar.
EVERY = 0.1
#: Seconds between two lines, where there is no terminal.
EVERY_LINE = 10.0


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
