"""Learns which ending the sentence asks for."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from math import log
from typing import Any

import numpy as np

from arnorm.spelling.arabic.affixes import word_form
from arnorm.spelling.arabic.classes import shape_hash, skeleton, word_hash
from arnorm.spelling.model.context import ENDING_BITS as BITS
from arnorm.spelling.model.context import ENDING_SHIFT as SHIFT
from arnorm.spelling.model.context import KEYS, MASK, NOTHING, UNIT, ending_features
from arnorm.spelling.training.choice import BATCH, CARELESS, RARE, SQUARES, neighbours_at

#: Times that the text is gone through.
EPOCHS = 2
#: Adagrad: the rate, and the slope below which a place teaches nothing more.
_RATE, _FLAT = 0.1, 1e-3
#: Forms that are this many nats rarer than their partner are errors, or other words.
_FAR = 6.2


def fit(text: Any, words: Sequence[str], counts: Any, *, seed: int = 5) -> dict[str, bytes]:
    """Learn the table from the running text, a `counting.Stream`."""
    ids = {word: i for i, word in enumerate(words)}

    def known(word: str, other: str) -> bool:
        j = ids.get(other, 0)
        return j > 2 and counts[j] >= RARE and abs(log(counts[j] / counts[ids[word]])) < _FAR

    size = len(words)
    key, full = np.zeros(size, np.uint64), np.zeros(size, np.int8)
    stems, shapes_of_stems = np.zeros(size, np.uint64), np.zeros(size, np.uint64)
    for i in range(3, size):
        found = word_form(words[i], known) if counts[i] >= RARE else None
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
    squares = np.full(1 << BITS, SQUARES, dtype=np.float32)
    for start in range(0, len(places), BATCH):
        at = places[start : start + BATCH]
        own, around = stream[at], neighbours_at(stream, at, rng.random(len(at)) < CARELESS)
        columns = ending_features(
            [hashes[a] for a in around], [shapes[around[k]] for k in (3, 4, 5)], stems[own], shapes_of_stems[own]
        )
        features = np.stack([np.broadcast_to(np.asarray(f, dtype=np.uint64), len(at)) for f in columns], axis=1)
        index = (((features * key[own][:, None]) & np.uint64(MASK)) >> np.uint64(SHIFT)).astype(np.int64)
        gradient = full[own] - 1 / (1 + np.exp(-weights[index].sum(1)))
        useful = np.abs(gradient) > _FLAT
        flat = index[useful].reshape(-1)
        g = np.repeat(gradient[useful].astype(np.float32), index.shape[1])
        np.add.at(squares, flat, g * g)
        np.add.at(weights, flat, _RATE * g / np.sqrt(squares[flat]))
    table = np.clip(np.rint(weights / UNIT), -128, 127) + 128
    return {"inflection": zlib.compress(table.astype(np.uint8).tobytes(), 9)}
