"""A news article of real length, with two misspellings, a wrong real word, and foreign names all through."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from arnorm.spelling.speller import default
from arnorm.words import words

ARTICLE = Path(__file__).parent.parent / "golden" / "repair_article.txt"
TEXT = ARTICLE.read_text(encoding="utf-8")
MISSPELT = {"الاربعاء": "الأربعاء", "الىراء": "الآراء"}
RIGHT = re.sub("|".join(MISSPELT), lambda match: MISSPELT[match[0]], TEXT)


def test_it_is_as_long_as_articles_are() -> None:
    assert 250 <= len(list(words(TEXT))) <= 400


@pytest.mark.parametrize("policy", ["safe", "balanced", "thorough"])
def test_the_misspellings_are_repaired_and_nothing_else_is_touched(policy: str) -> None:
    assert default().repair(TEXT, policy) == RIGHT


@pytest.mark.parametrize("policy", ["safe", "balanced", "thorough"])
def test_the_misspellings_are_repaired(policy: str) -> None:
    repaired = default().repair(TEXT, policy)
    assert [wrong for wrong in MISSPELT if wrong in repaired] == []
    assert [right for right in MISSPELT.values() if right not in repaired] == []


@pytest.mark.xfail(strict=True)
def test_the_real_word_is_suggested() -> None:
    suggested = [(TEXT[r.start : r.end], r.text) for r in default().plan(TEXT, "balanced") if r.decision == "suggest"]
    assert ("يشكل", "يشكر") in suggested


def test_the_command_shows_the_two() -> None:
    command = [sys.executable, "-m", "arnorm", "repair", "--diff", str(ARTICLE)]
    shown = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    assert re.findall(r"\[-(.*?)-\]\{\+(.*?)\+\}", shown) == list(MISSPELT.items())
