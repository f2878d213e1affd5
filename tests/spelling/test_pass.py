"""A repairer: called, joined, traced, planned, pickled; one model a process."""

from __future__ import annotations

import logging
import pickle
from pathlib import Path

import pytest
from hypothesis import given

import arnorm
from arnorm import InvalidLexiconError, Repairer, UnknownNameError, passes, repairer
from arnorm.spelling import POLICIES, Policy, model
from arnorm.spelling.speller import DEFAULT_MODEL, default
from arnorm.trace import Replacement, apply
from tests.spelling.test_laws import noisy
from tests.strategies import any_text


def test_a_repairer_is_a_pass() -> None:
    repairer = Repairer("safe")
    assert (passes.strip_tatweel | repairer)("ذهـب الى المدرسه") == "ذهب إلى المدرسة"
    assert (repairer | passes.fold_alef)("ذهب الى المدرسه") == "ذهب الى المدرسة"
    assert repairer("ذهب الى المدرسه") == repairer.repair("ذهب الى المدرسه") == "ذهب إلى المدرسة"
    assert list(repairer.many(["ذهب الى المدرسه"])) == ["ذهب إلى المدرسة"]
    assert repairer.protecting("hashtags").names == ("protecting",)
    assert repairer.names == ("repair_spelling",)
    assert passes.repair_spelling("safe") == repairer == passes.get("repair_spelling")


def test_another_policy_for_one_text() -> None:
    repairer = Repairer.load()
    text = "وأعلن المتحدث ان الاجتماع انتهى"
    assert repairer(text) == repairer.repair(text, "safe") == text
    assert repairer.repair(text, "balanced") == Repairer("balanced")(text) == arnorm.repair(text, "balanced") != text
    assert repairer.plan(text, "balanced") == Repairer("balanced").plan(text)
    assert [(r.text, r.kind, r.decision) for r in repairer.plan(text, "safe")] == [("أن", "class", "suggest")]


def test_it_says_what_it_is() -> None:
    assert repr(Repairer()) == "<Repairer policy='safe.v1', no lexicon, arnorm's model>"
    own = Repairer(Policy("mine", 0.9, 0.5, 0.9, 0.9), ["بلانار", "زيدون"], "own.model")
    assert repr(own) == "<Repairer policy='mine', lexicon of 2 words, model='own.model'>"
    assert Repairer("balanced.v1") == Repairer("balanced")
    with pytest.raises(UnknownNameError, match=r"did you mean 'balanced.v1'\?"):
        Repairer("balanced.v2")  # type: ignore[arg-type]


def test_a_model_is_loaded_once_a_process(caplog: pytest.LogCaptureFixture) -> None:
    assert Repairer("safe")._speller is Repairer("balanced")._speller is Repairer.load()._speller is default()
    assert Repairer(lexicon=["بلانار"])._speller is Repairer("thorough", lexicon=["بلانار"])._speller
    with caplog.at_level(logging.INFO, "arnorm"):
        Repairer.load()
    assert caplog.text == ""


def test_a_model_that_changed_is_loaded_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "own.model"
    path.write_bytes(DEFAULT_MODEL.read_bytes())
    with caplog.at_level(logging.INFO, "arnorm"):
        own = Repairer.load(path)
        assert Repairer("balanced", model=path)._speller is own._speller
        path.write_bytes(DEFAULT_MODEL.read_bytes())
        assert Repairer.load(path)._speller is not own._speller
    assert [record.message.partition(" in ")[0] for record in caplog.records] == [f"model loaded from {path}"] * 2


def test_changes_say_why() -> None:
    trace = default_trace("ذهب إلى المدرسه")
    [edit] = trace.edits
    assert (edit.passes, edit.before, edit.after) == (("repair_spelling",), "المدرسه", "المدرسة")
    assert (edit.kind, edit.decision) == ("class", "replace")
    assert edit.score > 0.9
    assert edit == Repairer().plan("ذهب إلى المدرسه")[0]
    assert trace.as_dict()["edits"][0]["runner_up"] == edit.runner_up


def default_trace(text: str) -> arnorm.Trace:
    return Repairer().trace(text)


@given(noisy | any_text)
def test_trace_plan_and_call_agree(text: str) -> None:
    p = Repairer("balanced")
    trace = p.trace(text)
    assert p(text) == trace.text == default().repair(text, "balanced") == p.review(text).text
    assert apply(text, [Replacement(*e.span, e.after) for e in trace.edits]) == trace.text
    review = p.review(text)
    assert [*review.all] == p.plan(text)
    assert all(review.source[slice(*c.span)] == c.before for c in review.all)
    assert all(review.text[slice(*c.output)] == c.after for c in review.changes)
    assert all(review.text[slice(*c.output)] == c.before for c in review.suggestions)


def test_equal_by_policy_words_and_model() -> None:
    p = Repairer("safe")
    again = pickle.loads(pickle.dumps(passes.fold_keheh | p))
    assert again == passes.fold_keheh | p
    assert again.fingerprint == (passes.fold_keheh | p).fingerprint
    named = Repairer("safe", ["بلانار"])
    assert named != p != 3
    assert hash(named) == hash(Repairer("safe", ["بَلانار"]))
    assert len({q.fingerprint for q in (p, named, Repairer("balanced"))}) == 3


def test_the_fingerprint_is_of_what_the_model_holds(tmp_path: Path) -> None:
    path = tmp_path / "own.model"
    path.write_bytes(DEFAULT_MODEL.read_bytes())
    assert Repairer(model=path).fingerprint == Repairer().fingerprint
    assert Repairer(model=path) != Repairer()


@pytest.mark.parametrize("wrong", [None, b"x", 5, ["\u0646\u0635"]])
def test_what_is_no_text_is_refused_in_the_words_of_normalize(wrong: object) -> None:
    kind = type(wrong).__name__
    with pytest.raises(TypeError, match=f"repair takes a str, not {kind}"):
        arnorm.repair(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=f"repair takes a str, not {kind}"):
        Repairer().plan(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=f"suggest takes a str, not {kind}"):
        arnorm.suggest(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=f"before takes a str, not {kind}"):
        arnorm.suggest("ان", wrong)  # type: ignore[arg-type]


def test_a_lexicon_is_words_one_an_entry() -> None:
    lines = ["# names\n", "بَلانار  # a town\n", "\n"]
    assert Repairer(lexicon=lines) == Repairer(lexicon=["بلانار"])
    for wrong in ("شركة بلانار", "iPhone", "بلانار،", "3"):
        with pytest.raises(InvalidLexiconError, match="is not one Arabic word"):
            Repairer(lexicon=[wrong])
    for other in ("بلانار", b"x", 3):
        with pytest.raises(TypeError, match="a lexicon takes an iterable of str"):
            Repairer(lexicon=other)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a lexicon takes a str, not NoneType"):
        Repairer(lexicon=[None])  # type: ignore[list-item]


def test_the_fingerprint_says_which_policy_model_and_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = Repairer("safe").fingerprint
    path = tmp_path / "own.model"
    packed = model.read(DEFAULT_MODEL)
    packed.meta["year"] = 1
    model.write(path, packed)
    assert Repairer("safe", model=path).fingerprint != ours
    assert Repairer(POLICIES["safe"]._replace(replace=0.98)).fingerprint != ours
    monkeypatch.setattr(repairer, "REVISION", repairer.REVISION + 1)
    assert Repairer("safe").fingerprint != ours
