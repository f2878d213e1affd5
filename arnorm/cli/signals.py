"""Signals: SIGTERM ends a command as an exception does, so that unfinished files are removed."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def terminated_politely() -> Iterator[None]:
    """Let SIGTERM unwind the stack, so that unfinished files are removed; the exit code is the shell's 143."""

    def leave(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    ours = threading.current_thread() is threading.main_thread()
    ours = ours and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if ours:
        signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        if ours:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
