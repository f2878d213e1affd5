"""Which spelling of a skeleton the neighbours speak for: «ذهب إلى» but «آلي», «قال إن» but «أراد أن».

One log-linear model for all ambiguous skeletons. Its features are the neighbours as skeletons, so that
misspelt neighbours count like sound ones; each weight lives in one byte of a table, found by hashing
the feature with the spelling in question.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from arnorm.spelling.hashes import spelling_hash
from arnorm.spelling.model import Packed
from arnorm.spelling.model.shelves import ID_BYTES

BITS = 22
SHIFT = 32 - BITS
MASK = 0xFFFFFFFF
#: Weights are stored in thirty-seconds, biased by 128.
UNIT = 1 / 32
_A, _B = 0x9E3779B1, 0x85EBCA6B
NOTHING = 0x1234567
#: What the weights of a model depend on.
CONSTANTS = [BITS, UNIT, _A, _B, NOTHING]


def mix(hashes: Sequence[Any], shapes: Sequence[Any], mask: Any = MASK) -> list[Any]:
    """Return the features of a place, given its neighbours at -5..-1 and 1..5 and the shapes at -1 and 1.

    Works on integers and, for training, on numpy columns alike.
    """
    a5, a4, a3, a2, a1, b1, b2, b3, b4, b5 = hashes
    s, t = shapes
    return [
        (a1 * _A + 1) & mask, (b1 * _A + 2) & mask, (a2 * _A + 3) & mask, (b2 * _A + 4) & mask,
        (a1 * _A + b1 * _B + 5) & mask, (a2 * _A + a1 * _B + 6) & mask, (b1 * _A + b2 * _B + 7) & mask,
        (s * _A + 8) & mask, (t * _A + 9) & mask, (s * _A + t * _B + 10) & mask,
        (a3 * _A + 11) & mask, (a4 * _A + 11) & mask, (a5 * _A + 11) & mask,
        (b3 * _A + 12) & mask, (b4 * _A + 12) & mask, (b5 * _A + 12) & mask, 13,
    ]  # fmt: skip


class Context:
    """The packed classifier."""

    def __init__(self, packed: Packed) -> None:
        self.table = packed.blob("context")
        if len(self.table) != (MASK >> SHIFT) + 1:
            raise ValueError("the table of contexts is not whole")
        self.hashes: dict[str, int] = {}
        #: The ids of the words that it tells apart.
        self.choices = frozenset(packed.numbers("choices", "I", compressed=True, planes=ID_BYTES))

    def score(self, features: Sequence[int], word: str) -> float:
        """Return the log-odds that the features give to `word`, up to what its siblings share."""
        key = self.hashes.get(word)
        if key is None:
            key = self.hashes[word] = spelling_hash(word)
        table = self.table
        total = sum([table[((feature * key) & MASK) >> SHIFT] for feature in features])
        return (total - 128 * len(features)) * UNIT
