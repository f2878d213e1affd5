"""Times functions against each other: in turns, several rounds, medians, in processor time.

Noise hits all of them alike, and other programs on the machine do not count.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from time import process_time_ns


def compare(functions: dict[str, Callable[[str], str]], texts: Sequence[str], rounds: int = 9) -> dict[str, float]:
    """Median nanoseconds a character of each function on all *texts*, one by one."""
    return compare_lists({name: _looped(function) for name, function in functions.items()}, texts, rounds)


def _looped(function: Callable[[str], str]) -> Callable[[list[str]], object]:
    def run(texts: list[str]) -> None:
        for text in texts:
            function(text)

    return run


def compare_lists(
    functions: dict[str, Callable[[list[str]], object]], texts: Sequence[str], rounds: int = 9
) -> dict[str, float]:
    """Median nanoseconds a character of each function of a list of texts.

    Every function gets strings of its own in every round, so that none profits from what an earlier call left
    in a string object (CPython keeps the UTF-8 form that a Rust extension asks for).
    """
    characters = sum(map(len, texts))
    times: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(rounds):
        for name, function in functions.items():
            fresh = [(text + "x")[:-1] for text in texts]
            gc.disable()
            start = process_time_ns()
            function(fresh)
            times[name].append((process_time_ns() - start) / characters)
            gc.enable()
    return {name: median(values) for name, values in times.items()}


def told(lines: Iterable[str], page: Path | None, marker: str) -> None:
    """Print *lines* as they come; then, with a *page*, put them between its comments called *marker* and its end."""
    shown = []
    for line in lines:
        print(line, flush=True)
        shown.append(line)
    if page is not None:
        start, end = f"<!-- {marker} -->\n", f"<!-- end of {marker} -->\n"
        head, rest = page.read_text(encoding="utf-8").split(start)
        tail = rest.partition(end)[2]
        page.write_text("\n".join([head + start, *shown, "", end + tail]), encoding="utf-8")


def processor() -> float:
    """Seconds of processor time that this process and all that descend from it have taken."""
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended since
            fields = path.read_text().rpartition(")")[2].split()
            stats[int(path.parent.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    family, grown = {os.getpid()}, True
    while grown:
        children = {process for process, (parent, _) in stats.items() if parent in family} - family
        family, grown = family | children, bool(children)
    return sum(ticks for process, (_, ticks) in stats.items() if process in family) / os.sysconf("SC_CLK_TCK")
