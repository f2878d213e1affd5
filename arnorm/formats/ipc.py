"""Arrow's own files and streams: one column changes; batches, schema, metadata and compression stay."""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from arnorm.formats.base import Document, Output, Piece, Writer
from arnorm.formats.columns import Column, OutputFile, position, readable

_MAGIC = b"ARROW1"


class ArrowDocument(Document):
    """An Arrow file (also called Feather), or a stream of record batches."""

    can_replay = True

    def __init__(self, file: BinaryIO, name: str, columns: Sequence[str], *, writing: bool) -> None:
        self.name, self.columns = name, columns
        self._file, self._writing, self._read = file, writing, 0
        self._before: list[Column | None] = [None] * len(columns)
        self._batches: deque[tuple[Any, Any, list[Column]]] = deque()

    def pieces(self) -> Iterator[Piece]:
        """The values of each column, in slices, a batch at a time."""
        with readable(self.name, "Arrow"):
            yield from self._pieces()

    def _pieces(self) -> Iterator[Piece]:
        """The slices of each column, batch by batch, and behind those of a column None.

        The batches wait for the writer, which puts the changed columns back into them.
        """
        self._open()
        self._at = [position(self._reader.schema, column, self.name) for column in self.columns]
        row = 1
        for batch, metadata in self._read_batches():
            rows = not self._writing
            before = zip(self._at, self._before, strict=True)
            columns = [Column(batch.column(at), rows=rows, before=known) for at, known in before]
            self._before = [*columns]
            if self._writing:
                self._batches.append((batch, metadata, columns))
            self._read = self._file.tell()
            for column in columns:
                number = row
                for values in column.slices():
                    yield Piece(column.codec, values, number)
                    number += len(values)
                    if self.stopped:
                        return
                yield Piece(column.codec, None, number)  # the end of the column in this batch
            row += len(batch)

    def _open(self) -> None:
        from pyarrow import ipc

        self._whole = self._file.read(len(_MAGIC)) == _MAGIC
        self._file.seek(8 if self._whole else 0)
        self._compression = _compression(self._file)
        self._file.seek(0)
        self._reader = ipc.open_file(self._file) if self._whole else ipc.open_stream(self._file)

    def _read_batches(self) -> Iterator[tuple[Any, Any]]:
        if self._whole:
            for index in range(self._reader.num_record_batches):
                yield self._reader.get_batch_with_custom_metadata(index)
        else:
            yield from self._reader.iter_batches_with_custom_metadata()

    def writer(self, out: Output) -> _ArrowWriter:
        """What writes the batches."""
        from pyarrow import ipc

        # A dictionary that grows is written as what it grows by; a file cannot hold it any other way.
        options = ipc.IpcWriteOptions(compression=self._compression, emit_dictionary_deltas=True, use_threads=False)
        if not self._whole:
            return _ArrowWriter(
                ipc.new_stream(OutputFile(out), self._reader.schema, options=options), self._at, self._batches
            )
        metadata = getattr(self._reader, "metadata", None)
        more = {"metadata": metadata} if metadata else {}
        made = ipc.new_file(OutputFile(out), self._reader.schema, options=options, **more)
        return _ArrowWriter(made, self._at, self._batches)

    def position(self) -> int:
        """Bytes read."""
        return self._read


class _ArrowWriter(Writer):
    """Puts the columns of each batch back, and writes the batch."""

    def __init__(self, writer: Any, at: list[int], batches: deque[tuple[Any, Any, list[Column]]]) -> None:
        self._writer, self._at, self._batches, self._ended = writer, at, batches, 0

    def put(self, data: Any) -> None:
        """Take a slice, or the end of a column in a batch."""
        if data is not None:
            self._batches[0][2][self._ended].put(data)
            return
        self._ended += 1
        if self._ended < len(self._at):
            return
        self._ended = 0
        batch, metadata, columns = self._batches.popleft()
        for at, column in zip(self._at, columns, strict=True):
            (array,) = column.rebuilt()
            batch = batch.set_column(at, batch.schema.field(at), array)
        self._writer.write_batch(batch, custom_metadata=metadata)

    def close(self) -> None:
        """Write the end."""
        self._writer.close()

    def abandon(self) -> None:
        """Nothing to do."""


# --- How the batches are compressed ----------------------------------------------------------------------------------
# pyarrow reads compressed batches, but does not say how they were compressed. The head of each says it, as a
# flatbuffer: Message.header is a RecordBatch, whose field 3 is a BodyCompression, whose field 0 is the codec.

_RECORD_BATCH = 3  # MessageHeader


def _compression(file: BinaryIO) -> str | None:
    """``lz4``, ``zstd`` or None: the compression of the first batch of the stream at which *file* stands."""
    while (head := file.read(8)) and len(head) == 8:
        marker, size = struct.unpack("<Ii", head)
        if marker != 0xFFFFFFFF or size <= 0:  # before Arrow 0.15 there was no marker, nor compression
            return None
        message = _Table.root(file.read(size))
        if message.number(1, "<B") == _RECORD_BATCH and (batch := message.table(2)):
            compression = batch.table(3)
            return None if compression is None else {0: "lz4", 1: "zstd"}.get(compression.number(0, "<b"))
        file.seek(message.number(3, "<q"), 1)
    return None


class _Table:
    """A table of a flatbuffer."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    @classmethod
    def root(cls, data: bytes) -> _Table:
        return cls(data, struct.unpack_from("<I", data)[0])

    def _field(self, index: int) -> int:
        """Where the field is; 0 for one that has its default."""
        fields = self._at - struct.unpack_from("<i", self._data, self._at)[0]
        (size,) = struct.unpack_from("<H", self._data, fields)
        at = 4 + 2 * index
        return self._at + struct.unpack_from("<H", self._data, fields + at)[0] if at < size else self._at

    def number(self, index: int, form: str) -> int:
        at = self._field(index)
        return int(struct.unpack_from(form, self._data, at)[0]) if at != self._at else 0

    def table(self, index: int) -> _Table | None:
        at = self._field(index)
        return _Table(self._data, at + struct.unpack_from("<I", self._data, at)[0]) if at != self._at else None
