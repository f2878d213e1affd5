"""Figures in prose, each from one source, in English and in Arabic; `python docs/generate.py` writes them into pages.

    python docs/figures.py     says what differs, and ends with 1 if anything does

A figure is named by the page that states it and a pattern around it. It comes from the code (how many passes there are,
how large the model is, which Python is needed), from `benchmarks/results.json`, or, where another command measures it,
from `benchmarks/figures.toml`. In the prose of `PAGES` no other figure may stand that looks measured: `problems`
finds one that nobody derives.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import arnorm  # noqa: E402

#: Pages of which every figure that looks measured has a source.
PAGES = (
    "README.md",
    "docs/index.md",
    "docs/tutorial.md",
    "docs/choose.md",
    "docs/faq.md",
    "docs/stability.md",
    "docs/playground.md",
    "docs/many-texts.md",
    "docs/explanation/repair.md",
    "docs/explanation/how-it-works.md",
    "docs/explanation/how-repair-decides.md",
    "docs/how-to/archive.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "ar").glob("*.md")),
)

#: Page, pattern with the figures as groups, and their names, in order.
STATED = (
    ("README.md", r"a model of (\S+) MB", "model"),
    ("README.md", r"\*\*(\d+) passes\*\*", "passes"),
    ("README.md", r"No download, no network\. Python (\S+) or newer", "python"),
    ("docs/index.md", r"Python (\S+) or newer", "python"),
    ("docs/ar/README.md", r"([٠-٩٫]+) ميغابايت", "model"),
    ("docs/ar/README.md", r"\*\*([٠-٩]+) خطوة جاهزة", "passes"),
    ("docs/ar/README.md", r"بايثون (\S+) أو أحدث", "python"),
    ("docs/playground.md", r"fetches some (\d+) MB", "desk"),
    ("docs/playground.md", r"model, another (\S+) MB", "model"),
    ("docs/explanation/repair.md", r"The model is (\S+) MB", "model"),
    (
        "docs/explanation/repair.md",
        r"`safe` \(default\) \|[^|]*\| precision (\S+), recall (\S+) \|",
        "safe.qalb14-dev.P safe.qalb14-dev.R",
    ),
    (
        "docs/explanation/repair.md",
        r"`balanced` \|[^|]*\| F0\.5 (\S+) \(precision (\S+), recall (\S+)\) \| F0\.5 (\S+) \|",
        "balanced.qalb14-dev.F05 balanced.qalb14-dev.P balanced.qalb14-dev.R balanced.zaebuc-dev.F05",
    ),
    (
        "docs/explanation/repair.md",
        r"`thorough` \|[^|]*\| F1 (\S+) \| F1 (\S+) \|",
        "thorough.qalb14-dev.F1 thorough.zaebuc-dev.F1",
    ),
    (
        "docs/explanation/repair.md",
        r"about one word in (\S+) wrongly\s+\((\S+) in (\S+) words",
        "edited.one-in edited.wrong edited.words",
    ),
    (
        "docs/explanation/repair.md",
        r"reads (\S+) words a second of comments \(`thorough`\) and (\S+) of news\s+"
        r"\(`safe`\); after some (\S+) words of news it reads (\S+), and",
        "speed.comments speed.news speed.after speed.later",
    ),
    (
        "docs/explanation/repair.md",
        r"found (\S+) at one false suggestion in (\S+) words of [^.]+, in the worst of these one in (\S+)\.",
        "real.found real.one-in real.worst",
    ),
    (
        "docs/explanation/repair.md",
        r"no register has more than one in (\S+) there: it found (\S+) at one in (\S+)\. ",
        "real.aim real.chosen-found real.chosen-one-in",
    ),
    ("docs/how-to/archive.md", r"about one word in (\S+) wrongly", "edited.one-in"),
    ("docs/explanation/how-it-works.md", r"on Arabic: (\d+) to (\d+) ns a character", "translate.low translate.high"),
    ("docs/explanation/how-it-works.md", r"loops, (\d+) to (\d+) ns in all", "folding.low folding.high"),
)
#: What looks measured: a figure with a unit, a share, a score.
_NUMBER = r"[.٫]?[0-9٠-٩][0-9٠-٩,.٫٬]*"
MEASURED = re.compile(
    rf"(?<![\w.`-])(?:{_NUMBER}(?:\N{{NO-BREAK SPACE}}| |\n)?"
    r"(?:MB|GB|ms|ns|µs|%|٪|×|seconds?|milliseconds?|words\s+a\s+second|characters\s+a\s+second|(?:ready-made\s+)?passes|"
    r"ميغابايت|غيغابايت|ثانية|كلمة\s+في\s+الثانية|خطوة)(?![\w])"
    rf"|(?:precision|recall|F0\.5|F1|one\s+in|one\s+word\s+in)\s+{_NUMBER}"
    rf"|(?:Python|بايثون)\s+3\.[0-9]+)"
)
_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_TO_ARABIC = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")


@cache
def values() -> dict[str, str]:
    """The figures by their names, in English."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    results = json.loads((ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8"))
    folding = [results["speed"]["folding"][kind] for kind in ("bare", "vocalized")]
    out = {
        "model": f"{(ROOT / 'arnorm' / 'data' / 'spelling.model').stat().st_size / 1e6:.1f}",
        "passes": str(len(arnorm.catalogue())),
        "python": project["requires-python"].removeprefix(">="),
        **{name: each["value"] for name, each in measured().items()},
    }
    for name, package in (("folding", "arnorm"), ("translate", "str.translate, fused")):
        times = sorted(row[package] for row in folding)
        out |= {f"{name}.low": f"{times[0]:.0f}", f"{name}.high": f"{times[-1]:.0f}"}
    for policy, sets in results["quality"]["policies"].items():
        for data, scores in sets.items():
            for score in ("P", "R", "F1", "F05"):
                out[f"{policy}.{data}.{score}"] = f"{scores[score]:.3f}".removeprefix("0")
    return out


