"""Lines in visual order are told by their presentation forms, and lossless profiles leave them as they are."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import arnorm
from arnorm import Pipeline, passes, profile
from arnorm.cli import main
from arnorm.shapes import ALL_SHAPES, shaped, visual_lines
from tests.strategies import arabic_text

LOSSLESS = (profile("clean"), profile("ocr"))

#: The four shapes of each letter; letters that join nothing behind them have two.
_SHAPE = {
    (unicodedata.normalize("NFKC", form), kind): form
    for kind in ("<isolated>", "<final>", "<initial>", "<medial>")
    for form in shaped(range(0xFE80, 0xFEFD), kind)
}


def drawn(text: str) -> str:
    """*text* in the presentation forms of its letters, as a program writes it that shapes them."""
    return re.sub("[ء-غف-ي]+", lambda found: "".join(_shapes(found[0])), text)


def _shapes(word: str) -> list[str]:
    out, joined = [], False
    for k, letter in enumerate(word):
        joins = (letter, "<initial>") in _SHAPE and k + 1 < len(word) and (word[k + 1], "<final>") in _SHAPE
        kind = ("<isolated>", "<initial>", "<final>", "<medial>")[joins + 2 * joined]
        out.append(_SHAPE[letter, kind])
        joined = joins
    return out


def backwards(text: str) -> str:
    return drawn(text)[::-1]


SENTENCES = [
    "ذهب الولد إلى المدرسة",
    "من هنا",
    "سلام",
    "زرنا دار الأوبرا وأدرنا دورا",
    "عن أبي هريرة رضي الله عنه",
    "رقم 2019 في شارع النيل",
]
# Nothing in these says how it is joined.
TELLS_NOTHING = ["", "دار", "أ ب", "وزارة", "1234", "وردود"]


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("lossless", LOSSLESS, ids=lambda value: value.name)
def test_a_line_in_visual_order_stays_as_it_is(lossless: Pipeline, text: str) -> None:
    assert lossless(backwards(text)) == backwards(text)
    assert visual_lines(backwards(text)) == [(0, len(text))]


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("lossless", LOSSLESS, ids=lambda value: value.name)
def test_forms_in_the_order_of_reading_are_decoded(lossless: Pipeline, text: str) -> None:
    assert lossless(drawn(text)) == text
    assert not visual_lines(drawn(text))


@pytest.mark.parametrize("text", SENTENCES)
def test_what_clean_left_is_still_put_right(text: str) -> None:
    assert arnorm.normalize(arnorm.normalize(backwards(text)), "pdf") == arnorm.normalize(backwards(text), "pdf")


@pytest.mark.parametrize("text", TELLS_NOTHING)
def test_letters_that_join_nothing_tell_nothing(text: str) -> None:
    assert not visual_lines(drawn(text))
    assert not visual_lines(backwards(text))


def test_a_word_broken_in_two_is_not_taken_for_a_turned_one() -> None:
    broken = drawn("المحمدية").replace("ﻤ", " ﻤ") + " " + drawn("بيتنا")
    assert not visual_lines(broken)
    turned = broken[::-1]
    assert visual_lines(turned) == [(0, len(turned))]


def test_only_the_lines_that_are_in_visual_order_stay() -> None:
    text = f"{drawn(SENTENCES[0])}\n{backwards(SENTENCES[1])}\r\n{drawn('سلام')}"
    assert arnorm.normalize(text) == f"{SENTENCES[0]}\n{backwards(SENTENCES[1])}\r\nسلام"


def test_a_word_ligature_in_such_a_line_stays() -> None:
    line = f"ﷲ {backwards('رسول')}"
    assert arnorm.normalize(line) == line


@pytest.mark.parametrize("text", SENTENCES)
def test_no_stroke_is_put_in_a_turned_line(text: str) -> None:
    assert passes.unify_cut_forms(backwards(text)) == backwards(text)


_FORM = st.sampled_from([chr(code) for code in ALL_SHAPES if unicodedata.decomposition(chr(code))])
_mixed = st.lists(st.one_of(_FORM, st.sampled_from([*"ابسلم ـ\u200d\u064e\u0651\u0654ﷲﹷﺳ\n \u200b1«"])), max_size=14)


@given(st.one_of(_mixed.map("".join), arabic_text))
def test_profiles_that_leave_lines_do_so_once_and_in_either_form(text: str) -> None:
    for lossless in LOSSLESS:
        once = lossless(text)
        assert lossless(once) == once
        assert lossless(unicodedata.normalize("NFD", text)) == once


@given(_mixed.map("".join))
def test_a_text_gives_the_same_whole_and_line_by_line(text: str) -> None:
    lines = text.split("\n")
    assert arnorm.normalize(text) == "\n".join(map(arnorm.normalize, lines))


def test_a_trace_tells_which_lines_were_left() -> None:
    text = f"{drawn('سلام')}\n{backwards('من سلام')}"
    trace = profile("clean").trace(text)
    assert trace.in_visual_order == ((5, 12),)
    assert trace.as_dict("utf-8")["in_visual_order"] == [[9, 9 + len(backwards("من سلام").encode())]]
    assert "in_visual_order" not in profile("search").trace(text).as_dict()


def test_the_command_line_says_so_and_names_the_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.txt"
    path.write_text(backwards("من سلام") + "\n", encoding="utf-8")
    said = "lines in visual order are left as they are; -p pdf puts them right"
    assert main(["normalize", str(path)]) == 0
    assert capsys.readouterr().err == f"arnorm: {path}: {said}\n"
    assert main(["normalize", "-p", "pdf", str(path)]) == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("من سلام\n", "")
    assert main(["explain", backwards("من سلام")]) == 0
    assert said in capsys.readouterr().out
    assert main(["explain", "-p", "search", backwards("من سلام")]) == 0
    assert said not in capsys.readouterr().out
