"""Spaces and line ends: arguments and properties."""

from __future__ import annotations

import pickle
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import InvalidPassError, passes
from arnorm.passes._text import BREAK
from tests.strategies import any_text, arabic_text

INSIDE_LINES = [
    passes.squeeze_spaces,
    passes.strip_line_edges,
    passes.space_punctuation,
    passes.space_words_and_numbers,
]
ALL = [*INSIDE_LINES, passes.squeeze_newlines(), passes.squeeze_newlines(1)]

#: Spaces and signs in every disorder.
PIECES = [
    "  ",
    " \n",
    "نعم",
    "كلمة",
    "Apple",
    " . ",
    "3.5",
    "10:30",
    ":)",
    "😀漢",
    "https://example.com/a.b",
    "file.txt",
]
PIECES += [
    "a.b@example.com",
    "أ.د.",
    "1,234",
    "...",
    "`",
    "é",
    "\u2028",
    "\u0651",
    *"،؛؟!.:;,…()[]«»“”\"' \t\n\r1٣أ-_#@%",
]
spaced = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@pytest.mark.parametrize("p", ALL, ids=repr)
@given(text=spaced | arabic_text | any_text)
def test_laws(p: passes.Pass, text: str) -> None:
    out = p(text)
    assert p(out) == out
    assert p.trace(text).text == out
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert unicodedata.normalize("NFC", p(composed)) == unicodedata.normalize("NFC", p(decomposed))


@pytest.mark.parametrize("p", ALL, ids=repr)
@given(text=spaced | any_text)
def test_nothing_but_white_space_changes(p: passes.Pass, text: str) -> None:
    assert re.sub("[ \t\r\n]", "", p(text)) == re.sub("[ \t\r\n]", "", text)


@pytest.mark.parametrize("p", INSIDE_LINES, ids=repr)
@given(text=spaced)
def test_lines_stay(p: passes.Pass, text: str) -> None:
    assert re.findall("[\r\n]", p(text)) == re.findall("[\r\n]", text)


@given(text=spaced, most=st.integers(1, 4))
def test_squeeze_newlines_joins_no_line(text: str, most: int) -> None:
    out = passes.squeeze_newlines(most)(text)
    assert not re.search(rf"\n(?:[ \t]*\r?\n){{{most}}}", out)
    full = [[line for line in t.split("\n") if line.strip(" \t\r")] for t in (text, out)]
    assert [line.rstrip("\r") for line in full[0]] == [line.rstrip("\r") for line in full[1]]


@given(text=spaced)
def test_what_is_whole_stays_whole(text: str) -> None:
    """Numbers, times, addresses, file names, ellipses and faces."""
    out = passes.space_punctuation(text)
    for whole in ("3.5", "10:30", "1,234", "file.txt", "https://example.com/a.b", "a.b@example.com", "...", ":)"):
        assert out.count(whole) == text.count(whole)


@given(text=spaced)
def test_no_space_enters_a_number(text: str) -> None:
    out = passes.space_punctuation(text)
    number = re.compile(r"[0-9٣](?=[.,:،][0-9٣])")
    assert len(number.findall(out)) == len(number.findall(text))


@given(text=st.text("abc .,:;!?()[]'\"123", max_size=30))
def test_latin_text_stays(text: str) -> None:
    assert passes.space_punctuation(text) is text
    assert passes.space_words_and_numbers(text) is text


@given(text=spaced)
def test_only_single_spaces_are_put_in(text: str) -> None:
    for p in (passes.space_punctuation, passes.space_words_and_numbers):
        for edit in p.trace(text).edits:
            assert (edit.before.strip(" "), edit.after) in {("", ""), ("", " ")}


def test_most_is_at_least_one() -> None:
    with pytest.raises(InvalidPassError, match="most is 1 to 100, not 0"):
        passes.squeeze_newlines(0)


def test_options_make_other_values() -> None:
    p = passes.squeeze_newlines(3)
    assert p == passes.squeeze_newlines(3) == pickle.loads(pickle.dumps(p))
    assert p != passes.squeeze_newlines(2)


@pytest.mark.parametrize(
    "unit",
    [" ", "\t", "\n", " \n", "\n x", "( ", " )", ".", " .", "أ .", "أ     ،", ": ", "، ا", "1", "ا1", "@", "_1", "«"],
)
@pytest.mark.parametrize("p", ALL, ids=repr)
def test_long_input_ends(p: passes.Pass, unit: str) -> None:
    text = "أ " + unit * (5_000 // len(unit)) + " ب"
    assert p(p(text)) == p(text)


@pytest.mark.parametrize("unit", [" ", "a", "\n", "ا", "-", "\u064e"])
def test_a_long_run_of_one_character_ends(unit: str) -> None:
    text = unit * 200_000
    for p in ALL:
        assert p.trace(text).text == p(text)


@pytest.mark.parametrize("end", BREAK)
def test_edges_of_lines_are_found_at_every_kind_of_line_end(end: str) -> None:
    assert passes.strip_line_edges(f"أ {end}ب") == passes.strip_line_edges(f"أ{end} ب") == f"أ{end}ب"