@cache
def measured() -> dict[str, dict[str, str]]:
    """What other commands have measured, each with when and by what."""
    return tomllib.loads((ROOT / "benchmarks" / "figures.toml").read_text(encoding="utf-8"))


def written(page: str, text: str) -> str:
    """The *text* of a *page* with its figures as they are."""
    for start, end, name in sorted(_places(page, text), reverse=True):
        text = text[:start] + _as(values()[name], text[start:end]) + text[end:]
    return text


def problems(page: str, text: str) -> list[str]:
    """What is wrong with the figures in the *text* of a *page*."""
    places = list(_places(page, text))
    found = [
        f"{page}: nothing states {names}" for at, around, names in STATED if at == page and not re.search(around, text)
    ]
    for start, end, name in places:
        if text[start:end] != (right := _as(values()[name], text[start:end])):
            found.append(f"{page}: {text[start:end]} should be {right} ({name}); run python docs/generate.py")
    if page in PAGES:
        prose = _CODE.sub(lambda block: re.sub(r"\S", " ", block[0]), text)
        for match in MEASURED.finditer(prose):
            if not any(match.start() < end and start < match.end() for start, end, _ in places):
                found.append(f"{page}: nobody derives {match[0]!r}; say in docs/figures.py where it comes from")
    return found


def _places(page: str, text: str) -> Iterator[tuple[int, int, str]]:
    """Where the figures of a *page* stand, and their names."""
    for at, around, names in STATED:
        for match in re.finditer(around, text) if at == page else ():
            yield from ((*match.span(group), name) for group, name in enumerate(names.split(), 1))


def _as(figure: str, model: str) -> str:
    """A *figure* in the digits of what stands there."""
    return figure.translate(_TO_ARABIC) if re.search("[٠-٩]", model) else figure


def pages() -> dict[str, str]:
    """The pages with figures, and what they hold."""
    names = dict.fromkeys((*PAGES, *(page for page, _, _ in STATED)))
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in names}


if __name__ == "__main__":
    wrong = [problem for page, text in pages().items() for problem in problems(page, text)]
    sys.exit("\n".join(wrong) or None)
