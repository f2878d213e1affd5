"""Which spelling of a skeleton the neighbours speak for: «ذهب إلى» but «آلي», «قال إن» but «أراد أن».

One log-linear model for all ambiguous skeletons. Its features are the neighbours as skeletons, so that
misspelt neighbours count like sound ones; each weight lives in one byte of a table, found by hashing
the feature with the spelling in question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

from arnorm.spelling.model import Packed

BITS = 22
SHIFT = 32 - BITS
MASK = 0xFFFFFFFF
#: Weights are stored in thirty-seconds, biased by 128.
UNIT = 1 / 32
_A, _B = 0x9E3779B1, 0x85EBCA6B
NOTHING = 0x1234567
#: What the weights of a model depend on.
CONSTANTS = [BITS, UNIT, _A, _B, NOTHING]


def word_hash(bones: str) -> int:
    """Return the number that stands for a neighbour."""
    return crc32(bones.encode("utf-8", "surrogatepass"))


def shape_hash(bones: str) -> int:
    """Return the number that stands for the shape of a neighbour: how it begins and ends."""
    return crc32((bones[:2] + "+" + bones[-2:]).encode("utf-8", "surrogatepass"))


def spelling_hash(word: str) -> int:
    """Return an odd number that stands for a spelling to choose."""
    return crc32(word.encode("utf-8", "surrogatepass")) | 1


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

    def __init__(self, packed: Packed, ids: Mapping[str, int]) -> None:
        self.table = packed.blob("context")
        if len(self.table) != (MASK >> SHIFT) + 1:
            raise ValueError("the table of contexts is not whole")
        self.hashes: dict[str, int] = {}
        #: The ids of the words that it tells apart.
        self.choices = frozenset(filter(None, map(ids.get, packed.text("choices").split("\n"))))

    def score(self, features: Sequence[int], word: str) -> float:
        """Return the log-odds that the features give to `word`, up to what its siblings share."""
        key = self.hashes.get(word)
        if key is None:
            key = self.hashes[word] = spelling_hash(word)
        table = self.table
        total = sum([table[((feature * key) & MASK) >> SHIFT] for feature in features])
        return (total - 128 * len(features)) * UNIT


def fit(text: Any, words: Sequence[str], counts: Any, *, cap: int = 60_000, seed: int = 7) -> tuple[bytes, list[str]]:
    """Learn the table from the running text, a `counting.Stream`; also return the ambiguous skeletons."""
    import numpy as np

    from arnorm.spelling.confusion import skeleton

    rng = np.random.default_rng(seed)
    bones = [skeleton(w) for w in words]
    hashes = np.array([word_hash(b) for b in bones], dtype=np.uint64)
    shapes = np.array([shape_hash(b) for b in bones], dtype=np.uint64)
    hashes[:3] = shapes[:3] = (NOTHING, NOTHING + 1, NOTHING + 2)
    keys = np.array([spelling_hash(w) for w in words], dtype=np.uint64)
    members, cap_of = _members(np, words, bones, counts)
    keep = np.minimum(1.0, cap / np.maximum(cap_of, 1)) * (members[:, 0] > 0)
    stream, places = text.sample(keep, rng)
    rng.shuffle(places)
    weights = np.zeros(1 << BITS, dtype=np.float32)
    squares = np.full(1 << BITS, 1e-3, dtype=np.float32)
    for start in range(0, len(places), 8192):
        at = places[start : start + 8192]
        options = members[stream[at]]
        valid = options > 0
        around = neighbours_at(np, stream, at, rng.random(len(at)) < CARELESS)
        columns = mix([hashes[a] for a in around], [shapes[around[4]], shapes[around[5]]], np.uint64(MASK))
        features = np.stack([np.broadcast_to(np.asarray(f, dtype=np.uint64), len(at)) for f in columns], axis=1)
        index = ((features[:, None, :] * keys[options][:, :, None]) & np.uint64(MASK)) >> np.uint64(SHIFT)
        index = index.astype(np.int64)
        score = weights[index].sum(2)
        score[~valid] = -1e9
        score -= score.max(1, keepdims=True)
        p = np.exp(score)
        p /= p.sum(1, keepdims=True)
        gradient = -p
        gradient[:, 0] += 1
        gradient[~valid] = 0
        flat = index.reshape(-1)
        g = np.repeat(gradient.reshape(-1), index.shape[2]).astype(np.float32)
        useful = np.abs(g) > 1e-4
        flat, g = flat[useful], g[useful]
        np.add.at(squares, flat, g * g)
        np.add.at(weights, flat, 0.12 * g / np.sqrt(squares[flat]))
    table = np.clip(np.rint(weights / UNIT), -128, 127) + 128
    return table.astype(np.uint8).tobytes(), [words[int(i)] for i in np.flatnonzero(members[:, 0])]


WIDTH = 4
#: How many of the places are read as if nobody had set a full stop: «والله ان هذا صحيح ان الفتك» has none.
CARELESS = 0.4


def _members(np: Any, words: Sequence[str], bones: Sequence[str], counts: Any) -> tuple[Any, Any]:
    """Return for each ambiguous word itself and what it may be confused with, and how often they all occur."""
    groups: dict[str, list[int]] = {}
    for i in range(3, len(words)):
        if counts[i] >= 20:
            groups.setdefault(bones[i], []).append(i)
    members = np.zeros((len(words), WIDTH), dtype=np.int32)
    together = np.zeros(len(words))
    for i in range(3, len(words)):
        if counts[i] < 20:
            continue
        group = sorted((j for j in groups[bones[i]] if j != i), key=lambda j: -counts[j])[:3]
        total = counts[i] + sum(counts[j] for j in group)
        if min(total - counts[i], total - max((counts[j] for j in group), default=total)) < max(20, 0.001 * total):
            group = []
        if group:
            members[i, 0] = i
            members[i, 1 : 1 + len(group[: WIDTH - 1])] = group[: WIDTH - 1]
            together[i] = counts[i] + sum(counts[j] for j in group)
    return members, together


def neighbours_at(np: Any, stream: Any, at: Any, careless: Any) -> list[Any]:
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
