"""`arnorm.render`: what a diff shows, and what it must never send on."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm.core import CharMap, Custom, Form
from arnorm.render import REACH, ansi, changes, drawn, html, name_of, page, safe
from arnorm.trace import Trace

FOLD = (
    CharMap("strip_tashkeel", dict.fromkeys("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652", ""))
    | CharMap("strip_tatweel", {"ـ": ""})
    | CharMap("fold_alef", {"أ": "ا", "إ": "ا"})
)
ZWNJ = CharMap("strip_zwnj", {"\u200c": ""})
DROP_ALL = Custom("drop", lambda text: "")

# Escape sequences, line ends that are not line feeds, overrides: whatever would act on a terminal or a page.
HOSTILE = (
    "\x00\x07\x08\x1b[31m\x9b31m\r\x7f\x85\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ud800"
)
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(trace: Trace) -> str:
    return ansi(trace, color=False)


def test_a_vocalized_word_is_one_change() -> None:
    trace = FOLD.trace("قَرَأَ كِتَابًا")
    assert len(trace.edits) > 2
    assert plain(trace) == "[-قَرَأَ-]{+قرا+} [-كِتَابًا-]{+كتابا+}"


def test_a_neighbour_that_is_not_changed_stays_out() -> None:
    assert plain(FOLD.trace("(قال: أب، ثم)")) == "(قال: [-أب-]{+اب+}، ثم)"


def test_punctuation_does_not_take_its_word_in() -> None:
    assert plain(CharMap("map_comma", {",": "،"}).trace("كتاب, وقلم")) == "كتاب[-,-]{+،+} وقلم"


def test_without_changes_the_text() -> None:
    assert plain(FOLD.trace("كتاب وقلم")) == "كتاب وقلم"
    assert plain(FOLD.trace("")) == ""


def test_color() -> None:
    assert ansi(FOLD.trace("يا أب")) == "يا \x1b[31;9mأب\x1b[0m\x1b[32;1mاب\x1b[0m"


def test_deleted_and_inserted() -> None:
    assert plain(CharMap("drop", {"!": ""}).trace("نعم!")) == "نعم[-!-]"
    assert plain(Custom("dot", lambda text: text + ".").trace("نعم")) == "نعم{+.+}"


def test_edits_of_different_passes_on_one_word_are_joined() -> None:
    assert [len(c.edits) for c in changes(FOLD.trace("أَب أب"))] == [2, 1]


def test_a_long_word_shows_its_middle_only() -> None:
    letters = "ب" * 10_000
    (change,) = changes(FOLD.trace(f"{letters}أ{letters}"))
    assert change.source == (10_000 - REACH, 10_001 + REACH)


@given(st.text(alphabet="أإبت\u064e\u0651ـ ،.\n\u200c", max_size=60))
def test_changes_cover_all_edits_and_nothing_else_differs(text: str) -> None:
    trace = FOLD.trace(text)
    found = changes(trace)
    assert [e for c in found for e in c.edits] == list(trace.edits)
    rebuilt, last, out = "", 0, 0
    for change in found:
        assert change.source[0] >= last
        assert trace.source[last : change.source[0]] == trace.text[out : change.output[0]]
        rebuilt += trace.source[last : change.source[0]] + trace.text[slice(*change.output)]
        last, out = change.source[1], change.output[1]
    assert rebuilt + trace.source[last:] == trace.text


@given(st.text(max_size=40), st.text(max_size=40))
def test_changes_of_a_function(before: str, after: str) -> None:
    trace = Custom("put", lambda _: after).trace(before)
    for change in changes(trace):
        assert 0 <= change.source[0] <= change.source[1] <= len(before)
        assert 0 <= change.output[0] <= change.output[1] <= len(after)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u200c", "⟨ZWNJ⟩"),
        ("\ufeff", "⟨BOM⟩"),
        ("\u00a0", "⟨NBSP⟩"),
        ("\u202e", "⟨RLO⟩"),
        ("\u2067", "⟨RLI⟩"),
        ("\u200f", "⟨RLM⟩"),
        ("\u2003", "⟨U+2003⟩"),
        ("  ", "␣␣"),
        ("\t\n", "⟨TAB⟩⟨LF⟩\n"),
        ("\u064e", "◌\u064e"),
        ("\u064e\u0651", "◌\u064e\u0651"),
        (" \u064e", "␣◌\u064e"),
        ("\u200c\u064e", "⟨ZWNJ⟩◌\u064e"),
        ("د\u064e", "د\u064e"),
        ("ـ", "ـ"),
        ("\x1b", "⟨ESC⟩"),
        ("\x00", "⟨U+0000⟩"),
        ("\ud800", "⟨U+D800⟩"),
    ],
)
def test_drawn(text: str, shown: str) -> None:
    assert drawn(text) == shown


def test_deleted_invisible_characters_are_seen() -> None:
    assert plain(ZWNJ.trace("می\u200cخواهم")) == "[-می⟨ZWNJ⟩خواهم-]{+میخواهم+}"
    assert "⟨ZWNJ⟩" in html(ZWNJ.trace("می\u200cخواهم"))


def test_twins_are_told_apart_by_code_point() -> None:
    trace = Form("nfc", "NFC").trace("ا\u0654ب")
    assert plain(trace) == "[-ا\u0654ب-]{+أب+}(U+0627 U+0654 → U+0623)"
    assert "U+0627 U+0654 → U+0623</small>" in html(trace)
    assert "U+" not in plain(FOLD.trace("أب"))


def test_context() -> None:
    text = "تت " * 50 + "أ" + " ثث" * 50 + " أ" + " جج" * 50
    shown = ansi(FOLD.trace(text), color=False, context=8)
    assert shown == "… تت تت [-أ-]{+ا+} ثث ثث … ثث ثث [-أ-]{+ا+} جج جج …"
    assert ansi(FOLD.trace("ت أ ث"), color=False, context=5) == "ت [-أ-]{+ا+} ث"
    assert ansi(FOLD.trace("تت أ ثث"), color=False, context=0) == "…[-أ-]{+ا+}…"
    assert ansi(FOLD.trace("،" * 50 + "أ"), color=False, context=5) == "…،،،،،[-أ-]{+ا+}"


@pytest.mark.parametrize("color", [True, False])
def test_nothing_hostile_reaches_the_terminal(color: bool) -> None:
    for trace in (FOLD.trace(HOSTILE), DROP_ALL.trace(HOSTILE), FOLD.trace(f"أ{HOSTILE}أ")):
        shown = ansi(trace, color=color)
        assert not ACTS.search(re.sub("\x1b\\[(0|31;9|32;1|2)m", "", shown))
        shown.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=30))
def test_any_text_can_be_shown(text: str) -> None:
    for trace in (FOLD.trace(text), DROP_ALL.trace(text)):
        assert not ACTS.search(ansi(trace, color=False))
        ansi(trace).encode("utf-8")
        html(trace, title=text).encode("utf-8")


def test_safe_keeps_breaks_unless_told() -> None:
    assert safe("أ\tب\n") == "أ\tب\n"
    assert safe("أ\tب\n", breaks=False) == "أ⟨TAB⟩ب⟨LF⟩"


def test_names() -> None:
    assert name_of("\u0640") == "U+0640 ARABIC TATWEEL"
    assert name_of("\x1b") == "U+001B ESC"
    assert name_of("\ud800") == "U+D800 (no name)"


class Checker(HTMLParser):
    """Collects what is in a page, and insists that every element is closed."""

    VOID = frozenset({"meta"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.text[tag] = self.text.get(tag, "") + data


def test_page() -> None:
    checker = Checker(html(FOLD.trace("قال أَبي"), title="رسالة"))
    tags = dict(checker.tags)
    assert tags["html"] == {"lang": "ar", "dir": "rtl"}
    assert checker.text["del"] == "أَبي"
    assert checker.text["ins"] == "ابي"
    assert checker.text["title"] == "رسالة"
    title = tags["del"]["title"]
    assert title == (
        "fold_alef: U+0623 ARABIC LETTER ALEF WITH HAMZA ABOVE → U+0627 ARABIC LETTER ALEF\n"
        "strip_tashkeel: U+064E ARABIC FATHA → nothing"
    )
    assert checker.text["td"] == "11"  # one edit for each pass


def test_page_needs_nothing_but_itself() -> None:
    text = html(FOLD.trace("أب"))
    assert not re.search(r"<script|src=|href=|url\(|@import|https?:", text)
    assert "default-src 'none'" in text
    assert "prefers-color-scheme: dark" in text


def test_page_without_changes() -> None:
    assert "No changes." in html(FOLD.trace("كتاب"))


def test_page_of_many() -> None:
    rows = [("a.txt:1", FOLD.trace("أب")), ("<b>:2", FOLD.trace("إم"))]
    checker = Checker("".join(page(rows)))
    assert checker.text["h2"] == "a.txt:1<b>:2"
    assert checker.text["td"] == "2"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>أ", '"><img src=x onerror=alert(1)>أ', "&lt;أ", "</bdi></p>أ"]
)
def test_markup_of_the_text_is_text(text: str) -> None:
    for trace in (FOLD.trace(text), DROP_ALL.trace(text)):
        checker = Checker(html(trace, title=text))
        assert {tag for tag, _ in checker.tags} <= {
            *("html", "head", "meta", "title", "style", "body", "main", "h1", "bdi", "section", "p", "del", "ins"),
            *("table", "caption", "tr", "th", "td"),
        }
        assert checker.text["title"] == text


def test_page_isolates_directions() -> None:
    for trace in (FOLD.trace(f"أ{HOSTILE}أ"), DROP_ALL.trace(HOSTILE)):
        text = html(trace, title=HOSTILE)
        assert not ACTS.search(text.replace("\n", ""))
        assert re.search(r'<del [^>]*><bdi dir="auto">', text)


def test_a_change_of_many_edits_has_a_short_title() -> None:
    text = html(FOLD.trace("أ" * 500))
    assert "… 492 more" in text


@pytest.mark.parametrize("many", [5_000, pytest.param(50_000, marks=pytest.mark.long)])
def test_large_texts_are_linear_enough_to_finish(many: int) -> None:
    for text in ("أ" * many, "أ ب" * (many // 2), "ب" * (20 * many), "\u064e" * many):
        trace = FOLD.trace(text)
        ansi(trace)
        html(trace)
