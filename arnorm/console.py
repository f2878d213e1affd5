"""Standard input, output and error as bytes: UTF-8 whatever the locale, and no traceback when one is closed."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from contextlib import suppress
from typing import Any, BinaryIO, TextIO, cast

from arnorm.render import safe


def stdin() -> BinaryIO:
    """Standard input, in bytes."""
    if sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed")
    binary = getattr(sys.stdin, "buffer", None)
    if binary is None:  # a program that calls `main` may have put a text stream there
        return io.BytesIO(sys.stdin.read().encode("utf-8", "surrogatepass"))
    return cast("BinaryIO", binary)


def stdout() -> BinaryIO:
    """Standard output, in bytes."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    return _binary(sys.stdout)


def is_appending_to(path: str) -> bool:
    """Whether standard output is the file at *path* and not empty: reading it would never end."""
    try:
        opened = os.fstat(stdout().fileno())
        return stat.S_ISREG(opened.st_mode) and opened.st_size > 0 and os.path.samestat(opened, os.stat(path))
    except OSError:
        return False


def _binary(stream: TextIO) -> BinaryIO:
    stream.flush()
    return cast("BinaryIO", getattr(stream, "buffer", None) or _TextOnly(stream))


class _TextOnly(io.RawIOBase):
    """Takes UTF-8 for a stream that takes text only, such as the output cell of a notebook."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.stream.write(bytes(data).decode("utf-8", "replace"))
        return len(data)


def say(text: str, end: str = "\n") -> None:
    """Print *text* to standard output."""
    stdout().write((text + end).encode("utf-8", "backslashreplace"))


def say_to(stream: TextIO | None, text: str) -> None:
    """Print *text* to *stream*, standard error if there is none, in UTF-8."""
    with suppress(AttributeError):  # no standard error either
        target = _binary(stream or sys.stderr)
        target.write(text.encode("utf-8", "backslashreplace"))
        target.flush()


def complain(message: object) -> None:
    """Print *message* to standard error; a closed standard error is no reason to fail."""
    with suppress(OSError, ValueError):
        say_to(sys.stderr, f"arnorm: {safe(_words(message), breaks=False)}\n")


def complain_of_fault(error: Exception) -> None:
    """Print the traceback of an *error* that is a fault of arnorm, and ask for a report."""
    import traceback

    with suppress(OSError, ValueError):
        say_to(sys.stderr, safe("".join(traceback.format_exception(error))))
    complain("this is a fault of arnorm; please report it, with the lines above")


def _words(message: object) -> str:
    if isinstance(message, OSError) and message.strerror:
        about = f"{argument(message.filename)}: " if isinstance(message.filename, str) else ""
        hint = "; name the files in it" if message.errno == errno.EISDIR else ""
        return f"{about}{message.strerror}{hint}"
    if isinstance(message, MemoryError):
        return "out of memory; use fewer --processes, a lower --max-record, or a smaller file"
    return str(message)


def flush() -> None:
    """Flush standard output, while an error can still be handled."""
    if sys.stdout is not None:
        sys.stdout.flush()


def abandon() -> None:
    """Give up standard output when nobody reads it, so that nothing complains about it at exit."""
    try:
        flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)


def colored(wish: str) -> bool:
    """Whether to colour what goes to standard output: as wished, or on a terminal that shows colours.

    See https://no-color.org.
    """
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return is_terminal()


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def argument(text: str) -> str:
    """An argument of the process as UTF-8, though Python has read it in the locale's encoding.

    Under an ISO-8859-1 locale «أ» would arrive as «Ø£». Names of files are opened as they arrived, and shown so.
    """
    if os.name != "posix":
        return text
    with suppress(UnicodeError):
        return os.fsencode(text).decode("utf-8", "surrogateescape")
    return text
