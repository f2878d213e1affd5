"""The words one slip of the finger or the ear away from a string, found among all words at once.

Every string that is one slip away is made by joins and asked for in one intersection, both in C; which letters may
stand between which others is looked up first, so that nine of ten strings are never made.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Protocol

from arnorm.spelling.cache import Cache
from arnorm.spelling.confusion import (
    ALPHABET,
    DOUBLED,
    EXTRA,
    INFLECTION,
    MISSING,
    OTHER_SUBSTITUTION,
    SOUND,
    SUBSTITUTION,
    TRANSPOSED,
)
from arnorm.spelling.model import Packed, in_planes

#: Letters that may be a clitic or a person where a word begins, and an inflection where it ends.
_LEADING = frozenset("وفبلكسيتنا")
_INFLECTING = frozenset("هيكنتاومء")
#: What a slip at the first letter costs more, in nats, where that is no clitic.
_FIRST = 2.0
#: «لادمار» is «لا دمار», not «الدمار».
_NEGATION = 6.0
#: A skeleton this short is not looked at for a letter too many: three letters are too few to lose one.
_SHORT = 3

_BORDER = 0
_CODES = {letter: code for code, letter in enumerate(ALPHABET, 1)}
_STRANGE = len(ALPHABET) + 1
_BASE = len(ALPHABET) + 2
#: So many sets of letters are remembered.
_REMEMBERED = 60_000


class Skeletons(Protocol):
    """Which skeletons there are."""

    def among(self, texts: list[str], /) -> set[str]:
        """Return those of `texts` that are skeletons of words."""
        ...


def _codes(bones: str) -> list[int]:
    get = _CODES.get
    return [_BORDER, _BORDER, *[get(letter, _STRANGE) for letter in bones], _BORDER, _BORDER]


class Between:
    """Which letters stand between which, as bits: `behind` two and before one, `ahead` of two and behind one."""

    def __init__(self, behind: array[int], ahead: array[int]) -> None:
        self.behind = behind
        self.ahead = ahead
        #: The letters that bits stand for.
        self.letters = Cache(_letters, _REMEMBERED)

    @classmethod
    def of(cls, skeletons: Iterable[str]) -> Between:
        """Return what stands between what in `skeletons`."""
        empty = array("I", bytes(4 * _BASE**3))
        return cls(empty, empty).with_more(skeletons)

    @classmethod
    def load(cls, packed: Packed) -> Between:
        """Read the tables of a model."""
        tables = [packed.numbers(name, "I", planes=True) for name in ("letters_behind", "letters_ahead")]
        if any(len(table) != _BASE**3 for table in tables):
            raise ValueError("the tables of what stands between two letters are not whole")
        return cls(*tables)

    def dump(self) -> dict[str, bytes]:
        """Return the sections of a model."""
        tables = {"letters_behind": self.behind, "letters_ahead": self.ahead}
        return {name: in_planes(array("I", table).tobytes(), 4) for name, table in tables.items()}

    def with_more(self, skeletons: Iterable[str]) -> Between:
        """Return the same with `skeletons` taken in."""
        behind, ahead = self.behind[:], self.ahead[:]
        for bones in skeletons:
            codes = _codes(bones)
            for i in range(2, len(codes) - 2):
                if codes[i] == _STRANGE:
                    continue
                bit = 1 << codes[i]
                behind[(codes[i - 2] * _BASE + codes[i - 1]) * _BASE + codes[i + 1]] |= bit
                ahead[(codes[i - 1] * _BASE + codes[i + 1]) * _BASE + codes[i + 2]] |= bit
        return Between(behind, ahead)


def _letters(bits: int) -> str:
    return "".join(letter for letter, code in _CODES.items() if bits >> code & 1)


def near(bones: str, between: Between) -> list[str]:
    """Return the strings one slip away from `bones` that may be skeletons, some of them more than once."""
    parts: list[str] = []
    add, letters = parts.append, between.letters
    behind, ahead = between.behind, between.ahead
    codes = _codes(bones)
    first = second = _BORDER  # the two letters before
    several = len(bones) > _SHORT
    for i, code in enumerate(codes[2:-2]):
        left, rest, right = bones[:i], bones[i:], bones[i + 1 :]
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
        add(bones + f" {bones}".join(letters[bits]))
    return " ".join(parts).split(" ") if parts else parts


def slips(bones: str, known: Skeletons, between: Between) -> set[str]:
    """Return the skeletons of `known` that one slip may have turned into `bones`."""
    found = known.among(near(bones, between))
    found.discard(bones)
    return found


def price(bones: str, text: str) -> tuple[float, str]:
    """Return what it costs to have written `bones` for `text`, one slip away, and what kind of slip it is.

    The first letter, where it may be a clitic or a person, and endings are dearer: they give another sound word.
    """
    more = len(text) - len(bones)
    i = 0
    for a, b in zip(bones, text, strict=False):
        if a != b:
            break
        i += 1
    if more > 0:
        return _left_off(bones, text[i], i), "missing"
    if more < 0:
        return _too_many(bones, i)
    if bones[i + 1 :] == text[i + 1 :]:
        cost = SUBSTITUTION.get((bones[i], text[i]), OTHER_SUBSTITUTION)
        return cost + (_edge(bones, i) if cost > SOUND else 0.0), "letter"
    negation = bones[i : i + 2] == "لا" and bones[:i] in ("", "و", "ف")
    return TRANSPOSED + _FIRST * (i == 0) + _NEGATION * negation, "transposed"


#: The least that `price` asks where letters are too many, as many, or too few.
LEAST = {-1: DOUBLED, 0: min(SUBSTITUTION.values()), 1: MISSING}


def _edge(bones: str, i: int) -> float:
    """Return what a slip at place `i` costs more."""
    if i == 0:
        return INFLECTION if bones[0] in _LEADING else _FIRST
    return INFLECTION if i == len(bones) - 1 and bones[i] in _INFLECTING else 0.0


def _left_off(bones: str, letter: str, i: int) -> float:
    """Return the least it costs to have left off `letter` before place `i` or before an earlier one of its run."""
    count = len(bones)
    cost = _edge(bones, i) if i < count else INFLECTION if letter in _INFLECTING else 0.0
    while i and bones[i - 1] == letter:
        i -= 1
        cost = min(cost, _edge(bones, i))
    return MISSING + cost


def _too_many(bones: str, i: int) -> tuple[float, str]:
    """Return the same for the letter at place `i` that is too many, or an earlier one of its run."""
    if i and bones[i - 1] == bones[i]:
        return DOUBLED, "repeated"
    return EXTRA + _edge(bones, i), "extra"
