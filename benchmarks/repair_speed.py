"""How fast and how small spelling repair is, as users meet it, beside the limits it is held to.

    python -m benchmarks.repair_speed [--model FILE] [--text FILE] [--policy P]... [--peers]

Load time and memory (read from /proc) are medians of five fresh processes. Speeds are words a second of processor time:
*cold*, over the first 20,000 words that a process reads; *steady*, over what follows the first 200,000 (the slowest
50,000 words in brackets, for a cliff); *second reading*, of words that were read a moment before, which few users do;
and *whole process*, of `arnorm repair` from its start to its end on the first 20,000 words. `--peers` measures the
other correctors that are installed. Without `--text` the text is made of our own words: few different ones, so that its
cold speed is too good; give real text, a paragraph a line and a million words, for the speed that users meet.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import partial
from os import times
from pathlib import Path
from statistics import median
from time import process_time

from arnorm import Repairer
from arnorm.spelling.speller import DEFAULT_MODEL
from benchmarks.repair_peers import peers
from benchmarks.texts import paragraphs

POLICIES = ("safe", "balanced", "thorough")
#: Words of each part of a text: read cold, read until caches are as full as they get, and of one measurement.
COLD, WARM, STRETCH = 20_000, 180_000, 50_000
#: The steady speed of what would read the text for longer than so many seconds is not measured.
PATIENCE = 600
#: From the requirements: bytes, seconds, MB, and words a second, cold.
LIMITS = {"size": 16e6, "load": 0.3, "memory": 150.0, "safe": 30_000, "thorough": 12_000}

_FRESH = """
import json, sys, time

def memory(kind):
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith(kind))

import arnorm
before, before_peak = memory("VmRSS"), memory("VmHWM")
wall, processor = time.perf_counter(), time.process_time()
from arnorm import Repairer
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
    parser.add_argument("--peers", action="store_true", help="measure the other correctors that are installed too")
    args = parser.parse_args()
    text = args.text.read_text(encoding="utf-8").splitlines() if args.text else paragraphs(1000, 21)
    print(f"Python {platform.python_version()}, {platform.machine()}; {sum(map(_count, text)):,} words of text\n")
    print("| what | measured | limit |\n|---|---|---|")
    size(args.model)
    fresh(args.model, text)
    for policy in args.policy or POLICIES:
        repairer = Repairer.load(args.model)
        repairer.repair("ذهب الى المدرسه", policy)
        limit = f"{LIMITS[policy]:,} words/s" if policy in LIMITS else ""
        speed(policy, partial(repairer.repair, policy=policy), text, limit)
        process(args.model, text, policy)
    for name, correct in peers().items() if args.peers else ():
        speed(name, correct, text)


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


def speed(name: str, correct: Callable[[str], str], text: list[str], limit: str = "") -> None:
    """Words a second of a corrector that has read nothing yet: cold, read again, and steady."""
    head, rest = _parted(text, COLD)
    cold = _rate(correct, head)
    row(f"{name}, cold", f"{cold:,.0f} words/s", limit)
    row(f"{name}, second reading", f"{_rate(correct, head):,.0f} words/s")
    warming, steady = _parted(rest, WARM)
    if not steady:
        row(f"{name}, steady", f"the text has fewer than {COLD + WARM:,} words")
        return
    if (longest := sum(map(_count, rest)) / cold) > PATIENCE:
        row(f"{name}, steady", f"not measured: it would take up to {longest / 60:,.0f} minutes")
        return
    _rate(correct, warming)
    rates = []
    while steady:
        part, steady = _parted(steady, STRETCH)
        rates.append((sum(map(_count, part)), _rate(correct, part)))
    whole = [rate for count, rate in rates if count >= STRETCH] or [rate for _, rate in rates]
    mean = sum(count for count, _ in rates) / sum(count / rate for count, rate in rates)
    row(f"{name}, steady", f"{mean:,.0f} ({min(whole):,.0f}) words/s")


def process(model: Path, text: list[str], policy: str) -> None:
    """Words a second of `arnorm repair` from start to end."""
    head, _ = _parted(text, COLD)
    command = [sys.executable, "-m", "arnorm", "repair", "--model", str(model), "--policy", policy, "-"]
    before = times()
    subprocess.run(command, input="\n".join(head), capture_output=True, text=True, check=True)
    after = times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    row(f"{policy}, whole process", f"{sum(map(_count, head)) / spent:,.0f} words/s")


def _parted(lines: list[str], words: int) -> tuple[list[str], list[str]]:
    """Part lines behind the first that make up so many words."""
    seen = 0
    for at, line in enumerate(lines):
        seen += _count(line)
        if seen >= words:
            return lines[: at + 1], lines[at + 1 :]
    return lines, []


def _rate(correct: Callable[[str], str], lines: list[str]) -> float:
    start = process_time()
    for line in lines:
        correct(line)
    return sum(map(_count, lines)) / (process_time() - start)


def _count(line: str) -> int:
    return len(line.split())


if __name__ == "__main__":
    main()
