"""Packs the language model: the pairs of words that tell more than their back-off does, and the letters of rare words.

Rare words are what unknown words look like.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np

from arnorm.spelling.model.lexicon import _BASE, _PLACES, STEP
from arnorm.spelling.model.pairs import dump
from arnorm.spelling.model.shelves import UNKNOWN

#: What absolute discounting takes from every count, for words not seen in that place.
DISCOUNT = 0.75
#: Pairs without a word that has siblings decide less often; they earn their place by this much less.
_PLAIN_PAIR = 0.35
#: The least share that a word leaves for words not seen behind it; and what stands for nothing where it is divided by.
_LEAST, _NOTHING = 1e-4, 1e-6
#: Words rarer than this are what unseen words look like.
_RARE = 1000
#: The counts of shorter rows of letters weigh as much as so many of the longer row.
_SMOOTH = 20


def fit(first: Any, second: Any, counts: Any, unigrams: Any, ambiguous: Any, most: int) -> dict[str, bytes]:
    """Pack the *most* bigrams that tell more than their back-off does; *ambiguous* marks words with siblings."""
    size = len(unigrams)
    single = np.maximum(unigrams, 1) / unigrams.sum()
    left = 1 - np.bincount(first, counts - DISCOUNT, size) / np.maximum(unigrams, 1)
    left = np.clip(left, _LEAST, 1)
    behind = left[first] * single[second]
    p = (counts - DISCOUNT) / unigrams[first] + behind
    worth = counts * np.log(p / behind) * np.where(ambiguous[first] | ambiguous[second], 1.0, _PLAIN_PAIR)
    worth[(first == UNKNOWN) | (second == UNKNOWN)] = -1
    chosen = np.sort(np.argsort(-worth, kind="stable")[:most])
    first, second, p = first[chosen], second[chosen], p[chosen]
    mass = np.bincount(first, p, size)
    covered = np.bincount(first, single[second], size)
    backoff = np.clip((1 - mass) / np.maximum(1 - covered, _NOTHING), _NOTHING, 1)
    rows = np.concatenate([[0], np.cumsum(np.bincount(first, minlength=size))])
    return {
        "unigrams": pack(single),
        "backoff": pack(backoff),
        **dump(rows.tolist(), array("I", second.astype(np.uint32).tobytes()), pack(p)),
    }


def pack(probabilities: Any) -> bytes:
    """Return probabilities as bytes, twelfths of a nat each."""
    packed: bytes = np.clip(np.rint(-np.log(probabilities) / STEP), 0, 255).astype(np.uint8).tobytes()
    return packed


def fit_letters(words: Sequence[str], counts: Any) -> bytes:
    """Count the trigrams of the rarer words; *counts* has the three reserved ids first."""
    triples = np.zeros((_BASE,) * 3)
    for word, count in zip(words, counts[3:], strict=True):
        if count < _RARE:
            a = b = 0
            for letter in [*(_PLACES.get(x, _BASE - 1) for x in word), 0]:
                triples[a, b, letter] += 1
                a, b = b, letter
    single = (triples.sum((0, 1)) + 1) / (triples.sum() + _BASE)
    pair = (triples.sum(0) + _SMOOTH * single) / (triples.sum((0, 2))[:, None] + _SMOOTH)
    p = (triples + _SMOOTH * pair[None]) / (triples.sum(2, keepdims=True) + _SMOOTH)
    table: bytes = np.clip(np.rint(-np.log(p) / STEP), 0, 255).astype(np.uint8).tobytes()
    return table
