"""The skeletons one slip away from a string, found among all skeletons at once.

Every string that is one slip away is made by joins and asked for in one intersection, both in C; which letters may
stand between which others is looked up first, so that nine of ten strings are never made.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Protocol

from arnorm.lazy import Cache
from arnorm.spelling.arabic.slips import ALPHABET
from arnorm.spelling.model import Packed, in_planes

#: A skeleton this short is not looked at for a letter too many: three letters are too few to lose one.
_SHORT = 3

#: The codes of letters: 0 is the border of a word, then the alphabet, then what is none of it.
_BORDER = 0
_CODES = {letter: code for code, letter in enumerate(ALPHABET, 1)}
_STRANGE = len(ALPHABET) + 1
_BASE = len(ALPHABET) + 2
#: So many sets of letters are remembered.
_REMEMBERED = 60_000


class Skeletons(Protocol):
    """Which skeletons there are."""

    def among(self, texts: list[str], /) -> set[str]:
        """Return those of *texts* that are skeletons of words."""
        ...


def _codes(skeleton: str) -> list[int]:
    get = _CODES.get
    return [_BORDER, _BORDER, *[get(letter, _STRANGE) for letter in skeleton], _BORDER, _BORDER]


class Between:
    """Which letters stand between which, as bits: `behind` two and before one, `ahead` of two and behind one."""

    def __init__(self, behind: array[int], ahead: array[int]) -> None:
        self.behind = behind
        self.ahead = ahead
        #: The letters that bits stand for.
        self.letters = Cache(_letters, _REMEMBERED)

    @classmethod
    def of(cls, skeletons_of: Iterable[str]) -> Between:
        """Return what stands between what in *skeletons*."""
        empty = array("I", bytes(4 * _BASE**3))
        return cls(empty, empty).with_more(skeletons_of)

    @classmethod
    def load(cls, packed: Packed) -> Between:
        """Read the tables of a model."""
        tables = [packed.numbers(name, "I", planes=4) for name in ("letters_behind", "letters_ahead")]
        if any(len(table) != _BASE**3 for table in tables):
            raise ValueError("the tables of what stands between two letters are not whole")
        return cls(*tables)

    def dump(self) -> dict[str, bytes]:
        """Return the sections of a model."""
        tables = {"letters_behind": self.behind, "letters_ahead": self.ahead}
        return {name: in_planes(table.tobytes(), 4, 4) for name, table in tables.items()}

    def with_more(self, skeletons_of: Iterable[str]) -> Between:
        """Return the same with *skeletons* taken in."""
        behind, ahead = self.behind[:], self.ahead[:]
        for skeleton in skeletons_of:
            codes = _codes(skeleton)
            for i in range(2, len(codes) - 2):
                if codes[i] == _STRANGE:
                    continue
                bit = 1 << codes[i]
                behind[(codes[i - 2] * _BASE + codes[i - 1]) * _BASE + codes[i + 1]] |= bit
                ahead[(codes[i - 1] * _BASE + codes[i + 1]) * _BASE + codes[i + 2]] |= bit
        return Between(behind, ahead)


def _letters(bits: int) -> str:
    return "".join(letter for letter, code in _CODES.items() if bits >> code & 1)


def near(skeleton: str, between: Between) -> list[str]:
    """Return the strings one slip away from *skeleton* that may be skeletons, some of them more than once."""
    parts: list[str] = []
    add, letters = parts.append, between.letters
    behind, ahead = between.behind, between.ahead
    codes = _codes(skeleton)
    first = second = _BORDER  # the two letters before
    several = len(skeleton) > _SHORT
    for i, code in enumerate(codes[2:-2]):
        left, rest, right = skeleton[:i], skeleton[i:], skeleton[i + 1 :]
        row, following = (first * _BASE + second) * _BASE, codes[i + 3]
        bits = behind[row + following] & ahead[(second * _BASE + following) * _BASE + codes[i + 4]]
        if bits:
            add(left + f"{right} {left}".join(letters[bits]) + right)
        bits = behind[row + code] & ahead[(second * _BASE + code) * _BASE + following]
        if bits:
            add(left + f"{rest} {left}".join(letters[bits]) + rest)
        if several and i:
            add(left + right)
        if right:
            add(left + right[0] + rest[0] + right[1:])
        first, second = second, code
    bits = behind[(first * _BASE + second) * _BASE] & ahead[second * _BASE * _BASE]
    if bits:
        add(skeleton + f" {skeleton}".join(letters[bits]))
    return " ".join(parts).split(" ") if parts else parts


def slips(skeleton: str, known: Skeletons, between: Between) -> set[str]:
    """Return the skeletons of *known* that one slip may have turned into *skeleton*."""
    found = known.among(near(skeleton, between))
    found.discard(skeleton)
    return found
