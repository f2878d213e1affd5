"""Lines that somebody wrapped at a width, words cut at their ends, and headings."""

from __future__ import annotations

import textwrap

import pytest

from arnorm.literals import PolicyName
from arnorm.spelling.sentence import sentences, soft_ends
from arnorm.spelling.speller import default

PARAGRAPH = (
    "سأل المدير عن الموظفين الذين وصلوا متأخرين في ذلك الصباح ثم طلب من كل واحد منهم ان يكتب سبب تأخره "
    "وقد كتب بعضهم أن الطريق الى المدينة كانت مزدحمة منذ ساعات الفجر بسبب الأمطار الغزيرة"
)


def wrapped(width: int) -> str:
    return textwrap.fill(PARAGRAPH, width, break_long_words=False)


@pytest.mark.parametrize("width", [25, 40, 60])
@pytest.mark.parametrize("policy", ["safe", "balanced", "thorough"])
def test_a_wrapped_paragraph_is_repaired_as_if_it_were_one_line(width: int, policy: PolicyName) -> None:
    repaired = default().repair(wrapped(width), policy)
    assert repaired.split() == default().repair(PARAGRAPH, policy).split()
    assert repaired.count("\n") == wrapped(width).count("\n")
    assert default().repair(repaired, policy) == repaired


def test_a_sentence_goes_on_over_the_end_of_a_full_line() -> None:
    [whole] = sentences(wrapped(30))
    assert [word.plain for word in whole.words] == PARAGRAPH.split()


@pytest.mark.parametrize(
    "text",
    [
        "عاد\nذهب\nكتب\nقرأ\nسأل",  # a list of words
        "عنوان الخبر الأول هنا\nثم عنوان قصير\nوخبر ثالث أطول من غيره في القائمة\nوآخر",
        "سطر كامل من الكلام الطويل\n\nوسطر آخر مثله في الطول تقريبا\n\nوثالث يشبه ما قبله تماما\n\nورابع",
        "جملة كاملة في سطر واحد هنا.\nوجملة كاملة في سطر آخر هنا.\nوجملة ثالثة في سطر أخير هنا.\nثم رابعة.",
    ],
)
def test_other_lines_end_their_sentences(text: str) -> None:
    assert soft_ends(text) == set()
    assert len(list(sentences(text))) == sum(bool(line) for line in text.split("\n"))


@pytest.mark.parametrize("break_", ["\n", "\r\n", " \n "])
@pytest.mark.parametrize("policy", ["safe", "balanced", "thorough"])
def test_a_word_cut_at_the_end_of_a_line_is_suggested_whole(break_: str, policy: PolicyName) -> None:
    text = f"عاد الطلاب من المكت{break_}بة في المساء"
    assert default().repair(text, policy) == text
    [cut] = [r for r in default().plan(text, policy) if "\n" in r.text]
    assert (cut.text, cut.decision) == ("المكتبة" + break_.strip(" "), "suggest")
    assert text[cut.start : cut.end] == f"المكت{break_}بة"


@pytest.mark.parametrize("text", ["عاد إلى البيت\nثم نام", "قال أحمد\nوسكت", "المكت\n\nبة"])
def test_two_words_or_two_paragraphs_are_not_one_word(text: str) -> None:
    assert not [r for r in default().plan(text, "safe") if "\n" in r.text]
