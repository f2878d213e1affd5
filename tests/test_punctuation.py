"""Punctuation: arguments and properties."""

from __future__ import annotations

import pickle
import re
import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import UnknownNameError, passes
from arnorm.trace import apply
from tests.strategies import any_text, arabic_text

STYLES = ["em", "en", "hyphen"]
ALL = [
    passes.unify_punctuation_to_arabic,
    passes.fold_punctuation_to_ascii,
    passes.squeeze_punctuation,
    passes.unify_ellipsis("character"),
    passes.unify_ellipsis("dots"),
    *map(passes.unify_dashes, STYLES),
    passes.strip_punctuation,
]
#: Signs with what may stand around them.
PIECES = ["نعم", " كلمة ", "Apple", " - ", "...", "1990-1995", "https://example.com/?a,b", "a@example.com", "`a, ب`"]
PIECES += ["&amp;", "\u2011", "\u2012", "\u2015", "\u2212", "\u0651", *"،؛؟?!,;%٪.…-–—()[]\"' \n12٣٤أé_#&"]
signs = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@pytest.mark.parametrize("p", ALL, ids=repr)
@given(text=signs | arabic_text | any_text)
def test_laws(p: passes.Pass, text: str) -> None:
    out = p(text)
    assert p(out) == out
    assert p.trace(text).text == out
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert unicodedata.normalize("NFC", p(composed)) == unicodedata.normalize("NFC", p(decomposed))


@pytest.mark.parametrize("p", ALL, ids=repr)
@given(text=signs)
def test_letters_digits_and_lines_stay(p: passes.Pass, text: str) -> None:
    kept = re.compile(r"[\w\n]")
    if p.name == "strip_punctuation":
        kept = re.compile(r"[^\W_]|\n")  # an underscore at the edge of a word is punctuation
    assert kept.findall(p(text)) == kept.findall(text)


@given(text=st.text("abc XYZ,;?!%.'\"123-", max_size=30))
def test_latin_text_keeps_its_signs(text: str) -> None:
    assert passes.unify_punctuation_to_arabic(text) is text


@given(text=signs)
def test_signs_of_numbers_stay(text: str) -> None:
    out = passes.unify_punctuation_to_arabic(text)
    for match in re.finditer(r"[0-9],[0-9]|[0-9]%", text):
        assert out[match.start() : match.end()] == match[0]


@given(text=signs)
def test_no_word_is_glued_to_another(text: str) -> None:
    words = re.compile("[ء-ي]+")
    assert words.findall(passes.strip_punctuation(text)) == words.findall(text)


@given(text=signs, first=st.sampled_from(STYLES))
def test_dashes_change_nothing_else(text: str, first: str) -> None:
    dashes = re.compile("[\u2010-\u2015\u2212-]+")
    assert dashes.sub("-", passes.unify_dashes(first)(text)) == dashes.sub("-", text)


def test_unknown_styles() -> None:
    for make in (passes.unify_dashes, passes.unify_ellipsis):
        with pytest.raises(UnknownNameError):
            make("wavy")


def test_options_make_other_values() -> None:
    p = passes.unify_dashes("en")
    assert p == passes.unify_dashes("en") == pickle.loads(pickle.dumps(p))
    assert p != passes.unify_dashes("em")
    assert passes.unify_ellipsis("dots") != passes.unify_ellipsis()


@pytest.mark.parametrize("unit", [",", "?", "؟", ".", "-", " -ا", "a.", "_", "أ,", " ", '"', "&a", "1.", "a@", "!؟"])
@pytest.mark.parametrize("p", ALL, ids=repr)
def test_long_input_ends(p: passes.Pass, unit: str) -> None:
    text = "أ " + unit * (5_000 // len(unit)) + " ب"
    assert p(p(text)) == p(text)


@pytest.mark.parametrize("unit", [" ", "a", "\n", "ا", "-", "\u064e"])
def test_a_long_run_of_one_character_ends(unit: str) -> None:
    text = unit * 200_000
    for p in ALL:
        assert p.trace(text).text == p(text)


def test_the_quick_way_of_deleting_does_what_the_plan_says() -> None:
    for characters in product("ب ،-_5a%.\n@", repeat=4):
        text = "".join(characters)
        assert passes.strip_punctuation(text) == apply(text, passes.strip_punctuation.replacements(text)), repr(text)
