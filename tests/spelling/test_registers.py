"""Dialects are known by their words and by how their verbs begin and end; what does not hold for them is spared."""

from __future__ import annotations

import pytest

from arnorm import repair
from arnorm.spelling.arabic.registers import is_dialect
from arnorm.spelling.speller import default

DIALECT = [
    "ما شفتوش من امبارح",  # Egypt
    "هو بيكتب الواجب كل يوم",
    "احنا هنروح السوق بعد الضهر",
    "شو عم تعمل هون",  # the Levant
    "هالولد ما بيسمع الكلام",
    "رح نلتقي بكرا عند البحر",
    "واش كتعرف هاد البلاصة",  # the Maghreb
    "علاش ما جيتش معانا",
    "شلونك شنو هاي السالفة",  # Iraq and the Gulf
]
STANDARD = [
    "بيت جدي في القرية قريب من النهر",
    "بتقدير ممتاز نجح الطالب في الامتحان",
    "عاش الجيش في أمان وهدوء",
    "عم أبي يعمل في المصنع منذ سنوات",
    "ما أجمل هذا القماش الأحمر",
    "كتبت رسالة إلى هالة أمس",
    "راح الأولاد إلى المدرسة مع أبيهم",
    "سافر حنا إلى دول كثيرة",
]


@pytest.mark.parametrize("text", DIALECT)
def test_a_dialect_is_known(text: str) -> None:
    assert is_dialect(text.split(), default().lexicon.score)


@pytest.mark.parametrize("text", STANDARD)
def test_standard_arabic_is_none(text: str) -> None:
    assert not is_dialect(text.split(), default().lexicon.score)


@pytest.mark.parametrize("policy", ["safe", "balanced", "thorough"])
@pytest.mark.parametrize("text", DIALECT)
def test_words_of_dialects_stay(text: str, policy: str) -> None:
    """Hamzas and dots of other words may be repaired; these have none to repair."""
    assert repair(text, policy) == text


@pytest.mark.parametrize("policy", ["balanced", "thorough"])
def test_a_word_that_only_dialects_have_stays_among_others(policy: str) -> None:
    text = "قال المدير في كلمته الطويلة أمام الموظفين والعمال والضيوف إنه بيحاول أن يحل المشكلة مع الوزارة"
    assert repair(text, policy) == text


def test_hamzas_and_dots_are_repaired_in_a_dialect_too() -> None:
    assert repair("احنا بنحب القاهره و ناسها", "balanced") == "احنا بنحب القاهرة وناسها"
