"""How fast and how small spelling repair is, beside the limits it is held to.

    python -m benchmarks.repair_speed [--model FILE] [--text FILE] [--policy P]...

Load time and memory (read from /proc) are medians of five fresh processes. Speeds are words a second of processor
time, first with empty caches, then with full ones. Without `--text`, the text is made of our own words: few different
ones, so that its speeds are those of full caches; give real text (a paragraph a line) for the speed that users meet.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import zlib
from pathlib import Path
from statistics import median
from time import process_time

from arnorm.spelling.repairer import DEFAULT_MODEL, Repairer
from benchmarks.texts import paragraphs

POLICIES = ("safe", "balanced", "thorough")
#: From the requirements: bytes, seconds, MB, and words a second.
LIMITS = {"size": 16e6, "load": 0.4, "memory": 150.0, "safe": 100_000, "thorough": 30_000}

_FRESH = """
import json, sys, time

def memory(kind):
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith(kind))

import arnorm
before, before_peak = memory("VmRSS"), memory("VmHWM")
wall, processor = time.perf_counter(), time.process_time()
from arnorm.spelling.repairer import Repairer
repairer = Repairer.load(sys.argv[1])
wall, processor = time.perf_counter() - wall, time.process_time() - processor
start = time.process_time()
repairer.repair("ذهب الى المدرسه")
first = time.process_time() - start
loaded = memory("VmRSS") - before
for line in sys.stdin:
    repairer.repair(line, sys.argv[2])
print(json.dumps([processor, wall, first, loaded, memory("VmHWM") - before_peak, memory("VmRSS") - before]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--text", type=Path, help="text to measure on, UTF-8")
    parser.add_argument("--policy", action="append", choices=POLICIES, help="may be repeated; all without it")
    args = parser.parse_args()
    text = args.text.read_text(encoding="utf-8").splitlines() if args.text else paragraphs(1000, 21)
    print(f"Python {platform.python_version()}, {platform.machine()}; {sum(map(_count, text)):,} words of text\n")
    print("| what | measured | limit |\n|---|---|---|")
    size(args.model)
    fresh(args.model, text)
    for policy in args.policy or POLICIES:
        speed(args.model, text, policy)


def row(what: str, measured: str, limit: str = "") -> None:
    print(f"| {what} | {measured} | {limit} |", flush=True)


def size(model: Path) -> None:
    """The model as a file, and as a wheel holds it."""
    data = model.read_bytes()
    row("model file", f"{len(data) / 1e6:.2f} MB")
    row("model in the wheel", f"{len(zlib.compress(data)) / 1e6:.2f} MB", f"{LIMITS['size'] / 1e6:.0f} MB")


def fresh(model: Path, text: list[str]) -> None:
    """Load time and memory of new processes: five that repair one sentence, and one that repairs the text."""

    def run(lines: str) -> list[float]:
        command = [sys.executable, "-c", _FRESH, str(model), "thorough"]
        done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
        found: list[float] = json.loads(done.stdout)
        return found

    runs = [run("") for _ in range(5)]
    processor, wall, first, loaded, peak = (median(run[i] for run in runs) for i in range(5))
    row("import and load, processor time", f"{processor:.2f} s", f"{LIMITS['load']} s")
    row("import and load, by the clock", f"{wall:.2f} s")
    row("first sentence, processor time", f"{first:.3f} s")
    row("memory added by load and first sentence", f"{loaded:.0f} MB", f"{LIMITS['memory']:.0f} MB")
    row("memory added at the peak", f"{peak:.0f} MB")
    row("memory added after the text, thorough", f"{run(chr(10).join(text))[-1]:.0f} MB")


def speed(model: Path, text: list[str], policy: str) -> None:
    """Words a second with empty and with full caches."""
    repairer = Repairer.load(model)
    repairer.repair("ذهب الى المدرسه", policy)
    count = sum(map(_count, text))
    limit = f"{LIMITS[policy]:,} words/s" if policy in LIMITS else ""
    for caches in ("empty", "full"):
        start = process_time()
        for line in text:
            repairer.repair(line, policy)
        row(f"{policy}, {caches} caches", f"{count / (process_time() - start):,.0f} words/s", limit)


def _count(line: str) -> int:
    return len(line.split())


if __name__ == "__main__":
    main()
