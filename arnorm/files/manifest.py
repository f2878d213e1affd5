"""Which files of a directory are done: so that a run that was killed can be taken up where it ended.

A line of JSON for each file, written when the file is complete: its name, the size and time of what was read, the
fingerprint of what was done, and how many bad records it has. A file is done again when what is read, or what is to be
done, has changed; its bad records count until it has none.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from typing import Any, BinaryIO, NamedTuple

from arnorm import __version__, console
from arnorm.core import Composable, Pipeline
from arnorm.files.errors import UsageError
from arnorm.files.options import Options
from arnorm.files.unfinished import locked, unlock
from arnorm.formats.encodings import UTF8

#: The name of the manifest in its directory.
MANIFEST = ".arnorm-manifest.jsonl"


class DoneFile(NamedTuple):
    """What a file that is done has left."""

    bad: int  #: records that cannot be read
    listed: bool  #: whether ``--rejects`` has listed them


class BegunFile(NamedTuple):
    """What a file has that a run has begun, and not ended."""

    part: str  #: the name of the unfinished output, beside the output
    offset: int  #: bytes of the input that are done
    written: int  #: bytes of the unfinished output that hold them
    lines: int  #: of the input that are done, where workers count them
    changed: int  #: records
    bad: int  #: records
    pieces: int = 0  #: that `arnorm.files.journal` holds, of a file that cannot be gone on with where it ends


class Manifest:
    """The manifest of the directory *root*. Raises `UsageError` if another run is at work there."""

    def __init__(self, root: str, recipe: str) -> None:
        os.makedirs(root, exist_ok=True)
        path = os.path.join(root, MANIFEST)
        self._recipe = recipe
        self._file = _opened(path)
        if not locked(self._file.fileno()):
            self._file.close()
            raise UsageError(f"another run is at work in {console.argument(root)}; let it end, or end it")
        self._done = dict(self._read())

    def _read(self) -> list[tuple[str, dict[str, Any]]]:
        """The rows that are whole, each with the name of its file; the last of a name is the one that counts.

        A line that a killed run has not ended gets its end, so that what this run writes begins on a line of its own.
        """
        self._file.seek(0)
        rows = []
        ended = True
        for line in self._file:
            ended = line.endswith(b"\n")
            try:
                row = json.loads(line)
                rows.append((row["file"], row))
            except (ValueError, KeyError, TypeError):
                continue  # a line that a killed run did not finish
        if not ended:
            self._file.write(b"\n")
        return rows

    def find(self, name: str, found: os.stat_result) -> DoneFile | None:
        """What is known of the file called *name*, if it is done, and its input as *found*."""
        row = self._done.get(name)
        if row is None or "part" in row or not self._is_same(row, name, found):
            return None
        return DoneFile(int(row.get("bad", 0)), bool(row.get("listed", True)))

    def begun(self, name: str, found: os.stat_result) -> BegunFile | None:
        """What is there of the file called *name*, if it was begun, and its input is as *found*."""
        row = self._done.get(name)
        if row is None or "part" not in row or not self._is_same(row, name, found):
            return None
        try:
            return BegunFile(str(row["part"]), *(int(row[key]) for key in BegunFile._fields[1:]))
        except (KeyError, TypeError, ValueError):
            return None

    def part(self, name: str) -> str:
        """The name of the unfinished output of the file called *name*, if there is one."""
        return str(self._done.get(name, {}).get("part", ""))

    def _is_same(self, row: dict[str, Any], name: str, found: os.stat_result) -> bool:
        return all(row.get(key) == value for key, value in self._row(name, found).items())

    def add(self, name: str, found: os.stat_result, file: DoneFile | BegunFile) -> None:
        """The file is done, or a part of it."""
        row = self._row(name, found) | file._asdict()
        self._file.write(json.dumps(row, ensure_ascii=True).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def _row(self, name: str, found: os.stat_result) -> dict[str, Any]:
        return {"file": name, "size": found.st_size, "mtime_ns": found.st_mtime_ns, "recipe": self._recipe}

    def close(self) -> None:
        """Let others have it."""
        unlock(self._file.fileno())
        self._file.close()


def _opened(path: str) -> BinaryIO:
    """The file at *path*, of this run's own directory: not one that a link leads to, and no pipe."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
        flags |= getattr(os, name, 0)
    file = os.fdopen(os.open(path, flags, 0o666), "a+b")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "not a regular file, and no list of files that are done; remove it", path)
    return file


def recipe_of(transform: Composable, options: Options) -> str:
    """Sixteen digits that say what is done to a file: the passes, with their data, and how files are read."""
    said: list[Any] = [__version__, Pipeline((transform,)).fingerprint]
    said += [options.format, options.field, options.delimiter, options.track_changes]
    said += [str(options.encoding or UTF8), str(options.to), options.max_record]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
