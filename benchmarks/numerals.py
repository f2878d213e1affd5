"""Numbers as words and back, beside other packages: ``python -m benchmarks.numerals`` prints CPU time.

pyarabic.number and num2words write a bare number; arabic-itn reads number words in a text. Those that are not installed
are left out. The functions take turns; the best of five rounds counts.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable

from arnorm import passes
from arnorm.numerals import cardinal
from benchmarks.texts import paragraphs

ROUNDS = 5
NUMBERS = [(n * 7919) % 10**6 for n in range(1, 3000)]


def main() -> None:
    """Print microseconds a number, and nanoseconds a character of text."""
    _table("a bare number, µs", len(NUMBERS), 1e6, _bare())
    read = " ثم ".join(map(str, NUMBERS))
    _table("a number in a text, µs", len(NUMBERS), 1e6, {"arnorm": lambda: passes.map_numbers_to_words()(read)})
    plain = ["".join(c for c in text if not c.isdigit()) for text in paragraphs(400, 7)]
    size = sum(map(len, plain))
    write, back = passes.map_numbers_to_words(), passes.map_words_to_numbers()
    _table("text without digits to words, ns a character", size, 1e9, {"arnorm": lambda: list(write.many(plain))})
    words = [cardinal(n) + " كتابا، " + text[:60] for n, text in zip(NUMBERS, plain, strict=False)]
    size = sum(map(len, words))
    functions = {"arnorm": lambda: list(back.many(words))}
    if itn := _module("arabic_itn"):
        functions["arabic-itn"] = lambda: [itn.normalize(text) for text in words]
    _table("text with number words to digits, ns a character", size, 1e9, functions)


def _bare() -> dict[str, Callable[[], object]]:
    functions: dict[str, Callable[[], object]] = {"arnorm": lambda: [cardinal(n) for n in NUMBERS]}
    if pyarabic := _module("pyarabic.number"):
        speaker, written = pyarabic.ArNumbers(), list(map(str, NUMBERS))
        functions["pyarabic"] = lambda: [speaker.int2str(n) for n in written]
    if num2words := _module("num2words"):
        functions["num2words"] = lambda: [num2words.num2words(n, lang="ar") for n in NUMBERS]
    return functions


def _module(name: str) -> object:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _table(title: str, size: int, unit: float, functions: dict[str, Callable[[], object]]) -> None:
    best = dict.fromkeys(functions, float("inf"))
    for _ in range(ROUNDS):
        for name, run in functions.items():
            start = time.process_time()
            run()
            best[name] = min(best[name], time.process_time() - start)
    print(title)
    for name, seconds in best.items():
        print(f"  {name:12} {seconds / size * unit:9.2f}  {seconds / best['arnorm']:6.1f} ×")


if __name__ == "__main__":
    main()
