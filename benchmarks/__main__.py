"""``python -m benchmarks``: the table of figures with ratios, everything measured in this one run."""

from __future__ import annotations

import platform
import subprocess
import sys
import timeit
from statistics import median

from arnorm import CharMap, Pipeline, catalogue, passes, profile
from benchmarks.contestants import _TABLE, FOLDING, agree, contestants
from benchmarks.measure import compare, compare_lists
from benchmarks.texts import CJK, EMOJI, paragraphs, text, word_list


def row(*cells: object) -> None:
    print("| " + " | ".join(str(c) for c in cells) + " |")


def header(*cells: str) -> None:
    print()
    row(*cells)
    row(*("---" for _ in cells))


def speed() -> None:
    texts = {
        "300–800-character paragraphs, bare": paragraphs(1500, 1),
        "300–800-character paragraphs, vocalized": paragraphs(1500, 2, vocalized=True),
        "5 MB string, bare": [text(2_700_000, 3)],
        "5 MB string, vocalized": [text(2_700_000, 4, vocalized=True)],
    }
    functions = contestants()
    header("search folding", "ns/char", *(f"against {name}" for name in list(functions)[1:]))
    for name, sample in texts.items():
        agree(functions, sample)
        times = compare(functions, sample, 7)
        row(name, f"{times['arnorm']:.2f}", *(f"{times[n] / times['arnorm']:.2f}×" for n in list(functions)[1:]))


def tables() -> None:
    maps = [e.name for e in catalogue() if e.table and len(e.table) < 60 and e.factory is None]
    two = (
        FOLDING.without("strip_dagger_alef").without("strip_tatweel").without("fold_alef_maksura").without("fold_alef")
    )
    ten = Pipeline(
        [*FOLDING, *(p for p in map(passes.get, maps) if isinstance(p, CharMap) and p not in FOLDING.passes)][:10]
    )
    assert (len(two), len(ten)) == (2, 10)
    header("fused tables", "ns/char of two", "ns/char of ten", "ten against two")
    for name, sample in (("bare", paragraphs(1500, 5)), ("vocalized", paragraphs(1500, 6, vocalized=True))):
        times = compare({"two": two, "ten": ten}, sample)
        row(name, f"{times['two']:.2f}", f"{times['ten']:.2f}", f"{times['ten'] / times['two']:.2f}×")


def words() -> None:
    sample = word_list(20_000, 8)
    sample += [t.split()[0] for t in paragraphs(500, 9, vocalized=True)]
    translate = contestants()["str.translate, fused"]
    per_word = sum(map(len, sample)) / len(sample)
    times = compare({"arnorm": FOLDING, "translate": translate}, sample)
    ours, theirs = (times[n] * per_word for n in ("arnorm", "translate"))
    header("one word at a time", "ns a word", "more than str.translate")
    row("search folding", f"{ours:.0f}", f"{ours - theirs:+.0f} ns")
    clean = compare({"clean": profile("clean"), "translate": translate}, sample)["clean"] * per_word
    row("profile clean", f"{clean:.0f}", f"{clean - theirs:+.0f} ns")


def lists() -> None:
    header("a list at once, `many`", "ns/char one by one", "ns/char with many", "many is", "against arabic-norm")
    one = contestants().get("arabic-norm (Rust)", FOLDING)
    samples = {"words": word_list(100_000, 14), "paragraphs, bare": paragraphs(1500, 15)}
    samples["paragraphs, vocalized"] = paragraphs(1500, 16, vocalized=True)
    for name, sample in samples.items():
        times = compare_lists({"one": lambda t: list(map(FOLDING, t)), "many": lambda t: list(FOLDING.many(t)),
                               "rust": lambda t: list(map(one, t))}, sample)  # fmt: skip
        ratio, rust = times["one"] / times["many"], times["rust"] / times["many"]
        row(name, f"{times['one']:.2f}", f"{times['many']:.2f}", f"{ratio:.1f}×", f"{rust:.2f}×")


def foreign() -> None:
    header("5 % foreign characters", "ns/char without", "ns/char with", "speed kept")
    for kind, vocalized in (("bare", False), ("vocalized", True)):
        plain = compare({"arnorm": FOLDING}, paragraphs(1000, 10, vocalized=vocalized))["arnorm"]
        for name, pool in (("emoji", EMOJI), ("CJK", CJK)):
            mixed = compare({"arnorm": FOLDING}, paragraphs(1000, 10, vocalized=vocalized, foreign=pool))["arnorm"]
            row(f"{kind}, {name}", f"{plain:.2f}", f"{mixed:.2f}", f"{plain / mixed:.0%}")


def traces() -> None:
    header("trace, vocalized", "ms for 10,000 characters", "ms for 100,000", "ratio")
    for name in ("search", "clean", "ml"):
        p = profile(name)
        times = []
        for length in (10_000, 100_000):
            sample = text(length, 11, vocalized=True)
            times.append(median(timeit.repeat(lambda: p.trace(sample), number=1, repeat=7)) * 1e3)  # noqa: B023
        row(p.full_name, f"{times[0]:.1f}", f"{times[1]:.1f}", f"{times[1] / times[0]:.1f}×")


def profiles() -> None:
    sample = paragraphs(500, 12) + paragraphs(500, 13, vocalized=True)
    names = ("clean", "search", "ml", "asr", "social", "lucene")
    times = compare({n: profile(n) for n in names}, sample, 5)
    header("profile", "ns/char", "million characters a second")
    for name in names:
        row(name, f"{times[name]:.1f}", f"{1000 / times[name]:.0f}")


def start_up() -> None:
    def milliseconds(code: str) -> float:
        runs = timeit.repeat(lambda: subprocess.run([sys.executable, "-c", code], check=True), number=1, repeat=9)
        return median(runs) * 1e3

    empty = milliseconds("")
    header("start-up", "ms beyond starting Python")
    row("import arnorm", f"{milliseconds('import arnorm') - empty:.0f}")
    row(
        "import arnorm; arnorm.normalize('نص')",
        f"{milliseconds('import arnorm; arnorm.normalize(chr(0x646))') - empty:.0f}",
    )


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}; medians. Above 1×, arnorm is the faster one.")
    assert len(_TABLE) == sum(len(p.table) for p in FOLDING)  # type: ignore[attr-defined]
    for part in (speed, lists, tables, words, foreign, traces, profiles, start_up):
        part()


if __name__ == "__main__":
    main()
