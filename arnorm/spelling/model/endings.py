"""Which ending the sentence asks for: «قال المسؤولون», not «قال المسؤولين»; «لن يكتبوا», not «لن يكتبون».

Both forms exist, so that only the words around can tell. The accusative alef («كان واضحا») is not among them: a model
like this one finds a third of those left off, and is wrong about as many words more.
One log-linear model for each kind of ending, over all words that have it: its features are the neighbours and the
beginning and end of the stem, and each weight lives in one byte of a table, as in `arnorm.spelling.context`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from arnorm.spelling.arabic.endings import Form
from arnorm.spelling.model import Packed
from arnorm.spelling.model.choice import MASK, UNIT

BITS = 18
SHIFT = 32 - BITS
_A, _B, _C = 0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35
#: For each kind of ending an odd number: «مسؤولين/مسؤولون», «يكتبوا/يكتبون».
KEYS = {"plural": 0x7FEB352D, "verb": 0x846CA68B}
#: What the weights of a model depend on.
CONSTANTS = [BITS, UNIT, _A, _B, _C, KEYS]


def mix(hashes: Sequence[Any], shapes: Sequence[Any], stem: Any, shape: Any) -> list[Any]:
    """Return the features of a place, given its neighbours at -5..-1 and 1..5 and the shapes at -2, -1 and 1.

    Works on integers and, for training, on numpy columns alike.
    """
    a5, a4, a3, a2, a1, b1, b2, b3, b4, b5 = hashes
    r, s, t = shapes
    return [
        a1 * _A + 1, b1 * _A + 2, a2 * _A + 3, b2 * _A + 4, a1 * _A + b1 * _B + 5, a2 * _A + a1 * _B + 6,
        b1 * _A + b2 * _B + 7, s * _A + 8, t * _A + 9, s * _A + t * _B + 10, r * _A + s * _B + 11,
        a3 * _A + 12, a4 * _A + 12, a5 * _A + 12, b3 * _A + 13, b4 * _A + 13, b5 * _A + 13,
        stem * _A + 14, shape * _A + 15, shape * _A + s * _B + 16, shape * _A + a1 * _B + 17, stem * _A + a1 * _B + 18,
        stem * _A + b1 * _B + 19, shape * _A + s * _B + r * _C + 20, shape * _A + t * _B + 21, 22,
    ]  # fmt: skip


class Inflection:
    """The packed model."""

    def __init__(self, packed: Packed) -> None:
        self.table = packed.unpacked("inflection")
        if len(self.table) != 1 << BITS:
            raise ValueError("the table of endings is not whole")

    def odds(self, hashes: Sequence[int], shapes: Sequence[int], form: Form) -> float:
        """Return the log-odds that the neighbours give to `form` against its partner."""
        key, table = KEYS[form.kind], self.table
        features = mix(hashes, shapes, form.stem, form.shape)
        total = sum([table[((feature * key) & MASK) >> SHIFT] for feature in features])
        odds: float = (total - 128 * len(features)) * UNIT
        return odds if form.full else -odds
