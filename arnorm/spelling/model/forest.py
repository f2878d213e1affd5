"""Gradient-boosted trees, small enough to read, asked in plain Python: how sure a change is."""

from __future__ import annotations

import math
import struct
from array import array
from collections.abc import Callable, Sequence
from typing import Any

from arnorm.spelling.model import Packed

#: How deep a tree may be, and what the leaves of a forest may add up to: more has no exponential.
_DEEPEST, _FARTHEST = 8, 700.0


def load(packed: Packed, places: Sequence[int], name: str = "judge") -> Forest:
    """Read a forest of a model: that of the judge, or another. *places* says which of our features each of its is."""
    base, depth, count = struct.unpack("<fII", packed.blob(name + "_head"))
    features = packed.numbers(name + "_features", "B")
    cuts, leaves = array("f"), array("f")
    cuts.frombytes(packed.blob(name + "_cuts"))
    leaves.frombytes(packed.blob(name + "_leaves"))
    if not 1 <= depth <= _DEEPEST:
        raise ValueError(f"the trees of {name!r} are {depth} nodes deep")
    if len(leaves) != count * 2**depth or not len(features) == len(cuts) == count * (2**depth - 1):
        raise ValueError(f"the trees of {name!r} are not whole")
    if max(features, default=0) >= len(places):
        raise ValueError(f"the trees of {name!r} ask for features that there are not")
    far = sum(max(map(abs, leaves[at : at + 2**depth])) for at in range(0, len(leaves), 2**depth))
    if not (all(map(math.isfinite, (*cuts, *leaves))) and abs(base) + far < _FARTHEST):
        raise ValueError(f"the numbers of the trees of {name!r} are out of bounds")
    return Forest(base, depth, [places[feature] for feature in features], list(cuts), list(leaves))


def dump(forest: Forest, name: str = "judge") -> dict[str, bytes]:
    """Return the sections of a forest."""
    features = [f for tree in forest.trees for f in tree[0]]
    cuts = [c for tree in forest.trees for c in tree[1]]
    leaves = [v for tree in forest.trees for v in tree[2]]
    return {
        name + "_head": struct.pack("<fII", forest.base, forest.depth, len(forest.trees)),
        name + "_features": bytes(features),
        name + "_cuts": struct.pack(f"<{len(cuts)}f", *cuts),
        name + "_leaves": struct.pack(f"<{len(leaves)}f", *leaves),
    }


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
        """Return the sum of the leaves that *row* falls into."""
        if not self._parts:
            self._parts = [_compiled(self.trees[i : i + _AT_ONCE]) for i in range(0, len(self.trees), _AT_ONCE)]
        total = self.base
        for part in self._parts:
            total = part(row, total)
        return total

    def probability(self, row: Sequence[float]) -> float:
        """Return the probability that *row* is a case of what was fitted."""
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
