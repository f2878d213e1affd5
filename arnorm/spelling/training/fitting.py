"""The stages of training, in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from arnorm.spelling import realword
from arnorm.spelling.arabic import skeletons_of
from arnorm.spelling.model import Packed, lexicon, shelves, write
from arnorm.spelling.model import forest as forests
from arnorm.spelling.proposals import Proposer
from arnorm.spelling.sentence import sentences
from arnorm.spelling.terms import terms
from arnorm.spelling.training import company, context, counting, judging
from arnorm.spelling.training import pairs as bigrams
from arnorm.spelling.training.counting import Array, Cleaning, Vocabulary
from arnorm.spelling.training.tabulate import tabulated

#: Words and pairs of words that a model keeps at most; chosen for the size of its file.
MOST_WORDS, MOST_BIGRAMS = 400_000, 1_800_000
#: Lines that are spoilt for the judge to learn from.
JUDGE_LINES = 12_000
#: Of all that is drawn by lot: the same text gives the same bytes.
_SEED = 11
#: Occurrences of a skeleton, and share of them, that its rarer spellings need, to be more than errors.
_SECOND, _SECOND_SHARE = 10, 0.001
#: Of long words, which may be two, those that edited text has so often are one.
_COMMON = 20

#: Called with the name of a stage and how much of it is done.
Tell = Callable[[str, float], None]


class Text(Protocol):
    """A text that a model can be fitted to, wherever it lies."""

    #: The types of word, the reserved ones first; how often each occurs in each file, and the lines for the judge.
    names: list[str]
    counts: list[Array]
    kept: list[list[str]]

    def stream(self, tables: Sequence[Array]) -> Any:
        """Return the running text as a `counting.Stream`, given the number of each type in each file."""


class Local:
    """A text that is read into memory here."""

    def __init__(self, paths: Sequence[str | PathLike[str]], hold_out: float, tell: Tell) -> None:
        types = counting.Types()
        self._files = []
        for number, path in enumerate(paths):
            tell("count", number / len(paths))
            self._files.append(counting.read(path, types, hold_out))
        self.names = types.names
        self.counts = [np.bincount(file.stream, minlength=len(types.names)) for file in self._files]
        self.kept = [file.kept for file in self._files]

    def stream(self, tables: Sequence[Array]) -> Any:
        """Return the running text; it can be had once."""
        files, self._files = self._files, []  # given away, for they are large
        return counting.Stream(files, tables)


def fit(text: Text, out: str | PathLike[str], tell: Tell, least: int) -> None:
    """Fit a model to a text and write it to *out*."""
    write(Path(out), judged(*counted(text, tell, least), tell))
    tell("done", 1.0)


def counted(text: Text, tell: Tell, least: int) -> tuple[Packed, list[judging.Lesson]]:
    """Return a model that lacks only what judges, and the lines to teach judging by."""
    if len(text.names) == len(shelves.RESERVED):
        raise ValueError("there is no Arabic text in the given files; give plain UTF-8 text, one paragraph a line")
    tell("clean", 0.0)
    cleaning = counting.clean(text.counts, text.names)
    known = counting.vocabulary(text.counts, text.names, cleaning, most=MOST_WORDS, least=least)
    tell("bigrams", 0.0)
    stream = text.stream(known.tables)
    sections, meta = _language(known, stream)
    meta["terms"] = terms()
    tell("rivals", 0.0)
    sections = tabulated(Packed(sections, meta), lambda done: tell("rivals", done)).sections
    tell("context", 0.0)
    names = shelves.RESERVED + known.words
    sections |= context.fit_choices(stream, names, known.counts)
    tell("endings", 0.0)
    sections.update(context.fit_endings(stream, names, known.counts))
    tell("company", 0.0)
    sections.update(company.fit_frequent(stream, names, known.counts))
    return Packed(sections, meta), _material(text, cleaning)


def judged(packed: Packed, material: Sequence[judging.Lesson], tell: Tell) -> Packed:
    """Return the model with what judges its changes, and the real words that it doubts."""
    tell("judge", 0.0)
    proposer = Proposer.load(packed)
    forest = judging.train_judge(proposer, material, _SEED, lambda done: tell("judge", done))
    sections = packed.sections | forests.dump(forest)
    clean = [[word.plain for word in sentence.words] for line, _, _ in material for sentence in sentences(line)]
    forest = judging.train_real_words(proposer.real_words, clean, _SEED, lambda done: tell("real words", done))
    return Packed(sections | forests.dump(forest, realword.SECTION), packed.meta)


def _language(known: Vocabulary, stream: Any) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Pack the lexicon and the bigrams."""
    size = len(known.words) + 3
    block = "\n".join(known.words)
    ambiguous = np.zeros(size, dtype=bool)
    groups: dict[str, list[int]] = {}
    for i, skeleton in enumerate(skeletons_of(block).split("\n") if block else ()):
        groups.setdefault(skeleton, []).append(i + 3)
    for group in groups.values():
        counts = known.counts[group]
        ambiguous[group] = counts.sum() - counts.max() >= max(_SECOND, _SECOND_SHARE * counts.sum())
    pairs, times = stream.pairs(size)
    pairs, times = (pairs // size, pairs % size), times.astype(np.float64)
    sections = bigrams.fit(*pairs, times, known.counts, ambiguous, MOST_BIGRAMS)
    sections |= shelves.shelve(known.words)[0]
    sections["books"] = np.clip(np.rint(np.log1p(known.books) / lexicon.STEP), 0, 255).astype(np.uint8).tobytes()
    sections["letters"] = bigrams.fit_letters(known.words, known.counts)
    return sections, {"running words": int(known.counts.sum()), "words": len(known.words)}


def _material(text: Text, cleaning: Cleaning) -> list[judging.Lesson]:
    """Choose lines that were not counted, as far as possible from edited text."""
    ids = {name: i for i, name in enumerate(text.names)}
    books = sum(count for count, edited in zip(text.counts, cleaning.is_edited, strict=True) if edited)

    def common(word: str) -> bool:
        return word in ids and books[ids[word]] >= _COMMON

    material: list[judging.Lesson] = []
    for number, (kept, edited) in enumerate(zip(text.kept, cleaning.is_edited, strict=True)):
        table = cleaning.edited if edited else cleaning.other
        correct = partial(_correct, ids=ids, names=text.names, table=table)
        material += judging.samples(kept, correct, common, JUDGE_LINES, _SEED + number, edited=bool(edited))
    return material


def _correct(word: str, ids: dict[str, int], names: Sequence[str], table: Any) -> str | None:
    """Return what *word* counts as, itself if it is new, or None where that cannot be told."""
    i = ids.get(word)
    if i is None:
        return word
    return None if table[i] == shelves.UNKNOWN else names[table[i]]
