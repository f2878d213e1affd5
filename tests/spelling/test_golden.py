"""Golden cases of repair: tests/golden/repair_*.toml, run on the model that comes with arnorm.

A case says what is to come out under each of its `policies`; without `output`, the input is to stay as it is.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from arnorm.spelling.policy import POLICIES
from arnorm.spelling.speller import default
from arnorm.trace import apply

GOLDEN = Path(__file__).parent.parent / "golden"


def table(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((GOLDEN / f"repair_{name}.toml").read_text(encoding="utf-8"))["case"]
    return found


def cases(name: str) -> list[Any]:
    return [
        pytest.param(case, policy, id=f"{name}-{case['id']}-{policy}")
        for case in table(name)
        for policy in case["policies"]
    ]


def check(case: dict[str, Any], policy: str) -> None:
    repairer = default()
    output = repairer.repair(case["input"], policy)
    assert output == case.get("output", case["input"])
    assert apply(case["input"], repairer.plan(case["input"], policy)) == output
    assert repairer.repair(output, policy) == output


@pytest.mark.parametrize(("case", "policy"), [*cases("wild"), *cases("synthetic"), *cases("negative")])
def test_golden(case: dict[str, Any], policy: str) -> None:
    check(case, policy)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("case", "policy"), cases("known"))
def test_known_failure(case: dict[str, Any], policy: str) -> None:
    check(case, policy)


def test_cases_are_named_once_and_say_something() -> None:
    for name in ("wild", "synthetic", "negative", "known"):
        found = table(name)
        assert [i for i, times in Counter(case["id"] for case in found).items() if times > 1] == []
        for case in found:
            assert case["policies"]
            assert set(case["policies"]) <= set(POLICIES)
            assert ("output" not in case) or case["output"] != case["input"]
            assert name != "negative" or "output" not in case
            assert name not in ("wild", "synthetic") or "output" in case
