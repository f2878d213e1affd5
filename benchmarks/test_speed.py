"""The same measurements for pytest-benchmark, to be kept and compared between versions.

``pytest benchmarks --benchmark-enable --benchmark-group-by=param:sample``
"""

from __future__ import annotations

from typing import Any

import pytest

from arnorm import all_profiles
from benchmarks.contestants import FOLDING, agree, contestants
from benchmarks.texts import CJK, EMOJI, paragraphs, text, word_list

SAMPLES = {
    "paragraphs_bare": lambda: paragraphs(200, 1),
    "paragraphs_vocalized": lambda: paragraphs(200, 2, vocalized=True),
    "paragraphs_emoji": lambda: paragraphs(200, 3, foreign=EMOJI),
    "paragraphs_cjk": lambda: paragraphs(200, 4, foreign=CJK),
    "long_bare": lambda: [text(1_000_000, 5)],
    "long_vocalized": lambda: [text(1_000_000, 6, vocalized=True)],
    "words": lambda: word_list(2_000, 7),
}
FUNCTIONS = contestants()


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_search_folding(benchmark: Any, name: str, sample: str) -> None:
    texts, function = SAMPLES[sample](), FUNCTIONS[name]
    agree({name: function}, texts)
    benchmark(lambda: [function(t) for t in texts])


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("profile", all_profiles(), ids=lambda p: p.full_name)
def test_profile(benchmark: Any, profile: Any, sample: str) -> None:
    texts = SAMPLES[sample]()
    assert [profile(t) for t in benchmark(lambda: [profile(t) for t in texts])] == [profile(t) for t in texts]


@pytest.mark.parametrize("length", [1_000, 10_000, 100_000])
def test_trace(benchmark: Any, length: int) -> None:
    sample = text(length, 8, vocalized=True)
    assert benchmark(lambda: FOLDING.trace(sample)).text == FOLDING(sample)
