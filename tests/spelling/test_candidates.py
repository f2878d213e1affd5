"""Candidates: on a small lexicon the generator finds what brute force finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arnorm import repair, suggest
from arnorm.spelling.arabic import skeleton_of, skeletons_of
from arnorm.spelling.arabic.rules import rules
from arnorm.spelling.arabic.slips import price, sounds
from arnorm.spelling.model.near import Between, slips
from arnorm.spelling.scoring import evaluate

LETTERS = "ابتدسمنهوي"
small_words = st.text(LETTERS, min_size=3, max_size=5)


def distance_one(word: str, other: str) -> bool:
    """Brute force: one letter changed, added, left off or two swapped."""
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    if len(word) == len(other):
        differ = [i for i, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
        if len(differ) == 1:
            return True
        return (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and word[differ[0]] == other[differ[1]]
            and (word[differ[1]] == other[differ[0]])
        )
    short, long = sorted((word, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


class Known(frozenset[str]):
    """Skeletons of words."""

    def among(self, texts: list[str]) -> set[str]:
        return set(self & frozenset(texts))


@given(small_words, st.frozensets(small_words, max_size=60).map(Known))
def test_slips_are_the_words_at_distance_one(word: str, lexicon: Known) -> None:
    found = slips(word, lexicon, Between.of(lexicon))
    expected = {other for other in lexicon if distance_one(word, other)}
    # Two things are left out on purpose: a first letter that is too much may be a clitic, and three letters
    # are too short to lose one.
    dropped_first = {word[1:]} if len(word) < 2 or word[0] != word[1] else set()
    too_short = {other for other in expected if len(other) < len(word) <= 3}
    assert expected - dropped_first - too_short <= found <= expected


def test_a_slip_is_priced_at_its_cheapest_place() -> None:
    known = Known(("مدرسه", "مدسه", "مدررسه", "رسه", "مردسه", "مدرسا"))
    assert {text: price("مدرسه", text) for text in slips("مدرسه", known, Between.of(known))} == {
        "مدسه": (7.0, "extra"),
        "مدررسه": (4.0, "missing"),
        "مردسه": (5.0, "transposed"),
        "مدرسا": (10.0, "letter"),
    }
    assert slips("مدررسه", known, Between.of(known)) == {"مدرسه"}
    assert price("مدررسه", "مدرسه") == (4.0, "repeated")


@given(st.lists(st.text("اأإآىيةهؤئءكتب", min_size=1, max_size=6), min_size=1, max_size=8))
def test_skeletons_of_a_block(words: list[str]) -> None:
    assert skeletons_of("\n".join(words)).split("\n") == [skeleton_of(word) for word in words]


@given(small_words)
def test_costs_are_positive(word: str) -> None:
    assert all(cost > 0 for _, cost, _ in rules(word))
    assert all(cost > 0 for _, cost in sounds(word))


def test_suggestions_name_their_source() -> None:
    suggestions = suggest("الىراء")
    assert suggestions[0].text == "الآراء"
    assert suggestions[0].kind == "shift"
    assert abs(sum(s.score for s in suggest("الىراء", limit=100)) - 1) < 0.01


def test_suggestions_look_at_the_context() -> None:
    def best(before: str, word: str, after: str) -> str:
        return suggest(word, before, after)[0].text

    assert best("ذهب الرجل", "الي", "السوق") == "إلى"
    assert best("أراد", "ان", "يكتب رسالة") == "أن"


def test_no_suggestion_for_what_is_no_word() -> None:
    assert suggest("") == []
    assert suggest("abc") == []


def test_the_user_lexicon_adds_words() -> None:
    assert repair("زرنا القنطريوه أمس", "thorough", ["القنطريوة"]) == "زرنا القنطريوة أمس"


def test_evaluate_counts_by_kind() -> None:
    score = evaluate(
        ["ذهب الى المدرسه و لعب", "يومالأحد"],
        ["ذهب إلى المدرسة ولعب", "يوم الأحد"],
        ["ذهب إلى المدرسه ولعب", "يوم الأحد"],
    )
    assert score.total == (3, 3, 4)
    assert score.precision == 1.0
    assert score.kinds["merge"] == (1, 1, 1)
    assert score.kinds["split"] == (1, 1, 1)
