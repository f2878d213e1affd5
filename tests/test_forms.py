"""Normalization forms: the same as unicodedata, in linear time, with exact edits."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import Form
from arnorm.forms import FormName
from arnorm.trace import Replacement, apply
from tests.strategies import any_text

FORMS: list[FormName] = ["NFC", "NFD", "NFKC", "NFKD"]
every = pytest.mark.parametrize("form", FORMS)
composing = st.text(
    st.characters() | st.sampled_from("ا\u0653\u0654\u0655é\u0301\u0323가ᄀ각ᅡᆨ\u09be\u09c7\u0340ﾞｶ\ufe71\ufc60"),
    max_size=12,
)


@every
@given(text=any_text | composing)
def test_same_as_unicodedata_and_edits_lead_there(form: FormName, text: str) -> None:
    p = Form("p", form)
    assert p(text) == unicodedata.normalize(form, text)
    assert apply(text, p.replacements(text)) == p(text)


@every
def test_every_character_by_itself(form: FormName) -> None:
    p = Form("p", form)
    for point in range(0x1F000):
        text = f"ا{chr(point)}\u0323"
        assert apply(text, p.replacements(text)) == unicodedata.normalize(form, text)


def test_edits_are_no_wider_than_the_change() -> None:
    assert Form("p", "NFC").replacements("باب مدرا\u0654س") == [Replacement(7, 9, "أ")]


@every
def test_a_letter_with_very_many_unsorted_marks(form: FormName) -> None:
    text = "ا" + "\u0650\u064b\u0654\u0340" * 25_000
    out = Form("p", form)(text)
    assert unicodedata.is_normalized(form, out)
    short = "ا" + "\u0650\u064b\u0654\u0340" * 25
    assert Form("p", form)(short) == unicodedata.normalize(form, short)
