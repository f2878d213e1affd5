"""Parquet: one column changes; row groups, schema, metadata, compression and encodings of the others stay.

A row group is in memory at a time. The file is written anew, so its bytes differ even where its values do not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any, BinaryIO

from arnorm.formats.base import Output, Piece
from arnorm.formats.columns import Column, OutputFile, position, readable, require_pyarrow


class ParquetDocument:
    """A Parquet file."""

    joins = False

    def __init__(self, file: BinaryIO, name: str, column: str, *, writing: bool) -> None:
        self.name, self.column, self.stopped = name, column, False
        self._file, self._writing, self._read = file, writing, 0
        self._before: Column | None = None
        self._groups: deque[tuple[Any, Column]] = deque()

    def pieces(self) -> Iterator[Piece]:
        """The values of the column, in slices."""
        with readable(self.name, "Parquet"):
            yield from self._pieces()

    def _pieces(self) -> Iterator[Piece]:
        import pyarrow.parquet as pq

        self._parquet = pq.ParquetFile(self._file, pre_buffer=False)
        size = self._file.seek(0, 2)
        self._at = position(self._parquet.schema_arrow, self.column, self.name)
        row = 1
        for index in range(self._parquet.num_row_groups):
            rows = self._parquet.metadata.row_group(index).num_rows
            for piece in self._group(index, row):
                yield piece
                if self.stopped:
                    return
                self._read = size * (row - 1) // max(self._parquet.metadata.num_rows, 1)
            row += rows
        self._read = size

    def _group(self, index: int, row: int) -> Iterator[Piece]:
        wanted = None if self._writing else [self.column]
        table = self._parquet.read_row_group(index, columns=wanted, use_threads=False)
        column = self._before = Column(table[self.column], rows=not self._writing, before=self._before)
        if self._writing:
            self._groups.append((table, column))
        for values in column.slices():
            yield Piece(column.codec, values, row)
            row += len(values)
        yield Piece(column.codec, None, row)  # the end of the group

    def writer(self, out: Output) -> _ParquetWriter:
        """What writes the row groups."""
        return _ParquetWriter(self._parquet, self._at, self._groups, out)

    def position(self) -> int:
        """Bytes read, by the share of the rows."""
        return self._read


class _ParquetWriter:
    """Puts the column of each row group back, and writes the group."""

    def __init__(self, parquet: Any, at: int, groups: deque[tuple[Any, Column]], out: Output) -> None:
        import pyarrow.parquet as pq

        self._at, self._groups = at, groups
        self._file = OutputFile(out)
        self._writer = pq.ParquetWriter(self._file, parquet.schema_arrow, **_options(parquet, at))

    def put(self, data: Any) -> None:
        """Takes a slice, or the end of a row group."""
        if data is not None:
            self._groups[0][1].put(data)
            return
        table, column = self._groups.popleft()
        field = table.schema.field(self._at)
        chunks = require_pyarrow().chunked_array(column.rebuilt(), type=field.type)
        self._writer.write_table(table.set_column(self._at, field, chunks), row_group_size=max(len(table), 1))

    def close(self) -> None:
        """Writes the footer."""
        self._writer.close()

    def abandon(self) -> None:
        """Writes nothing any more."""
        self._file.abandoned = True
        self._writer.close()


# How pyarrow wants to be told what it says of a file.
_CODECS = {"UNCOMPRESSED": "none", "LZ4_RAW": "lz4"}
_ENCODINGS = ("DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY", "BYTE_STREAM_SPLIT")


def _options(parquet: Any, at: int) -> dict[str, Any]:
    """The options that make a file like *parquet*, whose column *at* is to change."""
    meta = parquet.metadata
    options: dict[str, Any] = {
        "version": meta.format_version if meta.format_version in ("1.0", "2.4", "2.6") else "2.6",
        "store_schema": b"ARROW:schema" in (meta.metadata or {}),
    }
    if not meta.num_row_groups:
        return options
    group = meta.row_group(0)
    columns = [group.column(i) for i in range(meta.num_columns)]
    return options | _column_options(columns) | _order(group, columns, parquet.schema_arrow.field(at).name)


def _column_options(columns: list[Any]) -> dict[str, Any]:
    named = {c.path_in_schema: c for c in columns}
    coded = {name: e for name, c in named.items() for e in _ENCODINGS if e in c.encodings and not c.has_dictionary_page}
    return {
        "compression": {name: _CODECS.get(c.compression, c.compression.lower()) for name, c in named.items()},
        "use_dictionary": [name for name, c in named.items() if c.has_dictionary_page],
        "column_encoding": coded or None,
        "write_statistics": [name for name, c in named.items() if c.is_stats_set],
        "write_page_index": any(c.has_column_index for c in columns),
        "use_deprecated_int96_timestamps": any(c.physical_type == "INT96" for c in columns) or None,
        "use_compliant_nested_type": not any(".list.item" in name for name in named),
    }


def _order(group: Any, columns: list[Any], changing: str) -> dict[str, Any]:
    """By which columns the rows are sorted, as long as the changing one is none of them."""
    order = []
    for sorting in group.sorting_columns:
        if columns[sorting.column_index].path_in_schema == changing:
            break
        order.append(sorting)
    return {"sorting_columns": order} if order else {}
