"""Guards spare texts a step only where it would change nothing, and ordinary text nearly all steps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import arnorm
from arnorm import CharMap, Pipeline, passes
from arnorm.export import icu as for_icu
from arnorm.export.guards import _INERT, Guarded, StepOrGuarded, guarded, plain, writes_keys
from arnorm.export.lowering import lowered
from arnorm.export.sets import CharSet
from tests.export import reference
from tests.export.test_export import PROFILES, exportable, some_text, writable

pipelines = st.sampled_from([*map(writable, PROFILES), *exportable("elasticsearch")])
many = [HealthCheck.too_slow, HealthCheck.data_too_large]


def in_python(chars: CharSet) -> str:
    return chars.written(lambda n: f"\\U{n:08x}")


def run(parts: Iterable[StepOrGuarded], text: str) -> str:
    for part in parts:
        if not isinstance(part, Guarded):
            text = reference.run([part], text)
        elif re.search(part.need.pattern(in_python), text):
            text = run(part.parts, text)
    return text


@given(pipelines, st.lists(some_text, min_size=10, max_size=20))
@settings(max_examples=40, suppress_health_check=many)
def test_guarded_steps_do_what_the_pipeline_does(pipeline: arnorm.Pipeline, texts: list[str]) -> None:
    parts = guarded(lowered(pipeline, "steps"))
    for text in texts:
        assert run(parts, text) == pipeline(text)


def test_what_is_called_inert_is_left_alone_by_nfc_wherever_it_stands() -> None:
    forms = (unicodedata.normalize("NFD", c) for c in map(chr, range(0x30000)) if unicodedata.category(c) != "Cs")
    seconds = set("".join(form[1:] for form in forms))
    assert not [c for c in _INERT if unicodedata.combining(c) or unicodedata.normalize("NFC", c) != c or c in seconds]


@pytest.mark.parametrize("text", ["إلى المدرسة، 12 يوما (أو ١٢)؟\n", "كَتَبَ الوَلَدُ"])
def test_ordinary_text_needs_none_of_the_rare_steps(text: str) -> None:
    for name in ("search.v1", "clean.v1"):
        held = [part for part in guarded(lowered(writable(name), "steps")) if isinstance(part, Guarded)]
        rare = [part.need.pattern(in_python) for part in held if part.need.rare]
        assert rare
        assert not [pattern for pattern in rare if re.search(pattern, text)]


def test_a_table_whose_order_matters_is_not_divided() -> None:
    table = {"ى": "ـ", "ـ": "ى"}
    (part,) = guarded(lowered(CharMap("swap", table), "steps"))
    assert isinstance(part, Guarded)
    assert len(part.parts) == 1
    assert writes_keys(table)
    assert not writes_keys(dict(passes.fold_alef.table))


# --- asked first ------------------------------------------------------------------------------------------------------

#: Ordinary text, its marks in any order and number, and a little of what is rare.
ordinary = st.text("أإآىةابوي \u064b\u064e\u0650\u0651\u0652\u0640١٪12،.a\n\u0670\u0654\u0301ﻻ\u200d", max_size=12)
PLAIN = [p for p in map(writable, PROFILES) if plain(lowered(p, "steps"))]


def test_which_profiles_are_a_table_for_ordinary_text() -> None:
    assert set(PLAIN) >= {writable(name) for name in ("clean.v1", "search.v1", "lucene.v1")}
    need, table = plain(lowered(writable("search.v1"), "steps")) or pytest.fail("none")
    assert not need.pairs  # marks that are taken out may stand in any order
    assert (table["\u064e"], table["أ"]) == ("", "ا")


def test_marks_that_stay_have_to_be_in_order() -> None:
    need, _ = plain(lowered(passes.nfc | passes.fold_alef, "steps")) or pytest.fail("none")
    assert re.search(need.pattern(in_python), "\u0651\u064e")
    some = CharMap("strip_fatha", {"\u064e": ""})
    need, _ = plain(lowered(passes.nfc | some, "steps")) or pytest.fail("none")
    assert re.search(need.pattern(in_python), "\u0651\u064e\u064d")


@given(
    st.sampled_from([*PLAIN, passes.nfc | passes.strip_tashkeel, passes.squeeze_marks | passes.strip_tashkeel]),
    ordinary,
)
@settings(max_examples=300)
def test_what_needs_no_more_is_done_by_the_table(pipeline: Pipeline, text: str) -> None:
    need, table = plain(lowered(Pipeline((passes.strip_control_characters, pipeline)), "steps")) or pytest.fail("none")
    if not re.search(need.pattern(in_python), text):
        assert text.translate(str.maketrans(table)) == pipeline(text)


@given(st.sampled_from([*map(writable, PROFILES), *exportable("icu")]), st.lists(ordinary, min_size=20, max_size=40))
@settings(max_examples=30, deadline=None, suppress_health_check=many)
def test_what_icu_is_asked_first(pipeline: Pipeline, texts: list[str]) -> None:
    icu = pytest.importorskip("icu")
    asked, rules = for_icu.quick(pipeline)
    rare = icu.UnicodeSet(asked)
    made = icu.Transliterator.createFromRules("quick", rules, icu.UTransDirection.FORWARD)
    for text in texts:
        if rare.containsNone(text):
            assert made.transliterate(text) == pipeline(text)


def test_most_texts_are_none_of_what_icu_is_asked_for() -> None:
    icu = pytest.importorskip("icu")
    for name in ("search.v1", "lucene.v1"):
        rare = icu.UnicodeSet(for_icu.quick(writable(name))[0])
        assert rare.containsNone("إلى المَدَرِّسةِ، 12 يوماً (أو ١٢)؟\n")
    assert not icu.UnicodeSet(for_icu.quick(writable("quran.v1"))[0]).containsNone("ا")
