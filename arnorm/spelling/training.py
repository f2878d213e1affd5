"""Build a model from plain text: counts, weights and judge.

    arnorm train a.txt.xz b.txt.gz -o my.model

Needs numpy (``pip install arnorm[train]``). The same text gives the same bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arnorm.errors import MissingPackageError
from arnorm.spelling import context, inflection, judge, language, lexicon, realword
from arnorm.spelling.confusion import skeletons
from arnorm.spelling.model import Packed, write
from arnorm.spelling.proposals import Proposer
from arnorm.spelling.sentence import sentences

if TYPE_CHECKING:
    from arnorm.spelling.counting import Cleaning, Corpus, Source

MOST_WORDS = 400_000
MOST_BIGRAMS = 600_000
JUDGE_LINES = 12_000
_SEED = 11

Progress = Callable[[str, float], None]


def train(
    paths: Sequence[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    progress: Progress | None = None,
    hold_out: float = 0.0,
    least: int = 6,
) -> None:
    """Train on `paths` (plain, .gz, .xz or .zst text, one paragraph a line) and write the model to `out`.

    A word must occur `least` times to be known. The first `hold_out` of each file's lines are left out,
    to measure on. `progress` is called with the name of the stage and how much of it is done.
    """
    try:
        import numpy  # noqa: F401
    except ImportError:
        raise MissingPackageError("numpy", "train") from None
    from arnorm.spelling import counting

    tell = progress or (lambda stage, done: None)
    types = counting.Types()
    sources = []
    for number, path in enumerate(paths):
        tell("count", number / len(paths))
        sources.append(counting.read(path, types, hold_out))
    if len(types.names) == len(lexicon.RESERVED):
        raise ValueError("there is no Arabic text in the given files; give plain UTF-8 text, one paragraph a line")
    tell("clean", 0.0)
    cleaning = counting.clean(sources, types.names)
    corpus = counting.corpus(sources, types.names, cleaning, most=MOST_WORDS, least=least)
    tell("bigrams", 0.0)
    sections, meta = _language(corpus)
    tell("context", 0.0)
    names = lexicon.RESERVED + corpus.words
    sections["context"], choices = context.fit(corpus.stream, names, corpus.counts)
    sections["choices"] = zlib.compress("\n".join(choices).encode(), 9)
    tell("endings", 0.0)
    sections.update(inflection.fit(corpus.stream, names, corpus.counts))
    tell("company", 0.0)
    sections.update(realword.fit(corpus.stream, names, corpus.counts))
    tell("judge", 0.0)
    material = _material(sources, types.names, cleaning)
    del sources, corpus, types
    proposer = Proposer.load(Packed(sections, meta))
    forest = judge.train(proposer, material, _SEED, lambda done: tell("judge", done))
    sections.update(judge.dump(forest))
    clean = [[word.plain for word in sentence.words] for line, _, _ in material for sentence in sentences(line)]
    forest = realword.train(proposer.real_words, clean, _SEED, lambda done: tell("real words", done))
    sections.update(judge.dump(forest, realword.SECTION))
    write(Path(out), Packed(sections, meta))
    tell("done", 1.0)


def _language(corpus: Corpus) -> tuple[dict[str, bytes], dict[str, int]]:
    """Pack the lexicon and the bigrams."""
    import numpy as np

    from arnorm.spelling import counting

    size = len(corpus.words) + 3
    block = "\n".join(corpus.words)
    ambiguous = np.zeros(size, dtype=bool)
    groups: dict[str, list[int]] = {}
    for i, bones in enumerate(skeletons(block).split("\n") if block else ()):
        groups.setdefault(bones, []).append(i + 3)
    for group in groups.values():
        counts = corpus.counts[group]
        ambiguous[group] = counts.sum() - counts.max() >= max(10, 0.001 * counts.sum())
    sections = language.fit(*counting.bigrams(corpus.stream, size), corpus.counts, ambiguous, MOST_BIGRAMS)
    sections["words"] = zlib.compress(block.encode(), 9)
    sections["books"] = np.clip(np.rint(np.log1p(corpus.books) / lexicon.STEP), 0, 255).astype(np.uint8).tobytes()
    sections["letters"] = lexicon.fit_letters(corpus.words, corpus.counts)
    return sections, {"running words": int(corpus.counts.sum()), "words": len(corpus.words)}


def _material(sources: Sequence[Source], names: Sequence[str], cleaning: Cleaning) -> list[judge.Sample]:
    """Choose lines that were not counted, as far as possible from edited text."""
    ids = {name: i for i, name in enumerate(names)}
    material: list[judge.Sample] = []
    for number, (source, edited) in enumerate(zip(sources, cleaning.is_edited, strict=True)):
        table = cleaning.edited if edited else cleaning.other

        correct = partial(_correct, ids=ids, names=names, table=table)
        material += judge.samples(source.kept, correct, JUDGE_LINES, _SEED + number, edited=bool(edited))
    return material


def _correct(word: str, ids: dict[str, int], names: Sequence[str], table: Any) -> str | None:
    """Return what `word` counts as, itself if it is new, or None where that cannot be told."""
    i = ids.get(word)
    if i is None:
        return word
    return None if table[i] == lexicon.UNKNOWN else names[table[i]]
