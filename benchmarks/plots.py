"""``python -m benchmarks.plots``: measures, and draws the page of the benchmarks from what was measured.

    python -m benchmarks.plots [--texts DIR] [--data DIR] [--only PART] [--quick] [--out DIR]

Writes `benchmarks/results.json`, and from it `docs/explanation/benchmarks.md` and the figures in `docs/_static/plots`.
DIR of ``--texts`` holds real text, a file of a kind, ``news.txt`` say, with a text a line; that of ``--data`` the
development sets (see `repair_quality`). Without one of them its figures stay what they were. ``--only speed``,
``--only real`` and ``--only quality`` measure one part, ``--only page`` none. ``--quick`` measures little, to see that
it runs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import arnorm
from arnorm import CharMap, Pipeline, Repairer, catalogue, passes, profile
from benchmarks import page
from benchmarks.contestants import FOLDING, Function, agree, contestants
from benchmarks.measure import compare
from benchmarks.texts import paragraphs, text

ROOT = Path(__file__).parent.parent
PACKAGES = ("araclean", "arabic-norm", "arabic-normalize", "camel-tools", "pyarabic", "regex")
KINDS = {"bare": False, "vocalized": True}
Figures = dict[str, float]


class Effort:
    """How much is measured: everything, or just enough to see that it runs."""

    def __init__(self, quick: bool) -> None:
        self.rounds = 1 if quick else 7
        self.paragraphs = 10 if quick else 400
        self.characters = 2_000 if quick else 200_000  # of made text, and of real text of each kind
        self.lengths = [10**n for n in range(1, 4 if quick else 7)]


def about() -> dict[str, Any]:
    """When, on what machine and with what versions."""
    return {
        "date": date.today().isoformat(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores{_processor()}",
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "packages": {"arnorm": arnorm.__version__} | {name: v for name in PACKAGES if (v := _version(name))},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    try:
        cpuinfo = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return ""
    names = [line.partition(":")[2].strip() for line in cpuinfo.split("\n") if line.startswith("model name")]
    return f", {names[0]}" if names else ""


def speed(effort: Effort) -> dict[str, Figures]:
    """Nanoseconds a character of the same folding by everyone who is installed."""
    functions, out = contestants(), {}
    for kind, vocalized in KINDS.items():
        sample = paragraphs(effort.paragraphs, 1, vocalized=vocalized)
        agree(functions, sample)
        out[kind] = rounded(compare(functions, sample, effort.rounds))
    return out


def by_passes(effort: Effort) -> list[list[Any]]:
    """Nanoseconds a character of more and more tables: fused, in turn, and in turn by `str.translate`."""
    found = [passes.get(entry.name) for entry in catalogue() if entry.factory is None]
    tables = [*FOLDING, *(p for p in found if isinstance(p, CharMap) and p not in FOLDING.passes)]
    half = effort.paragraphs // 2
    sample = paragraphs(half, 5) + paragraphs(half, 6, vocalized=True)
    out: list[list[Any]] = []
    for count in (1, 2, 4, 6, 10, 20, len(tables)):
        some = tables[:count]
        functions: dict[str, Function] = {
            "arnorm, joined": Pipeline(some),
            "arnorm, in turn": _in_turn(some),
            "str.translate, in turn": _in_turn([_translating(table) for table in some]),
        }
        for one in sample:
            assert len({function(one) for function in functions.values()}) == 1
        out.append([count, rounded(compare(functions, sample, effort.rounds))])
    return out


def _in_turn(functions: list[Any]) -> Function:
    def run(text: str) -> str:
        for function in functions:
            text = function(text)
        return text

    return run


def _translating(table: CharMap) -> Function:
    codes = {ord(key): value for key, value in table.table.items()}
    return lambda text: text.translate(codes)


def by_length(effort: Effort) -> list[list[Any]]:
    """Nanoseconds a character of the folding, on texts of more and more characters."""
    functions = contestants()
    whole = text(max(effort.characters, effort.lengths[-1]), 21)
    out: list[list[Any]] = []
    for length in effort.lengths:
        sample = _pieces(whole, length, effort.characters)
        agree(functions, sample[:100])
        out.append([length, rounded(compare(functions, sample, effort.rounds))])
    return out


def jobs_by_length(effort: Effort) -> list[list[Any]]:
    """Nanoseconds a character of other work than folding, up to 100,000 characters at once."""
    repairer = Repairer.load()
    functions: dict[str, Callable[[str], Any]] = {
        "search folding": FOLDING,
        "profile clean": profile("clean"),
        "search folding, traced": FOLDING.trace,
        "repair, safe": repairer.repair,
    }
    whole = text(effort.characters, 22)
    out: list[list[Any]] = []
    for length in (n for n in effort.lengths if n <= 100_000):
        sample = _pieces(whole, length, effort.characters // 2)
        for one in sample[:20]:
            assert FOLDING.trace(one).text == FOLDING(one)
        _in_turn([lambda _, one=one: repairer.repair(one) for one in sample])("")  # fills its caches
        out.append([length, rounded(compare(functions, sample, min(5, effort.rounds)))])
    return out


def _pieces(whole: str, length: int, characters: int) -> list[str]:
    return [whole[start : start + length] for start in range(0, max(characters, length), length)]


def real_texts(directory: Path, characters: int) -> dict[str, list[str]]:
    """About *characters* of each file, lines from all over it."""
    out = {}
    for path in sorted(directory.glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line]
        step = max(1, sum(map(len, lines)) // characters)
        out[path.stem] = lines[::step]
    return out


def measure_real(directory: Path, effort: Effort) -> dict[str, Any]:
    """Nanoseconds a character of the folding by everyone, and of each profile, on real text."""
    functions, known = contestants(), arnorm.all_profiles()
    texts, folding = {}, {}
    profiles: dict[str, Any] = {one.full_name: {"passes": len(one.passes)} for one in known}
    for kind, sample in real_texts(directory, effort.characters).items():
        agree(functions, sample)
        texts[kind] = {"lines": len(sample), "characters": sum(map(len, sample))}
        folding[kind] = rounded(compare(functions, sample, effort.rounds))
        times = rounded(compare({one.full_name: one for one in known}, sample, min(5, effort.rounds)))
        for name, value in times.items():
            profiles[name][kind] = value
    return {"about": about(), "texts": texts, "folding": folding, "profiles": profiles}


def rounded(times: Figures) -> Figures:
    """Three significant digits: more would be noise."""
    return {name: float(f"{value:.3g}") for name, value in times.items()}


def measure_speed(effort: Effort) -> dict[str, Any]:
    """All that needs no data but our own."""
    return {
        "about": about(),
        "folding": speed(effort),
        "passes": by_passes(effort),
        "lengths": by_length(effort),
        "jobs": jobs_by_length(effort),
    }


def measure_quality(data: Path) -> dict[str, Any]:
    """All that needs the development sets."""
    from benchmarks import sweep

    return {"about": about(), **sweep.quality(data)}


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="folder of real text, a file of a kind")
    parser.add_argument("--data", type=Path, help="folder of the development sets")
    parser.add_argument("--quick", action="store_true", help="measure little, to see that it runs")
    parser.add_argument("--only", choices=("speed", "real", "quality", "page"), help="what to measure, if not all")
    parser.add_argument("--out", type=Path, default=ROOT, help="root of the checkout to write in")
    args = parser.parse_args(argv)
    for part, given, option in (("quality", args.data, "--data"), ("real", args.texts, "--texts")):
        if args.only == part and given is None:
            parser.error(f"--only {part} needs {option} DIR")
    file = args.out / "benchmarks" / "results.json"
    results = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if args.only in (None, "speed"):
        results["speed"] = measure_speed(Effort(args.quick))
        save(file, page.as_json(results))
    if args.only in (None, "real") and args.texts is not None:
        results["real"] = measure_real(args.texts, Effort(args.quick))
        save(file, page.as_json(results))
    if args.only in (None, "quality") and args.data is not None:
        results["quality"] = measure_quality(args.data)
        save(file, page.as_json(results))
    for path, content in page.files(results).items():
        save(args.out / path, content)


def save(path: Path, content: str) -> None:
    """Write a file, and say so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    print(path)


if __name__ == "__main__":
    main()
