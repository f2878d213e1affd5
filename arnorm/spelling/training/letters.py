"""Counts the letters of rare words, which are what unknown words look like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from arnorm.spelling.model.lexicon import _BASE, _PLACES, STEP

#: Words rarer than this are what unseen words look like.
_RARE = 1000


def fit_letters(words: Sequence[str], counts: Any) -> bytes:
    """Count the trigrams of the rarer words; `counts` has the three reserved ids first."""
    triples = np.zeros((_BASE,) * 3)
    for word, count in zip(words, counts[3:], strict=True):
        if count < _RARE:
            a = b = 0
            for letter in [*(_PLACES.get(x, _BASE - 1) for x in word), 0]:
                triples[a, b, letter] += 1
                a, b = b, letter
    single = (triples.sum((0, 1)) + 1) / (triples.sum() + _BASE)
    pair = (triples.sum(0) + 20 * single) / (triples.sum((0, 2))[:, None] + 20)
    p = (triples + 20 * pair[None]) / (triples.sum(2, keepdims=True) + 20)
    table: bytes = np.clip(np.rint(-np.log(p) / STEP), 0, 255).astype(np.uint8).tobytes()
    return table
