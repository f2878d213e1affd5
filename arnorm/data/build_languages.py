"""Builds arnorm/data/languages.z, what groups of letters say about the language of a word in Arabic script.

    python arnorm/data/build_languages.py --arabic FILE.xz... --other languages.tsv.xz --out arnorm/data/languages.z

Arabic is plain text, one paragraph a line, or tab-separated with the text in the last column (`dialect`) or the first
(`names`); the other languages are lines of code, tab, text. A logistic regression over windows of one to twelve words,
of which Arabic ones are misspelt as people do, gives each group of letters a weight; those that say nothing are left
out. Needs numpy. The same text gives the same bytes.
"""

from __future__ import annotations

import argparse
import lzma
import random
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from arnorm.languages import groups
from arnorm.spelling.training.noise import Misspeller
from arnorm.words import words

#: Of each file so many lines are read, behind the first 2 %, which are left for measuring.
_LINES = 9_000
_WIDTHS = (1, 2, 2, 3, 3, 4, 5, 6, 8, 12)
#: A group must occur so often.
_LEAST = 25
_UNIT, _QUIET = 20, 4
_EPOCHS, _RATE, _DECAY, _BATCH = 5, 0.3, 2e-3, 512


def main() -> None:
    """Read, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arabic", nargs="+", required=True)
    parser.add_argument("--other", nargs="+", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    rng = random.Random(5)
    arabic = [*chain.from_iterable(windows(read(name, rng), rng, spoilt=True) for name in options.arabic)]
    other = [*chain.from_iterable(windows(read(name, rng), rng, spoilt=False) for name in options.other)]
    weights = fit([arabic, other])
    packed = zlib.compress("\n".join(f"{group} {weight}" for group, weight in weights).encode(), 9)
    Path(options.out).write_bytes(packed)
    print(f"{options.out}: {len(weights)} groups of {len(arabic)} and {len(other)} windows, {len(packed)} bytes")


def read(name: str, rng: random.Random) -> list[list[str]]:
    """Return the lines of a file as words."""
    with lzma.open(name, "rt", encoding="utf-8") as file:
        lines = file.read().split("\n")
    if ".tsv" not in name:
        lines = lines[len(lines) // 50 :]
        rng.shuffle(lines)
        if "dialect" not in name:
            del lines[_LINES:]
    column = 0 if "names" in name else -1
    found = ([word.plain for word in words(line.split("\t")[column])] for line in lines)
    return [line for line in found if line]


def windows(lines: Sequence[Sequence[str]], rng: random.Random, *, spoilt: bool) -> Iterator[list[str]]:
    """Yield runs of words from lines, six of ten misspelt where *spoilt* says so."""
    for line in lines:
        for _ in range(4 if len(line) > 6 else 1):
            width = rng.choice(_WIDTHS)
            start = rng.randrange(max(1, len(line) - width + 1))
            run = list(line[start : start + width])
            if spoilt and rng.random() < 0.6:
                run = [word for chunk in Misspeller(rng).sentence(run) for word in chunk.written if word]
            if run:
                yield run


def fit(classes: Sequence[Sequence[Sequence[str]]]) -> list[tuple[str, int]]:
    """Return the groups that tell the second class from the first, with their weights."""
    import numpy as np

    counts: Counter[str] = Counter()
    for run in chain.from_iterable(classes):
        counts.update(group for word in run for group in groups(word))
    known = {group: i for i, group in enumerate(sorted(group for group, n in counts.items() if n >= _LEAST))}
    rows = [
        np.array([known[group] for word in run for group in sorted(groups(word)) if group in known], dtype=np.int32)
        for run in chain.from_iterable(classes)
    ]
    labels = np.repeat([0.0, 1.0], [len(runs) for runs in classes])
    weights = _descend(rows, labels, len(known))
    rounded = {group: max(-127, min(127, round(float(weights[i]) * _UNIT))) for group, i in known.items()}
    return [(group, weight) for group, weight in rounded.items() if abs(weight) >= _QUIET]


def _descend(rows: Sequence[Any], labels: Any, size: int) -> Any:
    """Fit a logistic regression by stochastic descent."""
    import numpy as np

    weights, squares, bias = np.zeros(size), np.full(size, 1e-2), -0.5
    order, rng = np.arange(len(rows)), np.random.default_rng(1)
    for _ in range(_EPOCHS):
        rng.shuffle(order)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            flat = np.concatenate([rows[i] for i in batch])
            owner = np.repeat(np.arange(len(batch)), [len(rows[i]) for i in batch])
            odds = np.bincount(owner, weights[flat], minlength=len(batch)) + bias
            error = 1 / (1 + np.exp(-np.clip(odds, -30, 30))) - labels[batch]
            slope = np.bincount(flat, error[owner], minlength=size)
            used = np.flatnonzero(slope)
            step = slope[used] + _DECAY * weights[used]
            squares[used] += step * step
            weights[used] -= _RATE * step / np.sqrt(squares[used])
    return weights


if __name__ == "__main__":
    main()
