"""A repairer as a pass: joined, traced, pickled."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given

import arnorm
from arnorm import InvalidLexiconError, passes
from arnorm.spelling import Note, Repairer
from arnorm.spelling.repairer import default
from arnorm.trace import Replacement, apply
from tests.spelling.test_laws import noisy
from tests.strategies import any_text


def test_a_repairer_joins_from_both_sides() -> None:
    repairer = default()
    assert (passes.strip_tatweel | repairer)("ذهـب الى المدرسه") == "ذهب إلى المدرسة"
    assert (repairer | passes.fold_alef)("ذهب الى المدرسه") == "ذهب الى المدرسة"
    assert arnorm.repair("ذهب الى المدرسه") == repairer.repair("ذهب الى المدرسه") == "ذهب إلى المدرسة"


def test_edits_say_why() -> None:
    trace = default().trace("ذهب إلى المدرسه")
    [edit] = trace.edits
    assert (edit.passes, edit.before, edit.after) == (("repair_spelling",), "المدرسه", "المدرسة")
    [note] = edit.notes
    assert isinstance(note, Note)
    assert note.source == "class"
    assert note.score > 0.9
    assert trace.as_dict()["edits"][0]["notes"][0]["runner_up"] == note.runner_up


@given(noisy | any_text)
def test_the_pass_does_what_the_repairer_does(text: str) -> None:
    p = default().as_pass("balanced")
    trace = p.trace(text)
    assert p(text) == trace.text == default().repair(text, "balanced")
    assert apply(text, [Replacement(*e.source, e.after) for e in trace.edits]) == trace.text


def test_equal_by_model_and_words() -> None:
    p = default().as_pass()
    again = pickle.loads(pickle.dumps(passes.fold_keheh | p))
    assert again == passes.fold_keheh | p
    assert again.fingerprint == (passes.fold_keheh | p).fingerprint
    named = default().with_lexicon(["بلانار"])
    assert named != default() != 3
    assert hash(named) == hash(default().with_lexicon(["بلانار"]))
    assert repr(named) == "<Repairer default model with 1 words>"
    assert isinstance(named, Repairer)


def test_suggestions_are_no_edits() -> None:
    text = "وأعلن المتحدث ان اللجنة ستجتمع"
    planned = default().plan(text, "safe")
    assert [r.decision for r in planned] == ["suggest"]
    assert default().trace(text).edits == ()


@pytest.mark.parametrize("wrong", [None, b"x", 5, ["\u0646\u0635"]])
def test_what_is_no_text_is_refused_in_the_words_of_normalize(wrong: object) -> None:
    kind = type(wrong).__name__
    with pytest.raises(TypeError, match=f"repair takes a str, not {kind}"):
        arnorm.repair(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=f"repair takes a str, not {kind}"):
        default().plan(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=f"suggest takes a str, not {kind}"):
        default().suggest(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", ["قال", ("قال",), (None, ""), 5])
def test_the_context_of_a_suggestion_is_two_strings(wrong: object) -> None:
    with pytest.raises(TypeError, match="context"):
        default().suggest("ان", wrong)  # type: ignore[arg-type]


def test_a_lexicon_is_words_one_an_entry() -> None:
    lines = ["# names\n", "بَلانار  # a town\n", "\n"]
    assert default().with_lexicon(lines) == default().with_lexicon(["بلانار"])
    for wrong in ("شركة بلانار", "iPhone", "بلانار،", "3"):
        with pytest.raises(InvalidLexiconError, match="is not one Arabic word"):
            default().with_lexicon([wrong])
    for wrong in ("بلانار", b"x", None, 3):
        with pytest.raises(TypeError, match="with_lexicon takes an iterable of str"):
            default().with_lexicon(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a lexicon takes a str, not NoneType"):
        default().with_lexicon([None])  # type: ignore[list-item]
