"""Times functions against each other: in turns, several rounds, medians. Noise hits all of them alike."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter_ns


def compare(functions: dict[str, Callable[[str], str]], texts: Sequence[str], rounds: int = 9) -> dict[str, float]:
    """Median nanoseconds a character of each function on all *texts*.

    Every function gets strings of its own in every round, so that none profits from what an earlier call left
    in a string object (CPython keeps the UTF-8 form that a Rust extension asks for).
    """
    characters = sum(map(len, texts))
    times: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(rounds):
        for name, function in functions.items():
            fresh = [(text + "x")[:-1] for text in texts]
            gc.disable()
            start = perf_counter_ns()
            for text in fresh:
                function(text)
            times[name].append((perf_counter_ns() - start) / characters)
            gc.enable()
    return {name: median(values) for name, values in times.items()}
