"""Names that are the same meet, and others do not; the pairs are ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import normalize

SAME = [
    ("عبد الله", "عبدالله"),
    ("عبد الرحمن بن عمر", "عبدالرحمن ابن عمر"),
    ("أبو بكر", "ابى بكر"),
    ("أبي زيد", "أبوزيد"),
    ("إبن سينا", "ابن سينا"),
    ("آل سعود", "ال سعود"),
    ("نور الدين", "نورالدين"),
    ("فاطمة", "فاطمه"),
    ("مصطفى", "مصطفي"),
    ("مؤمن", "مومن"),
    ("رائد", "رايد"),
    ("علی", "علي"),
    ("سالم و أحمد", "سالم وأحمد"),
    ("هناء", "هنا"),
    ("حسب الله", "حسبالله"),
    ("فؤاد", "فواد"),
    ("مُحَمَّد", "محمد"),
]
OTHERS = [
    ("حسن", "حسين"),
    ("أحمد", "محمد"),
    ("سعيد", "سعد"),
    ("عبد مناف", "مناف"),
    ("بنت علي", "بن علي"),
    ("سالم", "سليم"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_name_meets(one: str, other: str) -> None:
    assert normalize(one, "names") == normalize(other, "names")


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert normalize(one, "names") != normalize(other, "names")


_words = st.sampled_from("عبد الله ابن ابو ابي أبا ال آل و نور الدين محمد إبن بن الرحمن".split())


@given(st.lists(_words | st.just(" "), max_size=8).map(" ".join))
def test_a_key_is_its_own_key(text: str) -> None:
    once = normalize(text, "names")
    assert normalize(once, "names") == once
