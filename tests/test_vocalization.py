"""Partial vocalization: marks go and none comes, and words can still be told apart."""

from __future__ import annotations

import lzma
import re
from collections import Counter, defaultdict
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import passes
from arnorm.chars import HARAKAT, LETTER, MARK
from arnorm.passes import _vocalization
from arnorm.passes._vocalization import VowelReading, marked, readings, telling, unit

TEXT = Path(__file__).parents[1].parent / "shared" / "corpora" / "vocalized.txt.xz"
partial = passes.strip_predictable_marks


def written(letters: str, vowels: str) -> str:
    shown = {"a": "\u064e", "u": "\u064f", "i": "\u0650", ".": "", "": ""}
    return "".join(a + shown[v] for a, v in zip(letters, [*vowels, ""], strict=True))


@given(st.lists(st.sampled_from([*"كتبعلميوأؤالةىن ", *HARAKAT]), max_size=14).map("".join))
def test_it_takes_marks_and_nothing_else(text: str) -> None:
    out = partial(text)
    assert passes.strip_tashkeel(out) == passes.strip_tashkeel(text)
    rest = iter(text)
    assert all(character in rest for character in out), "a mark was added or moved"
    assert partial(out) == out


def test_two_readings_of_a_spelling_never_end_alike() -> None:
    """What the list knows of bare spellings is told apart, unless one of them is read so without a mark."""
    alike = []
    for spelling, found in readings().known.items():
        letters = re.sub(f"[{HARAKAT}]", "", spelling)
        if letters != spelling:
            continue
        for one, other in product(found, found):
            if one < other and all(a == b for a, b in zip(one.vowels, other.vowels, strict=True)):
                alike.append(spelling)
            if one < other and partial(written(letters, one.vowels)) == partial(written(letters, other.vowels)):
                alike.append(spelling)
    # Where they differ, one has a sukun that is not written here, or a vowel that «كتبت» shows at its end.
    assert len(set(alike)) < len(readings().known) / 20, sorted(set(alike))


@pytest.mark.parametrize(
    ("one", "other"),
    [("مَلِك", "مُلْك"), ("قَدَم", "قِدَم"), ("كُتِب", "كَتَب"), ("يُفتَح", "يَفتَح"), ("مَن", "مِن"), ("سألتُ", "سألتَ"), ("خَلْق", "خُلُق")],
)
def test_pairs_stay_pairs(one: str, other: str) -> None:
    assert partial(one) != partial(other)


def test_no_mark_could_be_spared() -> None:
    assert telling("aui", ["iui", "aii"], set()) == {0, 1}
    assert telling("aui", ["iii", "aia"], set()) == {1}
    assert telling("aui", ["iui"], {0}) == set()


def test_the_list_is_what_it_says() -> None:
    known = readings().known
    assert VowelReading("i", noun=False) in known["من"] or VowelReading("i", noun=True) in known["من"]
    for spelling, found in known.items():
        letters = re.sub(f"[{HARAKAT}]", "", spelling)
        assert {len(one.vowels) for one in found} == {len(letters) - 1}, spelling
        assert {*"".join(one.vowels for one in found)} <= {*"aui."}, spelling
        assert len({*found}) == len(found), spelling
    assert readings().usual.keys() <= known.keys()


@pytest.mark.skipif(not TEXT.is_file(), reason="the text is not beside the checkout")
def test_most_marks_go_and_few_words_become_doubtful() -> None:
    """On text that was not counted: 11.6 % of the harakat stay, and 98.2 % of the words are read as they were."""
    with lzma.open(TEXT, "rt", encoding="utf-8") as file:
        lines = [next(file) for _ in range(900)]
    text = "".join(lines)
    out = partial(text)
    marks = sum(map(text.count, HARAKAT))
    assert sum(map(out.count, HARAKAT)) < 0.13 * marks
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for word in re.findall(f"[{LETTER}][{LETTER}{MARK}]*", text):
        units = [unit(*one.groups()) for one in _vocalization._unit.finditer(word)]
        seen[partial(word)][marked(units)] += 1
    right = sum(counts.most_common(1)[0][1] for counts in seen.values())
    assert right > 0.95 * sum(sum(counts.values()) for counts in seen.values())
