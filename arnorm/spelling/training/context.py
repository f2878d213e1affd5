"""Learns what the neighbours of a word speak for: which spelling of its skeleton, and which ending.

Both are one log-linear model, fitted by Adagrad over the running text.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence
from math import log
from typing import Any

import numpy as np

from arnorm.spelling.arabic import shape_hash, skeleton_of, spelling_hash, word_hash
from arnorm.spelling.arabic.affixes import word_form
from arnorm.spelling.model import in_planes, pack
from arnorm.spelling.model.context import (
    CHOICE_BITS,
    CHOICE_SHIFT,
    ENDING_BITS,
    ENDING_SHIFT,
    KEYS,
    MASK,
    NOTHING,
    UNIT,
    choice_features,
    ending_features,
)
from arnorm.spelling.model.shelves import ID_BYTES

#: Spellings that are told apart at most: a word and the three most frequent that it may be confused with.
WIDTH = 4
#: Occurrences of a word in the text below which its neighbours tell nothing.
RARE = 20
#: The share of a skeleton that a second spelling has to have: with less it is an error.
ERRORS = 0.001
#: Places learned from at once; more take more memory, fewer more time.
BATCH = 8_192
#: Adagrad for spellings: the rate, the sum of squares to begin with, and the slope below which a place teaches nothing
#: more.
_RATE, _SQUARES, _FLAT = 0.12, 1e-3, 1e-4
#: The score of a place that no spelling has: its share is nothing.
_NOWHERE = -1e9
#: How many of the places are read as if nobody had set a full stop: «والله ان هذا صحيح ان الفتك» has none.
CARELESS = 0.4
#: Times that the text is gone through.
EPOCHS = 2
#: Adagrad for endings: the rate, and the slope below which a place teaches nothing more.
_ENDING_RATE, _ENDING_FLAT = 0.1, 1e-3
#: Forms that are this many nats rarer than their partner are errors, or other words.
_FAR = 6.2


def fit_choices(text: Any, words: Sequence[str], counts: Any, *, cap: int = 60_000, seed: int = 7) -> dict[str, bytes]:
    """Learn the table, and the ids of the words that it tells apart, from the running text, a `counting.Stream`."""
    rng = np.random.default_rng(seed)
    skeleton = [skeleton_of(word) for word in words]
    hashes, shapes = _numbers(skeleton)
    keys = np.array([spelling_hash(w) for w in words], dtype=np.uint64)
    members, cap_of = _members(words, skeleton, counts)
    keep = np.minimum(1.0, cap / np.maximum(cap_of, 1)) * (members[:, 0] > 0)
    stream, places = text.sample(keep, rng)
    rng.shuffle(places)
    weights = np.zeros(1 << CHOICE_BITS, dtype=np.float32)
    squares = np.full(1 << CHOICE_BITS, _SQUARES, dtype=np.float32)
    for start in range(0, len(places), BATCH):
        at = places[start : start + BATCH]
        options = members[stream[at]]
        valid = options > 0
        around = neighbours_at(stream, at, rng.random(len(at)) < CARELESS)
        columns = choice_features([hashes[a] for a in around], [shapes[around[4]], shapes[around[5]]], np.uint64(MASK))
        features = _rows(columns, len(at))
        index = ((features[:, None, :] * keys[options][:, :, None]) & np.uint64(MASK)) >> np.uint64(CHOICE_SHIFT)
        index = index.astype(np.int64)
        score = weights[index].sum(2)
        score[~valid] = _NOWHERE
        score -= score.max(1, keepdims=True)
        p = np.exp(score)
        p /= p.sum(1, keepdims=True)
        gradient = -p
        gradient[:, 0] += 1
        gradient[~valid] = 0
        flat = index.reshape(-1)
        g = np.repeat(gradient.reshape(-1), index.shape[2]).astype(np.float32)
        useful = np.abs(g) > _FLAT
        flat, g = flat[useful], g[useful]
        np.add.at(squares, flat, g * g)
        np.add.at(weights, flat, _RATE * g / np.sqrt(squares[flat]))
    chosen = array("I", np.flatnonzero(members[:, 0]).astype(np.uint32).tobytes())
    return {
        "context": _table(weights),
        "choices": pack(in_planes(chosen.tobytes(), chosen.itemsize, ID_BYTES)),
    }


def _members(words: Sequence[str], skeleton: Sequence[str], counts: Any) -> tuple[Any, Any]:
    """Return for each ambiguous word itself and what it may be confused with, and how often they all occur."""
    groups: dict[str, list[int]] = {}
    for i in range(3, len(words)):
        if counts[i] >= RARE:
            groups.setdefault(skeleton[i], []).append(i)
    members = np.zeros((len(words), WIDTH), dtype=np.int32)
    together = np.zeros(len(words))
    for i in range(3, len(words)):
        if counts[i] < RARE:
            continue
        group = sorted((j for j in groups[skeleton[i]] if j != i), key=lambda j: -counts[j])[: WIDTH - 1]
        total = counts[i] + sum(counts[j] for j in group)
        if min(total - counts[i], total - max((counts[j] for j in group), default=total)) < max(RARE, ERRORS * total):
            group = []
        if group:
            members[i, 0] = i
            members[i, 1 : 1 + len(group[: WIDTH - 1])] = group[: WIDTH - 1]
            together[i] = counts[i] + sum(counts[j] for j in group)
    return members, together


def neighbours_at(stream: Any, at: Any, careless: Any) -> list[Any]:
    """Return the ids at -5..-1 and 1..5; past a border there is nothing, but *careless* places miss single ones."""
    out = []
    for side in (-1, 1):
        blocked = np.zeros(len(at), dtype=bool)
        here = at
        column = []
        for _ in range(5):
            here = here + side
            here = here + side * (careless & (stream[here] == 0))
            ids = stream[here]
            blocked |= ids == 0
            column.append(np.where(blocked, 0, ids))
        out.append(column)
    return out[0][::-1] + out[1]


def fit_endings(text: Any, words: Sequence[str], counts: Any, *, seed: int = 5) -> dict[str, bytes]:
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
    hashes, shapes = _numbers([skeleton_of(word) for word in words])
    rng = np.random.default_rng(seed)
    stream, places = text.sample((key > 0).astype(np.float64), rng)
    rng.shuffle(places)
    places = np.concatenate([places] * EPOCHS)
    weights = np.zeros(1 << ENDING_BITS, dtype=np.float32)
    squares = np.full(1 << ENDING_BITS, _SQUARES, dtype=np.float32)
    for start in range(0, len(places), BATCH):
        at = places[start : start + BATCH]
        own, around = stream[at], neighbours_at(stream, at, rng.random(len(at)) < CARELESS)
        columns = ending_features(
            [hashes[a] for a in around], [shapes[around[k]] for k in (3, 4, 5)], stems[own], shapes_of_stems[own]
        )
        features = _rows(columns, len(at))
        index = (((features * key[own][:, None]) & np.uint64(MASK)) >> np.uint64(ENDING_SHIFT)).astype(np.int64)
        gradient = full[own] - 1 / (1 + np.exp(-weights[index].sum(1)))
        useful = np.abs(gradient) > _ENDING_FLAT
        flat = index[useful].reshape(-1)
        g = np.repeat(gradient[useful].astype(np.float32), index.shape[1])
        np.add.at(squares, flat, g * g)
        np.add.at(weights, flat, _ENDING_RATE * g / np.sqrt(squares[flat]))
    return {"inflection": zlib.compress(_table(weights), 9)}


def _numbers(skeleton: Sequence[str]) -> tuple[Any, Any]:
    """Return the numbers that stand for words as neighbours, and for their shapes, by their ids."""
    hashes = np.array([word_hash(b) for b in skeleton], dtype=np.uint64)
    shapes = np.array([shape_hash(b) for b in skeleton], dtype=np.uint64)
    hashes[:3] = shapes[:3] = (NOTHING, NOTHING + 1, NOTHING + 2)
    return hashes, shapes


def _rows(columns: Sequence[Any], count: int) -> Any:
    """Return columns of features, some of them one number for all, as rows."""
    return np.stack([np.broadcast_to(np.asarray(f, dtype=np.uint64), count) for f in columns], axis=1)


def _table(weights: Any) -> bytes:
    """Return weights as a model keeps them, a byte each."""
    table: bytes = (np.clip(np.rint(weights / UNIT), -128, 127) + 128).astype(np.uint8).tobytes()
    return table
