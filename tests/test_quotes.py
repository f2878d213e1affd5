"""Quotation marks: the invariants of `unify_quotes`, and what it leaves."""

from __future__ import annotations

import pickle
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import UnknownNameError, passes
from arnorm.passes import quotes
from arnorm.passes.quotes import _BRACKETS, _TOKEN, _is_prose, _plain, _Unify
from tests.strategies import any_text, arabic_text

STYLES = {"guillemets": "«»“”", "curly": "“”‘’", "ascii": "\"\"''"}
UNIFY = {style: passes.unify_quotes(style) for style in STYLES}
MARKS = re.compile(r"``|''|[«»“”„‟\"″‹›‘’‚‛']")

#: Quotation marks in every disorder.
quoted = st.lists(
    st.sampled_from(
        [*"«»“”„‟\"″‹›‘’‚‛'``'' \n.،:(5-ن\u200f\u064e", "نعم", " كلمة ", " Apple ", "''", "``", "’90s", "é"]
    ),
    max_size=16,
).map("".join)
words = st.lists(st.sampled_from(["نعم", "كلمة", "أحمد", "قالَ"]), min_size=1, max_size=3).map(" ".join)


def _wrap(pair: str) -> st.SearchStrategy[str]:
    return words.map(lambda w: f"{pair[0]}{w}{pair[1]}")


@st.composite
def balanced(draw: st.DrawFn, style: str) -> str:
    """A sentence whose quotes are those of *style*, with one level in them or none."""
    outer, inner = STYLES[style][:2], STYLES[style][2:]
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        inside = draw(words)
        if draw(st.booleans()):
            inside = f"قال {draw(_wrap(inner))} {inside}"
        parts += [draw(words), f"{outer[0]}{inside}{outer[1]}"]
    return " ".join(parts) + draw(st.sampled_from(["", ".", " ثم"]))


@pytest.mark.parametrize("style", STYLES)
@given(text=quoted | arabic_text | any_text)
def test_laws(style: str, text: str) -> None:
    p = UNIFY[style]
    out = p(text)
    assert p(out) == out
    assert p.trace(text).text == out
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert unicodedata.normalize("NFC", p(composed)) == unicodedata.normalize("NFC", p(decomposed))


@pytest.mark.parametrize("style", STYLES)
@given(text=quoted)
def test_only_marks_change_and_none_is_lost(style: str, text: str) -> None:
    out = UNIFY[style](text)
    assert MARKS.sub("\N{BULLET}", out) == MARKS.sub("\N{BULLET}", text)


@pytest.mark.parametrize("first", STYLES)
@pytest.mark.parametrize("second", STYLES)
@given(text=quoted)
def test_the_last_style_wins(first: str, second: str, text: str) -> None:
    assert UNIFY[second](UNIFY[first](text)) == UNIFY[second](text)


@pytest.mark.parametrize("source", STYLES)
@pytest.mark.parametrize("target", STYLES)
@given(data=st.data())
def test_balanced_text_takes_every_style(source: str, target: str, data: st.DataObject) -> None:
    text = data.draw(balanced(source))
    out = UNIFY[target](text)
    assert set(MARKS.findall(out)) <= set(STYLES[target])
    assert len(MARKS.findall(out)) == len(MARKS.findall(text))
    assert UNIFY[source](out) == text


@given(text=st.text("abc XYZ.,'\"“”«»‘’", max_size=30))
def test_a_line_without_arabic_stays(text: str) -> None:
    for p in UNIFY.values():
        assert p(text) is text


@given(word=st.sampled_from(["don't", "l’homme", "al-Ma’mun", '5"', "6'2\"", "Qur’an", "12' 45\""]), text=words)
def test_apostrophes_and_inches_stay(word: str, text: str) -> None:
    for p in UNIFY.values():
        assert p(f"{text} {word} {text}") == f"{text} {word} {text}"


@given(text=any_text)
def test_fold_is_one_to_one(text: str) -> None:
    out = passes.fold_quotes_to_ascii(text)
    assert len(out) == len(text)
    assert not re.search("[«»“”„‟‹›‘’‚‛″′]", out)


