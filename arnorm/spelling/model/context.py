"""What the words around speak for: one hashed log-linear model, asked for a spelling and for an ending.

Which spelling of a skeleton: «ذهب إلى» but «آلي», «قال إن» but «أراد أن»; one table for all ambiguous skeletons.
Which ending of a word that has both: «قال المسؤولون», not «قال المسؤولين»; «لن يكتبوا», not «لن يكتبون»; one table for
each kind of ending, over all words that have it. The accusative alef («كان واضحا») is not among them: a model like this
one finds a third of those left off, and is wrong about as many words more.

Features are the neighbours as skeletons, so that misspelt neighbours count like sound ones. Each weight lives in one
byte of a table, found by hashing the feature with what is in question.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from arnorm.spelling.arabic import spelling_hash
from arnorm.spelling.arabic.affixes import WordForm
from arnorm.spelling.model import Packed
from arnorm.spelling.model.shelves import ID_BYTES

#: Features are numbers of 32 bits; so many of them, the highest, say where in the table a weight is.
MASK = 0xFFFFFFFF
CHOICE_BITS, ENDING_BITS = 22, 18
CHOICE_SHIFT, ENDING_SHIFT = 32 - CHOICE_BITS, 32 - ENDING_BITS
#: Weights are stored in thirty-seconds of a nat, biased by 128.
UNIT = 1 / 32
_BIAS = 128
#: Odd numbers that features are mixed with: those of Knuth and of Murmur's hash.
_A, _B, _C = 0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35
#: The neighbour that is not there.
NOTHING = 0x1234567
#: For each kind of ending an odd number: «مسؤولين/مسؤولون», «يكتبوا/يكتبون».
KEYS = {"plural": 0x7FEB352D, "verb": 0x846CA68B}
#: What the weights of a model depend on.
CHOICE_CONSTANTS = [CHOICE_BITS, UNIT, _A, _B, NOTHING]
ENDING_CONSTANTS = [ENDING_BITS, UNIT, _A, _B, _C, KEYS]


def choice_features(hashes: Sequence[Any], shapes: Sequence[Any], mask: Any = MASK) -> list[Any]:
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


def ending_features(hashes: Sequence[Any], shapes: Sequence[Any], stem: Any, shape: Any) -> list[Any]:
    """Return the same, given the shapes at -2, -1 and 1, and the numbers of the stem that the ending is of."""
    a5, a4, a3, a2, a1, b1, b2, b3, b4, b5 = hashes
    r, s, t = shapes
    return [
        a1 * _A + 1, b1 * _A + 2, a2 * _A + 3, b2 * _A + 4, a1 * _A + b1 * _B + 5, a2 * _A + a1 * _B + 6,
        b1 * _A + b2 * _B + 7, s * _A + 8, t * _A + 9, s * _A + t * _B + 10, r * _A + s * _B + 11,
        a3 * _A + 12, a4 * _A + 12, a5 * _A + 12, b3 * _A + 13, b4 * _A + 13, b5 * _A + 13,
        stem * _A + 14, shape * _A + 15, shape * _A + s * _B + 16, shape * _A + a1 * _B + 17, stem * _A + a1 * _B + 18,
        stem * _A + b1 * _B + 19, shape * _A + s * _B + r * _C + 20, shape * _A + t * _B + 21, 22,
    ]  # fmt: skip


def _sum(table: bytes, shift: int, features: Sequence[int], key: int) -> float:
    """Return the sum of the weights that the features have for what *key* stands for, in nats."""
    total = sum([table[((feature * key) & MASK) >> shift] for feature in features])
    return (total - _BIAS * len(features)) * UNIT


class ContextModel:
    """The packed tables."""

    def __init__(self, packed: Packed) -> None:
        self._choices, self._endings = packed.blob("context"), packed.unpacked("inflection")
        if (len(self._choices), len(self._endings)) != (1 << CHOICE_BITS, 1 << ENDING_BITS):
            raise ValueError("the tables of contexts are not whole")
        self._hashes: dict[str, int] = {}
        #: The ids of the words that it tells apart.
        self.choices = frozenset(packed.numbers("choices", "I", compressed=True, planes=ID_BYTES))

    def score(self, features: Sequence[int], word: str) -> float:
        """Return the log-odds that the features give to *word*, up to what its siblings share."""
        key = self._hashes.get(word)
        if key is None:
            key = self._hashes[word] = spelling_hash(word)
        return _sum(self._choices, CHOICE_SHIFT, features, key)

    def odds(self, hashes: Sequence[int], shapes: Sequence[int], form: WordForm) -> float:
        """Return the log-odds that the neighbours give to *form* against its partner."""
        features = ending_features(hashes, shapes, form.stem, form.shape)
        odds = _sum(self._endings, ENDING_SHIFT, features, KEYS[form.kind])
        return odds if form.full else -odds
