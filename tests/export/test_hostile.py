"""Tables, patterns and names chosen to break out of where they are written: every engine reads them as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arnorm import CharMap, Pipeline, Rewrite
from arnorm.errors import InvalidPassError, NotExpressibleError
from arnorm.export import TARGETS, export, refused
from arnorm.portable import Chars, Kept, Put, Search
from tests.export.engines import Engines
from tests.export.test_export import different, engines, fitting

__all__ = ["engines"]
every_target = pytest.mark.parametrize("target", TARGETS)

#: What quotes, ends, comments, refers or escapes in one of the engines, and letters that make words of them.
_SIGNS = "$'\"\\;%{}[]()<>=^&|*+?.,:/-~`@#!_ \t\n\r\0\x01\x1a\x7f\u0085\u2028\ufeff\uffff0159nuxEeaابـ\u064eﷲ😀🙂"
_BREAKS = (
    "$arnorm$", "$arnorm1$", "$$", "$arnorm$; DROP TABLE kept; --", "'; DROP TABLE kept; --", "E'\\'", "\\'", "''",
    "\\1", "\\0", "$1", "$10", "${1}", "\\u0041", "\\x41", "\\Q", "=>", "::Null;", "> x;", "chr(65)", "*/", "/*", "{}",
)  # fmt: skip
_some_value = st.text(_SIGNS, max_size=4) | st.sampled_from(_BREAKS)
_some_table = st.dictionaries(st.sampled_from(_SIGNS), _some_value, min_size=1, max_size=12)
_some_text = st.lists(st.text(_SIGNS, max_size=8) | st.sampled_from(_BREAKS), max_size=4).map("".join)


@every_target
def test_a_table_of_signs_is_data(engines: Engines, target: str) -> None:
    engines.keep(target)

    @given(_some_table, st.lists(_some_text, min_size=20, max_size=20))
    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    def the_same(table: dict[str, str], texts: list[str]) -> None:
        pipeline = Pipeline([CharMap("own", table)])
        if not refused(pipeline, target):
            texts = [fitting(text, target) for text in [*texts, "".join(table), *_BREAKS]]
            assert not different(engines.run(target, export(pipeline, target)), pipeline, texts)

    the_same()
    engines.assert_kept(target)


@every_target
@pytest.mark.parametrize("broken_out", [b for b in _BREAKS if len(b) > 1])
def test_what_would_break_out_is_data(engines: Engines, target: str, broken_out: str) -> None:
    """Each by itself, as a value of a table, a template, a name of a pass, and of what is made."""
    engines.keep(target)
    name = f"f {broken_out}"
    for own in (
        CharMap(broken_out, {"x": broken_out, "y": "", "\\": "'", "'": "\\"}),
        Rewrite.of(broken_out, Search(Chars("x").some, Put(broken_out))),
        Rewrite.of(broken_out, Search(Put(broken_out), Kept("x"), Kept("y"))),
        Rewrite.of(broken_out, Search(broken_out, Put(broken_out[::-1]))),
    ):
        pipeline = Pipeline([own])
        if refused(pipeline, target):
            continue
        try:
            exported = export(pipeline, target, name=name)
        except InvalidPassError:
            assert (target, "." in name) == ("elasticsearch", True)
            continue
        assert not different(engines.run(target, exported, name), pipeline, ["xyxxz'\\", broken_out])
    engines.assert_kept(target)


@every_target
@pytest.mark.parametrize("groups", [9, 10, 12])
def test_many_groups_are_told_apart_or_refused(engines: Engines, target: str, groups: int) -> None:
    letters = "abcdefghijkl"[:groups]
    pipeline = Pipeline([Rewrite.of("own", Search(Kept("a"), Put("0"), *map(Kept, letters[1:])))])
    if not refused(pipeline, target):
        assert not different(engines.run(target, export(pipeline, target)), pipeline, [letters, f"x{letters}0"])


@every_target
@pytest.mark.parametrize(
    "own",
    [
        CharMap("own", {"\ude00": "x", "y": "z"}),
        CharMap("own", {"x": "\ud83d", "y": "\ude00"}),
        Rewrite.of("own", Search("\ud83d", Put("x"))),
        Rewrite.of("own", Search("x", Put("\ud83d"))),
        Rewrite.of("own", Search((~Chars("\ude00a-y")).some)),
        Rewrite.of("own", Search(Chars("\ud000-\ue000"))),
        Rewrite.of("own", Search("y", Put("-"), not_behind=Chars("\ud83d"), ahead=Chars("\ude00z"))),
    ],
    ids=str,
)
def test_half_a_character_is_never_taken_out_of_a_whole_one(engines: Engines, target: str, own: Any) -> None:
    pipeline = Pipeline([own])
    texts = ["x😀y🙂z", "xy yz", "\ud7ff\ue000"]
    if not refused(pipeline, target):
        assert not different(engines.run(target, export(pipeline, target)), pipeline, texts)


def names() -> Iterator[tuple[str, str]]:
    for target in ("postgresql", "duckdb"):
        yield from ((target, name) for name in ("", "a\0b", "a\ud800"))
    yield from (("elasticsearch", name) for name in ("", "a.b", "_a", "a\ud800"))
    yield "postgresql", "ب" * 32


@pytest.mark.parametrize(("target", "name"), [*names()])
def test_a_name_that_an_engine_would_read_as_another_is_refused(target: str, name: str) -> None:
    with pytest.raises(InvalidPassError):
        export(CharMap("own", {"x": "y"}), target, name=name)


def test_the_longest_name_of_postgresql(engines: Engines) -> None:
    name = "ب" * 31 + "x"
    exported = export(CharMap("own", {"x": "y"}), "postgresql", name=name)
    assert engines.run("postgresql", exported, name)(["x"]) == ["y"]


@pytest.mark.parametrize("target", TARGETS)
def test_a_lone_surrogate_is_refused_by_name(target: str) -> None:
    with pytest.raises(NotExpressibleError, match="own .*lone surrogate"):
        export(CharMap("own", {"x": "\ud83d"}), target)
