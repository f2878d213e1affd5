"""No pass, profile or trace raises or hangs on any string: random Unicode, runs, and very long words.

Work is counted in lines of Python run, which does not depend on the machine. What a pattern does is not counted: one
that takes quadratic time on a long word is found by the watchdog (``-m long``), which asserts no speed, and only ends a
test run that would last for hours.
"""

from __future__ import annotations

import faulthandler
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arnorm import Composable, all_profiles, catalogue, passes
from arnorm.chars import HARAKAT
from tests.strategies import any_text

SPANS = ("urls", "emails", "mentions", "hashtags", "code", "numbers")
VARIANTS: list[tuple[str, dict[str, Any]]] = [
    *[("map_digits", {"source": a, "target": b}) for a in ("ascii", "arabic") for b in ("ascii", "persian")],
    *[("unify_numbers", {"digits": digits, "dates": True}) for digits in ("ascii", "arabic", "persian")],
    *[("unify_quotes", {"style": style}) for style in ("curly", "ascii")],
    ("unify_ellipsis", {"style": "dots"}),
    ("unify_dashes", {"style": "hyphen"}),
    ("squeeze_newlines", {"most": 1}),
    ("squeeze_elongation", {"most": 1}),
    ("mask_urls", {"token": r"\1\g<0>"}),
    ("mask_emoji", {"token": ""}),
    ("name_emoji", {"language": "en"}),
    ("map_words_to_numbers", {"times": True}),
    ("map_arabic_to_latin", {"scheme": "satts"}),
]
EVERY: dict[str, Composable] = {
    **{entry.name: passes.get(entry.name) for entry in catalogue()},
    **{f"{name}{args}": passes.get(name, **args) for name, args in VARIANTS},
    **{f"protecting {kind}": passes.fold_alef.protecting(kind) for kind in SPANS},
    "protecting all": (passes.nfc | passes.strip_tashkeel).protecting(*SPANS),
    **{profile.full_name: profile for profile in all_profiles()},
}
every = pytest.mark.parametrize("p", EVERY.values(), ids=EVERY)

# What a word of a megabyte is made of, over and over.
UNITS = [
    # letters, marks, strokes
    *["ا", "ل", "ه", "ى", "a", "اب", "يّ", "aب", "ال", "وال", "مدرسة", "بـ", "ـ", "ـَ", "ًا", "اً", "ىً"],
    *["َ", "ّ", "ً", HARAKAT, "\u0650\u064b\u0654\u0301", "\u0654", "\u06dd", "\u0670", "\u0f71\u0f72"],
    # digits and what stands between them
    *["1", "١", "1١", "1.", "١٫", "1,", "1:", "1/", "1-", "1ب", "%", "٪", "+", "1\ufe0f\u20e3"],
    # punctuation, quotes, brackets
    *[".", ",", "،", "؟", "؟!", "-", "—", "_", "/", ":", "…", ". ", " .", "ب،", "1–2 ", " - "],
    *['"', "'", "«", "»", "“", "”", "‘", "’", "«»", '«"', ' "', 'ب"', '"ب" ', "''", "``", '5"', "(", ")", "([{"],
    # markup and the web
    *["<!--", "<!-- -", "<", ">", "<a", "</", "<!a", "&#", "&", "&amp;", "&amp", "&#1605;", "&;", ";", "amp;", "&lt;"],
    *["http://", "http://a.", "www.", "https:// ", "@a.", "@", "a@", "a.", "a.b@", "a-", "#", "#a", "#1", "#_", "#ب_"],
    *["`", "```", "`a", "``a", "`\n"],
    # what is not seen
    *["\u200d", "\u200c", "ب\u200d", "\u200f", "\u202e", "\ufeff", "\0", "\x1c", "\x0b", "\u2028"],
    *[" ", "\n", "\r\n", "\t ", " \n", "\u00a0"],
    # encodings gone wrong
    *["ﻣﺮﺣﺒﺎ", "ﻻ", "ﺎ", "ﷲ", "ﷺ", "\ufe71", "\ufc60", "\ufe73", "س\ufe73", "ﺎﺒﺣﺮﻣ "],
    *[
        "Ø",
        "Ù…Ø±Ø\xadØ¨Ø§",
        "Ù…Ø± ",
        "Ã™â€¦Ã˜Â±",
        "ãÑÍÈÇ",
        "ãÑÍÈÇ ",
        "ظ…ط±ط\xadط¨ط§",
        "ط",
        "Â",
        "â€",
        "Ã",
        "ÃÂ",
        "\ufffd",
    ],
    *["lvpfh", "lvpfh ", ";jhf ", "اثممخ ", "hello ", "المجالت ", "الا", "لا ", "ابحرم ", "ابحرم ةسردملا\n"],
    # emoji, and characters of no script
    *["😀", "👨\u200d", "🇸", "\U000e0067", "\ufe0f", "\U0001f3fb", "©", "\ud800", "\udc00\ud800", "\ufffe\uffff"],
    *["\ue000", "漢", "ᄀ", "ᅡ", "ж", "ש"],
    # words
    *["كتاب ", "كِتَابٌ ", "جميييل ", "١٢٫٥ و 12.5 ", "https://a.b/c ", "a@b.co ", "@ab ", "#وسم ", "`x` ", "ب-ب"],
]
# Runs that some pattern begins once, and then walks on and on.
OPENED = [("http://", "a"), ("http://", "."), ("a@", "a."), ("a@", "-"), ("#", "1"), ("&", "amp;"), ("&#", "0")]
OPENED += [("<!--", "- "), ("<a ", "="), ("ب", "َّ"), ("🏴", "\U000e0067"), ("`", "a"), ("«", "ب "), ("(", " ")]
WORDS = [("", unit) for unit in UNITS] + OPENED


