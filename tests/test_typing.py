"""What a type checker says of a user's program: the right lines pass, the planted errors are found."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from arnorm import all_profiles, literals, spans
from arnorm.spelling import POLICIES

PROGRAM = Path(__file__).parent / "typing" / "program.py"


def planted() -> set[int]:
    return {i for i, line in enumerate(PROGRAM.read_text("utf-8").splitlines(), 1) if line.endswith("# error")}


def test_mypy_finds_the_planted_errors_and_no_others() -> None:
    pytest.importorskip("mypy")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(PROGRAM)]
    # in a process of its own: mypy raises the limit of recursion
    out = subprocess.run(command, capture_output=True, text=True, cwd=PROGRAM.parents[2], check=False).stdout
    found = {int(line) for line in re.findall(r"program\.py:(\d+): error", out)}
    assert found == planted(), out


def test_pyright_finds_the_planted_errors_and_no_others() -> None:
    pytest.importorskip("basedpyright", reason="pyright with its own engine, which needs no network")
    command = [sys.executable, "-m", "basedpyright", "--outputjson", "--pythonpath", sys.executable, str(PROGRAM)]
    out = subprocess.run(command, capture_output=True, text=True, cwd=PROGRAM.parents[2], check=False).stdout
    errors = [found for found in json.loads(out)["generalDiagnostics"] if found["severity"] == "error"]
    assert {found["range"]["start"]["line"] + 1 for found in errors} == planted(), errors


def test_the_names_are_all_there_are() -> None:
    assert set(get_args(literals.ProfileName)) == {n for p in all_profiles() for n in (p.name, p.full_name)}
    assert set(get_args(literals.PolicyName)) == {n for p in POLICIES.values() for n in (p.name, p.full_name)}
    assert set(get_args(literals.SpanName)) == set(spans.PATTERNS)
