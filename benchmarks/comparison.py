"""``python -m benchmarks.comparison``: arnorm beside the packages one might take instead, those that are installed.

Prints Markdown for `docs/explanation/comparison.md`: versions and machine, the same folding by everyone, offsets by
those who have them, and what each makes of a few texts. Everything in it comes from this one run.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from typing import Any

import arnorm
from benchmarks.__main__ import header, row
from benchmarks.contestants import FOLDING, Function, agree, araclean_folding, contestants
from benchmarks.measure import compare
from benchmarks.texts import paragraphs, text

PACKAGES = {
    "araclean": "araclean",
    "camel-tools": "camel_tools",
    "pyarabic": "pyarabic",
    "ftfy": "ftfy",
    "arabic-norm": "arabic_norm",
    "arabic-normalize": "arabic_normalize",
}


def versions() -> None:
    row("package", "version", "needs, besides Python")
    row("---", "---", "---")
    for package in ("arnorm", *PACKAGES):
        try:
            needs = [r.split(";")[0].strip() for r in requires(package) or () if "extra ==" not in r]
            row(package, version(package), f"{len(needs)} packages" if len(needs) != 1 else "1 package")
        except PackageNotFoundError:
            if package == "arnorm":
                row(package, arnorm.__version__, "1 package")


def folding() -> None:
    functions: dict[str, Function] = contestants()
    header("the same folding, ns/character", *functions)
    for name, vocalized in (("bare text", False), ("vocalized text", True)):
        sample = paragraphs(500, 1, vocalized=vocalized)
        agree(functions, sample)
        times = compare(functions, sample, 7)
        row(name, *(f"{value:.1f} ({value / times['arnorm']:.1f} ×)" for value in times.values()))


def offsets() -> None:
    functions: dict[str, Callable[[str], Any]] = {"arnorm": FOLDING.trace}
    if find_spec("araclean"):
        functions["araclean"] = araclean_folding().apply_aligned
    header("folding with offsets to the source, ns/character", *functions)
    for length in (500, 2000, 8000):
        sample = [text(length, seed, vocalized=True)[:length] for seed in range(10)]
        times = compare(functions, sample, 5)
        row(f"{length:,} vocalized characters", *(f"{value:.0f}" for value in times.values()))


#: Texts on which packages differ.
PROBES = ("ﺍﻷﺳﺮﺓ", "ا\u0654حمد", "كتـــاب", "١٤٤٣هـ", "می\u200cخواهم", "ﷲ", "ﷺ", "قال: “نعم”", "Ù†Ø¹Ù…")


def cleaners() -> dict[str, Function]:
    """What each offers to make text uniform without being asked for more."""
    found: dict[str, Function] = {"`arnorm.normalize`": arnorm.normalize}
    if find_spec("araclean"):
        import araclean

        found["`araclean.normalize`"] = araclean.normalize
    if find_spec("camel_tools"):
        from camel_tools.utils.normalize import normalize_unicode

        found["camel-tools `normalize_unicode`"] = normalize_unicode
    if find_spec("pyarabic"):
        from pyarabic import araby

        found["pyarabic `normalize_ligature`"] = araby.normalize_ligature
    if find_spec("ftfy"):
        import ftfy

        found["`ftfy.fix_text`"] = ftfy.fix_text
    return found


def behaviour() -> None:
    functions = cleaners()
    header("text", *functions)
    for probe in PROBES:
        row(_cell(probe), *(_changed(probe, function(probe)) for function in functions.values()))


def _changed(before: str, after: str) -> str:
    return "" if before == after else _cell(after)


def _cell(shown: str) -> str:
    return f"<bdi>{shown}</bdi>".replace("\u200c", "<kbd>ZWNJ</kbd>").replace("\u0654", "◌\u0654")


def main() -> None:
    versions()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    print(f"\n{python}, {machine}; medians of processor time, in one run.")
    folding()
    offsets()
    behaviour()


if __name__ == "__main__":
    main()
