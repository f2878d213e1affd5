"""Sentences and words by offsets."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

from arnorm import split_sentences, split_words
from tests.strategies import any_text


def sentences(text: str, **options: bool) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text, **options)]


@pytest.mark.parametrize(
    "parts",
    [
        ["ذهب الولد.", "عاد البنت؟", "نعم!"],
        ["وصل د. خالد وأ.د. منى إلى المؤتمر.", "بدأت الجلسة."],
        ["بلغ السعر ٣.٥ دينار و12.75 درهما.", "انتهى."],
        ["قال: «سأعود غدا.»", "ثم خرج."],
        ["زوروا example.com اليوم.", "شكرا…"],
        ["وجاء وجلس وقرأ وكتب ونام."],
        ["ص.ب. ١٢٣ الرياض."],
        ["(هل فهمت؟)", "نعم."],
    ],
)
def test_sentences(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_paragraphs_cut_by_hand() -> None:
    text = Path(__file__).with_name("golden").joinpath("sentences.txt").read_text(encoding="utf-8")
    paragraphs = [line.split(" | ") for line in text.splitlines() if not line.startswith("#")]
    assert sum(map(len, paragraphs)) > 80
    for parts in paragraphs:
        assert sentences(" ".join(parts)) == parts


def test_a_line_end_parts_a_full_stop_from_an_abbreviation() -> None:
    assert sentences("كتب الحرف د\n. ثم عاد", lines=False) == ["كتب الحرف د\n.", "ثم عاد"]
    assert sentences("كتب الحرف د. ثم عاد", lines=False) == ["كتب الحرف د. ثم عاد"]


def test_lines_end_sentences_by_option() -> None:
    text = "عنوان الخبر\nنص الخبر يستمر\nفي السطر التالي.\n\nفقرة"
    assert sentences(text) == ["عنوان الخبر", "نص الخبر يستمر", "في السطر التالي.", "فقرة"]
    assert sentences(text, lines=False) == ["عنوان الخبر\nنص الخبر يستمر\nفي السطر التالي.", "فقرة"]


@given(any_text)
def test_nothing_but_blanks_lies_between_sentences(text: str) -> None:
    at = 0
    for start, end in [*split_sentences(text), (len(text), len(text))]:
        assert at <= start <= end
        assert not text[at:start].strip()
        at = end


@given(any_text)
def test_words_hold_every_letter(text: str) -> None:
    spans = split_words(text)
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    inside = "".join(text[a:b] for a, b in spans)
    assert sum(map(str.isalnum, inside)) == sum(map(str.isalnum, text))


def test_what_is_no_text_is_named() -> None:
    for function in (split_sentences, split_words):
        with pytest.raises(TypeError, match="takes a str, not NoneType"):
            function(None)  # type: ignore[arg-type]
