"""Clean sentences, spoilt by an artificial writer: what the judge learns from."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from arnorm.spelling.arabic.classes import modern
from arnorm.spelling.evidence import FEATURES
from arnorm.spelling.model.forest import Forest
from arnorm.spelling.proposals import Proposer
from arnorm.spelling.sentence import sentences
from arnorm.spelling.training.forest import fit
from arnorm.spelling.training.noise import Misspeller
from arnorm.words import Word, words

#: A line as it stands, its words, and how each should be spelled.
Sample = tuple[str, list[Word], list[str]]
#: Gives the certain spelling of a word, or None where there is none.
Correct = Callable[[str], "str | None"]

#: Words of a line that is spoilt, at most; of every fifth line fewer, for what people type is short.
_LONGEST, _SHORT, _SHORT_LINES = 70, 15, 0.2
#: Trees of the forest: the bytes of a model, and the time of an answer, grow with them.
TREES = 120


def samples(
    lines: Sequence[str], correct: Correct, common: Callable[[str], bool], most: int, seed: int, *, edited: bool
) -> Iterator[Sample]:
    """Yield up to `most` lines that are, or can certainly be made, free of errors; edited text has `common` words."""
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


def spoil(sample: Sample, rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
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


def train(proposer: Proposer, material: Sequence[Sample], seed: int, progress: Callable[[float], None]) -> Forest:
    """Spoil the samples, propose changes, and learn which of them restore what was meant."""
    rng = random.Random(seed)
    rows: list[Sequence[float]] = []
    labels: list[bool] = []
    for number, sample in enumerate(material):
        if number % 500 == 0:
            progress(number / len(material))
        for row, label in _cases(proposer, *spoil(sample, rng)):
            rows.append(row)
            labels.append(label)
    if len(set(labels)) < 2:  # too little text to learn from: believe the decoder
        return Forest(1.0, 1, [0], [0.0], [-1.0, 1.0])
    assert len(rows[0]) == len(FEATURES)
    return fit(rows, labels, trees=TREES)


def _cases(proposer: Proposer, text: str, spans: list[tuple[int, int, str]]) -> Iterator[tuple[Sequence[float], bool]]:
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
