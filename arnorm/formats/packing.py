"""Packed files: .gz, .xz and .zst, of one member or many, in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NoReturn, Protocol

from arnorm.errors import MissingPackageError
from arnorm.formats import blocks
from arnorm.formats.base import Output
from arnorm.formats.errors import FormatError

#: The endings of the names of packed files.
PACKED = (".gz", ".xz", ".zst")
# Bytes unpacked at a time. zstd makes up to 128 KiB of four bytes, so that of a hostile file 32 MB come out of them.
_STEP = 1 << 10


class _Packer(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


def unpacked(parts: Iterable[bytes], kind: str, name: str) -> Iterator[bytes]:
    """The bytes that *parts* of a file packed as *kind* hold, a block at a time; of all members, if there are several.

    Raises `FormatError` for a file that is cut off, damaged, or followed by something else, after what is sound
    before that, and `MissingPackageError` where zstandard is needed and missing.
    """
    have: list[bytes] = []
    size = 0
    try:
        for data in _steps(parts, kind, name):
            have.append(data)
            size += len(data)
            if size >= blocks.BLOCK:
                yield from _in_blocks(have)
                have, size = [], 0
    except FormatError:
        yield from _in_blocks(have)
        raise
    yield from _in_blocks(have)


def _in_blocks(have: list[bytes]) -> Iterator[bytes]:
    """*have* joined, and cut into blocks: a few bytes may hold many."""
    data = b"".join(have)
    yield from (data[at : at + blocks.BLOCK] for at in range(0, max(len(data), 1), blocks.BLOCK))


def _steps(parts: Iterable[bytes], kind: str, name: str) -> Iterator[bytes]:
    """*parts* unpacked, in steps of bounded size; members follow each other, with zeros between as tape has them.

    Raises `FormatError` where the last member does not end.
    """
    unpacker: Any = None
    for part in parts:
        for at in range(0, len(part), _STEP):
            data = part[at : at + _STEP]
            while data:
                if unpacker is None:
                    data = data.lstrip(b"\0")  # padding between members
                    if not data:
                        break
                    unpacker = _unpacker(kind)
                out, done = _step(unpacker, data, name)
                data = unpacker.unused_data if done else b""
                unpacker = None if done else unpacker
                yield out
    if unpacker is not None:
        raise FormatError(f"{name}: the packed file is cut off; copy or pack it again")


def _step(unpacker: Any, data: bytes, name: str) -> tuple[bytes, bool]:
    try:
        return unpacker.decompress(data), unpacker.eof
    except Exception as error:  # each unpacker has an error class of its own
        _damaged(error, name)


def _damaged(error: Exception, name: str) -> NoReturn:
    if isinstance(error, MemoryError):
        raise error
    raise FormatError(f"{name}: cannot be unpacked ({error}); copy or pack it again") from error


def _unpacker(kind: str) -> Any:
    """What unpacks one member of *kind*."""
    if kind == ".gz":
        import zlib

        return zlib.decompressobj(wbits=31)
    if kind == ".xz":
        import lzma

        return lzma.LZMADecompressor(lzma.FORMAT_XZ)
    return _zstandard().ZstdDecompressor().decompressobj()


def _packer(kind: str) -> _Packer:
    """What packs one member of *kind*: at the level that is the default of its tool, with a checksum."""
    if kind == ".gz":
        import zlib

        return zlib.compressobj(6, zlib.DEFLATED, 31)
    if kind == ".xz":
        import lzma

        return lzma.LZMACompressor()
    packer: _Packer = _zstandard().ZstdCompressor(write_checksum=True).compressobj()
    return packer


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        raise MissingPackageError("zstandard", "zstd") from None
    return zstandard


class Packing:
    """Packs what is written to it, as one member, and writes that to *out*. The same text gives the same bytes."""

    def __init__(self, out: Output, kind: str) -> None:
        self._out, self._kind, self._packer = out, kind, _packer(kind)

    def write(self, data: bytes) -> None:
        """Take *data*."""
        if packed := self._packer.compress(data):
            self._out.write(packed)

    def next_member(self) -> None:
        """End a member of the file, and begin another, so that what has been written is whole."""
        self.close()
        self._packer = _packer(self._kind)

    def close(self) -> None:
        """Write the end."""
        self._out.write(self._packer.flush())
