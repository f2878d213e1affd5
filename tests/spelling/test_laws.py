"""Laws of repair, tried on artificial errors and on any text at all."""

from __future__ import annotations

import math
import pickle
import random
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import Repairer, UnknownNameError, repair
from arnorm.chars import MARK
from arnorm.spelling.arabic import skeleton_of
from arnorm.spelling.policy import POLICIES, Policy
from arnorm.spelling.speller import Speller, default
from arnorm.spelling.training.noise import Misspeller
from arnorm.spelling.view import view
from arnorm.trace import Replacement, apply, compose, fit, link
from arnorm.words import FOREIGN, plain, words
from tests.strategies import any_text, arabic_text

SENTENCES = (
    "ذهب الأولاد إلى المدرسة في الصباح وعادوا بعد الظهر وهم يحملون كتبهم الجديدة",
    "قالت الأم لابنها إن عليه أن يأكل جيدا قبل أن يخرج إلى الامتحان",
    "أعلنت الشركة أنها ستفتح فرعا جديدا في المنطقة الشرقية خلال العام المقبل",
    "كان الأستاذ يشرح الدرس والطلاب يكتبون ملاحظاتهم في دفاتر صغيرة",
    "لا يزال الباحثون يدرسون آثار المدينة القديمة التي اكتشفت قبل سنوات",
    "رأى المسافر جبلا شاهقا تغطيه الثلوج فتوقف ليلتقط صورة للذكرى",
)


def spoilt(seed: int) -> str:
    """A sentence as some careless writer would write it."""
    rng = random.Random(seed)
    chunks = Misspeller(rng).sentence(rng.choice(SENTENCES).split())
    return " ".join(" ".join(chunk.written) for chunk in chunks)


def spaced(seed: int) -> str:
    """A sentence with the letters of two words spaced out."""
    rng = random.Random(seed)
    chosen = spoilt(seed).split()
    for at in rng.sample(range(len(chosen)), 2):
        chosen[at] = " ".join(chosen[at])
    return " ".join(chosen)


noisy = st.integers(0, 10**6).map(spoilt) | st.lists(st.integers(0, 10**6).map(spoilt), max_size=3).map("،\n".join)
policies = st.sampled_from(sorted(POLICIES))


@given(any_text | noisy, policies)
def test_never_raises_and_repairing_twice_changes_nothing_more(text: str, policy: str) -> None:
    once = repair(text, policy)
    assert repair(once, policy) == once


TOUCHING = (
    *("ـ", "ـــ", "3", "٣٤", "۵", "َ", "ً", "ّ", "ٰ", "\n", "\r\n", "\t", "ok", "B", "_", "."),
    *("\u200c", "\u200d", "\u200f"),
)


@st.composite
def touched(draw: st.DrawFn) -> str:
    """Words with tatweel, digits of three kinds, marks, line ends, Latin and joiners in them and touching them."""
    words = st.sampled_from(
        "أهلا انتهى إلى المجلس محرف العزيز سنة مرات الى المدرسه مسئول جميييل و لاكن عبدالله هو".split()
    )
    out = ""
    for word in draw(st.lists(words, min_size=1, max_size=6)):
        at = draw(st.integers(0, len(word)))
        signs = draw(st.lists(st.sampled_from(TOUCHING), max_size=2))
        out += word[:at] + "".join(signs) + word[at:] + draw(st.sampled_from([*TOUCHING, " ", " ", " ", "  "]))
    return out


