"""What passes and profiles do is frozen, and a change says so: see `tests.freeze`, which writes the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from arnorm import Judge, passes
from tests import freeze
from tests.freeze import Frozen, complaint

FROZEN = freeze.read()
TEXTS = freeze.corpus()
SUBJECTS = freeze.subjects()


@pytest.mark.parametrize("name", SUBJECTS)
def test_behaviour_changes_only_where_it_says_so(name: str) -> None:
    now = freeze.frozen(SUBJECTS[name], TEXTS)
    wrong = complaint(name, FROZEN.get(name), now, another_model=FROZEN["model"] != freeze.model())
    assert not wrong, wrong
    assert FROZEN.get(name) == now, f"{name} is new, or says that it has changed: python -m tests.freeze"


def test_what_was_frozen_is_still_there() -> None:
    assert not FROZEN.keys() - SUBJECTS.keys() - {"model"}, "if these are passes: python -m tests.freeze"


def test_a_pass_that_changes_in_silence_is_named() -> None:
    def shy(text: str) -> list[tuple[int, int, str]]:
        return []

    def bold(text: str) -> list[tuple[int, int, str]]:
        return [(0, 1, "")]

    old = freeze.frozen(Judge("own", shy), ["ابت"])
    assert complaint("pass own", old, freeze.frozen(Judge("own", bold), ["ابت"])).startswith("pass own gives")
    assert not complaint("pass own", old, freeze.frozen(Judge("own", bold, revision=2), ["ابت"]))
    assert not complaint("pass own", old, freeze.frozen(Judge("own", shy), ["ابت"]))


def test_a_version_of_a_profile_may_not_even_say_so() -> None:
    assert "next version" in complaint("profile x.v1", Frozen("1", "a"), Frozen("2", "a"))
    assert "next version" in complaint("profile x.v1", Frozen("1", "a"), Frozen("1", "b"))
    assert not complaint("profile x.v2", None, Frozen("1", "b"))


def test_what_weighs_words_may_change_with_the_model_only() -> None:
    for name in ("profile pdf.v1", "pass repair_ocr_letters"):
        assert name in SUBJECTS
        assert complaint(name, Frozen("1", "a"), Frozen("1", "b"))
        assert not complaint(name, Frozen("1", "a"), Frozen("1", "b"), another_model=True)
    for name in ("profile search.v1", "pass fold_alef"):
        assert complaint(name, Frozen("1", "a"), Frozen("1", "b"), another_model=True)


def test_the_writer_refuses_what_is_not_declared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CORPUS", "BEHAVIOUR", "PROFILES"):
        copy = tmp_path / getattr(freeze, name).name
        copy.write_bytes(getattr(freeze, name).read_bytes())
        monkeypatch.setattr(freeze, name, copy)
    monkeypatch.setattr(freeze, "subjects", lambda: {"pass fold_alef": passes.fold_alef})
    now = freeze.frozen(passes.fold_alef, TEXTS)
    for known, done in ((now, 0), (now._replace(outputs="0" * 16), 1), (now._replace(fingerprint="0" * 16), 0)):
        freeze.BEHAVIOUR.write_text(f"pass fold_alef {known.fingerprint} {known.outputs}\n", encoding="utf-8")
        assert freeze.main([]) == done
        assert freeze.read() == {"pass fold_alef": known} if done else {"pass fold_alef": now, "model": freeze.model()}
    freeze.BEHAVIOUR.write_text("profile gone.v1 0 0\n", encoding="utf-8")
    assert freeze.main([]) == 1


@pytest.mark.long
def test_the_corpus_reaches_every_branch() -> None:
    assert freeze.cover() == 0
