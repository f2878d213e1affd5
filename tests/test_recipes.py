"""JSON round trips, and JSON that is no pipeline."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    pipeline,
    profile,
)
from arnorm.portable import Chars, Kept, Put, Repeats, Search
from arnorm.recipes import schema
from tests.strategies import arabic_text
from tests.test_core import initial, plan_nothing, shout


@pytest.mark.parametrize("entry", catalogue(), ids=lambda e: e.name)
def test_every_ready_made_pass_goes_there_and_back_by_name(entry: Any) -> None:
    p = passes.get(entry.name)
    text = dumps(p)
    assert loads(text) == Pipeline([p])
    assert entry.name in text
    assert len(text) < 300  # the name and the arguments, not what they make


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


SEARCHES = (
    Search("ص", Put("س"), Kept(Chars("ًٌ").any, "ة"), behind=Chars("ا-ي", but="ء"), not_ahead=~Chars(" ")),
    Search(Kept(Chars(r"\s").times(2, 3)), Chars("x").maybe, not_behind=Chars("x"), ahead=Chars("y")),
    Repeats(Chars("اوي"), 3, 2),
)


@pytest.mark.parametrize("step", SEARCHES)
def test_what_is_made_of_a_search_goes_there_and_back_with_it(step: Any) -> None:
    own = Rewrite.of("own", step, needles=("x",), lossy=False, summary="s")
    assert "pattern" not in dumps(own)
    [again] = loads(dumps(own))
    assert again == own
    assert again.steps == own.steps == (step,)
    assert again.needles == ("x",)


def test_a_pattern_beside_steps_of_another_is_kept() -> None:
    own = Rewrite("own", "a|b", "c", steps=(Search(Chars("ab"), Put("c")),))
    assert loads(dumps(own)) == Pipeline([own])


def test_searches_as_people_write_them() -> None:
    digit = {"kept": [{"chars": "0-9"}]}
    made = pipeline([{"rewrite": "own", "search": [digit, " ", {"put": "-"}], "ahead": {"chars": "هـ"}}])
    assert made("1 ه 2 ب") == "1-ه 2 ب"


@pytest.mark.parametrize(
    "given",
    [
        {"search": "x"},
        {"search": [5]},
        {"search": [{"chars": 5}]},
        {"search": [{"chars": "a", "least": "1"}]},
        {"search": [{"chars": "a", "most": True}]},
        {"search": [{"chars": "a", "negated": 1}]},
        {"search": [{"kept": [{"kept": ["x"]}]}]},
        {"search": [{"kept": "x"}]},
        {"search": [{"put": None}]},
        {"search": [{"put": "x", "chars": "x"}]},
        {"search": [{"chars": ""}]},
        {"search": [{"chars": "b-a"}]},
        {"search": ["x"], "behind": "y"},
        {"search": ["x"], "behind": {"chars": "y", "least": 0, "most": None}},
        {"search": ["x"], "flags": 2},
        {"search": ["x"], "pattern": "y"},
        {"repeats": {"chars": "a"}, "least": 2},
        {"repeats": {"chars": "a"}, "least": 2, "most": 1.5},
        {"repeats": ["a"], "least": 2, "most": 1},
    ],
)
def test_what_is_no_search_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidRecipeError):
        pipeline([{"rewrite": "own", **given}])


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


def recipe(*listed: Any, **more: Any) -> str:
    return json.dumps({"arnorm": 1, "passes": [*listed], **more})


def rewrite(**fields: Any) -> dict[str, Any]:
    return {"rewrite": "own", "pattern": "a+", "flags": 0, "needles": [], "replacement": "b", **fields}


HOSTILE = {
    "a version that is no number": recipe(arnorm=True),
    "a version with a point": recipe(arnorm=1.0),
    "a form that there is not": recipe({"form": "own", "to": "EVIL"}),
    "a form that is no name": recipe({"form": "own", "to": ["NFC"]}),
    "a group that there is not": recipe(rewrite(replacement=r"\2")),
    "a name of a group that there is not": recipe(rewrite(replacement=r"\g<x>")),
    "a bad escape": recipe(rewrite(replacement="\\q")),
    "a replacement that is no text": recipe(rewrite(replacement=3)),
    "a pattern that is none": recipe(rewrite(pattern="(")),
    "a pattern that is no text": recipe(rewrite(pattern=["a"])),
    "a count past all counts": recipe(rewrite(pattern="a{99999999999999999999}")),
    "a pattern nested deep": recipe(rewrite(pattern="(" * 5000 + ")" * 5000)),
    "a flag that prints": recipe(rewrite(flags=int(re.DEBUG))),
    "a flag for bytes": recipe(rewrite(flags=int(re.LOCALE))),
    "a flag that there is not": recipe(rewrite(flags=1 << 40)),
    "a flag below nothing": recipe(rewrite(flags=-1)),
    "a flag that is a truth": recipe(rewrite(flags=True)),
    "needles of numbers": recipe(rewrite(needles=[1, 2])),
    "needles that are one": recipe(rewrite(needles="ab")),
    "a bad hint": recipe(rewrite(hint="(")),
    "a loss that is no truth": recipe(rewrite(lossy="no")),
    "a summary that is none": recipe(rewrite(summary=["a"])),
    "examples": recipe(rewrite(examples=[["a", "b"]])),
    "arguments of another pass": recipe(rewrite(args=[["a", 1]])),
    "a name that is none": recipe(rewrite(rewrite=3)),
    "a table that is a list": recipe({"charmap": "own", "table": [["a", "b"]]}),
    "a table of words": recipe({"charmap": "own", "table": {"ab": "c"}}),
    "a table to numbers": recipe({"charmap": "own", "table": {"a": 1}}),
    "a table to nothing": recipe({"charmap": "own", "table": {"a": None}}),
    "a language that is a path": recipe({"pass": "name_emoji", "args": {"language": "../../etc/passwd"}}),
    "a token that is a number": recipe({"pass": "mask_urls", "args": {"token": 3}}),
    "a truth for a number": recipe({"pass": "squeeze_elongation", "args": {"most": True}}),
    "a list for a number": recipe({"pass": "squeeze_elongation", "args": {"most": [2]}}),
    "a number past all numbers": recipe({"pass": "squeeze_newlines", "args": {"most": 10**9}}),
    "an argument that there is not": recipe({"pass": "squeeze_newlines", "args": {"least": 1}}),
    "arguments where there are none": recipe({"pass": "fold_alef", "args": {"a": 1}}),
    "a ready-made pass and more": recipe({"pass": "fold_alef", "args": {}, "table": {}}),
    "a pass that is a list": recipe({"pass": ["fold_alef"], "args": {}}),
    "a span that is a number": recipe({"protecting": [3], "passes": []}),
    "a span with a bad pattern": recipe({"protecting": [{"pattern": "(", "flags": 0}], "passes": []}),
    "a span that prints": recipe({"protecting": [{"pattern": "a", "flags": int(re.DEBUG)}], "passes": []}),
    "spans that are one": recipe({"protecting": "urls", "passes": []}),
    "too many passes": recipe(*["fold_alef"] * 1001),
    "too many passes inside": recipe({"protecting": ["urls"], "passes": ["fold_alef"] * 1000}, "fold_alef"),
    "too long": recipe("x" * 4_000_001),
    "tables that blow up": recipe(*[{"charmap": "own", "table": {"a": "a" * 10}}] * 10),
    "tables that blow up by turns": recipe(*[{"charmap": "own", "table": {"a": "bb", "b": "aa"}}] * 40),
    "tables that blow up inside": recipe(
        {"protecting": ["urls"], "passes": [{"charmap": "own", "table": {"b": "a" * 500}}]},
        {"charmap": "own", "table": {"a": "aaa"}},
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_would_raise_at_a_text_is_refused_at_loading(case: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InvalidRecipeError):
        loads(HOSTILE[case])
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("depth", [21, 300, 5000])
def test_pipelines_nested_too_deep(depth: int) -> None:
    opened = '{"protecting": ["urls"], "passes": [' * depth
    with pytest.raises(InvalidRecipeError):
        loads('{"arnorm": 1, "passes": [' + opened + "]}" * depth + "]}")


def test_pipelines_nested_as_deep_as_they_may_be_run() -> None:
    p: Any = passes.fold_alef
    for _ in range(20):
        p = p.protecting("urls")
    assert loads(dumps(p))("أ https://example.com/أ") == "ا https://example.com/أ"


def test_tables_that_grow_no_more_than_others() -> None:
    p = CharMap("own", {"a": "b" * 999}) | CharMap("two", {"b": "cc", "a": ""}).protecting("urls")
    with pytest.raises(InvalidRecipeError, match="of one"):
        loads(dumps(p))
    p = CharMap("own", {"a": "b" * 500}) | CharMap("two", {"b": "cc", "a": ""})
    assert loads(dumps(p))("a") == "c" * 1000


#: Values of every kind that JSON has, and of what a recipe holds.
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)
    | st.sampled_from(["NFC", "urls", "fold_alef", "mask_urls", "a", "", r"\1", "(a)", "[", 0, 8, 128]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
_SOUND = st.sampled_from(
    [
        "fold_alef",
        {"pass": "squeeze_elongation", "args": {"most": 2}},
        {"pass": "name_emoji", "args": {"language": "ar"}},
        {"charmap": "own", "table": {"a": "b"}, "lossy": True, "summary": "s", "leaves": "l"},
        {"form": "own", "to": "NFC", "lossy": False, "summary": "s", "leaves": "l"},
        {**rewrite(), "lossy": True, "summary": "s", "leaves": "l"},
        {"protecting": ["urls", {"pattern": "a", "flags": 0}], "passes": ["fold_alef"]},
    ]
)


@given(st.data(), arabic_text)
def test_what_is_loaded_runs(data: st.DataObject, text: str) -> None:
    """A sound recipe with something else put in some place: refused by name, or never raises on a text."""
    listed = json.loads(json.dumps([data.draw(_SOUND)]))
    holder: Any = listed
    key: Any = 0
    while isinstance(holder[key], dict | list) and holder[key] and data.draw(st.booleans()):
        holder = holder[key]
        key = data.draw(st.sampled_from([*holder] if isinstance(holder, dict) else [*range(len(holder))]))
    holder[key] = data.draw(_ANY)
    try:
        loaded = loads(recipe(*listed))
    except (InvalidRecipeError, UnknownNameError):
        return
    assert isinstance(loaded(text + "a😀"), str)
    loaded.trace(text + "a😀")


def test_unknown_passes_are_named_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'fold_alef'"):
        loads(json.dumps({"arnorm": 1, "passes": ["fold_alif"]}))


def test_one_recipe_normalizes_and_repairs() -> None:
    pipeline = passes.repair_spelling("balanced", lexicon=("القاهره",)) | passes.strip_tatweel
    again = loads(dumps(pipeline))
    assert again == pipeline
    assert again("ذهـــب الى القاهره") == "ذهب إلى القاهره"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("search", ["search"]),
        (["clean.v1", "fold_alef"], ["clean.v1", "fold_alef"]),
        ({"passes": ["fold_alef"], "arnorm": 1}, ["fold_alef"]),
        (("fold_alef", {"fold_teh_marbuta": None}), ["fold_alef", "fold_teh_marbuta"]),
        ([{"mask_urls": {"token": "<u>"}}], [passes.mask_urls("<u>")]),
    ],
)
def test_recipes_as_people_write_them(written: Any, wanted: list[Any]) -> None:
    steps = [
        step if not isinstance(step, str) else profile(step) if step in ("search", "clean.v1") else passes.get(step)
        for step in wanted
    ]
    assert pipeline(written) == Pipeline(steps)
    jsonschema.validate(json.loads(json.dumps(written)) if not isinstance(written, str) else [written], schema())


def test_recipes_hold_recipes_around_spans() -> None:
    made = pipeline([{"protecting": ["hashtags"], "passes": ["search", {"mask_urls": {}}]}])
    assert made == (profile("search") | passes.mask_urls()).protecting("hashtags")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (["fold_alef", "serach"], r"passes\[1\]: no pass or profile is named 'serach'; did you mean 'search'"),
        ([{"mask_urls": {"tokn": "x"}}], r"passes\[0\]: mask_urls: no argument is named 'tokn'; did you mean 'token'"),
        ([{"mask_urls": {"token": 3}}], r"passes\[0\]: mask_urls: token is of type str, not int"),
        ([{"protecting": ["urls"], "passes": ["clean", 3]}], r"passes\[0\].passes\[1\]: a step should be of type dict"),
        ({"steps": []}, "unknown: steps"),
        ({}, "its steps under 'passes'"),
        (3, "passes should be of type list"),
        (None, "passes should be of type list"),
    ],
)
def test_what_is_wrong_in_a_recipe_is_named_with_its_place(written: Any, said: str) -> None:
    with pytest.raises((InvalidRecipeError, UnknownNameError), match=said):
        pipeline(written)


def test_the_schema_knows_every_pass_and_refuses_typing_errors() -> None:
    whole = schema()
    kind = jsonschema.validators.validator_for(whole)
    kind.check_schema(whole)
    of_recipes = kind(whole)
    of_recipes.validate([entry.name for entry in catalogue()])
    for wrong in (["fold_alf"], [{"mask_urls": {"tokn": "x"}}], {"steps": []}):
        with pytest.raises(jsonschema.ValidationError):
            of_recipes.validate(wrong)
