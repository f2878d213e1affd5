"""A column of strings of an Arrow table: taken out in slices, put back in the type it had.

Nulls stay null. Of a column with a dictionary the dictionary is worked on, not the rows, and it stays one: words that
have become the same share an entry. Bytes that are not UTF-8 are bad records, and stay.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from arnorm.errors import MissingPackageError
from arnorm.formats.base import Bad, Output, Piece, Records
from arnorm.formats.blocks import BLOCK
from arnorm.formats.errors import FieldError, FormatError


def require_pyarrow() -> Any:
    """The package pyarrow, or `MissingPackageError`."""
    try:
        import pyarrow
    except ImportError:
        raise MissingPackageError("pyarrow", "arrow") from None
    return pyarrow


class Values(NamedTuple):
    """The codec: a piece is a list of strings, nulls, and bytes that are not UTF-8."""

    rows: bool  #: whether they are of rows, not of a dictionary

    @property
    def one_line(self) -> bool:
        """A text may have several lines."""
        return False

    @property
    def faithful(self) -> bool:
        """What does not change stays."""
        return True

    @property
    def keeps_bad(self) -> bool:
        """Bytes that are not UTF-8 stay."""
        return True

    def read(self, piece: Piece) -> Records:
        """The strings."""
        texts, numbers, bad = [], [], []
        for number, value in enumerate(piece.data, piece.number):
            if isinstance(value, str):
                texts.append(value)
                numbers.append(number)
            elif value is not None:
                bad.append(Bad(number, None, "bytes that are not UTF-8"))
        return Records(texts, numbers, bad)

    def restore(self, piece: Piece, records: Records, texts: list[str]) -> list[Any]:
        """The list with *texts* in place of its strings."""
        new = iter(texts)
        return [next(new) if isinstance(value, str) else value for value in piece.data]


def position(schema: Any, name: str, file: str) -> int:
    """Which column is called *name*. `FieldError` where none is, or where it does not hold text."""
    at = schema.get_field_index(name)
    if at < 0:
        why = f"several columns are named {name!r}" if name in schema.names else ""
        raise FieldError(file, "column", name, schema.names, why)
    if not is_text(schema.field(at).type):
        raise FieldError(file, "column", name, schema.names, f"the column {name!r} is {schema.field(at).type}, no text")
    return int(at)


def is_text(kind: Any) -> bool:
    """Whether a type is one of strings, or of a dictionary of strings."""
    types = require_pyarrow().types
    kind = kind.value_type if types.is_dictionary(kind) else kind
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


class Column:
    """A column of a table or batch: gives slices of values, takes them back in order.

    With *rows* a dictionary is given row by row. The column *before*, of the same file, saves doing a dictionary again
    that is the same in batch after batch.
    """

    def __init__(self, column: Any, *, rows: bool, before: Column | None = None) -> None:
        self._pa = require_pyarrow()
        self._kind = column.type
        chunks = getattr(column, "chunks", [column])
        has_dictionary = bool(self._pa.types.is_dictionary(self._kind))
        self._rows = rows or not has_dictionary
        self._chunks = [c.dictionary_decode() for c in chunks] if rows and has_dictionary else [*chunks]
        self._sizes: list[int] = []
        self._new: list[list[Any]] = []
        self._entries: list[_Entries] = []
        # The column with the same dictionary; None, not itself, for a cycle would keep its memory.
        origin = before and (before._origin or before)
        self._origin: Column | None = origin if origin is not None and self._has_dictionary_of(origin) else None

    def _has_dictionary_of(self, other: Column) -> bool:
        if self._rows or len(self._chunks) != 1 or len(other._chunks) != 1:
            return False
        return bool(self._chunks[0].dictionary.equals(other._chunks[0].dictionary))

    @property
    def codec(self) -> Values:
        """How the slices are read."""
        return Values(self._rows)

    def slices(self) -> Iterator[list[Any]]:
        """The values, some at a time: as many as fill a block, on average."""
        for chunk in self._chunks if self._origin is None else ():
            values = chunk if self._rows else chunk.dictionary
            step = max(1, BLOCK // (values.nbytes // max(len(values), 1) + 1))
            starts = range(0, len(values), step)
            self._sizes.append(len(starts))
            for start in starts:
                yield _listed(values[start : start + step])

    def put(self, values: Sequence[Any]) -> None:
        """Take the next slice back."""
        self._new.append(list(values))

    def rebuilt(self) -> list[Any]:
        """The chunks, with what `put` took."""
        if self._rows:
            return [_array(self._pa, values, self._kind) for values in self._values()]
        entries = zip(self._chunks, (self._origin or self)._done(), strict=True)
        return [entry.rebuilt(self._pa, chunk, self._kind.ordered) for chunk, entry in entries]

    def _values(self) -> Iterator[list[Any]]:
        """What `put` took for each chunk."""
        slices = iter(self._new)
        for size in self._sizes:
            yield [value for _ in range(size) for value in next(slices)]

    def _done(self) -> list[_Entries]:
        if not self._entries:
            self._entries = [_Entries(self._pa, values, self._kind) for values in self._values()]
            self._new.clear()
        return self._entries


class _Entries:
    """A dictionary done: entries that have become the same are one."""

    def __init__(self, pa: Any, values: list[Any], kind: Any) -> None:
        place = {value: at for at, value in enumerate(dict.fromkeys(values))}
        self._dictionary = _array(pa, list(place), kind.value_type)
        joined = len(place) < len(values)
        self._moved = pa.array([place[value] for value in values], type=kind.index_type) if joined else None

    def rebuilt(self, pa: Any, chunk: Any, ordered: bool) -> Any:
        """*chunk*, which had the dictionary as it was."""
        indices = chunk.indices if self._moved is None else self._moved.take(chunk.indices)
        return pa.DictionaryArray.from_arrays(indices, self._dictionary, ordered=ordered)


def _listed(values: Any) -> list[Any]:
    try:
        found: list[Any] = values.to_pylist()
    except UnicodeDecodeError:
        return [_decoded(value) for value in _as_bytes(values).to_pylist()]
    return found


def _as_bytes(values: Any) -> Any:
    pa = require_pyarrow()
    kinds = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}
    return values.view(kinds[values.type])


def _decoded(value: bytes | None) -> str | bytes | None:
    try:
        return value if value is None else value.decode()
    except UnicodeDecodeError:
        return value


def _array(pa: Any, values: list[Any], kind: Any) -> Any:
    if not any(isinstance(value, bytes) for value in values):
        return pa.array(values, type=kind)
    in_bytes = [value.encode() if isinstance(value, str) else value for value in values]
    return pa.array(in_bytes, type=_as_bytes(pa.array([], kind)).type).view(kind)


class OutputFile:
    """An output as the file that pyarrow wants to write to."""

    closed = False

    def __init__(self, out: Output) -> None:
        self._out, self._at = out, 0
        self.abandoned = False  #: whether what comes now is thrown away; writers of pyarrow end a file in any case

    def write(self, data: Any) -> int:
        """Take *data*, any buffer."""
        view = memoryview(data)
        if not self.abandoned:
            self._out.write(bytes(view))
        self._at += view.nbytes
        return view.nbytes

    def tell(self) -> int:
        """How much it has taken."""
        return self._at

    def flush(self) -> None:
        """Nothing to do: who made it flushes."""

    def close(self) -> None:
        """Nothing to do: who made it closes."""

    def readable(self) -> bool:
        """It is for writing."""
        return False

    def writable(self) -> bool:
        """It is for writing."""
        return True


@contextmanager
def readable(name: str, kind: str) -> Iterator[None]:
    """Make what pyarrow raises on a file that is cut off or damaged a `FormatError`."""
    try:
        yield
    except (require_pyarrow().ArrowException, EOFError, struct.error, OSError) as error:
        if isinstance(error, OSError) and error.errno:  # the system's own
            raise
        what = str(error).partition("\n")[0].rstrip(".")
        raise FormatError(f"{name}: cannot be read as {kind} ({what})") from error
