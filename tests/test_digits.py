"""Digits and numbers: arguments, properties, and what is never produced."""

from __future__ import annotations

import pickle
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import UnknownNameError, passes
from tests.strategies import any_text, arabic_text

CONTEXTUAL = [
    passes.unify_numbers_to_ascii,
    passes.unify_numbers_to_arabic,
    passes.unify_numbers_to_persian,
    passes.unify_numbers("arabic", dates=True),
]
TABLES = [passes.map_digits_to_ascii, passes.map_digits_to_arabic, passes.map_digits_to_persian]
SETS = ["ascii", "arabic", "persian"]

#: Numbers with what may stand around them.
numbers = st.lists(
    st.sampled_from(
        [*"0123٠١٢۴۵.,٫٬،%٪؉-–/: +$()\n", "نعم ", " عام ", "Apple", "é", "1,234.56", "٥٠ ٪", "@a1 ", "`1`"]
    ),
    max_size=12,
).map("".join)
#: A plain number as English writes it.
plain = st.builds("{:,}{}".format, st.integers(0, 10**12), st.sampled_from(["", ".5", ".25", ".125"])).filter(
    lambda n: "," in n or len(n) < 10
)


@pytest.mark.parametrize("p", [*CONTEXTUAL, *TABLES], ids=repr)
@given(text=numbers | arabic_text | any_text)
def test_laws(p: passes.Pass, text: str) -> None:
    out = p(text)
    assert p(out) == out
    assert p.trace(text).text == out
    assert len(out) == len(text)  # one sign for one sign
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert unicodedata.normalize("NFC", p(composed)) == unicodedata.normalize("NFC", p(decomposed))


@pytest.mark.parametrize("p", CONTEXTUAL, ids=repr)
@given(text=numbers)
def test_values_stay(p: passes.Pass, text: str) -> None:
    digits = [[unicodedata.digit(c) for c in t if c.isdecimal()] for t in (text, p(text))]
    assert digits[0] == digits[1]


@given(number=plain)
def test_there_and_back(number: str) -> None:
    sentence = f"بلغ {number}% من ذلك"
    there = passes.unify_numbers_to_arabic(sentence)
    assert not re.search(r"[0-9.,%]", there)
    assert passes.unify_numbers_to_ascii(there) == sentence
    assert passes.unify_numbers_to_arabic(passes.unify_numbers_to_persian(sentence)) == there


@pytest.mark.parametrize("p", [passes.unify_numbers_to_ascii, passes.map_digits_to_ascii], ids=repr)
@given(text=numbers.filter(lambda t: "@" not in t and "`" not in t))
def test_no_arabic_separator_between_ascii_digits(p: passes.Pass, text: str) -> None:
    assert not re.search("[0-9][٫٬][0-9]", p(text))


@given(text=st.text("abcXYZ 0123456789.,:-/%$é", max_size=30).map("a".__add__))
def test_latin_text_stays(text: str) -> None:
    for p in CONTEXTUAL:
        assert p(text) is text


@pytest.mark.parametrize("source", ["any", *SETS])
@pytest.mark.parametrize("target", SETS)
def test_tables_in_every_direction(source: str, target: str) -> None:
    p = passes.map_digits(source, target)
    for name, digits in zip(SETS, ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"], strict=True):
        ours = source in ("any", name) and name != target
        assert [unicodedata.digit(c) for c in p(digits)] == list(range(10))
        assert (p(digits) != digits) == ours


def test_unknown_digits() -> None:
    for make in (lambda: passes.map_digits("roman"), lambda: passes.map_digits("any", "any")):
        with pytest.raises(UnknownNameError):
            make()
    with pytest.raises(UnknownNameError, match="arabic"):
        passes.unify_numbers("arabik")


def test_digits_are_no_emoji_by_themselves() -> None:
    for text in ("7 # *", "٧ #"):  # Unicode's property Emoji has 7 # * for the keycaps
        assert passes.strip_emoji(text) is text
    assert passes.strip_emoji("7\ufe0f\u20e3") == ""


def test_options_make_other_values() -> None:
    p = passes.unify_numbers("arabic")
    assert p == passes.unify_numbers("arabic") == pickle.loads(pickle.dumps(p))
    assert p != passes.unify_numbers("arabic", dates=True)
    assert p != passes.unify_numbers("persian")


@pytest.mark.parametrize("unit", ["1", "١", "1,", "0 ", "ا1", "1.", "٪", " ", "a", "%1"])
@pytest.mark.parametrize("p", CONTEXTUAL, ids=repr)
def test_long_input_ends(p: passes.Pass, unit: str) -> None:
    text = unit * (20_000 // len(unit))
    assert p(p(text)) == p(text)


@pytest.mark.parametrize("unit", [" ", "a", "\n", "ا", "-", "\u064e"])
def test_a_megabyte_of_one_character_ends(unit: str) -> None:
    text = unit * 1_000_000
    for p in CONTEXTUAL[:2]:
        assert p.trace(text).text == p(text)
