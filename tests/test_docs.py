"""Every example in README and docs runs; generated pages are what the code says; links lead somewhere.

In a ``python`` block every ``>>>`` runs, and answers as the page says. In a ``console`` block every ``$`` runs, one
after the other in a folder of the page's own, and answers as the page says (``...`` stands for anything). In a ``sh``
block, where there is nothing to run on, the commands of arnorm are at least ones that its parser takes.
"""

from __future__ import annotations

import doctest
import importlib.util
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared import program

ROOT = Path(__file__).parent.parent
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if "_build" not in page.parts),
    ROOT / "benchmarks" / "README.md",
]
if not (ROOT / "README.md").exists():
    pytest.skip("the documentation is not here", allow_module_level=True)
every_page = pytest.mark.parametrize(
    "page",
    [page for page in PAGES if "```" in page.read_text(encoding="utf-8")],  # pages of single passes have no code
    ids=lambda page: page.relative_to(ROOT).as_posix(),
)


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of *page* in that language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@every_page
def test_examples_run(page: Path) -> None:
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(runnable(page), {}, page.name, str(page), 0))
    assert runner.failures == 0


def runnable(page: Path) -> str:
    """The text of a page, less the blocks behind ``<!-- needs PACKAGE -->`` where that is not installed."""
    needy = re.compile(r"^<!-- needs (\w+) -->\n```python\n.*?^```$", re.MULTILINE | re.DOTALL)
    text = page.read_text(encoding="utf-8")
    return needy.sub(lambda block: block[0] if importlib.util.find_spec(block[1]) else "", text)


@every_page
def test_every_example_is_one_that_runs(page: Path) -> None:
    assert all(">>> " in block for block in blocks(page, "python"))
    assert all(block.startswith("$ ") for block in blocks(page, "console"))


def steps(session: str) -> Iterator[tuple[str, str]]:
    """The commands of a console session, each with what it prints."""
    for step in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, _, printed = re.sub(r"\\\n", "", step).partition("\n")
        yield command, printed


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """An environment in which `arnorm` is the one under test; paths in it are this checkout's."""
    tool = tmp_path / "bin" / "arnorm"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m arnorm "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    path = os.pathsep.join([str(tool.parent), str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {"PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)}


@pytest.mark.skipif(os.name != "posix", reason="the sessions are those of a POSIX shell")
@pytest.mark.parametrize(
    "page", [p for p in PAGES if blocks(p, "console")], ids=lambda page: page.relative_to(ROOT).as_posix()
)
def test_sessions_run(page: Path, tmp_path: Path, shell: dict[str, str]) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    checker = doctest.OutputChecker()
    for command, printed in (step for session in blocks(page, "console") for step in steps(session)):
        run = subprocess.run(["sh", "-c", command], cwd=folder, env=shell, capture_output=True, timeout=120)
        got = (run.stdout + run.stderr).decode("utf-8")
        assert run.returncode in (0, 1), f"{command}\n{got}"
        assert checker.check_output(printed, got, doctest.ELLIPSIS), f"{command}\n{got}"


@every_page
def test_commands_parse(page: Path) -> None:
    from arnorm.cli.parser import build

    for line in "".join(blocks(page, "sh")).splitlines():
        for command in re.split(r"[;|<>]|&&", line.partition(" #")[0]):
            if command.strip().startswith("arnorm "):
                build().parse_args(shlex.split(command)[1:])  # exits, and so fails, where it is wrong


def test_there_are_examples() -> None:
    assert sum("\n>>> " in page.read_text(encoding="utf-8") for page in PAGES) >= 4


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="names of code points are those of one Unicode version")
def test_generated_pages_are_up_to_date() -> None:
    for path, text in program(ROOT / "docs" / "generate.py").pages().items():
        assert (ROOT / "docs" / path).read_text(encoding="utf-8") == text, f"{path}: run python docs/generate.py"


def test_the_arabic_readme_has_what_the_english_one_has() -> None:
    """Every example and every command, and the picture; comments are in its own language."""
    one, other = ROOT / "README.md", ROOT / "docs" / "ar" / "README.md"
    for language in ("python", "sh", "yaml"):
        told = {re.sub(r"\s+#.*", "", line) for block in blocks(other, language) for line in block.splitlines()}
        for block in blocks(one, language):
            for line in block.splitlines():
                said = re.sub(r"\s+#.*", "", line)
                assert any(shown.startswith(said) for shown in told), line
    assert all("/_static/before-after." in page.read_text(encoding="utf-8") for page in (one, other))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
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

    from arnorm.cli import main

    monkeypatch.chdir(tmp_path)
    for name in ("in.txt", "article.txt"):
        (tmp_path / name).write_text("نصٌّ\n", encoding="utf-8")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "one.txt").write_text("نصٌّ\n", encoding="utf-8")
    (tmp_path / "decisions.json").write_text("[]", encoding="utf-8")
    (tmp_path / "news.jsonl").write_text('{"body": "ذهب الى البيت"}\n', encoding="utf-8")
    for command in line.partition("#")[0].split(";"):
        words = shlex.split(command.replace("*.txt", "in.txt article.txt"))
        words = words[words[0] == "arnorm" :]
        if "<" in words:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("نص\n".encode())))
            words = words[: words.index("<")]
        assert main(words) in (0, 1)
