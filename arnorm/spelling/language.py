"""How likely a word is after another: bigrams with back-off, packed in rows."""

from __future__ import annotations

from bisect import bisect_left

from arnorm.spelling.lexicon import STEP, UNKNOWN
from arnorm.spelling.model import Packed

_CACHE = 400_000


class Bigrams:
    """Log-probabilities of a word after another, in nats.

    Rows lie one behind the other in `ids`, each sorted, so that a look-up is a bisection of one row.
    """

    def __init__(self, packed: Packed) -> None:
        self.rows = packed.numbers("bigram_rows", "I")
        self.ids = packed.numbers("bigram_ids", "I")
        self.scores = packed.blob("bigram_scores")
        self.backoff = [-STEP * value for value in packed.blob("backoff")]
        self.cache: dict[int, float] = {}

    def gain(self, first: int, second: int, unigram: float) -> float:
        """Return the log-probability of `second` after `first`; `unigram` is its own."""
        key = first << 20 | second
        found = self.cache.get(key)
        if found is None:
            found = self._look_up(first, second)
            if len(self.cache) > _CACHE:
                self.cache.clear()
            self.cache[key] = found
        return found if found < 0.5 else self.backoff[first] + unigram

    def _look_up(self, first: int, second: int) -> float:
        """Return the stored score, or 1.0, which is no log-probability, where there is none."""
        if second == UNKNOWN:
            return 1.0
        start, end = self.rows[first], self.rows[first + 1]
        at = bisect_left(self.ids, second, start, end)
        if at < end and self.ids[at] == second:
            return -STEP * self.scores[at]
        return 1.0
