"""The packed model: written once, checked and read whole.

A model file is a magic number, a version, a SHA-256 digest of all that follows, and a JSON table of
named sections. Sections are arrays of little-endian integers, bytes, or compressed UTF-8 text; those that get much
smaller by it are compressed in the file.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import zlib
from array import array
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from arnorm.errors import ArnormError

MAGIC = b"\x89arnorm\n"
VERSION = 4
_HEAD = struct.Struct("<8sHI32s")
#: A section is compressed where that leaves less of it; more is not worth the time it takes to load.
_WORTH_IT = 0.5


class ModelError(ArnormError, ValueError):
    """A file that should be a model cannot be used as one."""


class ForeignModelError(ModelError):
    """The file is not an arnorm model."""


class ModelVersionError(ModelError):
    """The model was written for another version of the format."""


class TruncatedModelError(ModelError):
    """The file ends before the model does."""


class DamagedModelError(ModelError):
    """The file's content does not match its checksum."""


class Packed:
    """The sections of a model file, by name."""

    def __init__(self, sections: Mapping[str, bytes], meta: Mapping[str, Any]) -> None:
        self.sections = dict(sections)
        self.meta = dict(meta)

    def text(self, name: str) -> str:
        """Return a compressed text section."""
        return zlib.decompress(self.blob(name)).decode("utf-8")

    def numbers(self, name: str, typecode: str, *, compressed: bool = False, planes: bool = False) -> array[int]:
        """Return a section of little-endian integers of `array` type `typecode`, `in_planes` or not."""
        data = zlib.decompress(self.blob(name)) if compressed else self.blob(name)
        numbers = array(typecode)
        if planes:
            size = len(data) // numbers.itemsize
            mixed = bytearray(size * numbers.itemsize)
            for k in range(numbers.itemsize):
                mixed[k :: numbers.itemsize] = data[k * size : (k + 1) * size]
            numbers.frombytes(mixed)
        else:
            numbers.frombytes(data)
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    def blob(self, name: str) -> bytes:
        """Return a section of bytes as it stands."""
        try:
            return self.sections[name]
        except KeyError:
            raise ForeignModelError(
                f"the model has no section {name!r}; give a file written by `arnorm train`"
            ) from None


def in_planes(numbers: bytes, width: int) -> bytes:
    """Return the lowest bytes of all numbers of `width` bytes, then the next, and so on: they compress better.

    >>> in_planes(bytes([1, 0, 2, 0]), 2)
    b'\\x01\\x02\\x00\\x00'
    """
    return b"".join(numbers[k::width] for k in range(width))


def write(path: str | PathLike[str], packed: Packed) -> None:
    """Write `packed` to `path`; the same content gives the same bytes."""
    table, body, offset = {}, [], 0
    for name in sorted(packed.sections):
        plain = packed.sections[name]
        data = zlib.compress(plain, 9)
        compressed = len(data) < _WORTH_IT * len(plain)
        data = data if compressed else plain
        table[name] = [offset, len(data), compressed]
        body.append(data)
        offset += len(data)
    header = json.dumps({"sections": table, "meta": packed.meta}, sort_keys=True, ensure_ascii=False).encode("utf-8")
    rest = struct.pack("<I", len(header)) + header + b"".join(body)
    head = _HEAD.pack(MAGIC, VERSION, len(rest), hashlib.sha256(rest).digest())
    Path(path).write_bytes(head + rest)


def read(path: str | PathLike[str]) -> Packed:
    """Read the model at `path`, or raise the `ModelError` that says what is wrong with it."""
    data = Path(path).read_bytes()
    if len(data) < _HEAD.size:
        kind = TruncatedModelError if data and MAGIC.startswith(data[:8]) else ForeignModelError
        raise kind(f"{path}: {len(data)} bytes are no arnorm model; give a file written by `arnorm train`")
    magic, version, size, digest = _HEAD.unpack_from(data)
    if magic != MAGIC:
        raise ForeignModelError(f"{path} is not an arnorm model; give a file written by `arnorm train`")
    if version != VERSION:
        raise ModelVersionError(f"{path} has model format {version}, this arnorm reads {VERSION}; train it again")
    rest = memoryview(data)[_HEAD.size :]
    if len(rest) < size:
        raise TruncatedModelError(f"{path} ends after {len(rest)} of {size} bytes; copy it again")
    if len(rest) > size or hashlib.sha256(rest).digest() != digest:
        raise DamagedModelError(f"{path} does not match its checksum; copy or train it again")
    return _sections(rest)


def digest(path: str | PathLike[str]) -> bytes:
    """Return the digest that the model at `path` carries, which `read` checks."""
    with open(path, "rb") as file:
        return bytes(_HEAD.unpack(file.read(_HEAD.size))[3])


def _sections(rest: memoryview) -> Packed:
    (length,) = struct.unpack_from("<I", rest)
    header = json.loads(bytes(rest[4 : 4 + length]))
    body = rest[4 + length :]
    sections = {
        name: zlib.decompress(body[start : start + size]) if compressed else bytes(body[start : start + size])
        for name, (start, size, compressed) in header["sections"].items()
    }
    return Packed(sections, header["meta"])
