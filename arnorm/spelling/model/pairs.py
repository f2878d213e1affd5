"""How likely a word is after another: bigrams with back-off, packed in rows.

Rows lie one behind the other, the ids of a row in order, so that a look-up is a bisection of one row.
"""

from __future__ import annotations

from bisect import bisect_left

from arnorm.spelling.cache import Cache
from arnorm.spelling.model import Packed
from arnorm.spelling.model.lexicon import STEP, UNKNOWN

#: So many pairs are remembered.
_REMEMBERED = 170_000
#: A pair is one number: the second id takes so many bits.
_SHIFT = 20
_MASK = (1 << _SHIFT) - 1
_ABSENT = 1.0  # no log-probability


class Bigrams:
    """Log-probabilities of a word after another, in nats."""

    def __init__(self, packed: Packed) -> None:
        self._rows = packed.numbers("bigram_rows", "I", compressed=True)
        self._ids = packed.numbers("bigram_ids", "I", planes=True)
        self._scores = packed.unpacked("bigram_scores")
        self._backoff = packed.blob("backoff")
        if len(self._rows) != len(self._backoff) + 1:
            raise ValueError("the rows of pairs and the words differ in number")
        # Rows out of order, and ids of no word, find nothing.
        if not len(self._ids) == len(self._scores) == self._rows[-1] == max(self._rows):
            raise ValueError("the pairs of words and their counts differ in number")
        self._cache = Cache(self._look_up, _REMEMBERED)

    def score(self, first: int, second: int, unigram: float) -> float:
        """Return the log-probability of `second` after `first`; `unigram` is its own."""
        found = self._cache[first << _SHIFT | second]
        return found if found < 0.5 else unigram - STEP * self._backoff[first]

    def _look_up(self, pair: int) -> float:
        first, second = pair >> _SHIFT, pair & _MASK
        if second == UNKNOWN:
            return _ABSENT
        end = self._rows[first + 1]
        at = bisect_left(self._ids, second, self._rows[first], end)
        return -STEP * self._scores[at] if at < end and self._ids[at] == second else _ABSENT
