"""A table as SentencePiece's precompiled map, which Hugging Face tokenizers apply in one go over the text.

The map is a double array of bytes (as in darts-clone) of the keys in UTF-8, behind it the values, each with a NUL.
The package looks for it in graphemes: one of less than six bytes whose beginning is a key becomes that key's value as
a whole, marks and all. So a key has to be kept apart from what joins it and stays; `joined` finds where.
"""

from __future__ import annotations

from collections.abc import Mapping
from struct import pack
from typing import Any

from arnorm.export.sets import CharSet

#: Characters that no grapheme joins to the one before, in any version of Unicode. Not all there are.
_ALONE = CharSet.spanning([(0x01, 0xAC), (0xAE, 0x2FF), (0x60C, 0x60F),
                           (0x61B, 0x61B), (0x61D, 0x64A), (0x660, 0x66F), (0x671, 0x6D5), (0x6EE, 0x6FF),
                           (0x750, 0x77F), (0x2010, 0x2027), (0x202F, 0x205F), (0x20A0, 0x20C0), (0x2190, 0x25FF),
                           (0x3000, 0x3029), (0x4E00, 0x9FEF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC),
                           (0x1F300, 0x1F3FA), (0x1F400, 0x1F5FF)])  # fmt: skip


def charsmap(table: Mapping[str, str]) -> bytes:
    """The map of *table*, whose values hold no NUL.

    >>> len(charsmap({"أ": "ا", "ة": "ه"})) % 4, charsmap({"أ": "ا"})[-3:]
    (2, b'\\xd8\\xa7\\x00')
    """
    values, places = bytearray(), {}
    for value in dict.fromkeys(table.values()):
        places[value] = len(values)
        values += value.encode() + b"\0"
    trie: dict[int, Any] = {}
    for key, value in table.items():
        node = trie
        for byte in key.encode():
            node = node.setdefault(byte, {})
        node[0] = places[value]  # no key holds a NUL
    units = _double_array(trie)
    data = pack(f"<{len(units)}I", *units)
    return pack("<I", len(data)) + data + values


def _double_array(trie: Mapping[int, Any]) -> list[int]:
    """The units of *trie*, whose leaves are at 0. A child is where the base of its parent and its byte lead by XOR."""
    units, taken, bases = [0], {0}, {0}
    waiting = [(0, trie)]
    for at, node in waiting:
        base = next(b for b in range(1, _MOST_UNITS) if b not in bases and not any(b ^ byte in taken for byte in node))
        bases.add(base)
        units[at] |= (at ^ base) << _OFFSET | (0 in node) << _HAS_LEAF
        for byte, child in node.items():
            place = base ^ byte
            taken.add(place)
            units += [0] * (place + 1 - len(units))
            units[place] = byte or child | _LEAF
            if byte:
                waiting.append((place, child))
    return units + [0] * ((max(len(units) - 1, *bases) | 0xFF) + 1 - len(units))  # no byte leads out of the array


# How darts-clone packs a unit: the byte that leads there, whether a key ends there, and how far its base is.
_HAS_LEAF, _OFFSET, _LEAF = 8, 10, 1 << 31
_MOST_UNITS = 1 << 21


def joined(table: Mapping[str, str]) -> tuple[CharSet, CharSet, CharSet]:
    """Keys of *table*, what may stand behind one in its grapheme and goes, and what may and stays.

    Where one of the first is followed by any of the second and one of the third, the map is not for the text.

    >>> keys, gone, stays = joined({"أ": "ا", "\\u064e": ""})
    >>> "\\u064e" in gone, "\\u0653" in stays, "ب" in stays
    (True, True, False)
    """
    gone = CharSet.of(key for key, value in table.items() if not value)
    short = CharSet(((0, 0xFFFF),)) if all(ord(key) > 0x7F for key in table) else CharSet(((0, 0x10FFFF),))
    return CharSet.of(table), gone - _ALONE, short - _ALONE - gone
