"""Words that are right by themselves and wrong in their place: suggested, never replaced."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm.spelling import classes, realword
from arnorm.spelling.policy import POLICIES
from arnorm.spelling.repairer import Repairer, default
from tests.strategies import any_text, arabic_text


@pytest.fixture(scope="module")
def repairer() -> Repairer:
    return default()


def hints(repairer: Repairer, text: str, policy: str = "balanced") -> list[tuple[str, str]]:
    return [(text[r.start : r.end], r.text) for r in repairer.plan(text, policy) if r.source == realword.SOURCE]


@given(any_text | arabic_text, st.sampled_from(sorted(POLICIES)))
def test_never_replaced(text: str, policy: str) -> None:
    plan = default().plan(text, policy)
    assert all(r.decision == "suggest" for r in plan if r.source == realword.SOURCE)
    assert all(a.end <= b.start for a, b in pairwise(plan))


def test_safe_says_nothing_of_them(repairer: Repairer) -> None:
    assert POLICIES["safe"].real_words > 1 >= POLICIES["thorough"].real_words
    assert POLICIES["thorough"].real_words < POLICIES["balanced"].real_words


@given(st.text(alphabet="ابتجدرسعقكلمنهوي", min_size=3, max_size=7))
def test_neighbours_are_all_the_words_one_letter_away(word: str) -> None:
    rng = random.Random(word)
    known = {word: 0}
    for _ in range(200):
        at = rng.randrange(len(word))
        known.setdefault(word[:at] + rng.choice("ابتجدرسعقكلمنهويشظض") + word[at + 1 :], len(known))
    found = {text for text, _, _ in realword.neighbours(word, known, len(known))}
    expected = set()
    for text in known:
        differ = [i for i in range(len(word)) if text[i] != word[i]]
        if len(differ) == 1:
            (i,) = differ
            if (word[i], text[i]) in realword.SUBSTITUTION and not realword.inflects(word, i, text[i]):
                expected.add(text)
    assert found == expected


def test_protected_words_are_left(repairer: Repairer) -> None:
    assert repairer._proposer.knowing(frozenset(["يشكل"])).real_words.rivals("يشكل") == []
    assert "يشكر" in {text for text, _, _ in repairer._proposer.real_words.rivals("يشكل")}


def test_classes() -> None:
    assert len(classes.NAMES) <= 64
    assert classes.of("") == 0
    assert {"title", "definite"} == set(classes.names("بالملوك"))
    assert classes.names("حكومتهم") == ["institution"]


def test_company_is_what_the_words_have(repairer: Repairer) -> None:
    """Titles follow «يشكر» far more often than «يشكل»."""
    real = repairer._proposer.real_words
    company, ids = real._company, repairer._proposer._lexicon.ids
    title = 1 << classes.NAMES.index("title")
    zones = [title, 0, 0, 0, 0]
    assert company.evidence(ids["يشكر"], zones)[0] > company.evidence(ids["يشكل"], zones)[0] + 2.0


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("أعلن رئيس الوزراء تشكيل الحكومة الحديدة", "الحديدة", "الجديدة"),
        ("رئيس الدورة يستقبل سفير اليابان", "الدورة", "الدولة"),
    ],
)
def test_suggested(repairer: Repairer, text: str, written: str, meant: str) -> None:
    assert hints(repairer, text) == [(written, meant)]
    assert hints(repairer, text, "safe") == []
    assert repairer.repair(text, "thorough") == text


@pytest.mark.parametrize("text", ["يشكل هذا خطرا كبيرا على الأمن", "كانت تلك جولة ناجحة في دول الخليج"])
def test_sound_words_are_left(repairer: Repairer, text: str) -> None:
    assert hints(repairer, text) == []