@pytest.mark.parametrize("policy", sorted(POLICIES))
@given(text=touched())
def test_plans_keep_their_law_around_words_that_signs_touch(text: str, policy: str) -> None:
    plan = default().plan(text, policy)
    once = default().repair(text, policy)
    assert fit(plan, 0, len(text))
    assert len({r.start for r in plan}) == len(plan)  # one word, one slip
    assert apply(text, default().plan(text, Policy.without_hints(POLICIES[policy]))) == apply(text, plan) == once
    assert apply(text, Repairer(policy).plan(text)) == Repairer(policy)(text) == once
    assert repair(once, policy) == once
    for r in plan:
        assert FOREIGN.findall(r.text) == FOREIGN.findall(text[r.start : r.end])
    assert FOREIGN.findall(once) == FOREIGN.findall(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("قرأت كتـــبًا٧ يا رفيقي القديم", "قرأت كتبًا ٧ يا رفيقي القديم"),
        ("بقـى4 أيام", "بقى 4 أيام"),
        ("الكتـــاب۹\nباب", "الكتاب۹\nباب"),
        ("ذهبت و\tكتبت", "ذهبت و\tكتبت"),
    ],
)
def test_an_eager_policy_loses_nothing_beside_a_drawn_out_word(text: str, meant: str) -> None:
    assert repair(text, "thorough") == meant
    for policy in POLICIES:
        assert fit(default().plan(text, policy), 0, len(text))


def test_a_plan_that_breaks_the_law_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for broken in (
        [Replacement(0, 3, "أ"), Replacement(0, 3, "ب")],
        [Replacement(0, 99, "أ")],
        [Replacement(3, 6, "أ"), Replacement(0, 2, "ب")],
        [Replacement(0, 5, "الى")],  # a digit is lost
    ):
        monkeypatch.setattr(Speller, "_settle", lambda *_, plan=broken: plan)
        assert default().plan("الى 5 كتاب", "safe") == []


@given(any_text | noisy, policies)
def test_the_plan_is_in_order_and_in_range(text: str, policy: str) -> None:
    at = 0
    for r in default().plan(text, policy):
        assert at <= r.start < r.end <= len(text)
        assert math.isfinite(r.score)
        assert 0 <= r.score <= 1
        assert r.kind
        assert r.decision in ("replace", "suggest")
        if r.decision == "replace":
            assert r.text != text[r.start : r.end]
        at = r.end


@given(noisy | st.integers(0, 10**6).map(spaced) | arabic_text, st.floats(0.05, 1), st.floats(0.05, 1))
def test_raising_the_threshold_adds_no_edit(text: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    repairer = default()

    def made(threshold: float) -> set[tuple[int, int]]:
        plan = repairer.plan(text, Policy("own", threshold, threshold, threshold, threshold))
        return {(r.start, r.end) for r in plan if r.decision == "replace"}

    eager = made(low)
    for start, end in made(high):
        assert any(s <= start and end <= e for s, e in eager)


@given(noisy | st.integers(0, 10**6).map(spaced) | arabic_text)
def test_a_bolder_policy_covers_what_a_shyer_one_changes(text: str) -> None:
    shy: list[Replacement] = []
    for policy in ("safe", "balanced", "thorough"):
        bold = [r for r in default().plan(text, policy) if r.decision == "replace"]
        assert all(any(b.start <= s.start and s.end <= b.end for b in bold) for s in shy)
        shy = bold


@pytest.mark.parametrize("word", ["الأولاد", "مدرسة", "والكتاب", "يحملون"])
def test_spaced_letters_are_one_word_or_none(word: str) -> None:
    text = f"قرأت {' '.join(word)} قبل سنة"
    for threshold in (0.0, 0.3, 0.6, 0.9, 1.0):
        policy = Policy("own", threshold, threshold, threshold, threshold)
        assert repair(text, policy) in (text, f"قرأت {word} قبل سنة")


@given(noisy | arabic_text | any_text, policies)
def test_only_words_change(text: str, policy: str) -> None:
    """Whatever is not part of a repaired word is still there, in its place."""
    seen = view(text)  # in which a ligature is letters
    found = [seen.place(w.start, w.end) for w in words(seen.text)]
    for r in default().plan(text, policy):
        covered = [span for span in found if r.start <= span[0] and span[1] <= r.end]
        assert covered
        assert covered[0][0] == r.start
        assert covered[-1][1] == r.end
        assert "\n" not in text[r.start : r.end]


@given(noisy)
def test_one_line_gives_one_line(text: str) -> None:
    assert repair(text, "thorough").count("\n") == text.count("\n")


@given(st.integers(0, 10**6), st.data())
def test_marks_stay(seed: int, data: st.DataObject) -> None:
    """Vowels on letters that stay are kept. They may speak against a change, tatweel says nothing."""
    text = spoilt(seed)
    marks = data.draw(st.lists(st.sampled_from(["", "", "َ", "ُ", "ِ", "ْ", "ـ"]), min_size=len(text), max_size=len(text)))
    vocalized = "".join(c + (m if c != " " else "") for c, m in zip(text, marks, strict=True))
    for policy, kept in (("safe", MARKS_AND_TATWEEL), ("balanced", MARKS_AND_TATWEEL.replace("ـ", ""))):
        for r in default().plan(vocalized, policy):
            old = vocalized[r.start : r.end]
            made = r.decision == "replace" and " " not in old + r.text
            if made and skeleton_of(plain(old)) == skeleton_of(plain(r.text)):
                assert [c for c in old if c in kept] == [c for c in r.text if c in kept]
    drawn = "".join(c + (m if c != " " and m == "ـ" else "") for c, m in zip(text, marks, strict=True))
    assert plain(repair(drawn, "balanced")) == repair(text, "balanced")


MARKS_AND_TATWEEL = "".join(chr(c) for c in range(0x610, 0x6F0) if plain("ب" + chr(c)) == "ب")


def test_the_marks_are_those_of_words() -> None:
    assert "\u064b-\u065f" in MARK
    assert "ـ" in MARKS_AND_TATWEEL


@given(noisy)
def test_the_user_lexicon_protects(text: str) -> None:
    names = {w.plain for w in words(text)}
    made = [change for change in Repairer("thorough", names).plan(text) if change.decision == "replace"]
    # A lone «و» may still join a protected word; nothing else may change one.
    assert all(change.kind == "lone waw" for change in made)


def test_threads_agree() -> None:
    texts = [spoilt(seed) for seed in range(200)]
    expected = [repair(text, "balanced") for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: repair(text, "balanced"), texts)) == expected


