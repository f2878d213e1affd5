"""Gradient-boosted trees, small enough to read: fitted with numpy, asked in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

#: The features, cuts and leaves of a tree.
Tree = tuple[Sequence[int], Sequence[float], Sequence[float]]
#: So many trees are compiled together: more take more memory for a moment.
_AT_ONCE = 20


class Forest:
    """Trees over numeric features, and the log-odds that their leaves add up to.

    A node n of a tree of depth d has the children 2n+1 and 2n+2; the last 2**d nodes are leaves.
    """

    def __init__(
        self, base: float, depth: int, features: Sequence[int], cuts: Sequence[float], leaves: Sequence[float]
    ) -> None:
        self.base, self.depth = base, depth
        inner, outer = 2**depth - 1, 2**depth
        self.trees = [
            (
                features[t * inner : (t + 1) * inner],
                cuts[t * inner : (t + 1) * inner],
                leaves[t * outer : (t + 1) * outer],
            )
            for t in range(len(leaves) // outer)
        ]
        self._parts: list[Callable[[Sequence[float], float], float]] = []

    def log_odds(self, row: Sequence[float]) -> float:
        """Return the sum of the leaves that `row` falls into."""
        if not self._parts:
            self._parts = [_compiled(self.trees[i : i + _AT_ONCE]) for i in range(0, len(self.trees), _AT_ONCE)]
        total = self.base
        for part in self._parts:
            total = part(row, total)
        return total

    def probability(self, row: Sequence[float]) -> float:
        """Return the probability that `row` is a case of what was fitted."""
        return 1 / (1 + math.exp(-self.log_odds(row)))


def _compiled(trees: Sequence[Tree]) -> Callable[[Sequence[float], float], float]:
    """Return trees as a function that adds their leaves up: asked for every proposal, they are not worth walking."""
    used = sorted({feature for features, _, _ in trees for feature in features})
    lines = [*(f"r{feature} = row[{feature}]" for feature in used), *(f"total += {_branch(t, 0)}" for t in trees)]
    found: dict[str, Any] = {}
    exec("def add(row, total):\n " + "\n ".join([*lines, "return total"]), found)
    return found["add"]  # type: ignore[no-any-return]


def _branch(tree: Tree, node: int) -> str:
    """Return what the tree says from a node on, as an expression."""
    features, cuts, leaves = tree
    if node >= len(features):
        return repr(leaves[node - len(features)])
    below, above = _branch(tree, 2 * node + 1), _branch(tree, 2 * node + 2)
    return f"({above} if r{features[node]} > {cuts[node]!r} else {below})"


def fit(
    rows: Any, labels: Any, *, trees: int = 80, depth: int = 4, rate: float = 0.2, bins: int = 64, smooth: float = 5.0
) -> Forest:
    """Fit a forest to `labels` (0 or 1) of `rows`, deterministically."""
    import numpy as np

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
                all_cuts.append(float(edges[f][c]) if c < len(edges[f]) else 1e30)
            node = 2 * node + (binned[feature[node], np.arange(count)] > cut[node])
        of_leaf = np.bincount(node, gradient, 2**depth), np.bincount(node, weight, 2**depth)
        leaves = np.round(rate * of_leaf[0] / (of_leaf[1] + smooth), 5)
        score += leaves[node]
        all_leaves += leaves.tolist()
    return Forest(base, depth, all_features, all_cuts, all_leaves)
