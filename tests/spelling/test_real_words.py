"""Words that are right by themselves and wrong in their place: suggested, never replaced."""

from __future__ import annotations

import random
from itertools import pairwise
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import Repairer
from arnorm.spelling import realword
from arnorm.spelling.model import read
from arnorm.spelling.model.company import AROUND, HEAD, PLACES, REACH, ZONES, Company, known_by, relatives, shape
from arnorm.spelling.model.shelves import UNKNOWN, Shelves
from arnorm.spelling.policy import POLICIES
from arnorm.spelling.speller import DEFAULT_MODEL, default
from tests.strategies import any_text, arabic_text


@pytest.fixture(scope="module")
def repairer() -> Repairer:
    return default()


def hints(repairer: Repairer, text: str, policy: str = "balanced") -> list[tuple[str, str]]:
    return [(text[r.start : r.end], r.text) for r in repairer.plan(text, policy) if r.kind == realword.KIND]


@given(any_text | arabic_text, st.sampled_from(sorted(POLICIES)))
def test_never_replaced(text: str, policy: str) -> None:
    plan = default().plan(text, policy)
    assert all(r.decision == "suggest" for r in plan if r.kind == realword.KIND)
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
    found = {text for text, _, _ in realword.neighbours(word, known.get, len(known))}
    expected = set()
    for text in known:
        differ = [i for i in range(len(word)) if text[i] != word[i]]
        if len(differ) == 1:
            (i,) = differ
            if (word[i], text[i]) in realword.SUBSTITUTION and not realword.inflects(word, i, text[i]):
                expected.add(text)
    assert found == expected


def test_that_is_not_suggested_for_that() -> None:
    ids = {"ذاك": 3, "ذلك": 4, "وذاك": 5, "وذلك": 6}
    assert all(realword.neighbours(word, ids.get, len(ids) + 3) == [] for word in ids)


def test_protected_words_are_left(repairer: Repairer) -> None:
    assert repairer._proposer.knowing(frozenset(["يشكل"])).real_words.rivals["يشكل"] == []
    assert "يشكر" in {text for text, _, _ in repairer._proposer.real_words.rivals["يشكل"]}


@pytest.mark.parametrize(
    ("word", "relative"),
    [("ونشكركم", "يشكر"), ("بحكومتهم", "حكومة"), ("والمهندسين", "مهندس"), ("سعيهما", "سعي"), ("وزير", "وزير")],
)
def test_known_by(word: str, relative: str) -> None:
    ids = {"ب": 3, "زير": 90_000, "وزير": 9_000, "مهندس": 9_001, "حكومة": 9_002, "سعي": 9_003, "يشكر": 50_000}
    assert relative in relatives(word)
    assert known_by(word, ids.get) == ids[relative]


def test_frequent_words_are_known_by_themselves() -> None:
    assert known_by("وقف", {"وقف": 1_000, "قف": 4}.get) == 1_000
    assert known_by("والكتاب", {"والكتاب": 1_000, "كتاب": 4}.get) == 1_000
    assert known_by("والكتاب", {"والكتاب": 10_000, "كتاب": 4}.get) == 4
    assert known_by("غخضظ", {}.get) == UNKNOWN


def test_evidence_is_the_sum_of_products() -> None:
    """The long integers give what matrices would."""
    numpy = pytest.importorskip("numpy")
    packed = read(DEFAULT_MODEL)
    find = Shelves(packed).number
    company = Company(packed, find)
    _, width, size, unit = HEAD.unpack(packed.blob("company_head"))
    rows = numpy.cumsum(packed.numbers("company_rows", "I", compressed=True)).tolist()

    def table(name: str) -> Any:
        numbers = numpy.frombuffer(packed.blob(name), numpy.uint8).astype(int) - 128
        return numbers.reshape(-1, width)

    targets, neighbours, shapes = (table("company_" + name) for name in ("targets", "neighbours", "shapes"))
    assert len(targets) == len(neighbours) == len(rows) == size
    matrices = numpy.array(packed.numbers("company_zones", "h"), dtype=int).reshape(width, len(ZONES), width)

    def row(vectors: Any, word: str) -> Any:
        number = known_by(word, find)
        return vectors[rows.index(number)] if number in rows else 0 * vectors[0]

    words = "وأضاف أنه يشكل ملك المغرب ووزير غخضظ الدفاع على سعيهما في هذا الشأن الذي لا يعرفه".split()
    for k, word in ((2, "يشكر"), (2, "يشكل"), (7, "الدفاع"), (0, "وأضاف"), (15, "غخضظ")):
        sums = numpy.zeros((len(ZONES), width), dtype=int)
        for place, other in enumerate(words):
            if place != k and abs(place - k) <= REACH:
                sums[PLACES.get(place - k, AROUND)] += row(neighbours, other) + shapes[shape(other)]
        expected = numpy.einsum("zj,kzj,k->z", sums, matrices, row(targets, word)) * unit
        assert company.evidence(word, company.zones(words, k)) == pytest.approx(expected, abs=1e-3)


def test_company_is_what_the_words_have(repairer: Repairer) -> None:
    """One thanks ministers and kings, and constitutes a danger."""
    company = repairer._proposer._company

    def lead(after: str) -> float:
        zones = company.zones(["يشكل", after], 0)
        return company.evidence("يشكر", zones)[0] - company.evidence("يشكل", zones)[0]

    assert fmean(map(lead, ("وزير", "الأمير", "الرئيس", "الملك"))) > 1.0
    assert max(map(lead, ("خطرا", "تهديدا", "جزءا"))) < -1.5


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("أعلن رئيس الوزراء تشكيل الحكومة الحديدة", "الحديدة", "الجديدة"),
        ("استقبل رئيس الدورة سفير اليابان في قصر الرئاسة", "الدورة", "الدولة"),
    ],
)
def test_suggested(repairer: Repairer, text: str, written: str, meant: str) -> None:
    assert hints(repairer, text) == [(written, meant)]
    assert hints(repairer, text, "safe") == []
    assert repairer.repair(text, "thorough") == text


@pytest.mark.parametrize(
    "text",
    ["يشكل هذا خطرا كبيرا على الأمن", "كانت تلك جولة ناجحة في دول الخليج"],
)
def test_sound_words_are_left(repairer: Repairer, text: str) -> None:
    assert hints(repairer, text) == []
