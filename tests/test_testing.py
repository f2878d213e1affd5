"""The helpers for tests of users."""

from __future__ import annotations

import pytest
from hypothesis import given

import arnorm
from arnorm.testing import assert_same
from tests.strategies import any_text


def test_same_by_profile() -> None:
    assert arnorm.same("المدرسةُ", "المدرسه")
    assert not arnorm.same("المدرسة", "المدارس")
    assert not arnorm.same("المدرسة", "المدرسه", None)
    with pytest.raises(arnorm.UnknownNameError):
        arnorm.same("أ", "ا", "serach")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="str"):
        arnorm.same("أ", None)  # type: ignore[arg-type]


def test_what_cannot_be_seen_is_drawn() -> None:
    with pytest.raises(AssertionError, match="⟨ZWNJ⟩") as raised:
        assert_same("كتا\u200cب", "كتاب")
    assert "U+200C → nothing" in str(raised.value)
    assert_same("كتـاب", "كتاب", "clean")


@given(any_text, any_text)
def test_equal_texts_pass_and_others_do_not(a: str, b: str) -> None:
    assert_same(a, a)
    if a != b:
        with pytest.raises(AssertionError, match="not the same text"):
            assert_same(a, b)
