"""Numbers that stand for words in the tables of the classifiers."""

from __future__ import annotations

from zlib import crc32


def word_hash(bones: str) -> int:
    """Return the number that stands for a neighbour."""
    return crc32(bones.encode("utf-8", "surrogatepass"))


def shape_hash(bones: str) -> int:
    """Return the number that stands for the shape of a neighbour: how it begins and ends."""
    return crc32((bones[:2] + "+" + bones[-2:]).encode("utf-8", "surrogatepass"))


def spelling_hash(word: str) -> int:
    """Return an odd number that stands for a spelling to choose."""
    return crc32(word.encode("utf-8", "surrogatepass")) | 1
