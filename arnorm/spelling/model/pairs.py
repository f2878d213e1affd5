"""How likely a word is after another: bigrams with back-off, packed in rows.

Rows lie one behind the other, the ids of a row in order, so that a look-up is a bisection of one row. The rows of
frequent words are long, those of rare words seldom asked for: they are compressed in parts, and a part is read when a
row of it is first asked for.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from arnorm.lazy import Cache
from arnorm.spelling.model import DamagedModelError, Packed, from_planes, in_planes, pack, unpack
from arnorm.spelling.model.lexicon import STEP
from arnorm.spelling.model.shelves import ID_BYTES, UNKNOWN

#: So many pairs are remembered.
_REMEMBERED = 170_000
#: A pair is one number: the second id takes so many bits.
_SHIFT = 20
_MASK = (1 << _SHIFT) - 1
_ABSENT = 1.0  # no log-probability
#: Below any score, in nats.
WORST = -1e30
#: How likely a sentence is to end at a place, as a log-probability: one word in twenty is the last.
END_LOG = -3.0
#: What the bytes of scores stand for, and what those of back-offs take away.
_SCORES = [-STEP * value for value in range(256)]
_PRICES = [STEP * value for value in range(256)]
#: A part has about so many pairs: it takes a millisecond to read.
_PART = 30_000
#: No model has more pairs; they would take more memory than repair is worth.
_MOST_PAIRS = 1 << 24
#: Where a part begins and ends: the first id whose row is in it, and the end of its bytes.
_PLACE = struct.Struct("<II")

_Score = Callable[[int, int, float], float]
_Along = Callable[[int, Sequence[int], Sequence[float], int, float], float]
_Flanked = Callable[[int, Sequence[int], Sequence[float], int, float], tuple[float, float, float]]
#: A way to a place between two words: its score, and what else whoever decodes keeps of it.
Way = tuple[float, Any, int, int, Any]
_Behind = Callable[[Sequence[tuple[int, Way]], int, float], tuple[float, "Way | None"]]
#: Ids of second words, and scores, of a part of all pairs; where it begins among them.
_Part = tuple["array[int]", bytes, int]


def dump(rows: Sequence[int], ids: array[int], scores: bytes) -> dict[str, bytes]:
    """Return the sections of pairs: where the row of each first id begins, the second ids, and the scores."""
    places, parts = [], []
    first = end = 0
    while rows[first] < len(ids):
        last = max(bisect_right(rows, rows[first] + _PART) - 1, first + 1)
        while rows[last] == rows[first]:
            last += 1
        low, high = rows[first], rows[last]
        parts.append(pack(in_planes(ids[low:high].tobytes(), ids.itemsize, ID_BYTES) + scores[low:high]))
        end += len(parts[-1])
        places.append(_PLACE.pack(first, end))
        first = last
    return {
        "bigram_rows": pack(array("I", rows).tobytes()),
        "bigram_places": b"".join(places),
        "bigram_parts": b"".join(parts),
    }


def undumped(packed: Packed) -> tuple[array[int], array[int], bytes]:
    """Return what `dump` was given."""
    bigrams = Bigrams(packed)
    parts = [bigrams.part(number) for number in range(len(bigrams.firsts))]
    ids = array("I")
    for part, _, _ in parts:
        ids += part
    return bigrams.rows, ids, b"".join(scores for _, scores, _ in parts)


def _scores(cache: Mapping[int, float], backoff: bytes) -> tuple[_Score, _Along, _Flanked, _Behind]:
    """Return what asks for scores: functions and not methods, because nothing else is asked so often."""

    def score(first: int, second: int, unigram: float) -> float:
        """Return the log-probability of *second* after *first*; *unigram* is its own."""
        found = cache[first << _SHIFT | second]
        return found if found <= 0 else unigram - _PRICES[backoff[first]]

    def along(left: int, ids: Sequence[int], logs: Sequence[float], right: int, right_log: float) -> float:
        """Return how likely words are after the word *left*, and the word *right* after them."""
        last = ids[0]
        found = cache[left << _SHIFT | last]
        total = found if found <= 0 else logs[0] - _PRICES[backoff[left]]
        for k in range(1, len(ids)):
            total += score(last, ids[k], logs[k])
            last = ids[k]
        found = cache[last << _SHIFT | right]
        return total + (found if found <= 0 else right_log - _PRICES[backoff[last]])

    def flanked(
        left: int, ids: Sequence[int], logs: Sequence[float], right: int, right_log: float
    ) -> tuple[float, float, float]:
        """Return the same, and how much likelier the first of the words is by *left*, and *right* by the last."""
        last, log = ids[0], logs[0]
        total = score(left, last, log)
        before = total - log
        for k in range(1, len(ids)):
            total += score(last, ids[k], logs[k])
            last = ids[k]
        after = score(last, right, right_log)
        return total + after, before, after - right_log

    def behind(ways: Sequence[tuple[int, Way]], first: int, log: float) -> tuple[float, Way | None]:
        """Return the best of some ways with the word *first* behind them, and its score; each has its last word."""
        best, best_way = WORST, None
        for last, way in ways:
            found = cache[last << _SHIFT | first]
            total = way[0] + (found if found <= 0 else log - _PRICES[backoff[last]])
            if total > best:
                best, best_way = total, way
        return best, best_way

    return score, along, flanked, behind


class Bigrams:
    """Log-probabilities of a word after another, in nats."""

    def __init__(self, packed: Packed) -> None:
        self.rows = packed.numbers("bigram_rows", "I", compressed=True)
        self._backoff = packed.blob("backoff")
        if len(self.rows) != len(self._backoff) + 1:
            raise ValueError("the rows of pairs and the words differ in number")
        places = [*_PLACE.iter_unpack(packed.blob("bigram_places"))]
        self.firsts, self._ends = [first for first, _ in places], [0, *(end for _, end in places)]
        self._packed = packed.blob("bigram_parts")
        if self._ends[-1] != len(self._packed) or any(first >= len(self._backoff) for first in self.firsts):
            raise ValueError("the pairs of words and their rows differ in number")
        # Rows out of order within a part, and ids of no word, find nothing.
        starts = [*map(self.rows.__getitem__, self.firsts), self.rows[-1]]
        self._sizes = [end - start for start, end in pairwise(starts)]
        if starts[0] or min(self._sizes, default=0) < 0 or starts[-1] > _MOST_PAIRS:
            raise ValueError("the rows of pairs are out of order, or the pairs too many")
        self._parts: dict[int, _Part] = {}
        self._cache = Cache(self._look_up, _REMEMBERED)
        #: The log-probability of an id after another, given its own; of a row of words between two others, without and
        #: with what it is on either side; and the best way to put a word behind.
        self.score, self.along, self.flanked, self.behind = _scores(self._cache, self._backoff)

    def _look_up(self, pair: int) -> float:
        """Return the score of a *pair* of numbers of words; that of an absent one where it was not counted."""
        first, second = pair >> _SHIFT, pair & _MASK
        if second == UNKNOWN or not self.firsts:
            return _ABSENT
        number = bisect_right(self.firsts, first) - 1
        ids, scores, base = self._parts.get(number) or self.part(number)
        low, high = self.rows[first] - base, self.rows[first + 1] - base
        if not 0 <= low < high <= len(ids):
            return _ABSENT
        at = bisect_left(ids, second, low, high)
        return _SCORES[scores[at]] if at < high and ids[at] == second else _ABSENT

    def part(self, number: int) -> _Part:
        """Read a part; what cannot be read has no pairs."""
        size = self._sizes[number]
        try:
            data = unpack(self._packed[self._ends[number] : self._ends[number + 1]], size * (ID_BYTES + 1))
        except DamagedModelError:
            data = b""
        if len(data) != size * (ID_BYTES + 1):
            data, size = b"", 0
        base = self.rows[self.firsts[number]]
        found = from_planes(data[: size * ID_BYTES], "I", ID_BYTES), data[size * ID_BYTES :], base
        self._parts[number] = found
        return found
