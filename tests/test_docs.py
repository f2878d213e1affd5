"""Every example in README and docs runs; generated pages are what the code says; links lead somewhere."""

from __future__ import annotations

import doctest
import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "benchmarks" / "README.md"]
if not (ROOT / "README.md").exists():
    pytest.skip("the documentation is not here", allow_module_level=True)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_examples_run(page: Path) -> None:
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(runnable(page), {}, page.name, str(page), 0))
    assert runner.failures == 0


def runnable(page: Path) -> str:
    """The text of a page, less the blocks behind ``<!-- needs PACKAGE -->`` where that is not installed."""
    needy = re.compile(r"^<!-- needs (\w+) -->\n```python\n.*?^```$", re.MULTILINE | re.DOTALL)
    text = page.read_text(encoding="utf-8")
    return needy.sub(lambda block: block[0] if importlib.util.find_spec(block[1]) else "", text)


def test_there_are_examples() -> None:
    assert sum("\n>>> " in page.read_text(encoding="utf-8") for page in PAGES) >= 4


def generator() -> object:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="names of code points are those of one Unicode version")
def test_generated_pages_are_up_to_date() -> None:
    for path, text in generator().pages().items():  # type: ignore[attr-defined]
        assert (ROOT / "docs" / path).read_text(encoding="utf-8") == text, f"{path}: run python docs/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        if path.startswith("https:"):
            continue
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), target
        if anchor and linked.suffix == ".md":
            headings = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {h.strip().lower().replace(" ", "-") for h in headings}, target


@pytest.mark.parametrize("line", re.findall(r"^arnorm (.+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M))
def test_commands_of_the_readme_parse(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import shlex

    from arnorm.cli import main

    monkeypatch.chdir(tmp_path)
    for name in ("in.txt", "article.txt"):
        (tmp_path / name).write_text("نصٌّ\n", encoding="utf-8")
    for command in line.partition("#")[0].split(";"):
        words = shlex.split(command.replace("*.txt", "in.txt article.txt"))
        words = words[words[0] == "arnorm" :]
        if "<" in words:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("نص\n".encode())))
            words = words[: words.index("<")]
        assert main(words) in (0, 1)
