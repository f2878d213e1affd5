"""JSON round trips, and JSON that is no pipeline."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from arnorm import (
    CharMap,
    Custom,
    Form,
    InvalidRecipeError,
    Judge,
    NotSerializableError,
    Pipeline,
    Rewrite,
    UnknownNameError,
    all_profiles,
    catalogue,
    dumps,
    loads,
    passes,
)
from tests.test_core import initial, plan_nothing, shout


@pytest.mark.parametrize("entry", catalogue(), ids=lambda e: e.name)
def test_every_ready_made_pass_goes_there_and_back_by_name(entry: Any) -> None:
    p = passes.get(entry.name)
    text = dumps(p)
    assert loads(text) == Pipeline([p])
    assert entry.name in text
    assert len(text) < 200


def test_passes_of_ones_own_go_there_and_back() -> None:
    p = Pipeline(
        [
            CharMap("own", {"x": "y", "أ": ""}, lossy=False, summary="s", leaves="l"),
            Rewrite("two", "a(b)", r"\1", needles=("a",), flags=re.IGNORECASE),
            Form("form", "NFKD"),
        ]
    ).protecting("urls", re.compile("x+", re.DOTALL)) | passes.mask_urls("<u>")
    again = loads(dumps(p, indent=2))
    assert again == p
    assert again.fingerprint == p.fingerprint
    assert again("ABأ xx https://example.com") == p("ABأ xx https://example.com")


def test_a_pass_of_ones_own_with_a_ready_made_name_keeps_its_table() -> None:
    own = CharMap("fold_alef", {"x": "y"})
    assert loads(dumps(own))("xأ") == "yأ"


@pytest.mark.parametrize("p", [Custom("mine", shout), Judge("mine", plan_nothing), Rewrite("mine", "a", initial)])
def test_functions_have_no_json_form_but_can_be_named(p: Any) -> None:
    with pytest.raises(NotSerializableError, match="mine runs a function"):
        dumps(passes.fold_alef | p)
    assert loads('{"arnorm": 1, "passes": ["fold_alef", "mine"]}', custom={"mine": p}) == passes.fold_alef | p


@pytest.mark.parametrize("profile", all_profiles(), ids=lambda p: p.full_name)
def test_profiles_are_written_as_their_passes(profile: Any) -> None:
    assert loads(dumps(profile)).passes == profile.passes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "3",
        '"fold_alef"',
        "{}",
        '{"arnorm": 1}',
        '{"arnorm": 2, "passes": []}',
        '{"arnorm": 1, "passes": 3}',
        '{"arnorm": 1, "passes": [3]}',
        '{"arnorm": 1, "passes": [{}]}',
        '{"arnorm": 1, "passes": [{"charmap": "x"}]}',
        '{"arnorm": 1, "passes": [{"charmap": "x", "table": {"ab": "c"}, "nonsense": 1}]}',
        '{"arnorm": 1, "passes": [{"protecting": [{"pattern": 3, "flags": 0}], "passes": []}]}',
        '{"arnorm": 1, "passes": [{"pass": "mask_urls", "args": 3}]}',
        "[" * 100_000,
    ],
)
def test_json_that_is_no_pipeline(text: str) -> None:
    with pytest.raises(InvalidRecipeError):
        loads(text)


def test_unknown_passes_are_named_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'fold_alef'"):
        loads(json.dumps({"arnorm": 1, "passes": ["fold_alif"]}))
