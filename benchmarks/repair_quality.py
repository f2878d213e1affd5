"""How good spelling repair is: the table of quality, everything in it measured in this one run.

    python -m benchmarks.repair_quality --data DIR [--model FILE] [--peers]

DIR holds the development sets and their scorers (`m2score.py`, `qalb14-dev.*`, `zaebuc-dev.*`, `fasih-dev.json`,
`pairs_score.py`); they may not be passed on, so they do not come with arnorm. `--peers` also runs what is installed
of hunspell (with hunspell-ar), symspellpy with wordfreq, pyspellchecker and ghalatawi. The speed is that of the first
run over the QALB text, with empty caches, in words a second of processor time; loading is not counted.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time

from arnorm import Repairer
from arnorm.spelling.speller import DEFAULT_MODEL
from benchmarks.repair_peers import Correct, peers
from tests.shared import program

FASIH = (
    "hamza,alif_madda,alif_maqsura,taa_marbuta,common_misspelling,letter_dad_za,letter_dal_thal,letter_sst,"
    "mixed_orthographic,mixed_all"
)
POLICIES = ("safe", "balanced", "thorough")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the development sets")
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--peers", action="store_true", help="also run the other correctors that are installed")
    args = parser.parse_args()
    if not args.data.is_dir():
        parser.error(f"no folder {args.data}")
    systems = {f"arnorm {policy}": repairing(args.model, policy) for policy in POLICIES}
    table(args.data, systems | (peers() if args.peers else {}))
    for policy in POLICIES:
        print(f"\nFASIH dev, {policy}\n{fasih(args.data, repairing(args.model, policy))}", end="")


def repairing(model: Path, policy: str) -> Correct:
    """Return the repairer of a model, with empty caches."""
    repairer = Repairer.load(model)
    return lambda line: repairer.repair(line, policy)


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def table(data: Path, systems: dict[str, Correct]) -> None:
    """Print precision, recall, F1 and F0.5 by MaxMatch, what is fixed and touched of FASIH, and the speed."""
    print("| system | QALB dev P | R | F1 | F0.5 | ZAEBUC dev P | R | F1 | F0.5 | FASIH fixed | touched | words/s |")
    print("|---|" + "---|" * 11)
    for system, correct in systems.items():
        source = lines(data / "qalb14-dev.source.txt")
        start = process_time()
        for line in source:
            correct(line)
        speed = sum(len(line.split()) for line in source) / (process_time() - start)
        cells = [*maxmatch(data, "qalb14-dev", correct), *maxmatch(data, "zaebuc-dev", correct)]
        total = fasih(data, correct).rstrip("\n").split("\n")[-1].split()
        print(
            f"| {system} | {' | '.join(cells)} | {total[2]} | {float(total[-1]) / 10:.2f}% | {speed:,.0f} |", flush=True
        )


def maxmatch(data: Path, name: str, correct: Correct) -> list[str]:
    scorer = program(data / "m2score.py")
    gold = scorer.load_m2(data / f"{name}.gold.m2")
    found = scorer.score([correct(line) for line in lines(data / f"{name}.source.txt")], gold)
    return [f"{found[key]:.3f}" for key in ("P", "R", "F1", "F05")]


def fasih(data: Path, correct: Correct) -> str:
    """Return the table of artificial errors that are fixed, by category."""
    scorer, pairs = str(data / "pairs_score.py"), str(data / "fasih-dev.json")
    source = subprocess.run([sys.executable, scorer, pairs, "--sources"], capture_output=True, text=True, check=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as out:
        out.write("\n".join(map(correct, source.stdout.rstrip("\n").split("\n"))) + "\n")
        out.flush()
        command = [sys.executable, scorer, pairs, out.name, "--only", FASIH]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
