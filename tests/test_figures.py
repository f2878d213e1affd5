"""Figures in prose are those of the code and of what was measured, in English and in Arabic; a false one is found."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from arnorm import all_profiles
from tests.shared import program

ROOT = Path(__file__).parents[1]
if not (ROOT / "docs" / "figures.py").exists():
    pytest.skip("the documentation is not here", allow_module_level=True)


figures = program(ROOT / "docs" / "figures.py")
PAGES: dict[str, str] = figures.pages()


@pytest.mark.parametrize("page", PAGES)
def test_figures_are_those_of_the_code_and_of_what_was_measured(page: str) -> None:
    assert not figures.problems(page, PAGES[page])


@pytest.mark.parametrize("page", sorted({page for page, _, _ in figures.STATED}))
def test_a_false_figure_is_found_and_put_right(page: str) -> None:
    """Each one of the page, changed in its last digit."""
    text = PAGES[page]
    for start, end, name in figures._places(page, text):
        figure = text[start:end]
        other = re.sub(r"\d(?=\D*$)", lambda last: chr(ord(last[0]) ^ 1), figure)
        false = text[:start] + other + text[end:]
        assert any(name in problem for problem in figures.problems(page, false)), figure
        assert figures.written(page, false) == text


@pytest.mark.parametrize(
    ("page", "planted"),
    [
        ("README.md", "It reads 120,000 words a second."),
        ("README.md", "A model of 3.2 MB would do."),
        ("docs/faq.md", "It takes 12 ms."),
        ("docs/playground.md", "A million characters take 3 seconds."),
        ("docs/explanation/repair.md", "It has precision .999 there."),
        ("docs/index.md", "Python 3.9 will do."),
        ("docs/ar/faq.md", "وحجمه ٣٫٢ ميغابايت."),
        ("docs/ar/README.md", "وفيها ٩٩ خطوة."),
    ],
)
def test_a_figure_that_nobody_derives_is_found(page: str, planted: str) -> None:
    assert figures.problems(page, f"{PAGES[page]}\n{planted}\n")


def test_a_figure_that_is_no_longer_stated_is_found() -> None:
    assert figures.problems("README.md", "# arnorm\n")


def test_the_build_of_the_site_begins_with_the_figures() -> None:
    assert "docs/figures.py" in (ROOT / "docs" / "build.sh").read_text(encoding="utf-8")
    run = subprocess.run([sys.executable, ROOT / "docs" / "figures.py"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_what_other_commands_measured_says_how() -> None:
    for name, each in figures.measured().items():
        assert set(each) == {"value", "by"}, name
    stated = {name for _, _, names in figures.STATED for name in names.split()}
    assert set(figures.measured()) <= stated


@pytest.mark.parametrize("page", ["README.md", "docs/ar/README.md"])
def test_profiles_named_on_the_first_page_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    [line] = re.findall(r"(?:Versioned profiles|أنماط ذات إصدارات)[\s\S]*?\n- ", text)
    named = set(re.findall(r"`(\w+)`", line))
    assert {"clean", "search", "quran", "pdf"} <= named <= {profile.name for profile in all_profiles()}
