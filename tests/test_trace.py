"""Traces: spans there and back, undoing, units, composition."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace

import pytest

from arnorm import CharMap, Custom, Judge, Note, Trace, passes
from arnorm.trace import Replacement, join, link

DROP = CharMap("drop", {"-": ""})
GROW = CharMap("grow", {"*": "abc"})


P, Q = (("p", None),), (("q", None),)


def test_joining_keeps_touching_links_apart_and_joins_overlapping_ones() -> None:
    deleted = link("p", [Replacement(1, 2, "")])
    assert join(deleted, link("q", [Replacement(0, 1, "x")])) == [(0, 1, 0, 1, Q), (1, 2, 1, 1, P)]
    assert join(deleted, link("q", [Replacement(0, 2, "x")])) == [(0, 3, 0, 1, P + Q)]
    assert join(deleted, link("q", [Replacement(1, 1, "x")])) == [(1, 2, 1, 1, P), (2, 2, 1, 2, Q)]


def test_an_edit_made_by_two_passes_names_both_in_order() -> None:
    trace = (GROW | CharMap("again", {"b": "B"})).trace("x*y")
    assert [(e.passes, e.before, e.after) for e in trace.edits] == [(("grow", "again"), "*", "aBc")]


def test_what_a_later_pass_puts_back_is_no_edit() -> None:
    there_and_back = CharMap("there", {"a": "b"}) | CharMap("back", {"b": "a"})
    assert there_and_back.trace("xax").edits == ()


def test_spans_go_there_and_back() -> None:
    trace = (DROP | GROW).trace("a-b*c")
    assert trace.text == "ababcc"
    assert trace.to_source((0, 1)) == (0, 2)  # what was deleted belongs to the character before it
    assert trace.to_source((1, 2)) == (2, 3)
    assert trace.to_source((3, 4)) == (3, 4)  # inside a change: the whole change
    assert trace.to_source((0, 6)) == (0, 5)
    assert trace.to_output((3, 4)) == (2, 5)
    assert trace.to_output((1, 2)) == (1, 1)
    assert trace.to_output((4, 5)) == (5, 6)


@pytest.mark.parametrize("text", ["--a-b--", "---", "*", "a*", ""])
def test_the_whole_output_stands_for_the_whole_source(text: str) -> None:
    trace = (DROP | GROW).trace(text)
    assert trace.to_source((0, len(trace.text))) == (0, len(text))
    assert trace.to_output((0, len(text))) == (0, len(trace.text))


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 4), (4, 4)])
def test_a_span_that_is_none_is_refused(span: tuple[int, int]) -> None:
    trace = DROP.trace("a-bc")
    with pytest.raises(ValueError, match="a span here is .* 3, not"):
        trace.to_source(span)
    with pytest.raises(ValueError, match="a span here is .* 3, not"):
        DROP.trace("abc").to_output(span)


def test_undoing_some_edits() -> None:
    trace = DROP.trace("a-b-c")
    first, second = trace.edits
    assert trace.undo(first) == "a-bc"
    assert trace.undo(second) == "ab-c"
    assert trace.undo() == trace.undo(first, second) == "a-b-c"
    with pytest.raises(ValueError, match="not an edit of this trace"):
        DROP.trace("xyz-").undo(first)


def test_counts_and_str() -> None:
    trace = (passes.strip_tashkeel | passes.fold_alef).trace("أَخَ")
    assert trace.counts() == {"strip_tashkeel": 2, "fold_alef": 1}
    assert str(trace) == "اخ"


@pytest.mark.parametrize(
    ("unit", "source", "output"),
    [("codepoint", [1, 2], [1, 2]), ("utf-8", [4, 6], [4, 6]), ("utf-16", [2, 3], [2, 3])],
)
def test_units_of_spans(unit: str, source: list[int], output: list[int]) -> None:
    data = passes.fold_alef.trace("😀أ\ud800").as_dict(unit)  # type: ignore[arg-type]
    assert data["unit"] == unit
    assert data["text"] == "😀ا\ud800"
    [edit] = data["edits"]
    assert ([edit["start"], edit["end"]], edit["output"], edit["before"], edit["after"]) == (source, output, "أ", "ا")
    assert edit["passes"] == ["fold_alef"]


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="unit is"):
        passes.fold_alef.trace("أ").as_dict("bytes")  # type: ignore[arg-type]


def test_a_trace_without_edits() -> None:
    trace = passes.fold_alef.trace("نص")
    assert trace == Trace("نص", "نص", ())
    assert trace.to_source((1, 2)) == (1, 2)
    assert trace.undo() == "نص"


def test_custom_functions_are_traced_word_by_word() -> None:
    trace = Custom("upper", str.upper).trace("قال ok ثم fine لا غير")
    assert [(e.before, e.after) for e in trace.edits] == [("ok", "OK"), ("fine", "FINE")]


def test_a_custom_function_that_rewrites_everything_is_one_edit() -> None:
    trace = Custom("other", lambda text: "x" * 500).trace("y" * 300)
    assert [(e.span, e.output) for e in trace.edits] == [((0, 300), (0, 500))]


def test_a_custom_function_has_to_return_text() -> None:
    with pytest.raises(TypeError, match="returned NoneType"):
        Custom("nothing", lambda text: None)("نص")  # type: ignore[arg-type, return-value]


def explained(text: str) -> list[tuple[int, int, str, Note]]:
    return [(m.start(), m.end(), "b", Note("letter", 0.5, "c")) for m in re.finditer("a", text)]


def test_what_a_judge_says_reaches_the_edits() -> None:
    trace = (Judge("why", explained) | CharMap("c", {"b": "B", "x": "y"})).trace("xa")
    first, second = trace.edits
    assert (first.passes, first.kind, first.score, first.runner_up) == (("c",), "", 1.0, "")
    assert (second.passes, second.after) == (("why", "c"), "B")
    assert (second.kind, second.score, second.runner_up, second.decision) == ("letter", 0.5, "c", "replace")


def test_a_change_is_the_same_as_a_dict() -> None:
    """What `as_dict` gives is what a serializer of dataclasses, FastAPI's, makes of a change."""
    trace = Judge("why", explained).trace("xa")
    [edit] = trace.edits
    assert trace.as_dict()["edits"] == [edit.as_dict()] == json.loads(json.dumps([asdict(edit)]))
    assert (edit.span, edit.text, edit.kind) == ((1, 2), "b", "letter")
    assert hash(edit) == hash(replace(edit))
    assert edit != replace(edit, after="c")


def test_a_trace_is_short_to_look_at() -> None:
    trace = CharMap("c", {"a": "b"}).trace("a" * 1000)
    assert repr(trace) == f"<Trace {'a' * 40!r}… (1000) → {'b' * 40!r}… (1000): c ×1000>"
    assert trace.changed
    assert not CharMap("c", {"a": "b"}).trace("x").changed


def test_a_notebook_shows_a_fragment_of_its_own() -> None:
    trace = CharMap("fold", {"أ": "ا", "<": ">"}).trace("قال <b> أحمد" + " كتب" * 300 + " أ" * 300)
    shown = trace._repr_html_()
    assert "<html" not in shown
    assert "<b>" not in shown
    assert re.search(r'<div class="arnorm-trace" dir="auto">.*</div>$', shown, re.DOTALL)
    assert all(
        rule.strip().startswith(".arnorm-trace")
        for rule in re.findall(r"[^{}>]+(?= \{)", shown.partition("</style>")[0].removeprefix("<style>"))
    )
    assert "<bdi" in shown
    assert len(shown) < 60_000
    assert ">102 more<" in shown  # of three hundred and two changes
