"""Learn the vectors of `company` from running text. Needs numpy; used by `arnorm.spelling.training` only.

First each frequent word is placed by what stands next to it and by what stands around it (the singular vectors
of two tables of how much oftener than by chance). Then, at some million places, the vectors, and a matrix for
each zone, are moved so that the word that stands there is told from those that may be written for it by mistake.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from arnorm.spelling.model.company import AROUND, HEAD, PLACES, REACH, SHAPES, ZONES, known_by, known_rows, shape
from arnorm.spelling.model.shelves import BORDER, RESERVED
from arnorm.spelling.realword import neighbours
from arnorm.spelling.training.counting import Array

#: A word, with its relatives, must be so frequent to have vectors of its own; and so many have.
LEAST, MOST = 400, 20_000
#: How many numbers of a vector come from what is next to a word, and from what is around it.
NEAR, FAR = 24, 24
WIDTH = NEAR + FAR
#: The neighbours by which words are placed, and how far away they count.
_MARKS, _FAR = 4_000, 8
#: Places to learn from, at once, and before the vectors begin to move; occurrences of a word; rivals at a time.
PLACES_SEEN, _BATCH, _FIXED, _CAP, _RIVALS = 6_000_000, 8_192, 60, 20_000, 4
#: Adagrad: the rates of vectors and of matrices, how much of them is lost by the last place, and the squares of slopes
#: that vectors, shapes and matrices are taken to have moved by before, so that the first steps are small.
_RATE, _MATRIX_RATE, _SLOWER = 0.12, 0.02, 0.9
_MOVED, _SHAPES_MOVED, _TURNED = 0.1, 0.01, 1e-6
#: The share of values that is kept whole when they are rounded; one in a thousand may be too large, and is cut.
_WHOLE = 0.999
#: Occurrences that a word must have to be one that another may stand for; so many words are, at most; occurrences below
#: which a word stands for none; and from so many others is a word told apart.
_COMMON, _MOST_COMMON, _RARE, _TOLD_APART = 250, 40_000, 20, 12


def fit_frequent(text: Any, words: Sequence[str], counts: Any, *, seed: int = 5) -> dict[str, bytes]:
    """Learn what company the frequent words keep, from the running text, a `counting.Stream`."""
    first = len(RESERVED)
    end = first + min(int((counts[first:] >= _COMMON).sum()), _MOST_COMMON)
    ids = {word: i for i, word in enumerate(words) if i >= first}
    rivals: list[set[int]] = [set() for _ in words]
    for i in range(first, len(words)):
        if counts[i] >= _RARE:
            for _, j, _ in neighbours(words[i], ids.get, end):
                rivals[i].add(j)
                rivals[j].add(i)
    return fit(text, words, counts, [sorted(found)[:_TOLD_APART] for found in rivals], end, seed)


def fit(
    text: Any, words: Sequence[str], counts: Array, rivals: Sequence[Sequence[int]], end: int, seed: int
) -> dict[str, bytes]:
    """Learn from *text*, a `counting.Stream` of *words*; *rivals* are the ids that each word may be confused with."""
    ids = {word: i for i, word in enumerate(words) if i >= len(RESERVED)}
    known = np.array(
        [*range(len(RESERVED)), *(known_by(word, ids.get) for word in words[len(RESERVED) :])], dtype=np.int64
    )
    pooled = np.bincount(known, counts, len(words))
    pooled[: len(RESERVED)] = 0
    order = np.argsort(-pooled, kind="stable")[:MOST]
    order = order[pooled[order] >= LEAST]
    if len(order) < 2 * WIDTH:  # too little text to know any
        order = order[:0]
    row_of = np.full(len(words), len(order), dtype=np.int32)
    row_of[order] = np.arange(len(order))
    row_of = row_of[known]
    row_of[: len(RESERVED)] = len(order)
    learner = _Learner(row_of, words, counts, rivals, seed)
    if len(order):
        learner.start(_placed(text, row_of, len(order), seed))
        learner.learn(text)
    by_id = np.argsort(order)
    return learner.dump(end, order[by_id], by_id)


def _placed(text: Any, row_of: Array, size: int, seed: int) -> Array:
    """Return vectors of the rows, in order of frequency, by what stands next to them and around them."""
    marks = min(_MARKS, size)

    def count(nearest: int, farthest: int, *sides: bool) -> Array:
        look = partial(_met, row_of=row_of, size=size, marks=marks, distances=(nearest, farthest), sides=sides)
        return text.tallied(look, size * marks).reshape(size, marks).astype(np.float32)

    near = _singular(np.concatenate([_surprise(count(1, 1, True)), _surprise(count(1, 1, False))], axis=1), NEAR, seed)
    far = _singular(_surprise(count(2, _FAR, True, False)), FAR, seed)
    return np.concatenate([part / np.sqrt((part**2).sum(1).mean()) for part in (near, far)], axis=1)


def _met(
    stream: Array,
    low: int,
    high: int,
    *,
    row_of: Array,
    size: int,
    marks: int,
    distances: tuple[int, int],
    sides: tuple[bool, ...],
) -> Array:
    """Number the pairs of a row and a mark that stands before it, or behind, at these distances in one sentence."""
    one = row_of[stream[low:high]].astype(np.int64)
    free = np.ones(high - low, dtype=bool)
    found = []
    for distance in range(1, distances[1] + 1):
        there = stream[low + distance : high + distance]
        free &= there != BORDER
        if distance >= distances[0]:
            other = row_of[there].astype(np.int64)
            for before in sides:
                row, mark = (other, one) if before else (one, other)
                both = free & (row < size) & (mark < marks)
                found.append(row[both] * marks + mark[both])
    return np.concatenate(found)


def _surprise(table: Array) -> Array:
    """Return the logarithm of how much oftener than by chance each count is, with one more of either."""
    expected = table.sum(1, keepdims=True) @ (table.sum(0, keepdims=True) / max(table.sum(), 1.0))
    return np.log((table + 1) / (expected + 1))


def _singular(table: Array, width: int, seed: int) -> Array:
    """Return the first left singular vectors, each times the root of its value, by random projection."""
    start = np.random.default_rng(seed).standard_normal((table.shape[1], width + 8)).astype(np.float32)
    base = np.linalg.qr(table @ start)[0]
    for _ in range(3):
        base = np.linalg.qr(table @ (table.T @ base))[0]
    left, values, _ = np.linalg.svd(base.T @ table, full_matrices=False)
    return (base @ left)[:, :width] * np.sqrt(values[:width])


class _Learner:
    """Vectors of words as targets and as neighbours, vectors of shapes, and a matrix for each zone."""

    def __init__(
        self,
        row_of: Array,
        words: Sequence[str],
        counts: Array,
        rivals: Sequence[Sequence[int]],
        seed: int,
    ) -> None:
        self.row_of = row_of
        self.words = words[len(RESERVED) :]
        # a word that the lexicon lacks has no shape in the running text: it is like no word
        self.shape_of = np.array([SHAPES] * len(RESERVED) + [shape(w) for w in words[len(RESERVED) :]], dtype=np.int32)
        self.widths = np.array([len(r) for r in rivals])
        self.rivals = np.zeros((len(words), max(1, int(self.widths.max(initial=1)))), dtype=np.int32)
        for i, found in enumerate(rivals):
            self.rivals[i, : len(found)] = found
        frequent = np.minimum(np.maximum(counts, 1), _CAP)
        self.bias = np.log(frequent).astype(np.float32)
        self.keep = np.where(self.widths > 0, frequent / np.maximum(counts, 1), 0).astype(np.float32)
        self.rng = np.random.default_rng(seed)
        self.size = int(row_of[0])
        self.start(np.zeros((self.size, WIDTH)))

    def start(self, vectors: Array) -> None:
        """Start from *vectors*; the row and the shape after the last stand for nothing."""
        self.targets = np.zeros((self.size + 1, WIDTH), dtype=np.float32)
        self.targets[:-1] = vectors
        self.neighbours = self.targets.copy()
        self.shapes = np.zeros((SHAPES + 1, WIDTH), dtype=np.float32)
        self.matrices = np.zeros((len(ZONES), WIDTH, WIDTH), dtype=np.float32)
        self.moved = [np.full(self.size + 1, _MOVED, np.float32), np.full(self.size + 1, _MOVED, np.float32)]
        self.moved.append(np.full(SHAPES + 1, _SHAPES_MOVED, np.float32))
        self.turned = np.full(self.matrices.shape, _TURNED, np.float32)

    def learn(self, text: Any) -> None:
        """Go once through the chosen places of a text."""
        self.stream, places = text.sample(self.keep, self.rng)
        self.rng.shuffle(places)
        places = places[:PLACES_SEEN]
        for number, start in enumerate(range(0, len(places), _BATCH)):
            self._step(places[start : start + _BATCH], 1 - _SLOWER * start / len(places), moving=number >= _FIXED)

    def _step(self, at: Array, pace: float, *, moving: bool) -> None:
        """Move a little towards telling the words at *at* from their rivals."""
        around, zone_of = self._around(at)
        met, place_of = np.unique(around, return_inverse=True)
        place_of = place_of.reshape(around.shape)
        vectors = self.neighbours[self.row_of[met]] + self.shapes[self.shape_of[met]]
        sums = np.zeros((len(ZONES), len(at), WIDTH), dtype=np.float32)
        for column, zone in enumerate(zone_of):
            sums[zone] += vectors[place_of[:, column]]
        view = sum(sums[zone] @ self.matrices[zone] for zone in range(len(ZONES)))
        word = self.stream[at]
        pick = (self.rng.random((len(at), _RIVALS), dtype=np.float32) * self.widths[word][:, None]).astype(np.int32)
        asked = np.concatenate([word[:, None], self.rivals[word[:, None], pick]], axis=1)
        rows = self.row_of[asked]
        targets = self.targets[rows]
        score = np.einsum("bjk,bk->bj", targets, view) + self.bias[asked]
        slope = np.exp(score - score.max(1, keepdims=True))
        slope /= slope.sum(1, keepdims=True)
        slope[:, 0] -= 1
        of_view = np.einsum("bj,bjk->bk", slope, targets)
        of_targets = (slope[:, :, None] * view[:, None, :]).reshape(-1, WIDTH)
        of_sums = np.stack([of_view @ matrix.T for matrix in self.matrices], axis=1).reshape(-1, WIDTH)
        of_matrices = np.stack([part.T @ of_view for part in sums]) / len(at)
        source = (np.arange(len(at))[:, None] * len(ZONES) + zone_of[None, :]).ravel()
        seen, of_met = _gather(place_of.ravel(), of_sums, source)
        rate = _RATE * pace
        if moving:
            _move(self.neighbours, self.moved[0], self.row_of[met[seen]], of_met, rate)
            _move(self.targets, self.moved[1], rows.ravel(), of_targets, rate)
            self.neighbours[-1] = self.targets[-1] = 0
        _move(self.shapes, self.moved[2], self.shape_of[met[seen]], of_met, rate)
        self.shapes[-1] = 0
        self.turned += of_matrices**2
        self.matrices -= _MATRIX_RATE * pace * of_matrices / np.sqrt(self.turned)

    def _around(self, at: Array) -> tuple[Array, Array]:
        """Return the ids around the places, 0 past a border, and the zone of each column."""
        columns, zones = [], []
        for side in (-1, 1):
            free = np.ones(len(at), dtype=bool)
            for distance in range(1, REACH + 1):
                found = self.stream[at + side * distance]
                free &= found != BORDER
                columns.append(np.where(free, found, BORDER))
                zones.append(PLACES.get(side * distance, AROUND))
        return np.stack(columns, axis=1), np.array(zones)

    def dump(self, end: int, ids: Array, rows: Array) -> dict[str, bytes]:
        """Return the sections of a model: the rows of the words *ids*, in a byte for each number."""
        targets, of_targets = _rounded(self.targets[rows], 127)
        met = np.concatenate([self.neighbours[rows], self.shapes[:-1]])
        met, of_met = _rounded(met, 127)
        cells, of_cells = _rounded(self.matrices, 2047)
        unit = of_targets * of_met * of_cells
        split = len(rows)
        steps = np.diff(ids, prepend=0)
        return {
            "company_head": HEAD.pack(end, WIDTH, split, unit),
            "company_rows": zlib.compress(steps.astype("<u4").tobytes(), 9),
            "company_known": known_rows(self.words, steps.tolist()),
            "company_targets": _biased(targets),
            "company_neighbours": _biased(met[:split]),
            "company_shapes": _biased(met[split:]),
            # one line for each entry of a target, so that lines are added up
            "company_zones": cells.transpose(2, 0, 1).astype("<i2").tobytes(),
        }


def _gather(key: Array, values: Array, source: Array | None = None) -> tuple[Array, Array]:
    """Add up the rows of *values* (or those that *source* names) that have the same key; return keys and sums."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    return ordered[first], np.add.reduceat(values[order if source is None else source[order]], first, axis=0)


def _move(vectors: Array, moved: Array, rows: Array, slopes: Array, rate: float) -> None:
    """Take a step down the slopes, the shorter the more a row has moved before (Adagrad)."""
    rows, slopes = _gather(rows, slopes)
    moved[rows] += (slopes * slopes).mean(1)
    vectors[rows] -= rate * slopes / np.sqrt(moved[rows])[:, None]


def _rounded(values: Array, most: int) -> tuple[Array, float]:
    """Return the values in whole units, and the unit; one in a thousand may be too large and is cut."""
    largest = float(np.quantile(np.abs(values), _WHOLE)) if values.size else 0.0
    unit = (largest or 1.0) / most
    return np.clip(np.rint(values / unit), -most, most).astype(np.int32), unit


def _biased(values: Array) -> bytes:
    return bytes((values + 128).astype(np.uint8).tobytes())
