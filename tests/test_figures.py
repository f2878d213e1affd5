"""Figures in prose are those of the code: the size of the model, how many passes there are, which profiles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arnorm import all_profiles, catalogue

ROOT = Path(__file__).parents[1]
_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.")
MEGABYTES = f"{(ROOT / 'arnorm/data/spelling.model').stat().st_size / 1e6:.1f}"
PASSES = str(len(catalogue()))

#: Page, what stands around the figure, and the figure.
STATED = [
    ("README.md", r"a model of (\S+) MB", MEGABYTES),
    ("README.md", r"\*\*(\d+) passes\*\*", PASSES),
    ("docs/ar/README.md", r"([٠-٩٫]+) ميغابايت", MEGABYTES),
    ("docs/ar/README.md", r"\*\*([٠-٩]+) خطوة جاهزة", PASSES),
    ("docs/playground.md", r"model, another (\S+) MB", MEGABYTES),
    ("docs/explanation/repair.md", r"The model is (\S+) MB", MEGABYTES),
]


@pytest.mark.parametrize(("page", "around", "figure"), STATED, ids=[f"{p}: {a}" for p, a, _ in STATED])
def test_figures_are_those_of_the_code(page: str, around: str, figure: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [found.translate(_ASCII) for found in re.findall(around, text)] == [figure], f"{page} should say {figure}"


@pytest.mark.parametrize("page", ["README.md", "docs/ar/README.md"])
def test_profiles_named_on_the_first_page_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    [line] = re.findall(r"(?:Versioned profiles|أنماط ذات إصدارات)[\s\S]*?\n- ", text)
    named = set(re.findall(r"`(\w+)`", line))
    assert {"clean", "search", "quran", "pdf"} <= named <= {profile.name for profile in all_profiles()}
