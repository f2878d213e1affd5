"""Which ending the sentence asks for: «قال المسؤولون», not «قال المسؤولين»; «لن يكتبوا», not «لن يكتبون».

Both forms exist, so that only the words around can tell. The accusative alef («كان واضحا») is not among them: a model
like this one finds a third of those left off, and is wrong about as many words more.
One log-linear model for each kind of ending, over all words that have it: its features are the neighbours and the
beginning and end of the stem, and each weight lives in one byte of a table, as in `arnorm.spelling.context`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from arnorm.spelling.confusion import skeleton
from arnorm.spelling.context import CARELESS, MASK, NOTHING, UNIT, neighbours_at, shape_hash, word_hash
from arnorm.spelling.model import Packed

BITS = 18
SHIFT = 32 - BITS
_A, _B, _C = 0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35
#: For each kind of ending an odd number: «مسؤولين/مسؤولون», «يكتبوا/يكتبون».
KEYS = {"plural": 0x7FEB352D, "verb": 0x846CA68B}
#: What the weights of a model depend on.
CONSTANTS = [BITS, UNIT, _A, _B, _C, KEYS]
_RARE = 20
EPOCHS = 2
#: Forms that are this many nats rarer than their partner are errors, or other words.
_FAR = 6.2


class Form(NamedTuple):
    """A form of a word: its kind of ending, whether it has the fuller ending, and the numbers of its stem."""

    kind: str
    full: bool
    stem: int
    shape: int


def form(word: str, known: Callable[[str, str], bool]) -> Form | None:
    """Return the form that `word` is, or None; `known` says of two words whether both are common enough.

    >>> form("مسلمون", lambda word, other: other == "مسلمين")[:2]
    ('plural', True)
    """
    kind, full, stem = "", False, ""
    if len(word) > 4 and word.endswith("ون"):
        if known(word, word[:-1] + "ا"):
            kind, full, stem = "verb", True, word[:-2]
        elif known(word, word[:-2] + "ين"):
            kind, full, stem = "plural", True, word[:-2]
    elif len(word) > 4 and word.endswith("وا"):
        if known(word, word[:-1] + "ن"):
            kind, stem = "verb", word[:-2]
    elif len(word) > 4 and word.endswith("ين") and known(word, word[:-2] + "ون") and not known(word, word[:-2] + "وا"):
        kind, stem = "plural", word[:-2]
    if not kind:
        return None
    bones = skeleton(stem)
    return Form(kind, full, word_hash(bones), shape_hash(bones))


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


def fit(text: Any, words: Sequence[str], counts: Any, *, seed: int = 5) -> dict[str, bytes]:
    """Learn the table from the running text, a `counting.Stream`."""
    from math import log

    import numpy as np

    ids = {word: i for i, word in enumerate(words)}

    def known(word: str, other: str) -> bool:
        j = ids.get(other, 0)
        return j > 2 and counts[j] >= _RARE and abs(log(counts[j] / counts[ids[word]])) < _FAR

    size = len(words)
    key, full = np.zeros(size, np.uint64), np.zeros(size, np.int8)
    stems, shapes_of_stems = np.zeros(size, np.uint64), np.zeros(size, np.uint64)
    for i in range(3, size):
        found = form(words[i], known) if counts[i] >= _RARE else None
        if found:
            key[i], full[i], stems[i], shapes_of_stems[i] = KEYS[found.kind], found.full, found.stem, found.shape
    bones = [skeleton(word) for word in words]
    hashes = np.array([word_hash(b) for b in bones], dtype=np.uint64)
    shapes = np.array([shape_hash(b) for b in bones], dtype=np.uint64)
    hashes[:3] = shapes[:3] = (NOTHING, NOTHING + 1, NOTHING + 2)
    rng = np.random.default_rng(seed)
    stream, places = text.sample((key > 0).astype(np.float64), rng)
    rng.shuffle(places)
    places = np.concatenate([places] * EPOCHS)
    weights = np.zeros(1 << BITS, dtype=np.float32)
    squares = np.full(1 << BITS, 1e-3, dtype=np.float32)
    for start in range(0, len(places), 8192):
        at = places[start : start + 8192]
        own, around = stream[at], neighbours_at(np, stream, at, rng.random(len(at)) < CARELESS)
        columns = mix(
            [hashes[a] for a in around], [shapes[around[k]] for k in (3, 4, 5)], stems[own], shapes_of_stems[own]
        )
        features = np.stack([np.broadcast_to(np.asarray(f, dtype=np.uint64), len(at)) for f in columns], axis=1)
        index = (((features * key[own][:, None]) & np.uint64(MASK)) >> np.uint64(SHIFT)).astype(np.int64)
        gradient = full[own] - 1 / (1 + np.exp(-weights[index].sum(1)))
        useful = np.abs(gradient) > 1e-3
        flat = index[useful].reshape(-1)
        g = np.repeat(gradient[useful].astype(np.float32), index.shape[1])
        np.add.at(squares, flat, g * g)
        np.add.at(weights, flat, 0.1 * g / np.sqrt(squares[flat]))
    table = np.clip(np.rint(weights / UNIT), -128, 127) + 128
    return {"inflection": zlib.compress(table.astype(np.uint8).tobytes(), 9)}
