"""How good spelling repair is: by policy, by threshold, and with less and less of its model.

Measured on development sets that may not be passed on; `repair_quality` says which files those are.
"""

from __future__ import annotations

import tempfile
import zlib
from array import array
from pathlib import Path
from time import process_time
from typing import Any

from arnorm import Repairer
from arnorm.spelling import POLICIES
from arnorm.spelling.model import Packed, digest, in_planes, read, write
from arnorm.spelling.model.lexicon import STEP
from arnorm.spelling.model.pairs import dump, undumped
from arnorm.spelling.model.shelves import ID_BYTES, RESERVED, shelve, unshelved
from arnorm.spelling.policy import Policy
from arnorm.spelling.speller import DEFAULT_MODEL
from arnorm.spelling.training.pairs import pack
from arnorm.spelling.training.tabulate import tabulated
from benchmarks.page import SETS
from benchmarks.repair_quality import lines
from tests.shared import program

THRESHOLDS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 0.995)
SHARES = (0.5, 0.25, 0.125, 1 / 32)

Figures = dict[str, float]


class Sets:
    """The development sets in *data*, and their scorer."""

    def __init__(self, data: Path) -> None:
        self._scorer = program(data / "m2score.py")
        self._sources = {name: lines(data / f"{name}.source.txt") for name in SETS}
        self._gold = {name: self._scorer.load_m2(data / f"{name}.gold.m2") for name in SETS}
        self.words = {name: sum(len(line.split()) for line in source) for name, source in self._sources.items()}

    def score(self, repairer: Repairer, policy: str | Policy) -> dict[str, Figures]:
        """Precision, recall, F1 and F0.5 by MaxMatch for each set."""
        out = {}
        for name, source in self._sources.items():
            score = self._scorer.score([repairer.repair(line, policy) for line in source], self._gold[name])
            out[name] = {key: round(score[key], 4) for key in ("P", "R", "F1", "F05")}
        return out

    def rate(self, repairer: Repairer, policy: str) -> int:
        """Words a second of processor time, of all sets."""
        start = process_time()
        for source in self._sources.values():
            for line in source:
                repairer.repair(line, policy)
        return 100 * round(sum(self.words.values()) / (process_time() - start) / 100)


def quality(data: Path) -> dict[str, Any]:
    """All figures that need the development sets."""
    sets = Sets(data)
    repairer = Repairer.load()
    policies = {name: sets.score(repairer, name) for name in POLICIES}  # and fills the caches
    whole = {"share": 1.0, "MB": _megabytes(DEFAULT_MODEL), "sets": policies["balanced"]}
    return {
        "model": digest(DEFAULT_MODEL).hex()[:16],
        "words": sets.words,
        "policies": policies,
        "rates": {name: sets.rate(repairer, name) for name in POLICIES},
        "thresholds": [[t, sets.score(repairer, Policy("swept", t, t, slips=t, sure=t))] for t in THRESHOLDS],
        "sizes": [whole, *(_smaller(sets, share) for share in SHARES)],
    }


def _smaller(sets: Sets, share: float) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.model"
        write(path, pruned(read(DEFAULT_MODEL), share))
        return {"share": share, "MB": _megabytes(path), "sets": sets.score(Repairer.load(path), "balanced")}


def _megabytes(path: Path) -> float:
    """Its size in a wheel."""
    return round(len(zlib.compress(path.read_bytes())) / 1e6, 2)


def pruned(packed: Packed, share: float) -> Packed:
    """The model with *share* of its words, pairs of words and weights of the context, those that tell the most.

    The judges stay as they were fitted to the whole model.
    """
    import numpy as np

    words = unshelved(packed)
    size = int(len(words) * share) + len(RESERVED)
    known = words[: size - len(RESERVED)]  # they stand in the order of their frequency
    sections = dict(packed.sections)
    sections |= shelve(known)[0]
    for name in ("unigrams", "books"):
        sections[name] = packed.blob(name)[:size]
    sections |= _pairs(packed, size, share)
    choices = packed.numbers("choices", "I", compressed=True, planes=ID_BYTES)
    choices = array("I", [number for number in choices if number < size])
    sections["choices"] = zlib.compress(in_planes(choices.tobytes(), choices.itemsize, ID_BYTES))
    weights = np.frombuffer(packed.blob("context"), np.uint8)
    strength = np.abs(weights.astype(np.int16) - 128)
    least = np.quantile(strength, 1 - share)
    sections["context"] = np.where(strength >= least, weights, 128).astype(np.uint8).tobytes()
    return tabulated(Packed(sections, packed.meta))


def _pairs(packed: Packed, size: int, share: float) -> dict[str, bytes]:
    """The sections of the pairs that tell the most more than their back-off, among the first *size* words."""
    import numpy as np

    def probabilities(scores: bytes) -> Any:
        return np.exp(-STEP * np.frombuffer(scores, np.uint8))

    rows, second, scores = undumped(packed)
    rows, second = np.array(rows, np.int64), np.array(second, np.int64)
    first = np.repeat(np.arange(len(rows) - 1), np.diff(rows))
    p = probabilities(scores)
    single, backoff = probabilities(packed.blob("unigrams")), probabilities(packed.blob("backoff"))
    worth = single[first] * p * np.log(p / (backoff[first] * single[second]))
    worth[(first >= size) | (second >= size)] = -np.inf
    chosen = np.argsort(-worth, kind="stable")[: int(len(worth) * share)]
    chosen = np.sort(chosen[np.isfinite(worth[chosen])])
    first, second, p = first[chosen], second[chosen], p[chosen]
    mass, covered = np.bincount(first, p, size), np.bincount(first, single[second], size)
    rows = np.concatenate([[0], np.cumsum(np.bincount(first, minlength=size))])
    return {
        "backoff": pack(np.clip((1 - mass) / np.maximum(1 - covered, 1e-6), 1e-6, 1)),
        **dump(rows.tolist(), array("I", second.astype(np.uint32).tobytes()), pack(p)),
    }
