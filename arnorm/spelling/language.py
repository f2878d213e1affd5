"""How likely a word is after another: bigrams with back-off, packed in rows.

`fit` chooses and packs them and needs numpy; `Bigrams` asks them in plain Python. Rows lie one behind
the other, the ids of a row in order, so that a look-up is a bisection of one row.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from typing import Any

from arnorm.spelling.cache import Cache
from arnorm.spelling.lexicon import STEP, UNKNOWN
from arnorm.spelling.model import Packed, in_planes

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


#: What absolute discounting takes from every count, for words not seen in that place.
DISCOUNT = 0.75
#: Pairs without a word that has siblings decide less often; they earn their place by this much less.
_PLAIN_PAIR = 0.35


def fit(first: Any, second: Any, counts: Any, unigrams: Any, ambiguous: Any, most: int) -> dict[str, bytes]:
    """Pack the `most` bigrams that tell more than their back-off does; `ambiguous` marks words with siblings."""
    import numpy as np

    size = len(unigrams)
    single = np.maximum(unigrams, 1) / unigrams.sum()
    left = 1 - np.bincount(first, counts - DISCOUNT, size) / np.maximum(unigrams, 1)
    left = np.clip(left, 1e-4, 1)
    behind = left[first] * single[second]
    p = (counts - DISCOUNT) / unigrams[first] + behind
    worth = counts * np.log(p / behind) * np.where(ambiguous[first] | ambiguous[second], 1.0, _PLAIN_PAIR)
    worth[(first == UNKNOWN) | (second == UNKNOWN)] = -1
    chosen = np.sort(np.argsort(-worth, kind="stable")[:most])
    first, second, p = first[chosen], second[chosen], p[chosen]
    mass = np.bincount(first, p, size)
    covered = np.bincount(first, single[second], size)
    backoff = np.clip((1 - mass) / np.maximum(1 - covered, 1e-6), 1e-6, 1)
    rows = np.concatenate([[0], np.cumsum(np.bincount(first, minlength=size))])
    return {
        "unigrams": pack(single),
        "backoff": pack(backoff),
        "bigram_rows": zlib.compress(rows.astype("<u4").tobytes(), 9),
        "bigram_ids": in_planes(second.astype("<u4").tobytes(), 4),
        "bigram_scores": zlib.compress(pack(p), 9),
    }


def pack(probabilities: Any) -> bytes:
    """Return probabilities as bytes, twelfths of a nat each."""
    import numpy as np

    packed: bytes = np.clip(np.rint(-np.log(probabilities) / STEP), 0, 255).astype(np.uint8).tobytes()
    return packed
