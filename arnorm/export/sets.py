"""Sets of code points, as a character class holds them: sorted ranges, closed under complement."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from arnorm.portable import NoStepsError

#: The last code point of Unicode.
_LAST = 0x10FFFF


@dataclass(frozen=True)
class CharSet:
    """Code points as inclusive ranges, ascending and apart.

    >>> CharSet.of("abc") | CharSet.of("e")
    CharSet(ranges=((97, 99), (101, 101)))
    >>> "b" in ~CharSet.of("abc"), (CharSet.of("abc") - CharSet.of("b")).ranges
    (False, ((97, 97), (99, 99)))
    """

    ranges: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, characters: Iterable[str]) -> CharSet:
        """The set of these single characters."""
        return cls.spanning((ord(c), ord(c)) for c in characters)

    @classmethod
    def inside(cls, inside: str) -> CharSet:
        """The set that the *inside* of a character class stands for, as `arnorm.portable.Chars` has it.

        >>> CharSet.inside(r"a-c\\-") == CharSet.of("abc-")
        True
        """
        return _inside(inside)

    @classmethod
    def spanning(cls, ranges: Iterable[tuple[int, int]]) -> CharSet:
        """The set of these ranges, in any order, overlapping or not."""
        joined: list[tuple[int, int]] = []
        for low, high in sorted(ranges):
            if joined and low <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
            else:
                joined.append((low, high))
        return cls(tuple(joined))

    def __invert__(self) -> CharSet:
        gaps, start = [], 0
        for low, high in self.ranges:
            if low > start:
                gaps.append((start, low - 1))
            start = high + 1
        return CharSet((*gaps, (start, _LAST)) if start <= _LAST else tuple(gaps))

    def __or__(self, other: CharSet) -> CharSet:
        return CharSet.spanning((*self.ranges, *other.ranges))

    def __and__(self, other: CharSet) -> CharSet:
        return ~(~self | ~other)

    def __sub__(self, other: CharSet) -> CharSet:
        return self & ~other

    def __le__(self, other: CharSet) -> bool:
        return not self - other

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __contains__(self, character: str) -> bool:
        return any(low <= ord(character) <= high for low, high in self.ranges)

    def __iter__(self) -> Iterator[str]:
        return (chr(n) for low, high in self.ranges for n in range(low, high + 1))

    def __len__(self) -> int:
        return sum(high - low + 1 for low, high in self.ranges)

    def written(self, escape: Callable[[int], str], negated: str = "[^{}]") -> str:
        """A character class; *escape* writes one code point, and the shorter of the set and its complement is shown.

        >>> CharSet.of("abc").written(lambda n: f"\\\\x{n:02x}"), (~CharSet.of("a")).written(chr)
        ('[\\\\x61-\\\\x63]', '[^a]')
        """
        outside = bool(self.ranges) and self.ranges[-1][1] == _LAST and len(self) <= _LAST
        shown = (~self if outside else self).ranges
        inside = "".join(
            escape(low) + ("-" if high > low + 1 else "") + (escape(high) if high > low else "") for low, high in shown
        )
        return (negated if outside else "[{}]").format(inside)


# Unicode's white space is the same since version 6.3; letters and digits grow with every version.
_SPACE = ((9, 13), (0x1C, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
          (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000))  # fmt: skip
#: A character or a range, a character being one behind a backslash too.
_PIECE = re.compile(r"(\\?.)(?:-(\\?.))?", re.DOTALL)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r"}


@cache
def _inside(inside: str) -> CharSet:
    ranges: list[tuple[int, int]] = []
    for first, last in _PIECE.findall(inside):
        if first == r"\s":
            ranges += _SPACE
        else:
            ranges.append((_point(first), _point(last or first)))
    return CharSet.spanning(ranges)


def _point(written: str) -> int:
    """The code point of a character of a class, or of one behind a backslash."""
    character = written[-1]
    if len(written) > 1 and character.isalnum():
        if character not in _ESCAPED:
            raise NoStepsError(rf"\{character} in a set means what the Unicode version of each engine says, or nothing")
        character = _ESCAPED[character]
    return ord(character)
