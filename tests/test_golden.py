"""Golden cases: what goes in and what has to come out, as data (tests/golden/*.toml).

``source`` is "wild" (as people write it), "synthetic", "negative" (has to stay as it is) or "known-failure" (a
strict xfail: the output is the right one, and the pass does not give it yet).
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from arnorm import Composable, catalogue, passes, profile
from arnorm.trace import Replacement, apply

FILES = sorted(
    p for p in (Path(__file__).parent / "golden").glob("*.toml") if not p.name.startswith(("repair_", "profiles_"))
)
SOURCES = {"wild", "synthetic", "negative", "known-failure"}


def cases() -> list[Any]:
    found = []
    for path in FILES:
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.xfail(strict=True)] if case["source"] == "known-failure" else []
            found.append(pytest.param(case, id=f"{path.stem}:{case['id']}", marks=marks))
    return found


def runner(case: dict[str, Any]) -> Composable:
    return profile(case["profile"]) if "profile" in case else passes.get(case["pass"], **case.get("args", {}))


@pytest.mark.parametrize("case", cases())
def test_golden(case: dict[str, Any]) -> None:
    p, text = runner(case), case["input"]
    assert case["source"] in SOURCES
    out = p(text)
    assert out == case["output"]
    assert (out == text) or case["source"] != "negative"
    assert p(out) == out
    trace = p.trace(text)
    assert trace.text == apply(text, [Replacement(*e.span, e.after) for e in trace.edits]) == out
    if out == text:
        assert out is text


def test_case_ids_are_unique() -> None:
    ids = [case.id for case in cases()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.name)
def test_examples_of_the_catalogue(entry: Any) -> None:
    assert entry.summary
    assert not entry.summary.endswith(".")
    assert entry.leaves
    for before, after in entry.examples:
        assert passes.get(entry.name)(before) == after
