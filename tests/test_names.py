"""Names that are the same meet, and others do not; the pairs are ours."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import normalize

ROOT = Path(__file__).parents[1]

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


def pairs() -> list[tuple[str, str, str, str]]:
    """What a registrar says of two names, what they differ in, and the names."""
    lines = (ROOT / "tests/golden/names_pairs.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if not line.startswith("#")]
    return [(said, kind, *pair.split("=")) for said, kind, names in rows for pair in names.split(";")]  # type: ignore[misc]


@pytest.mark.parametrize(("said", "met"), [("same", True), ("different", False)])
def test_the_page_says_how_many_pairs_meet(said: str, met: bool) -> None:
    """Of every kind: how many pairs there are, and how many have one key."""
    counted: dict[str, list[bool]] = defaultdict(list)
    for one_said, kind, one, other in pairs():
        if one_said == said:
            counted[kind].append(normalize(one, "names") == normalize(other, "names"))
    page = (ROOT / "docs/how-to/matching-names.md").read_text(encoding="utf-8")
    for kind, keys in counted.items():
        assert f"| {said} | {kind} | {len(keys)} | {sum(keys)} |" in page
    total = [key for keys in counted.values() for key in keys]
    assert f"| {said} | **all** | {len(total)} | {sum(total)} |" in page
    assert (sum(total) > len(total) / 2) is met
