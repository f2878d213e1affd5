"""The inputs that cost most for their length: ``python -m benchmarks.worst`` prints microseconds of CPU a character.

Each is a unit repeated to two lengths, so that growth shows too. The aim is 2 µs for a pass and 4 µs for repair.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from arnorm import passes, repair

SIZES = (20_000, 80_000)
PASSES = {
    "unify_quotes": ('"ب" ', '"ب ', "«ب» ", "'ب' ", '"ب" \n', '"“ب”" ', '\'"“ب”" ', "``ب'' ", "<<ب>> "),
    "repair_visual_order": ("ةسردملا ىلإ بهذ ", "وحتف يف ةباتكلا\n"),
    "repair_utf8_mojibake": ("Ù…Ø±Ø", "Ø§ "),
    "unescape_html": ("&amp;", "&amp"),
}
REPAIRED = ("جمييييل ", "و ", "ةباتكلا يف ", "ىىى ", "الى المدرسه ")


def microseconds(run: Callable[[str], object], unit: str, size: int) -> float:
    """CPU time a character of *unit* repeated to *size* characters: the best of three."""
    text = unit * (size // len(unit))
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        run(text)
        best = min(best, time.process_time() - start)
    return best / size * 1e6


def main() -> None:
    """Print a line for every input."""
    repair("نص")  # loads the model
    rows = [(name, passes.get(name), unit) for name, units in PASSES.items() for unit in units]
    policies = ("safe", "thorough")
    rows += [(f"repair, {p}", lambda text, p=p: repair(text, p), unit) for p in policies for unit in REPAIRED]
    for name, run, unit in rows:
        times = [microseconds(run, unit, size) for size in SIZES]
        print(f"{name:24} {' '.join(f'{t:7.2f}' for t in times)} µs  {unit!r}")


if __name__ == "__main__":
    main()
