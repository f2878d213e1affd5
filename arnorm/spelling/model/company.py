"""How well a word fits among the words around it, as one number for each zone of them.

Each frequent word has two short vectors, one as the word in question and one as a neighbour, and each zone a
matrix; what speaks for a word is a sum of products (`vectors` learns them). A rare word shares the vectors of the
commonest of its relatives, so that «ونشكركم» is known by what is known of «يشكر».

Plain Python has no matrices, but its long integers add and multiply many small numbers at once: a vector is kept as
the lanes of one integer, and a sum of vectors is a sum of integers.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import mul
from struct import Struct
from typing import NamedTuple

from arnorm.lazy import Cache
from arnorm.spelling.arabic.affixes import beginnings, ends
from arnorm.spelling.model import Packed, in_planes, pack
from arnorm.spelling.model.shelves import MOST_IDS, RESERVED, UNKNOWN

#: The zones around a word, and the place from it that belongs to which: the word after it, the two after that,
#: the same before it, and all others up to ten words away.
ZONES = ("next", "after", "last", "before", "around")
PLACES = {1: 0, 2: 1, 3: 1, -1: 2, -2: 3, -3: 3}
AROUND = 4
REACH = 10
#: As frequent words as this are known by themselves, not by their relatives.
OWN = 7_000

_HEADS = (
    "", "و", "ف", "ب", "ل", "ك", "ال", "لل", "وال", "بال", "فال", "كال", "ولل", "وب", "ول", "وك",
    "س", "وس", "فس", "فل", "فب",
)  # fmt: skip
_TAILS = (
    "", "ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا", "ي", "ني", "ا", "ات", "ون", "ين", "ان", "وا", "ة", "ت", "تم",
)  # fmt: skip
#: Letters of a stem, at least.
_LEAST = 3
_STARTS = ("وال", "ال", "بال", "لل", "وي", "سي", "ي", "ت", "ن", "أ", "و", "ف", "ب", "ل", "")
_ENDS = ("ات", "ون", "ين", "ها", "هم", "نا", "وا", "ة", "ا", "ه", "ي", "ت", "ن", "")
#: So many beginnings and ends of words, of four letters, are remembered with their number.
_FOUR_LETTERS = 8_192
SHAPES = len(_STARTS) * len(_ENDS)
#: What the vectors of a model depend on.
CONSTANTS = [
    [*ZONES], [[*place] for place in PLACES.items()], REACH, OWN, [*_HEADS], [*_TAILS], _LEAST, [*_STARTS], [*_ENDS]
]  # fmt: skip


_heads, _tails = beginnings(_HEADS), ends(_TAILS)


def relatives(word: str) -> Iterator[str]:
    """Yield what *word* may be an inflection of: without clitics and endings, verbs in the third person.

    >>> "يشكر" in relatives("ونشكركم"), "حكومة" in relatives("بحكومتهم")
    (True, True)
    """
    tails = _tails(word[-4:])
    for head in _heads(word[:4]):
        rest = word[len(head) :]
        for tail in tails:
            size = len(rest) - len(tail)
            if size < _LEAST:
                continue
            stem = rest[:size]
            yield stem
            if tail and stem[-1] == "ت" and tail[0] not in "اوت":
                yield stem[:-1] + "ة"
            if stem[0] in "تنأ" and size > _LEAST and tail not in ("ة", "ات"):
                yield "ي" + stem[1:]


def known_by(word: str, number: Callable[[str], int | None]) -> int:
    """Return the id of the word by whose company *word* is known; *number* gives ids in order of frequency."""
    own = number(word)
    if own is not None and own < OWN + len(RESERVED):
        return own
    found = [other for other in map(number, relatives(word)) if other is not None]
    return min(found if own is None else [own, *found], default=UNKNOWN)


def known_rows(words: Sequence[str], steps: Iterable[int]) -> bytes:
    """Return the section that says for each id by which row of vectors its word is known, if by any.

    *words* are all words in the order of their ids, and *steps* those from each id with a row to the next.
    """
    rows = {number: row for row, number in enumerate(accumulate(steps))}
    ids = {word: number for number, word in enumerate(words, len(RESERVED))}
    known = [rows.get(known_by(word, ids.get), _NO_ROW) for word in words]
    lines = array("H", [*[rows.get(number, _NO_ROW) for number in range(len(RESERVED))], *known])
    return pack(in_planes(lines.tobytes(), lines.itemsize, lines.itemsize))


def shape(word: str) -> int:
    """Return the number of how *word* begins and ends."""
    return _start(word[:4]) * len(_ENDS) + _end(word[-4:])


@lru_cache(_FOUR_LETTERS)
def _start(letters: str) -> int:
    return next(i for i, start in enumerate(_STARTS) if letters.startswith(start))


@lru_cache(_FOUR_LETTERS)
def _end(letters: str) -> int:
    return next(i for i, end in enumerate(_ENDS) if letters.endswith(end))


HEAD = Struct("<IIIf")
#: So many words are remembered with what they are known by and as neighbours, and with their matrices multiplied.
_REMEMBERED, _TARGETS = 40_000, 4_000
#: What is added to the numbers of a lane so that none is negative: an entry of a vector, of a neighbour's
#: vector with that of its shape, and of a matrix.
_ENTRY, _MET, _CELL = 128, 256, 2048
#: Of a word that has no vectors.
_NO_ROW = 0xFFFF
#: With no more numbers in a vector no sum of products outgrows its lane.
_WIDEST = 1024


class _Vectors(NamedTuple):
    rows: dict[int, int]
    matrices: list[int]
    #: What the biases add to each lane of a product with the matrices, apart from that of the vector.
    surplus: list[int]


#: What stands for a word in each zone, and the sum of each.
Target = tuple[list["array[float]"], list[float]]


class Company:
    """The packed vectors, turned to lanes when they are first asked for."""

    def __init__(self, packed: Packed, number: Callable[[str], int | None]) -> None:
        #: Words with an id under `end` are frequent enough to be suggested.
        self.end, self._width, split, self._unit = HEAD.unpack(packed.blob("company_head"))
        self._lanes = len(ZONES) * self._width
        if not (max(self.end, split) <= MOST_IDS and 1 <= self._width <= _WIDEST and abs(self._unit) <= 1):
            raise ValueError("the head of the vectors is out of bounds")
        self._steps = packed.numbers("company_rows", "I", compressed=True)
        self._cells = packed.numbers("company_zones", "h")
        self._targets_of, self._neighbours_of, self._shapes_of = (
            packed.blob("company_" + name) for name in ("targets", "neighbours", "shapes")
        )
        self._rows_of = packed.numbers("company_known", "H", compressed=True, planes=2)
        sizes = [len(part) for part in (self._steps, self._targets_of, self._neighbours_of, self._shapes_of)]
        if sizes != [split, split * self._width, split * self._width, SHAPES * self._width]:
            raise ValueError("the vectors differ in number, or are not whole")
        if len(self._cells) != self._lanes * self._width or max(map(abs, self._cells)) >= _CELL:
            raise ValueError("the matrices of the vectors are not whole, or out of bounds")
        if sum(self._steps) >= MOST_IDS or not all(self._steps):
            raise ValueError("the vectors are of what is no word")
        if len(self._rows_of) != len(packed.blob("unigrams")):
            raise ValueError("the words and the rows that they are known by differ in number")
        self._decoded: _Vectors | None = None
        self._number = number
        self._known = Cache(self._row, _REMEMBERED)
        self._targets = Cache(self._multiply, _TARGETS)
        #: The vector of a word as a neighbour, in lanes.
        self.met = Cache(self._meet, _REMEMBERED)

    def _vectors(self) -> _Vectors:
        """Return the vectors, decoded once: the cells that an entry multiplies stand in one long integer."""
        found = self._decoded
        if found is None:
            number = 0
            rows: dict[int, int] = {}
            for row, step in enumerate(self._steps):
                number += step
                rows[number] = row
            cells = self._cells
            lanes, sums = self._lanes, [0] * self._lanes
            matrices = []
            for start in range(0, len(cells), lanes):
                line = array("I", [cell + _CELL for cell in cells[start : start + lanes]])
                sums = [a + b for a, b in zip(sums, line, strict=True)]
                matrices.append(int.from_bytes(line.tobytes(), sys.byteorder))
            found = _Vectors(rows, matrices, [_ENTRY * total for total in sums])
            self._decoded = found
        return found

    def target(self, word: str) -> Target:
        """Return what stands for *word* in each zone, and the sum of each."""
        return self._targets[self._known[word]]

    def _row(self, word: str) -> int:
        """Return the row of vectors that a word is known by, `_NO_ROW` or above if there is none."""
        own = self._number(word)
        if own is None or own >= len(self._rows_of):
            return self._vectors().rows.get(known_by(word, self._number), _NO_ROW)
        return self._rows_of[own]

    def _multiply(self, row: int) -> Target:
        """Return the vector of *row* times the matrix of each zone, and the sums that undo the offset of the cells."""
        vectors, width = self._vectors(), self._width
        if row >= len(self._steps):
            nothing = array("f", [0.0] * width)
            return [nothing] * len(ZONES), [0.0] * len(ZONES)
        entries = self._targets_of[row * width : (row + 1) * width]
        product = sum(map(mul, entries, vectors.matrices))
        lanes = array("I", product.to_bytes(4 * self._lanes, sys.byteorder))
        bias = _CELL * (sum(entries) - _ENTRY * width)
        unit = self._unit
        line = array("f", [(lane - more - bias) * unit for lane, more in zip(lanes, vectors.surplus, strict=True)])
        parts = [line[at : at + width] for at in range(0, len(line), width)]
        return parts, list(map(sum, parts))

    def _meet(self, word: str) -> int:
        width = self._width
        start = shape(word) * width
        row = self._known[word]
        known = row < len(self._steps)
        own = self._neighbours_of[row * width : (row + 1) * width] if known else bytes([_ENTRY]) * width
        return _lanes(self._shapes_of[start : start + width]) + _lanes(own)

    def zones(self, words: Sequence[str], k: int) -> list[tuple[int, array[int]]]:
        """Return for each zone around place *k* how many words are in it, and the sum of their vectors."""
        sums, counts = [0] * len(ZONES), [0] * len(ZONES)
        low = max(k - REACH, 0)
        met = self.met
        for place, word in enumerate(words[low : k + REACH + 1], low - k):
            if place:
                zone = PLACES.get(place, AROUND)
                sums[zone] += met[word]
                counts[zone] += 1
        size = 2 * self._width
        return [(n, array("H", total.to_bytes(size, sys.byteorder))) for n, total in zip(counts, sums, strict=True)]

    def evidence(self, word: str, zones: Sequence[tuple[int, array[int]]]) -> list[float]:
        """Return for each zone how far the words in it speak for *word*, in nats."""
        parts, sums = self.target(word)
        return [
            sum(map(mul, part, entries)) - _MET * count * total if count else 0.0
            for part, total, (count, entries) in zip(parts, sums, zones, strict=True)
        ]


def _lanes(entries: bytes) -> int:
    """Return the bytes of a vector as one integer, two bytes to each."""
    wide = bytearray(2 * len(entries))
    wide[sys.byteorder == "big" :: 2] = entries
    return int.from_bytes(wide, sys.byteorder)