def test_unknown_style() -> None:
    with pytest.raises(UnknownNameError, match="curly"):
        passes.unify_quotes("curley")


def test_options_make_other_values() -> None:
    p = passes.unify_quotes("curly")
    assert p == passes.unify_quotes("curly") == pickle.loads(pickle.dumps(p))
    assert p != passes.unify_quotes("ascii")


@pytest.mark.parametrize("unit", ['"', "«", "'", "``", "''", "ا'ا ", 'ا"', "‘", '" "', "“”", "\u200f", "`a", "'90 "])
def test_long_input_ends(unit: str) -> None:
    text = "أ " + unit * (5_000 // len(unit)) + " ب"
    for p in UNIFY.values():
        assert p(p(text)) == p(text)


@pytest.mark.parametrize("unit", [" ", "a", "\n", "ا", "-", "\u064e"])
def test_a_long_run_of_one_character_ends(unit: str) -> None:
    text = unit * 200_000
    for p in UNIFY.values():
        assert p.trace(text).text == p(text)


PIECES = ('"نعم"', "«لا»", "“كلمة”", "'أحمد'", "‘هي’", "'ok'", '"a"', "((نعم))", "“", "https://a.b/", "90s", "x(")
ROWS = st.lists(st.sampled_from([*PIECES, *" و،.):5=,-`\u200f", " ", " "]), max_size=9).map("".join)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("brackets", [False, True])
@given(line=ROWS | quoted.filter(lambda text: "\n" not in text))
def test_what_is_plain_is_read_as_what_is_judged(style: str, brackets: bool, line: str) -> None:
    unify = _Unify(style, brackets)
    token = re.compile(rf"{_BRACKETS}|{_TOKEN}" if brackets else _TOKEN)
    if token.search(line) and _is_prose(line):
        plain = _plain(line, token, style)
        assert plain is None or plain == unify._judged(line, token)


def read_anew(style: str, brackets: bool, text: str) -> list[tuple[int, int, str]]:
    """The quotes of a text where every style is read from the start, whatever is known of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotes, "_neighbours_stay", lambda line, marks: False)
        return list(_Unify(style, brackets)(text))


BESIDE = st.lists(
    st.sampled_from([*PIECES, *"\"'“”«»‘’``''<>()- \u200f", "<<", ">>", "((", "))", "نعم ", "ب", " '90 ", "` "]),
    max_size=14,
).map("".join)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("brackets", [False, True])
@given(line=BESIDE)
def test_what_is_known_of_a_style_is_what_is_read_in_it(style: str, brackets: bool, line: str) -> None:
    assert list(_Unify(style, brackets)(line)) == read_anew(style, brackets, line)


#: Marks that join with others, become apostrophes, or stand beside operators, each in one style only.
@pytest.mark.parametrize(
    "line", ["ب '“نعم”'", "ب '“نعم”", "«ب “90 نعم”»", "<<“ب”>> ج", "((ب)) <<'ج'>>", "`` `ب`''", "“«ب»”x"]
)
def test_marks_that_a_style_reads_otherwise(line: str) -> None:
    for style in STYLES:
        for brackets in (False, True):
            assert list(_Unify(style, brackets)(line)) == read_anew(style, brackets, line)


def test_all_marks_in_a_run_have_the_neighbours_of_the_run() -> None:
    """However long it is: a mark among invisible characters opens or closes as it does without them."""
    for length in (1, 4, 9, 40):
        run = "\u200f" * length
        assert UNIFY["guillemets"](f'قال {run}"{run}نعم{run}"{run} ثم') == f"قال {run}«{run}نعم{run}»{run} ثم"


def test_a_row_of_quotes_is_plain() -> None:
    for pair in ('"ب"', "«ب»", "“ب”", "'ب'", "‘ب’"):
        assert _plain(f"{pair} {pair}، {pair}", re.compile(_TOKEN), "curly") is not None
