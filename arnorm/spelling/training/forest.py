"""Grows gradient-boosted trees."""

from __future__ import annotations

from typing import Any

import numpy as np

from arnorm.spelling.model.forest import Forest

#: A cut that no value is above.
_NEVER = 1e30


def fit(
    rows: Any, labels: Any, *, trees: int = 80, depth: int = 4, rate: float = 0.2, bins: int = 64, smooth: float = 5.0
) -> Forest:
    """Fit a forest to `labels` (0 or 1) of `rows`; the same rows give the same forest.

    `trees` of `depth` questions each are grown, each of which moves the score by `rate` of what is left to learn; a
    question is asked at one of `bins` quantiles of a column, and `smooth` rows that say nothing stand in every leaf.
    """
    rows = np.asarray(rows, dtype=np.float64)
    labels = np.asarray(labels, dtype=np.float64)
    count, width = rows.shape
    edges = [np.unique(np.quantile(rows[:, f], np.linspace(0, 1, bins)[1:-1])) for f in range(width)]
    binned = np.stack([np.searchsorted(edges[f], rows[:, f], side="left") for f in range(width)])
    mean = labels.mean()
    base = float(np.log(mean / (1 - mean)))
    score = np.full(count, base)
    all_features: list[int] = []
    all_cuts: list[float] = []
    all_leaves: list[float] = []
    for _ in range(trees):
        p = 1 / (1 + np.exp(-score))
        gradient, weight = labels - p, p * (1 - p)
        node = np.zeros(count, dtype=np.int64)
        for level in range(depth):
            size = 2**level
            best = np.zeros(size)
            feature = np.zeros(size, dtype=np.int64)
            cut = np.full(size, bins)
            for f in range(width):
                key = node * bins + binned[f]
                g = np.bincount(key, gradient, size * bins).reshape(size, bins).cumsum(1)
                h = np.bincount(key, weight, size * bins).reshape(size, bins).cumsum(1)
                gt, ht = g[:, -1:], h[:, -1:]
                value = g**2 / (h + smooth) + (gt - g) ** 2 / (ht - h + smooth) - gt**2 / (ht + smooth)
                value[(h < 2) | (ht - h < 2)] = 0
                at = value.argmax(1)
                better = value[np.arange(size), at] > best
                best[better] = value[np.arange(size), at][better]
                feature[better], cut[better] = f, at[better]
            for f, c in zip(feature, cut, strict=True):
                all_features.append(int(f))
                all_cuts.append(float(edges[f][c]) if c < len(edges[f]) else _NEVER)
            node = 2 * node + (binned[feature[node], np.arange(count)] > cut[node])
        of_leaf = np.bincount(node, gradient, 2**depth), np.bincount(node, weight, 2**depth)
        leaves = np.round(rate * of_leaf[0] / (of_leaf[1] + smooth), 5)
        score += leaves[node]
        all_leaves += leaves.tolist()
    return Forest(base, depth, all_features, all_cuts, all_leaves)
