"""Spans: what is one, what is none, and the law that what is protected stays byte for byte."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import passes, repair, spans
from arnorm.passes._text import addresses
from arnorm.words import words
from tests.strategies import LETTERS, any_text, arabic_text, pipelines

UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u061c\u2066\u2069\ufeff\u00ad"
MARKS = "\u064b\u064e\u064f\u0650\u0651\u0652\u0670\u0653\u0654\u0301"

_letter = st.sampled_from(LETTERS + "abXyZ0٣_")
_inside = st.tuples(_letter, st.text(MARKS, max_size=2), st.text(UNSEEN, max_size=1)).map("".join)
_last = st.tuples(_letter, st.text(MARKS, max_size=2)).map("".join)
_names = st.tuples(st.text(UNSEEN, max_size=1), st.lists(_inside, max_size=6).map("".join), _last).map("".join)
_paths = st.text(LETTERS + MARKS + UNSEEN + "abXyZ019_/?=&#@.-", max_size=12)

MENTIONS = st.tuples(st.sampled_from("@＠"), _names).map("".join)
HASHTAGS = st.tuples(st.sampled_from("#＃"), _names, st.sampled_from(LETTERS + "aZ")).map("".join)
URLS = st.tuples(
    st.sampled_from(["http://", "https://", "HTTPS://", "Http://", "ftp://", "FTP://", "www.", "WWW.", "wWw."]),
    _paths,
    st.sampled_from(LETTERS + "aZ/9"),
).map("".join)
EMAILS = st.sampled_from(["sara.n@example.com", "INFO@Example.ORG", "a+b_c@mail.example.co"])
KINDS = {"mentions": MENTIONS, "hashtags": HASHTAGS, "urls": URLS, "emails": EMAILS}

_before = st.sampled_from(["", "و", "لـ", "بِ", "فل", "الـ", "ال", "بال", "لل", "(", "«", "\u200f", "\u202b", "-", "، "])
_after = st.sampled_from(["", ".", "،", ")", "»", "\u200f", "\u202c", "!", " ،", "\n"])


@st.composite
def texts_with_a_span(draw: st.DrawFn) -> tuple[str, str, str]:
    """A kind, a span of that kind, and a text with it."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    span = draw(KINDS[kind])
    head, tail = draw(arabic_text), draw(arabic_text)
    return kind, span, f"{head} {draw(_before)}{span}{draw(_after)} {tail}"


def found(kind: str, text: str) -> list[str]:
    return spans.compiled(kind).findall(text)


@given(texts_with_a_span())
def test_a_span_is_found_whole(case: tuple[str, str, str]) -> None:
    kind, span, text = case
    start = text.index(span)
    assert any(low <= start and start + len(span) <= high for low, high in spans.find([spans.compiled(kind)], text))


@given(texts_with_a_span(), pipelines(), st.booleans())
def test_a_protected_span_stands_unchanged_in_the_output(case, pipeline, others) -> None:  # type: ignore[no-untyped-def]
    kind, span, text = case
    kinds = sorted(KINDS) if others else [kind]
    out = pipeline.protecting(*kinds)(text)
    assert span in out
    assert pipeline.protecting(*kinds).trace(text).text == out


@given(st.sampled_from(sorted(KINDS)).flatmap(KINDS.__getitem__), _before, _after)
def test_repair_leaves_a_span_as_it_is(span: str, before: str, after: str) -> None:
    out = repair(f"ذهب الاولاد {before}{span}{after} الى المدرسه", "thorough")
    assert span in out
    assert out.startswith("ذهب الأولاد")


@given(texts_with_a_span() | any_text.map(lambda text: ("", "", text)))
def test_no_word_is_found_inside_a_span(case: tuple[str, str, str]) -> None:
    _, _, text = case
    taken = spans.find(map(spans.compiled, KINDS), text)
    for word in words(text):
        assert all(word.end <= low or high <= word.start for low, high in taken)


@given(texts_with_a_span())
def test_passes_that_read_addresses_know_every_one(case: tuple[str, str, str]) -> None:
    kind, span, text = case
    if kind != "hashtags":
        start = text.index(span)
        assert any(low <= start and start + len(span) <= high for low, high in addresses(text, code=False))


@given(st.sampled_from(sorted(KINDS)), texts_with_a_span() | any_text.map(lambda text: ("", "", text)))
def test_composed_and_decomposed_text_have_the_same_spans(kind: str, case: tuple[str, str, str]) -> None:
    composed, decomposed = (unicodedata.normalize(form, case[2]) for form in ("NFC", "NFD"))
    spans_of = (found(kind, composed), [unicodedata.normalize("NFC", span) for span in found(kind, decomposed)])
    assert spans_of[0] == spans_of[1]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("mentions", "شكرا @نَوَّاف و@huda ولِ@سالم وبالـ@huda", ["@نَوَّاف", "@huda", "@سالم", "@huda"]),
        ("mentions", "قال ＠huda نعم", ["＠huda"]),
        ("mentions", "نوف@huda a@b كتاب@ @ @a@b", []),
        ("hashtags", "في ＃مطر_اليوم وبـ#الشتاء", ["＃مطر_اليوم", "#الشتاء"]),
        ("hashtags", "#خبر\u200cعاجل #\u200fمطر #نص\u200f", ["#خبر\u200cعاجل", "#\u200fمطر", "#نص"]),
        ("hashtags", "C# #1 &#1605; a#b", []),
        ("urls", "FTP://example.org/ملف\u200f. ثم Www.example.org", ["FTP://example.org/ملف", "Www.example.org"]),
        ("emails", "وinfo@example.com لـ info@example.org", ["info@example.com", "info@example.org"]),
        ("emails", "info@example.com\u0301", []),
        ("numbers", "نحو ١٢٫٥٪ و3", ["١٢٫٥٪"]),
    ],
)
def test_what_is_a_span_and_what_is_none(kind: str, text: str, expected: list[str]) -> None:
    assert found(kind, text) == expected


def test_long_names_are_spans_too() -> None:
    name = "ن" * 200_000
    assert found("mentions", f"@{name}") == [f"@{name}"]
    assert found("hashtags", f"#{'1' * 200_000}") == []
    assert passes.mask_hashtags("<t>")(f"#{name}") == "<t>"
