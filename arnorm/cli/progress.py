"""How far a run has come, on a terminal; nothing anywhere else."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType

from arnorm.cli import console

#: Cells of a progress bar.
CELLS = 24
#: Seconds between two looks of the bar.
EVERY = 0.1


def bar(done: float) -> str:
    """A bar that is *done*, of 1, full.

    >>> bar(0.5)
    '[############------------]  50 %'
    """
    full = int(done * CELLS)
    return f"[{'#' * full}{'-' * (CELLS - full)}] {done:4.0%}".replace("%", " %")


def show(text: str) -> None:
    """Puts *text* in the place of what was last shown."""
    console.say_to(sys.stderr, f"\r\x1b[K{text}")


def on_terminal() -> bool:
    """Whether there is a terminal to show progress on."""
    return sys.stderr is not None and sys.stderr.isatty()


class Progress:
    """Bytes read of the files at *paths*, how many a second, and the time that the rest will take.

    Nothing is shown where the *output* goes to the terminal, too: it would get in its way.
    """

    def __init__(self, paths: list[str], *, output: bool) -> None:
        self._shown = on_terminal() and not (output and console.is_terminal())
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
        if now - self._last < EVERY:
            return
        self._last = now
        show(line(self._before + self._here, self._total, now - self._begun))

    def clear(self) -> None:
        """Takes the bar away."""
        if self._shown:
            show("")


def line(done: int, total: int, seconds: float) -> str:
    """What is shown after *seconds*; without a total, when it is not known, only what has been done.

    >>> line(50_000_000, 200_000_000, 10)
    '[######------------------]  25 % 50 of 200 MB, 5.0 MB/s, 0:30 left'
    >>> line(50_000_000, 0, 10)
    '50 MB, 5.0 MB/s'
    """
    rate = done / max(seconds, 1e-9)
    if not total:
        return f"{done / 1e6:.0f} MB, {rate / 1e6:.1f} MB/s"
    left = int(max(total - done, 0) / max(rate, 1))
    clock = f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}" if left >= 3600 else f"{left // 60}:{left % 60:02}"
    share = min(done / total, 1)
    return f"{bar(share)} {done / 1e6:.0f} of {total / 1e6:.0f} MB, {rate / 1e6:.1f} MB/s, {clock} left"


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size if path != "-" else 0
    except OSError:
        return 0
