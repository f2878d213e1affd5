"""Parquet: one column changes; row groups, schema, metadata, compression and encodings of the others stay.

A row group is in memory at a time. The file is written anew, so its bytes differ even where its values do not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from arnorm.formats.base import Document, Output, Piece, Writer
from arnorm.formats.columns import Column, OutputFile, position, readable, require_pyarrow


class ParquetDocument(Document):
    """A Parquet file."""

    can_replay = True

    def __init__(self, file: BinaryIO, name: str, columns: Sequence[str], *, writing: bool) -> None:
        self.name, self.columns = name, columns
        self._file, self._writing, self._read = file, writing, 0
        self._before: dict[str, Column] = {}
        self._groups: deque[tuple[Any, list[Column]]] = deque()

    def pieces(self) -> Iterator[Piece]:
        """The values of each column, in slices, a row group at a time."""
        with readable(self.name, "Parquet"):
            yield from self._pieces()

    def _pieces(self) -> Iterator[Piece]:
        """The pieces of each row group. How far that is in bytes is known of rows only, so shares of rows are told."""
        import pyarrow.parquet as pq

        self._parquet = pq.ParquetFile(self._file, pre_buffer=False)
        size = self._file.seek(0, 2)
        self._at = [position(self._parquet.schema_arrow, column, self.name) for column in self.columns]
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
        """The slices of each column of row group *index*, which begins at *row*, and behind those of a column None.

        Other columns are read only to be written again.
        """
        wanted = None if self._writing else [*self.columns]
        table = self._parquet.read_row_group(index, columns=wanted, use_threads=False)
        taken = {c: Column(table[c], rows=not self._writing, before=self._before.get(c)) for c in self.columns}
        self._before = taken
        if self._writing:
            self._groups.append((table, [*taken.values()]))
        for column in taken.values():
            number = row
            for values in column.slices():
                yield Piece(column.codec, values, number)
                number += len(values)
            yield Piece(column.codec, None, number)  # the end of the column in this group

    def writer(self, out: Output) -> _ParquetWriter:
        """What writes the row groups."""
        return _ParquetWriter(self._parquet, self._at, self._groups, out)

    def position(self) -> int:
        """Bytes read, by the share of the rows."""
        return self._read


class _ParquetWriter(Writer):
    """Puts the columns of each row group back, and writes the group."""

    def __init__(self, parquet: Any, at: list[int], groups: deque[tuple[Any, list[Column]]], out: Output) -> None:
        import pyarrow.parquet as pq

        self._at, self._groups, self._ended = at, groups, 0
        self._file = OutputFile(out)
        self._writer = pq.ParquetWriter(self._file, parquet.schema_arrow, **_options(parquet, at))

    def put(self, data: Any) -> None:
        """Take a slice, or the end of a column in a row group."""
        if data is not None:
            self._groups[0][1][self._ended].put(data)
            return
        self._ended += 1
        if self._ended < len(self._at):
            return
        self._ended = 0
        table, columns = self._groups.popleft()
        for at, column in zip(self._at, columns, strict=True):
            field = table.schema.field(at)
            chunks = require_pyarrow().chunked_array(column.rebuilt(), type=field.type)
            table = table.set_column(at, field, chunks)
        self._writer.write_table(table, row_group_size=max(len(table), 1))

    def close(self) -> None:
        """Write the footer."""
        self._writer.close()

    def abandon(self) -> None:
        """Write nothing any more."""
        self._file.abandoned = True
        self._writer.close()


# How pyarrow wants to be told what it says of a file.
_CODECS = {"UNCOMPRESSED": "none", "LZ4_RAW": "lz4"}
_ENCODINGS = ("DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY", "BYTE_STREAM_SPLIT")


def _options(parquet: Any, at: list[int]) -> dict[str, Any]:
    """The options that make a file like *parquet*, whose columns *at* are to change."""
    meta = parquet.metadata
    options: dict[str, Any] = {
        "version": meta.format_version if meta.format_version in ("1.0", "2.4", "2.6") else "2.6",
        "store_schema": b"ARROW:schema" in (meta.metadata or {}),
    }
    if not meta.num_row_groups:
        return options
    group = meta.row_group(0)
    columns = [group.column(i) for i in range(meta.num_columns)]
    return options | _column_options(columns) | _order(group, columns, {parquet.schema_arrow.field(i).name for i in at})


def _column_options(columns: list[Any]) -> dict[str, Any]:
    """How *columns* were written, in the words of pyarrow's writer, for them to be written so again.

    An encoding of a column that has a dictionary is not named: pyarrow refuses both at once.
    """
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


def _order(group: Any, columns: list[Any], changing: set[str]) -> dict[str, Any]:
    """By which columns the rows are sorted, as long as no changing one is among them."""
    order = []
    for sorting in group.sorting_columns:
        if columns[sorting.column_index].path_in_schema in changing:
            break
        order.append(sorting)
    return {"sorting_columns": order} if order else {}
