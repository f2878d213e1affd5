"""Tatweel inside words, and numbers glued to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import repair
from arnorm.spelling.speller import default
from arnorm.spelling.surface import unstretched
from arnorm.words import plain


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("هذا يوم جمـــيل", "هذا يوم جميل"),
        ("ذهب الى المدرســه", "ذهب إلى المدرسة"),
        ("وصل في سنة2006 إلى المدينة", "وصل في سنة 2006 إلى المدينة"),
        ("عاش 50سنة في المدينة", "عاش 50 سنة في المدينة"),
        ("عاش ٥٠سنة في المدينة", "عاش ٥٠ سنة في المدينة"),
    ],
)
def test_an_eager_policy_mends_them(written: str, meant: str) -> None:
    assert repair(written, "thorough") == meant


@pytest.mark.parametrize(
    "text",
    [
        "سنة ١٤٤٣هـ",
        "قناة الـBBC",
        "كتاب بـ50 ريالا",
        "الرحمـٰن",
        "في 10م",
        "طائرة ميغ29",
        "3abcسنة",
        "رواية 1984",
        "مادة ب12",
    ],
)
def test_what_is_meant_stays(text: str) -> None:
    assert repair(text, "thorough") == text


@pytest.mark.parametrize("text", ["هذا يوم جمـــيل", "عاش 50سنة في المدينة"])
def test_the_default_only_suggests(text: str) -> None:
    assert repair(text) == text
    assert [r.decision for r in default().plan(text, "safe")] == ["suggest"]


@given(st.text("بتاـَ ٰ1", max_size=30))
def test_unstretched_keeps_letters_and_marks(text: str) -> None:
    once = unstretched(text)
    assert once.replace("ـ", "") == text.replace("ـ", "")
    assert plain(once) == plain(text)
    assert unstretched(once) == once
