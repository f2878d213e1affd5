"""Learns which spelling of a skeleton the neighbours speak for."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np

from arnorm.spelling.arabic.classes import shape_hash, skeleton, spelling_hash, word_hash
from arnorm.spelling.model import in_planes, pack
from arnorm.spelling.model.context import CHOICE_BITS as BITS
from arnorm.spelling.model.context import CHOICE_SHIFT as SHIFT
from arnorm.spelling.model.context import MASK, NOTHING, UNIT, choice_features
from arnorm.spelling.model.shelves import ID_BYTES


def fit(text: Any, words: Sequence[str], counts: Any, *, cap: int = 60_000, seed: int = 7) -> dict[str, bytes]:
    """Learn the table, and the ids of the words that it tells apart, from the running text, a `counting.Stream`."""
    rng = np.random.default_rng(seed)
    bones = [skeleton(w) for w in words]
    hashes = np.array([word_hash(b) for b in bones], dtype=np.uint64)
    shapes = np.array([shape_hash(b) for b in bones], dtype=np.uint64)
    hashes[:3] = shapes[:3] = (NOTHING, NOTHING + 1, NOTHING + 2)
    keys = np.array([spelling_hash(w) for w in words], dtype=np.uint64)
    members, cap_of = _members(words, bones, counts)
    keep = np.minimum(1.0, cap / np.maximum(cap_of, 1)) * (members[:, 0] > 0)
    stream, places = text.sample(keep, rng)
    rng.shuffle(places)
    weights = np.zeros(1 << BITS, dtype=np.float32)
    squares = np.full(1 << BITS, SQUARES, dtype=np.float32)
    for start in range(0, len(places), BATCH):
        at = places[start : start + BATCH]
        options = members[stream[at]]
        valid = options > 0
        around = neighbours_at(stream, at, rng.random(len(at)) < CARELESS)
        columns = choice_features([hashes[a] for a in around], [shapes[around[4]], shapes[around[5]]], np.uint64(MASK))
        features = np.stack([np.broadcast_to(np.asarray(f, dtype=np.uint64), len(at)) for f in columns], axis=1)
        index = ((features[:, None, :] * keys[options][:, :, None]) & np.uint64(MASK)) >> np.uint64(SHIFT)
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
        useful = np.abs(g) > FLAT
        flat, g = flat[useful], g[useful]
        np.add.at(squares, flat, g * g)
        np.add.at(weights, flat, RATE * g / np.sqrt(squares[flat]))
    table = np.clip(np.rint(weights / UNIT), -128, 127) + 128
    chosen = array("I", np.flatnonzero(members[:, 0]).astype(np.uint32).tobytes())
    return {
        "context": table.astype(np.uint8).tobytes(),
        "choices": pack(in_planes(chosen.tobytes(), chosen.itemsize, ID_BYTES)),
    }


#: Spellings that are told apart at most: a word and the three most frequent that it may be confused with.
WIDTH = 4
#: Occurrences of a word in the text below which its neighbours tell nothing.
RARE = 20
#: The share of a skeleton that a second spelling has to have: with less it is an error.
ERRORS = 0.001
#: Places learned from at once; more take more memory, fewer more time.
BATCH = 8_192
#: Adagrad: the rate, the sum of squares to begin with, and the slope below which a place teaches nothing more.
RATE, SQUARES, FLAT = 0.12, 1e-3, 1e-4
#: The score of a place that no spelling has: its share is nothing.
_NOWHERE = -1e9
#: How many of the places are read as if nobody had set a full stop: «والله ان هذا صحيح ان الفتك» has none.
CARELESS = 0.4


def _members(words: Sequence[str], bones: Sequence[str], counts: Any) -> tuple[Any, Any]:
    """Return for each ambiguous word itself and what it may be confused with, and how often they all occur."""
    groups: dict[str, list[int]] = {}
    for i in range(3, len(words)):
        if counts[i] >= RARE:
            groups.setdefault(bones[i], []).append(i)
    members = np.zeros((len(words), WIDTH), dtype=np.int32)
    together = np.zeros(len(words))
    for i in range(3, len(words)):
        if counts[i] < RARE:
            continue
        group = sorted((j for j in groups[bones[i]] if j != i), key=lambda j: -counts[j])[: WIDTH - 1]
        total = counts[i] + sum(counts[j] for j in group)
        if min(total - counts[i], total - max((counts[j] for j in group), default=total)) < max(RARE, ERRORS * total):
            group = []
        if group:
            members[i, 0] = i
            members[i, 1 : 1 + len(group[: WIDTH - 1])] = group[: WIDTH - 1]
            together[i] = counts[i] + sum(counts[j] for j in group)
    return members, together


def neighbours_at(stream: Any, at: Any, careless: Any) -> list[Any]:
    """Return the ids at -5..-1 and 1..5; past a border there is nothing, but `careless` places miss single ones."""
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
