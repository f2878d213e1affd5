"""Clean sentences, spoilt by an artificial writer: what the forests learn from, and how they are grown."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from arnorm.spelling.arabic import modern
from arnorm.spelling.evidence import FEATURES
from arnorm.spelling.model.forest import Forest
from arnorm.spelling.proposals import Proposer
from arnorm.spelling.realword import WIDE, RealWords
from arnorm.spelling.sentence import sentences
from arnorm.spelling.training.noise import Misspeller
from arnorm.words import Word, words

#: A line as it stands, its words, and how each should be spelled.
Lesson = tuple[str, list[Word], list[str]]
#: Gives the certain spelling of a word, or None where there is none.
Correct = Callable[[str], "str | None"]

#: Words of a line that is spoilt, at most; of every fifth line fewer, for what people type is short.
_LONGEST, _SHORT, _SHORT_LINES = 70, 15, 0.2
#: Trees of the judge's forest and of that of real words: the bytes of a model, and the time of an answer, grow with
#: them.
TREES, REAL_WORD_TREES = 120, 100
#: More than the dearest slip costs, so that each has a weight, the cheaper the greater.
_DEAREST = 8.0
#: So many writers spoil each line. What is learnt from two is worth nearly as much as the mean of two forests, each
#: learnt from one, and takes half as long to ask.
_WRITERS = 2
#: Mistakes that have to be found right for a forest to be grown; with fewer, none is believed.
_ENOUGH = 50
#: A cut that no value is above.
_NEVER = 1e30


def samples(
    lines: Sequence[str], correct: Correct, common: Callable[[str], bool], most: int, seed: int, *, edited: bool
) -> Iterator[Lesson]:
    """Yield up to *most* lines that are, or can certainly be made, free of errors; edited text has *common* words."""
    rng = random.Random(seed)
    lines = list(lines)
    rng.shuffle(lines)
    for line in lines:
        if most <= 0:
            return
        line = modern(line.rstrip("\n"))
        found = list(words(line))[: _LONGEST if rng.random() < 1 - _SHORT_LINES else _SHORT]
        if any(w.plain == "و" for w in found):
            continue
        if not edited and any(_suspect(w.plain) and not common(w.plain) for w in found):
            continue
        right = [correct(w.plain) for w in found]
        sound = [r for r in right if r is not None]
        if not edited and sound != [w.plain for w in found]:
            continue  # who leaves off one hamza leaves off others, and not only where one can be sure
        if len(sound) == len(found) > 0:
            most -= 1
            yield line, found, sound


def _suspect(word: str) -> bool:
    """Say whether a word of a text that nobody edited may lack or have a space too much."""
    return len(word) > 9 or any(c in "ىة" for c in word[:-1])


def spoil(sample: Lesson, rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    """Let an artificial writer write a sample; return the text, and what each of its spans was meant to be."""
    line, found, right = sample
    writer = Misspeller(rng)
    runs: list[list[int]] = []
    careless = rng.random() < 0.5  # leaves off punctuation
    for k in range(len(found)):
        if k and (careless or line[found[k - 1].end : found[k].start] == " "):
            runs[-1].append(k)
        else:
            runs.append([k])
    text, spans = "", []
    for n, run in enumerate(runs):
        if n:
            text += line[found[run[0] - 1].end : found[run[0]].start]
        for m, chunk in enumerate(writer.sentence([right[k] for k in run])):
            text += " " if m else ""
            start = len(text)
            text += " ".join(chunk.written)
            spans.append((start, len(text), " ".join(chunk.meant)))
    return text, spans


def train_judge(proposer: Proposer, material: Sequence[Lesson], seed: int, progress: Callable[[float], None]) -> Forest:
    """Spoil the samples, propose changes, and learn which of them restore what was meant."""
    rng = random.Random(seed)
    rows: list[Sequence[float]] = []
    labels: list[bool] = []
    for number, sample in enumerate(material):
        if number % 500 == 0:
            progress(number / len(material))
        for _ in range(_WRITERS):
            for row, label in _cases(proposer, *spoil(sample, rng)):
                rows.append(row)
                labels.append(label)
    if len(set(labels)) < 2:  # too little text to learn from: believe the decoder
        return Forest(1.0, 1, [0], [0.0], [-1.0, 1.0])
    assert len(rows[0]) == len(FEATURES)
    return grow(rows, labels, trees=TREES)


def _cases(proposer: Proposer, text: str, spans: list[tuple[int, int, str]]) -> Iterator[tuple[Sequence[float], bool]]:
    """Yield the features of each proposal for a spoilt *text*, and whether it gives what was meant.

    *spans* are its words by place, each with the word that it was.
    """
    k = 0
    for sentence in sentences(text):
        for proposal in proposer(sentence):
            start, end = sentence.words[proposal.start].start, sentence.words[proposal.end - 1].end
            if spans[k][0] > start:
                k = 0
            while spans[k][1] <= start:
                k += 1
            j = k
            while spans[j][1] < end:
                j += 1
            got = text[spans[k][0] : start] + proposal.candidate.text + text[end : spans[j][1]]
            yield proposal.features, got == " ".join(meant for _, _, meant in spans[k : j + 1])


def mistake(spelled: Sequence[str], real: RealWords, rng: random.Random) -> tuple[int, str] | None:
    """Choose a word of a sentence and a known word to write for it by mistake; None if there is none."""
    for place in rng.sample(range(len(spelled)), min(len(spelled), 6)):
        slips = [(text, cost) for text, _, cost in real.rivals[spelled[place]]]
        if slips:
            text = rng.choices([t for t, _ in slips], [_DEAREST - cost for _, cost in slips])[0]
            if any(back == spelled[place] for back, _, _ in real.rivals[text]):
                return place, text
    return None


def train_real_words(
    real: RealWords, lines: Sequence[Sequence[str]], seed: int, progress: Callable[[float], None]
) -> Forest:
    """Make mistakes in clean sentences, and learn which findings restore what was meant."""
    rng = random.Random(seed)
    rows: list[Sequence[float]] = []
    labels: list[bool] = []
    for number, spelled in enumerate(lines):
        if number % 500 == 0:
            progress(number / len(lines))
        chosen = mistake(spelled, real, rng)
        for finding in real(spelled, WIDE):
            rows.append(finding.features)
            labels.append(False)
        if chosen is not None:
            place, text = chosen
            for finding in real([*spelled[:place], text, *spelled[place + 1 :]], WIDE):
                if finding.place == place:
                    rows.append(finding.features)
                    labels.append(finding.text == spelled[place])
    if sum(labels) < _ENOUGH:
        return Forest(-20.0, 1, [0], [0.0], [0.0, 0.0])
    return grow(rows, labels, trees=REAL_WORD_TREES)


def grow(
    rows: Any, labels: Any, *, trees: int = 80, depth: int = 4, rate: float = 0.2, bins: int = 64, smooth: float = 5.0
) -> Forest:
    """Fit a forest to *labels* (0 or 1) of *rows*; the same rows give the same forest.

    *trees* of *depth* questions each are grown, each of which moves the score by *rate* of what is left to learn; a
    question is asked at one of *bins* quantiles of a column, and *smooth* rows that say nothing stand in every leaf.
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
