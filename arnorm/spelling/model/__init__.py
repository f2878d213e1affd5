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

#: How a file begins that is a model, and the version of the format: raised whenever what was written cannot be read.
MAGIC = b"\x89arnorm\n"
VERSION = 7
_HEAD = struct.Struct("<8sHI32s")
#: Bytes before the sections: what format it is, and a digest of the rest.
HEAD = _HEAD.size
#: A section is compressed where that leaves less of it; more is not worth the time it takes to load.
_WORTH_IT = 0.5
#: Bytes of the table of sections, of a section unpacked, and of all sections: several times what the model that comes
#: with arnorm has (0.002, 7 and 15 million), and little enough for any machine to hold.
_MOST_TABLE, _MOST, _MOST_ALL = 2**20, 2**25, 2**27


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


class UnsuitedModelError(ModelError):
    """The model was trained with other features, kinds of error or constants than this arnorm has."""


class Packed:
    """The sections of a model file, by name."""

    def __init__(self, sections: Mapping[str, bytes], meta: Mapping[str, Any]) -> None:
        self.sections = dict(sections)
        self.meta = dict(meta)

    def text(self, name: str) -> str:
        """Return a compressed text section."""
        return self.unpacked(name).decode("utf-8")

    def unpacked(self, name: str) -> bytes:
        """Return a compressed section of bytes."""
        return unpack(self.blob(name))

    def numbers(self, name: str, typecode: str, *, compressed: bool = False, planes: int = 0) -> array[int]:
        """Return a section of little-endian integers of `array` type *typecode*, in so many planes or in none."""
        data = self.unpacked(name) if compressed else self.blob(name)
        return from_planes(data, typecode, planes) if planes else _little_endian(data, typecode)

    def blob(self, name: str) -> bytes:
        """Return a section of bytes as it stands."""
        try:
            return self.sections[name]
        except KeyError:
            raise ForeignModelError(
                f"the model has no section {name!r}; give a file written by `arnorm train`"
            ) from None


def unpack(data: bytes | memoryview, most: int = _MOST) -> bytes:
    """Return what *data* was compressed from; no more than *most* bytes are ever unpacked.

    >>> unpack(zlib.compress(bytes(9)), 8)
    Traceback (most recent call last):
    ...
    arnorm.spelling.model.DamagedModelError: a section of the model has more than 8 bytes; train it again
    """
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(data, most + 1)
    except zlib.error as error:
        raise DamagedModelError(f"a section of the model cannot be unpacked ({error}); train it again") from error
    if len(plain) > most:
        raise DamagedModelError(f"a section of the model has more than {most} bytes; train it again")
    if not unpacker.eof:
        raise DamagedModelError("a section of the model is cut off; train it again")
    return plain


def pack(data: bytes) -> bytes:
    """Return *data* compressed."""
    return zlib.compress(data, 9)


def in_planes(numbers: bytes, width: int, planes: int) -> bytes:
    """Return the lowest bytes of all numbers of *width* bytes, then the next, as many as there are planes.

    They compress better, and what is always zero need not be kept.

    >>> in_planes(bytes([1, 2, 3, 0, 4, 5, 6, 0]), 4, 3)
    b'\\x01\\x04\\x02\\x05\\x03\\x06'
    """
    return b"".join(numbers[k::width] for k in range(planes))


def from_planes(data: bytes | memoryview, typecode: str, planes: int) -> array[int]:
    """Return the numbers that `in_planes` took apart.

    >>> from_planes(bytes([1, 4, 2, 5]), "I", 2)
    array('I', [513, 1284])
    """
    width, size = array(typecode).itemsize, len(data) // planes
    if size * planes != len(data):
        raise ValueError("a section of the model has planes that are not whole")
    mixed = bytearray(size * width)
    for k in range(planes):
        mixed[k::width] = data[k * size : (k + 1) * size]
    return _little_endian(mixed, typecode)


def _little_endian(data: bytes | bytearray, typecode: str) -> array[int]:
    numbers = array(typecode)
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def write(path: str | PathLike[str], packed: Packed) -> None:
    """Write *packed* to *path*; the same content gives the same bytes."""
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
    """Read the model at *path*, or raise the `ModelError` that says what is wrong with it."""
    with open(path, "rb") as file:
        head = file.read(_HEAD.size)
        rest = memoryview(file.read(_size(path, head) + 1))
    try:
        return _sections(_checked(path, head, rest))
    except DamagedModelError as error:
        raise DamagedModelError(f"{path}: {error}") from error


def _size(path: str | PathLike[str], head: bytes) -> int:
    """Return how many bytes follow the head of a model."""
    if len(head) < _HEAD.size:
        kind = TruncatedModelError if head and MAGIC.startswith(head[:8]) else ForeignModelError
        raise kind(f"{path}: {len(head)} bytes are no arnorm model; give a file written by `arnorm train`")
    magic, version, size, _ = _HEAD.unpack(head)
    if magic != MAGIC:
        raise ForeignModelError(f"{path} is not an arnorm model; give a file written by `arnorm train`")
    if version != VERSION:
        raise ModelVersionError(f"{path} has model format {version}, this arnorm reads {VERSION}; train it again")
    if size > _MOST_ALL:
        raise DamagedModelError(f"{path} has more than {_MOST_ALL} bytes; train it again")
    return int(size)


def _checked(path: str | PathLike[str], head: bytes, rest: memoryview) -> memoryview:
    """Return what follows the head, where it is all there and has its checksum."""
    _, _, size, digest = _HEAD.unpack(head)
    if len(rest) < size:
        raise TruncatedModelError(f"{path} ends after {len(rest)} of {size} bytes; copy it again")
    if len(rest) > size or hashlib.sha256(rest).digest() != digest:
        raise DamagedModelError("the model does not match its checksum; copy or train it again")
    return rest


def digest(path: str | PathLike[str]) -> bytes:
    """Return the digest that the model at *path* carries, which `read` checks."""
    with open(path, "rb") as file:
        return bytes(_HEAD.unpack(file.read(_HEAD.size))[3])


def _sections(rest: memoryview) -> Packed:
    """Return the sections, of whoever may have written them: a checksum proves no good will."""
    length = int.from_bytes(rest[:4], "little")
    body = rest[4 + length :]
    table, meta = _header(bytes(rest[4 : 4 + min(length, _MOST_TABLE)]))
    sections: dict[str, bytes] = {}
    left = _MOST_ALL
    for name, place in table.items():
        if not (isinstance(place, list) and len(place) == 3 and all(isinstance(n, int) and n >= 0 for n in place)):
            raise DamagedModelError(f"the table of the model does not say where {name!r} is; train it again")
        start, size, compressed = place
        if start + size > len(body):
            raise DamagedModelError(f"the section {name!r} of the model is cut off; train it again")
        data = body[start : start + size]
        sections[name] = unpack(data, min(left, _MOST)) if compressed else bytes(data)
        left -= len(sections[name])
        if left < 0:
            raise DamagedModelError(f"the sections of the model have more than {_MOST_ALL} bytes; train it again")
    return Packed(sections, meta)


def _header(data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the table of sections, and what the model says of itself."""
    try:
        header = json.loads(data)
        table, meta = header["sections"], header["meta"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedModelError(f"the model has no table of its sections ({error!r}); train it again") from error
    if not (isinstance(table, dict) and isinstance(meta, dict)):
        raise DamagedModelError("the model has no table of its sections; train it again")
    return table, meta