def word(start: str, unit: str, size: int) -> str:
    return start + (unit * (size // len(unit) + 1))[:size]


@pytest.fixture(autouse=True)
def watchdog() -> Iterator[None]:
    """Ends the run, with a traceback, when one test takes longer than any could."""
    faulthandler.dump_traceback_later(1800, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


def check(p: Composable, text: str) -> None:
    out = p(text)
    assert p(out) == out
    trace = p.trace(text)
    assert trace.text == out
    assert trace.undo() == text


runs = st.tuples(st.sampled_from(UNITS) | st.characters(codec=None), st.integers(1, 100))
texts = st.lists(runs.map(lambda run: run[0] * run[1]) | any_text, max_size=6).map("".join)


@every
@settings(max_examples=max(10, settings().max_examples // 4))
@given(text=texts)
def test_any_text_with_runs(p: Composable, text: str) -> None:
    check(p, text)


@every
def test_long_words(p: Composable) -> None:
    for start, unit in WORDS:
        check(p, word(start, unit, 250))


@every
def test_every_character_in_one_text(p: Composable) -> None:
    check(p, "".join(map(chr, range(0, 0x110000, 37))))


def lines_run(p: Composable, text: str) -> int:
    """How many lines of Python a call runs."""
    count = 0

    def trace(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        p(text)
        p.links(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("profile", all_profiles(), ids=lambda profile: profile.full_name)
@pytest.mark.skipif(sys.gettrace() is not None, reason="coverage is being measured")
def test_work_grows_with_the_text_and_no_faster(profile: Composable) -> None:
    profile("")
    for start, unit in WORDS:
        profile(word(start, unit, 400))  # what is made on demand is made here
        short, long = (lines_run(profile, word(start, unit, size)) for size in (50, 400))
        assert long < 10 * short + 3_000, (start, unit)


#: Long enough that a pass which takes quadratic time takes minutes, and does not end before the watchdog.
_LONG = 100_000


@pytest.mark.long
@every
def test_very_long_words(p: Composable) -> None:
    for start, unit in WORDS:
        text = word(start, unit, _LONG)
        p(text)
        check(p, text[: _LONG // 10])
