"""Another language in Arabic script is left alone, and Arabic is not taken for one."""

from __future__ import annotations

import lzma
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import Repairer, is_arabic, repair
from arnorm.languages import foreign
from tests.strategies import any_text

OTHER = [
    "من امروز به اداره رفتم و این نامه را گرفتم",  # Persian
    "او در مدرسه با دوستان خود بازی می کند",
    "میں اردو اور انگریزی کی کتابیں پڑھتا ہوں",  # Urdu
    "ئەو لە قوتابخانە کتێبێک دەخوێنێتەوە",  # Kurdish
    "زه د ښوونځي لپاره کتاب اخلم او کور ته ځم",  # Pashto
]
ARABIC = [
    "وصلت کتیبة من الجنود الی المدینة",  # on a Persian keyboard
    "التقى الوزير برئيس بلدية گرگان في فندق پارس",
    "شو بدك تعمل بكرا يا زلمة",
    "هاد الشي مزيان بزاف",
]
FIELD = Path(__file__).parents[2] / ".." / "shared" / "field" / "languages.tsv.xz"


@pytest.mark.parametrize("policy", ["safe", "balanced", "thorough"])
@pytest.mark.parametrize("text", OTHER)
def test_other_languages_are_left_alone(text: str, policy: str) -> None:
    assert Repairer.load().plan(text, policy) == []
    assert not is_arabic(text)


@pytest.mark.parametrize("text", ARABIC)
def test_arabic_is_arabic(text: str) -> None:
    assert is_arabic(text)
    assert not all(foreign(text.split()))


def test_a_run_within_a_sentence() -> None:
    assert repair("كتب الى صديقه این نامه را برای تو می نویسم ثم ذهب الى المدرسه", "balanced") == (
        "كتب إلى صديقه این نامه را برای تو می نویسم ثم ذهب إلى المدرسة"
    )


def test_text_without_arabic_words_is_not_arabic() -> None:
    for text in ("", "Hello 123", "http://x.com/الى"):
        assert not is_arabic(text)


@given(st.lists(st.sampled_from("در این کتاب ذهب الى المدرسة است و".split()), max_size=40))
def test_one_verdict_a_word(words: list[str]) -> None:
    assert len(foreign(words)) == len(words)


@given(any_text)
def test_never_raises(text: str) -> None:
    assert is_arabic(text) in (True, False)


@pytest.mark.skipif(not FIELD.exists(), reason="needs the field texts")
def test_field_sentences() -> None:
    """Of sentences of some 25 languages, those with words enough to tell are left alone."""
    with lzma.open(FIELD, "rt", encoding="utf-8") as file:
        texts = [line.rstrip("\n").partition("\t")[2] for line in file]
    texts = [text for text in texts if text.count(" ") >= 5 and sha256(text.encode()).digest()[0] == 0]
    changed = [text for text in texts if repair(text, "balanced") != text]
    assert len(changed) <= len(texts) // 200


def test_short_sentences_take_after_their_neighbours() -> None:
    text = "این کتاب را دیروز از بازار خریدم. علاقه. بسیار زیبا و خواندنی است"
    assert repair(text, "balanced") == text
    assert repair("علاقه", "balanced") == "علاقة"


def test_a_letter_between_words_is_a_word() -> None:
    """«و» joins Persian and Kurdish words as well; letters written apart do not."""
    assert Repairer.load().plan("جنگل و فیلم", "thorough") == []
    assert not any(foreign(["م", "ر", "ح", "ب", "ا"]))


def test_a_few_words_quoted_in_another_language_are_left_as_it_spells_them() -> None:
    text = "او در مدرسه با دوستان خود بازی می کند و به کتابخانه می رود و گفت اهلا وسهلا"
    assert repair(text, "thorough") == text
    assert repair("ثم كتب الى صديقه این نامه را برای تو می نویسم", "balanced").startswith("ثم كتب إلى صديقه ")


@pytest.mark.parametrize("text", ["جدید", "غیر رسمی", "صفحه بعدی", "کلام قدیم و شعر"])
def test_few_words_of_the_persian_keyboard_are_persian(text: str) -> None:
    assert not is_arabic(text)
    assert repair(text, "thorough") == text


@pytest.mark.parametrize("text", ["الغرفة الأولی", "فی البیت", "مساءا", "تقريبآ"])
def test_few_words_are_arabic_where_they_say_so(text: str) -> None:
    assert is_arabic(text)
    assert repair(text, "balanced") != text


def test_a_plan_tells_of_other_languages_if_asked() -> None:
    text = "قال لها من تو را دوست دارم و این را همیشه می گفتم ثم خرج من البيت الى القاهره"
    repairer = Repairer.load()
    plan = repairer.plan(text, foreign=True)
    assert [(c.kind, c.decision) for c in plan] == [("not Arabic", "keep"), ("class", "replace"), ("class", "replace")]
    assert plan[0].before == plan[0].after == "تو را دوست دارم و این را همیشه می گفتم"
    assert repairer.plan(text) == plan[1:]
    assert repairer.plan("این کتاب ر\u200cا خواندم", foreign=True)[0].span == (0, 19)


@given(any_text)
def test_what_is_not_arabic_is_not_changed(text: str) -> None:
    plan = Repairer.load().plan(text, "thorough", foreign=True)
    assert all(a.end <= b.start for a, b in pairwise(plan))
