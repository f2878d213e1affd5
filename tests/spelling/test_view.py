"""Repair reads letters, in whatever form they are written, and leaves the bytes of what it does not change."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import Repairer, repair
from arnorm.spelling.policy import POLICIES
from arnorm.spelling.view import view
from tests.strategies import any_text, arabic_text

SENTENCES = [
    "سافر احمد الى الأردن مع أخته مؤمنة",
    "قرأت في المكتبه كتاب الأدب، ثم سألت المسؤول عن الآلات",
    "لا يستطيع الاولاد ان يذهبوا الى المدرسه بلا حقائب",
    "هاذا الرئيس ذهب لالجامعة ولم يلتق بالأساتذه",
    "إن شاء الله نلتقي غدا في المدرسه مع عبد الرحمن",
]
SHAPES = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in [*range(0xFE8D, 0xFEF5)]}
LIGATURES = {"لأ": "\ufef7", "لإ": "\ufef9", "لآ": "\ufef5", "لا": "\ufefb"}


def drawn(text: str) -> str:
    """In presentation forms, the lam-alefs as ligatures."""
    for letters, ligature in LIGATURES.items():
        text = text.replace(letters, ligature)
    return "".join(SHAPES.get(letter, letter) for letter in text)


def bare(text: str) -> str:
    text = re.sub("[\u0640\u200c-\u200f]", "", text)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text))


@st.composite
def strewn(draw: st.DrawFn, text: str) -> str:
    parts = []
    for i, letter in enumerate(text):
        parts.append(letter)
        if letter.isalpha() and text[i + 1 : i + 2].isalpha():
            parts.append(draw(st.sampled_from(["", "", "", "\u200f", "\u200c", "\u200d"])))
    return "".join(parts)


@pytest.mark.parametrize("policy", sorted(POLICIES))
@pytest.mark.parametrize("text", SENTENCES)
def test_the_form_does_not_matter(text: str, policy: str) -> None:
    wanted = repair(text, policy)
    assert wanted != text
    for written in (unicodedata.normalize("NFD", text), drawn(text), re.sub("(?<=[بتسمن])(?=[لبتسمني])", "ـ", text)):
        assert bare(repair(written, policy)) == wanted


@given(st.data(), st.sampled_from(SENTENCES), st.sampled_from(sorted(POLICIES)))
def test_what_is_strewn_in_does_not_matter(data: st.DataObject, text: str, policy: str) -> None:
    assert bare(repair(data.draw(strewn(text)), policy)) == repair(text, policy)


def test_what_is_not_changed_keeps_its_bytes() -> None:
    text = "قرأت كتا\u200fب اﻷدب " + unicodedata.normalize("NFD", "في الأردن") + " مع احمد"
    assert repair(text) == text.replace("احمد", "أحمد")


@given(any_text | arabic_text.map(lambda text: unicodedata.normalize("NFD", text)) | arabic_text.map(drawn))
def test_a_view_has_its_places(text: str) -> None:
    seen = view(text)
    places = [seen.place(i, i + 1) for i in range(len(seen.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
    for letter, (start, end) in zip(seen.text, places, strict=True):
        piece = text[start:end]
        assert letter in piece or letter in view(piece).text


@pytest.mark.parametrize("text", ["المدرسة الأولی", "ذهبنا الی المدينة", "وصلت کتب المکتبة في المساء"])
def test_letters_of_another_keyboard(text: str) -> None:
    assert repair(text, "balanced") == repair(text.replace("ک", "ك").replace("ی", "ى"), "balanced")


def test_a_word_alone_may_be_persian() -> None:
    assert repair("صفحه‌ی کتاب", "thorough") == "صفحه‌ی کتاب"


def test_suggestions_read_letters_too() -> None:
    repairer = Repairer.load()
    word = "الاسلام"
    assert repairer.suggest(drawn(word)) == repairer.suggest(word)
