"""The same measurements for pytest-benchmark, to be kept and compared between versions.

``pytest benchmarks --benchmark-enable --benchmark-group-by=param:sample``
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from arnorm import all_profiles
from benchmarks.contestants import FOLDING, agree, contestants
from benchmarks.texts import CJK, EMOJI, paragraphs, text, word_list

SAMPLES: dict[str, Callable[[float], list[str]]] = {
    "paragraphs_bare": lambda part: paragraphs(int(200 * part), 1),
    "paragraphs_vocalized": lambda part: paragraphs(int(200 * part), 2, vocalized=True),
    "paragraphs_emoji": lambda part: paragraphs(int(200 * part), 3, foreign=EMOJI),
    "paragraphs_cjk": lambda part: paragraphs(int(200 * part), 4, foreign=CJK),
    "long_bare": lambda part: [text(int(1_000_000 * part), 5)],
    "long_vocalized": lambda part: [text(int(1_000_000 * part), 6, vocalized=True)],
    "words": lambda part: word_list(int(2_000 * part), 7),
}
FUNCTIONS = contestants()


def sample_of(name: str, benchmark: Any) -> list[str]:
    """The sample called *name*; a part of it where nothing is measured, and only shown to run."""
    return SAMPLES[name](0.02 if benchmark.disabled else 1)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_search_folding(benchmark: Any, name: str, sample: str) -> None:
    texts, function = sample_of(sample, benchmark), FUNCTIONS[name]
    agree({name: function}, texts)
    benchmark(lambda: [function(t) for t in texts])


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("profile", all_profiles(), ids=lambda p: p.full_name)
def test_profile(benchmark: Any, profile: Any, sample: str) -> None:
    texts = sample_of(sample, benchmark)
    assert [profile(t) for t in benchmark(lambda: [profile(t) for t in texts])] == [profile(t) for t in texts]


@pytest.mark.parametrize("length", [1_000, 10_000, 100_000])
def test_trace(benchmark: Any, length: int) -> None:
    sample = text(length, 8, vocalized=True)
    assert benchmark(lambda: FOLDING.trace(sample)).text == FOLDING(sample)
