"""Golden cases of repair: tests/golden/repair_*.toml, run on the model that comes with arnorm."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from arnorm.spelling.repairer import apply, default

GOLDEN = Path(__file__).parent.parent / "golden"


def cases(name: str) -> list[Any]:
    table = tomllib.loads((GOLDEN / f"repair_{name}.toml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["id"]) for case in table["case"]]


def check(case: dict[str, Any]) -> None:
    repairer = default()
    output = repairer.repair(case["input"], case["policy"])
    assert output == case.get("output", case["input"])
    assert apply(case["input"], repairer.plan(case["input"], case["policy"])) == output
    assert repairer.repair(output, case["policy"]) == output


@pytest.mark.parametrize("case", [*cases("wild"), *cases("synthetic"), *cases("negative")])
def test_golden(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", cases("known"))
def test_known_failure(case: dict[str, Any]) -> None:
    check(case)
