"""The programs of `examples/` do what they say: each prints what the comment at its end has."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAMS = sorted((ROOT / "examples").glob("*.py"))
#: What a program needs beside the packages that it imports.
NEEDS = {"fastapi_service": ["httpx"]}


def expected(source: str) -> str:
    """The comment that ends a program."""
    lines = source.rstrip("\n").split("\n\n")[-1].splitlines()
    assert all(line.startswith("#") for line in lines)
    return "".join(f"{line[2:]}\n" for line in lines)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_programs_print_what_they_say(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for package in {*re.findall(r"^(?:from|import) (\w+)", source, re.MULTILINE), *NEEDS.get(path.stem, [])}:
        pytest.importorskip(package)
    if "jq" in path.stem and shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, path], capture_output=True, env=environment, check=False, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, expected(source)), done.stderr


def test_there_are_programs() -> None:
    assert len(PROGRAMS) >= 15
