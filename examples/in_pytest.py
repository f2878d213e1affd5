"""Tests of Arabic text: equal but for how it is written, and a failure that shows what cannot be seen."""

import arnorm
from arnorm.testing import assert_same


def answer():
    """What the program under test gives."""
    return "إلى\u200cالمدرسه"


def test_answer():
    assert arnorm.same(answer(), "الى‌المدرسة", "search")
    assert_same(answer(), "إلى المدرسة")


try:
    test_answer()
except AssertionError as error:
    print(error)

# not the same text
#     got: إلى⟨ZWNJ⟩المدرسه
#  wanted: إلى␣المدرسة
#    diff: [-إلى⟨ZWNJ⟩المدرسه-]{+إلى␣المدرسة+}
#   where: U+200C → U+0020 …
