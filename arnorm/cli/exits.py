"""How a command ends: exit codes, after BSD's sysexits.h, the errors that lead to them, and signals."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from arnorm.errors import ArnormError, InvalidDecisionsError, InvalidPassError, UndecodableInputError, UnknownNameError
from arnorm.files.errors import DataError, UnencodableOutputError, UsageError
from arnorm.formats.errors import FieldError, FormatError


class Exit(IntEnum):
    """What the exit code of the process says."""

    OK = 0
    CHANGES = 1
    USAGE = 2
    DATA = 65
    SOFTWARE = 70
    MEMORY = 71
    IO = 74
    INTERRUPTED = 130
    TERMINATED = 143


#: The exit codes in words, for the documentation.
MEANING = {
    Exit.OK: "fine; also when the reader of a pipe leaves early",
    Exit.CHANGES: "`--check` found something that would change",
    Exit.USAGE: "wrong usage: an unknown option, pass, profile or column, options that do not go together or have no "
    "effect; nothing was changed",
    Exit.DATA: "bad data: bytes that are not text in their encoding, bad records that are not listed with `--rejects`, "
    "a damaged file, a file that is no text, output that its encoding cannot hold, a model or a word list that is none",
    Exit.SOFTWARE: "a package is missing, a worker process was lost, or a fault of arnorm, which prints a traceback",
    Exit.MEMORY: "out of memory",
    Exit.IO: "cannot read or write, another run holds the file, or a link leads out of the directory",
    Exit.INTERRUPTED: "interrupted (Ctrl-C)",
    Exit.TERMINATED: "terminated (SIGTERM)",
}


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
        (InvalidDecisionsError, Exit.DATA),
        (FormatError, Exit.DATA),
        (ModelError, Exit.DATA),
        (ArnormError, Exit.SOFTWARE),  # a worker was lost, a package is missing
        (OSError, Exit.IO),
        (MemoryError, Exit.MEMORY),
    )
    return next((code for kind, code in codes if isinstance(error, kind)), Exit.OK)


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
