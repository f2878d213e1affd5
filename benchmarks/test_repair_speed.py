"""Speed of spelling repair for pytest-benchmark, beside looking every word up in a set.

``pytest benchmarks/test_repair_speed.py --benchmark-enable --benchmark-group-by=param:sample``
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from arnorm.spelling.policy import POLICIES
from arnorm.spelling.speller import default
from arnorm.spelling.training.noise import Misspeller
from arnorm.words import words
from benchmarks.texts import paragraphs, word_list


def _misspelt(count: int, seed: int) -> list[str]:
    """Lines of a dozen words as a careless writer leaves them."""
    writer = Misspeller(random.Random(seed))
    return [
        " ".join(" ".join(chunk.written) for chunk in writer.sentence(word_list(12, seed + i))) for i in range(count)
    ]


SAMPLES: dict[str, Callable[[float], list[str]]] = {
    "short_clean": lambda _: ["ذهب الأولاد إلى المدرسة في الصباح"],
    "short_misspelt": lambda _: ["ذهب الاولاد الى المدرسه فى الصباح"],
    "lines_misspelt": lambda part: _misspelt(int(100 * part), 1),
    "paragraphs": lambda part: paragraphs(int(20 * part), 2),
    "long": lambda part: [" ".join(_misspelt(int(300 * part), 3))],
}


def sample_of(name: str, benchmark: Any) -> list[str]:
    """The sample called *name*; a part of it where nothing is measured, and only shown to run."""
    return SAMPLES[name](0.05 if benchmark.disabled else 1)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("policy", POLICIES)
def test_repair(benchmark: Any, policy: str, sample: str) -> None:
    texts, repairer = sample_of(sample, benchmark), default()
    expected = [repairer.repair(text, policy) for text in texts]  # fills the caches
    assert benchmark(lambda: [repairer.repair(text, policy) for text in texts]) == expected


@pytest.mark.parametrize("sample", SAMPLES)
def test_look_up(benchmark: Any, sample: str) -> None:
    """What any speller does at the least: find the words, and ask whether each is known."""
    texts = sample_of(sample, benchmark)
    known = {word.plain for text in texts for word in words(text)}
    found = benchmark(lambda: sum(word.plain in known for text in texts for word in words(text)))
    assert found == sum(1 for text in texts for _ in words(text))


@pytest.mark.parametrize("sample", ["short_misspelt", "lines_misspelt"])
def test_pyspellchecker(benchmark: Any, sample: str) -> None:
    """The best candidate of one letter for the words that its list lacks."""
    speller = pytest.importorskip("spellchecker").SpellChecker(language="ar", distance=1)
    texts = sample_of(sample, benchmark)
    benchmark(lambda: [speller.correction(word.plain) for text in texts for word in words(text)])
