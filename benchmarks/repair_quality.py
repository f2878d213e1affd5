"""How well, how fast and how small: the table of spelling repair, rerun.

    python -m benchmarks.repair_quality --data DIR [--model FILE] [--news FILE] [--peers]

DIR holds the development sets and their scorers (`m2score.py`, `qalb14-dev.*`, `zaebuc-dev.*`, `fasih-dev.json`,
`pairs_score.py`); they may not be passed on, so they do not come with arnorm. `--news` is any text for the speed of
the safe policy. `--peers` also runs what is installed of hunspell (with hunspell-ar), symspellpy with wordfreq,
pyspellchecker and ghalatawi.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from types import ModuleType

from arnorm.spelling.repairer import DEFAULT_MODEL, Repairer
from arnorm.words import words

Correct = Callable[[str], str]
FASIH = (
    "hamza,alif_madda,alif_maqsura,taa_marbuta,common_misspelling,letter_dad_za,letter_dal_thal,letter_sst,"
    "mixed_orthographic,mixed_all"
)
SETS = ("qalb14-dev", "zaebuc-dev")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of the development sets")
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--news", type=Path, help="text to measure the speed of the safe policy on")
    parser.add_argument("--peers", action="store_true", help="also run the other correctors that are installed")
    args = parser.parse_args()
    resources(args.model)
    repairer = Repairer.load(args.model)
    if args.news:
        speed("news, safe", repairer, lines(args.news), "safe")
    if args.data is None or not args.data.is_dir():
        print("no development data: give --data DIR for the quality table", file=sys.stderr)
        return
    speed("QALB dev, thorough", repairer, lines(args.data / "qalb14-dev.source.txt"), "thorough")
    systems: dict[str, Correct] = {f"arnorm {policy}": repairing(repairer, policy) for policy in POLICIES}
    if args.peers:
        systems.update(peers())
    quality(args.data, systems)
    for policy in POLICIES:
        fasih(args.data, policy, repairing(repairer, policy))


POLICIES = ("safe", "balanced", "thorough")


def repairing(repairer: Repairer, policy: str) -> Correct:
    return lambda line: repairer.repair(line, policy)


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


_COLD = """
import sys, time, resource
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
from arnorm.spelling.repairer import Repairer
repairer = Repairer.load(sys.argv[1])
loaded = time.process_time() - start
repairer.repair("ذهب الى المدرسه")
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"load {loaded:.2f} s of processor time, {(after - before) / 1024:.0f} MB added")
"""


def resources(model: Path) -> None:
    """Print size, load time and memory, measured in a cold process."""
    print(f"size {model.stat().st_size / 1e6:.2f} MB")
    done = subprocess.run([sys.executable, "-c", _COLD, str(model)], capture_output=True, text=True, check=True)
    print(done.stdout, end="")


def speed(name: str, repairer: Repairer, text: list[str], policy: str) -> None:
    """Print words a second of processor time, first with empty caches, then with full ones."""
    count = sum(len(line.split()) for line in text)
    rates = []
    for _ in range(2):
        start = process_time()
        for line in text:
            repairer.repair(line, policy)
        rates.append(count / (process_time() - start))
    print(f"speed, {name}: {rates[0]:,.0f} words/s cold, {rates[1]:,.0f} warm")


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def quality(data: Path, systems: dict[str, Correct]) -> None:
    """Print precision, recall, F1 and F0.5 by MaxMatch."""
    scorer = module(data / "m2score.py")
    for name in SETS:
        gold = scorer.load_m2(data / f"{name}.gold.m2")
        source = lines(data / f"{name}.source.txt")
        print(f"\n{name:28}     P     R    F1  F0.5")
        for system, correct in systems.items():
            s = scorer.score([correct(line) for line in source], gold)
            print(f"{system:28} {s['P']:.3f} {s['R']:.3f} {s['F1']:.3f} {s['F05']:.3f}")


def fasih(data: Path, name: str, correct: Correct) -> None:
    """Print how many of the artificial errors are fixed, by category."""
    scorer, pairs = str(data / "pairs_score.py"), str(data / "fasih-dev.json")
    source = subprocess.run([sys.executable, scorer, pairs, "--sources"], capture_output=True, text=True, check=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as out:
        out.write("\n".join(map(correct, source.stdout.rstrip("\n").split("\n"))) + "\n")
        out.flush()
        table = subprocess.run(
            [sys.executable, scorer, pairs, out.name, "--only", FASIH], capture_output=True, text=True, check=True
        )
    print(f"\nFASIH dev, {name}\n{table.stdout}", end="")


# -- other correctors ---------------------------------------------------------------------------------------------


def peers() -> dict[str, Correct]:
    """Return the correctors that are installed."""
    found: dict[str, Correct] = {}
    for name, make in (
        ("hunspell-ar", hunspell),
        ("symspellpy", symspell),
        ("pyspellchecker", pyspell),
        ("ghalatawi", ghalat),
    ):
        try:
            found[name] = make()
        except (ImportError, OSError, subprocess.SubprocessError) as error:
            print(f"{name}: not run ({error})", file=sys.stderr)
    return found


def by_word(correct: Correct) -> Correct:
    """Return a corrector of lines from one of words."""
    memo: dict[str, str] = {}

    def line(text: str) -> str:
        def parts() -> Iterator[str]:
            at = 0
            for word in words(text):
                yield text[at : word.start]
                if word.plain not in memo:
                    memo[word.plain] = correct(word.plain)
                yield memo[word.plain]
                at = word.end
            yield text[at:]

        return "".join(parts())

    return line


def hunspell() -> Correct:
    """First suggestion of hunspell for the words it rejects."""
    subprocess.run(["hunspell", "-D", "-d", "ar"], input="", capture_output=True, text=True, check=True, timeout=60)

    def correct(word: str) -> str:
        done = subprocess.run(
            ["hunspell", "-a", "-d", "ar"], input=word + "\n", capture_output=True, text=True, check=True
        )
        answers = [line for line in done.stdout.split("\n") if line.startswith("&")]
        return answers[0].split(":", 1)[1].split(",")[0].strip() if answers else word

    return by_word(correct)


def symspell() -> Correct:
    """symspellpy with the 200,000 most frequent words of wordfreq."""
    from symspellpy import SymSpell, Verbosity
    from wordfreq import top_n_list, word_frequency

    speller = SymSpell(max_dictionary_edit_distance=1)
    for word in top_n_list("ar", 200_000):
        speller.create_dictionary_entry(word, round(1e9 * word_frequency(word, "ar")))

    def correct(word: str) -> str:
        found = speller.lookup(word, Verbosity.TOP, max_edit_distance=1)
        return str(found[0].term) if found else word

    return by_word(correct)


def pyspell() -> Correct:
    """pyspellchecker with its Arabic word list."""
    from spellchecker import SpellChecker

    speller = SpellChecker(language="ar", distance=1)
    return by_word(lambda word: speller.correction(word) or word)


def ghalat() -> Correct:
    """The autocorrection of ghalatawi."""
    from ghalatawi.autocorrector import AutoCorrector

    corrector = AutoCorrector()
    return lambda line: str(corrector.spell(line))


if __name__ == "__main__":
    main()
