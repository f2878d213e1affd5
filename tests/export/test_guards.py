"""Guards spare texts a step only where it would change nothing, and ordinary text nearly all steps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import arnorm
from arnorm import CharMap, passes
from arnorm.export.guards import _INERT, Guarded, Part, guarded, writes_keys
from arnorm.export.lowering import lowered
from arnorm.export.sets import CharSet
from tests.export import reference
from tests.export.test_export import PROFILES, exportable, some_text, writable

pipelines = st.sampled_from([*map(writable, PROFILES), *exportable("elasticsearch")])
many = [HealthCheck.too_slow, HealthCheck.data_too_large]


def in_python(chars: CharSet) -> str:
    return chars.written(lambda n: f"\\U{n:08x}")


def run(parts: Iterable[Part], text: str) -> str:
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