def test_a_fresh_repairer_in_threads() -> None:
    repairer = Repairer.load()
    texts = [spoilt(seed) for seed in range(100)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(repairer.repair, texts))
    assert found == [repair(text) for text in texts]


def test_pickles() -> None:
    assert pickle.loads(pickle.dumps(Repairer("balanced"))) == Repairer("balanced")
    own = pickle.loads(pickle.dumps(Repairer(lexicon=["كورنثيانس"])))
    assert own.repair("كورنثيانس") == "كورنثيانس"


@pytest.mark.parametrize("unit", ["ذهب الى المدرسه ", "و ", "كتاب", "ىىى ", "مَـ", "لا", "الاولاد و البنات، "])
def test_work_is_linear(unit: str) -> None:
    """Counts the calls that a text costs, which is the same on every machine."""

    def calls(size: int) -> int:
        count = 0

        def on_event(*_: object) -> None:
            nonlocal count
            count += 1

        text = (unit * size)[: size * 8]
        sys.setprofile(on_event)
        try:
            repair(text, "thorough")
        finally:
            sys.setprofile(None)
        return count

    calls(250)  # fills the caches
    assert calls(2_000) < 5 * (calls(500) + 500)


def test_an_unknown_policy_is_named() -> None:
    with pytest.raises(UnknownNameError, match="known: safe, balanced, thorough"):
        repair("نص", "zzz")


def _r(start: int, end: int, text: str) -> Replacement:
    return Replacement(start, end, text, "class", 1.0, "", "replace")


@given(st.text("ab ", min_size=1, max_size=12), st.data())
def test_composed_plans_do_what_one_after_the_other_does(text: str, data: st.DataObject) -> None:
    def draw(source: str) -> list[Replacement]:
        cuts = sorted(data.draw(st.sets(st.integers(0, len(source)), max_size=6)))
        spans = list(zip(cuts[::2], cuts[1::2], strict=False))
        return [_r(a, b, data.draw(st.text("xy", min_size=1, max_size=3))) for a, b in spans]

    first = draw(text)
    middle = apply(text, first)
    second = draw(middle)
    end = apply(middle, second)
    links = compose([link("", first), link("", second)])
    assert apply(text, [Replacement(a, b, end[c:d]) for a, b, c, d, _ in links]) == end
