"""What speaks against a change, however well it fits."""

from __future__ import annotations

import pytest

from arnorm import Repairer, repair
from arnorm.spelling.marks import carry

every_policy = pytest.mark.parametrize("policy", ["safe", "balanced", "thorough"])


@every_policy
@pytest.mark.parametrize(
    "text",
    [
        "رأى ظلَّه في الماء",  # vowels, by whoever writes with care
        "سمع لَفْظِهِ فضحك",
        "عَدَّ لهم المال",
        "السيد حميد بنجلون وزوجته",  # a surname of the Maghreb
        "إنشاء ملف جديد",  # half an idiom
    ],
)
def test_right_text_stays(text: str, policy: str) -> None:
    assert repair(text, policy) == text


def test_a_whole_idiom_is_one() -> None:
    assert repair("نلتقي غدا انشاء الله", "balanced") == "نلتقي غدا إن شاء الله"


def test_words_without_vowels_are_repaired_beside_others() -> None:
    assert repair("ذَهَبَ الى المدرسه", "balanced") == "ذَهَبَ إلى المدرسة"
    assert repair("شكراً لك ايضاً", "balanced") == "شكراً لك أيضاً"


def test_marks_go_with_their_letters() -> None:
    assert carry("اسماً", "اسمي") == "اسمي"


def test_nothing_is_refused_twice() -> None:
    plan = Repairer.load().plan("بنجلون في الكويت", "thorough")
    assert not [r for r in plan if " " in r.text]
