"""Makes mistakes that are words too in clean sentences, and learns what gives them away."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from arnorm.spelling.model.forest import Forest
from arnorm.spelling.model.shelves import RESERVED
from arnorm.spelling.realword import WIDE, RealWords, neighbours
from arnorm.spelling.training import company
from arnorm.spelling.training.forest import fit as grow

#: A word must be this frequent to be one that another may stand for.
LEAST, MOST = 250, 40_000

#: Of so many words is a word told apart when vectors are learnt.
_RIVALS = 12


def fit(text: Any, words: Sequence[str], counts: Any, *, seed: int = 5) -> dict[str, bytes]:
    """Learn what company the frequent words keep, from the running text, a `counting.Stream`."""
    first = len(RESERVED)
    end = first + min(int((counts[first:] >= LEAST).sum()), MOST)
    ids = {word: i for i, word in enumerate(words) if i >= first}
    rivals: list[set[int]] = [set() for _ in words]
    for i in range(first, len(words)):
        if counts[i] >= 20:
            for _, j, _ in neighbours(words[i], ids.get, end):
                rivals[i].add(j)
                rivals[j].add(i)
    return company.fit(text, words, counts, [sorted(found)[:_RIVALS] for found in rivals], end, seed)


#: More than the dearest slip costs, so that each has a weight, the cheaper the greater.
_DEAREST = 8.0
#: Mistakes that have to be found right for a forest to be grown; with fewer, none is believed.
_ENOUGH = 50


def mistake(words: Sequence[str], real: RealWords, rng: random.Random) -> tuple[int, str] | None:
    """Choose a word of a sentence and a known word to write for it by mistake; None if there is none."""
    for place in rng.sample(range(len(words)), min(len(words), 6)):
        slips = [(text, cost) for text, _, cost in real.rivals[words[place]]]
        if slips:
            text = rng.choices([t for t, _ in slips], [_DEAREST - cost for _, cost in slips])[0]
            if any(back == words[place] for back, _, _ in real.rivals[text]):
                return place, text
    return None


def train(real: RealWords, lines: Sequence[Sequence[str]], seed: int, progress: Callable[[float], None]) -> Forest:
    """Make mistakes in clean sentences, and learn which findings restore what was meant."""
    rng = random.Random(seed)
    rows: list[Sequence[float]] = []
    labels: list[bool] = []
    for number, words in enumerate(lines):
        if number % 500 == 0:
            progress(number / len(lines))
        chosen = mistake(words, real, rng)
        for finding in real(words, WIDE):
            rows.append(finding.features)
            labels.append(False)
        if chosen is not None:
            place, text = chosen
            for finding in real([*words[:place], text, *words[place + 1 :]], WIDE):
                if finding.place == place:
                    rows.append(finding.features)
                    labels.append(finding.text == words[place])
    if sum(labels) < _ENOUGH:
        return Forest(-20.0, 1, [0], [0.0], [0.0, 0.0])
    return grow(rows, labels, trees=TREES)


#: Trees of the forest: the bytes of a model, and the time of an answer, grow with them.
TREES = 100
