"""``python -m benchmarks.cores``: what a second process gains in each bridge to columns.

The same work by one process and by two, in turns, always on new texts, with workers that are warm. Seconds of the
clock, the best of several rounds, and in them the processor time of all processes: two cores are in use where it is
twice as much as the clock's. With ``--write`` the table goes into docs/frames.md; ``--spark`` adds Spark, which needs
Java. Needs pandas, polars, duckdb, datasets, and Linux.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

import datasets
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

import arnorm.integrations.pandas
import arnorm.integrations.polars  # noqa: F401
from arnorm import Composable, Repairer, profile
from arnorm.integrations import arrow
from arnorm.integrations.datasets import Normalize
from arnorm.integrations.duckdb import register
from benchmarks.measure import processor, told
from benchmarks.texts import paragraphs

PAGE = Path(__file__).parents[1] / "docs" / "frames.md"
ROUNDS = 3
#: The work, made anew for each run, and how many paragraphs are given. What a repairer has seen it keeps, so that one
#: that is new, to this process and to the workers, is as slow as with words that are new.
JOBS: dict[str, tuple[Callable[[int], Composable], int]] = {
    "repair": (lambda turn: Repairer("safe", ["ب" * (turn + 9)]), 300),
    "search": (lambda _: profile("search"), 3000),
}

#: From a list of texts to what is timed, for a pipeline and a number of processes.
Bridge = Callable[[list[str], Composable, int], Callable[[], object]]


def many(texts: list[str], pipeline: Composable, processes: int) -> Callable[[], object]:
    return lambda: list(pipeline.many(texts, processes=processes if processes > 1 else None, chunk=50))


def accessor(make: Callable[[list[str]], Any], texts: list[str], pipeline: Composable, processes: int) -> Any:
    column = make(texts)
    return lambda: column.arnorm.normalize(pipeline, processes=processes)


def in_arrow(texts: list[str], pipeline: Composable, processes: int) -> Callable[[], object]:
    column = pa.array(texts)
    return lambda: arrow.normalize(column, pipeline, processes=processes)


def in_duckdb(texts: list[str], pipeline: Composable, processes: int) -> Callable[[], object]:
    con = duckdb.connect(config={"threads": 1})
    con.register("given", pa.table({"t": texts}))
    con.execute("CREATE TABLE texts AS FROM given")
    register(con, {"own": pipeline}, processes=processes)
    return lambda: con.execute("SELECT sum(length(arnorm_normalize(t, 'own'))) FROM texts").fetchone()


def in_datasets(folder: str, texts: list[str], pipeline: Composable, processes: int) -> Callable[[], object]:
    """With its own `num_proc`, which starts workers for each call."""
    given, out = datasets.Dataset.from_dict({"text": texts}), f"{folder}/{next(_NUMBERS)}.arrow"
    workers = {"num_proc": processes} if processes > 1 else {}
    return lambda: given.map(
        Normalize("text", pipeline), batched=True, cache_file_name=out, load_from_cache_file=False, **workers
    )


_NUMBERS = count()


def bridges(folder: str) -> dict[str, Bridge]:
    return {
        "`many`": many,
        "pandas": partial(accessor, partial(pd.Series, dtype="str")),
        "polars": partial(accessor, pl.Series),
        "Arrow": in_arrow,
        "DuckDB": in_duckdb,
        "datasets, `num_proc`": partial(in_datasets, folder),
    }


class Best:
    """The best time of the clock, and the least processor time."""

    def __init__(self) -> None:
        self.clock = self.used = float("inf")

    def add(self, run: Callable[[], object]) -> None:
        used, begun = processor(), perf_counter()
        run()
        self.clock = min(self.clock, perf_counter() - begun)
        self.used = min(self.used, processor() - used)


def measured(bridge: Bridge, make: Callable[[int], Composable], size: int) -> tuple[Best, Best]:
    """One process, and two."""
    found = Best(), Best()
    for turn in range(ROUNDS + 1):
        for processes, best in enumerate(found, 1):
            run = bridge(paragraphs(size, 10 * turn + processes), make(next(_NUMBERS)), processes)
            if turn:
                best.add(run)
            else:
                run()  # what is loaded, and workers that stay, are there
    return found


def line(job: str, name: str, one: Best, two: Best) -> str:
    figures = (one.clock, one.used, two.clock, two.used)
    ratios = (two.used / two.clock, one.clock / two.clock, 2 * one.used / two.used)
    cells = (job, name, *(f"{n:.2f}" for n in figures), f"{ratios[0]:.1f}", *(f"{n:.1f}×" for n in ratios[1:]))
    return f"| {' | '.join(cells)} |"


def spark(job: str, make: Callable[[int], Composable], size: int) -> str:
    """A session of one core and one of two, both in this machine's JVM."""
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f

    from arnorm.integrations.spark import normalize

    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    found = Best(), Best()
    for cores, best in enumerate(found, 1):
        builder = SparkSession.builder.master(f"local[{cores}]").config("spark.ui.enabled", "false")
        session = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        try:
            for turn in range(ROUNDS + 1):
                texts = [(text,) for text in paragraphs(size, 10 * turn + cores)]
                frame = session.createDataFrame(texts, "text string").repartition(8).localCheckpoint()
                ask = frame.select(f.sum(f.length(normalize("text", make(next(_NUMBERS)))))).collect
                if turn:
                    best.add(ask)
                else:
                    ask()  # the model is loaded, code is compiled
        finally:
            session.stop()
    return line(job, "Spark, `local[1]` and `local[2]`", *found)


def table(with_spark: bool) -> Iterator[str]:
    yield "| | | one process: clock | processor | two: clock | processor | cores in use | faster | at best |"
    yield "|---" * 9 + "|"
    with tempfile.TemporaryDirectory() as folder:
        for job, (make, size) in JOBS.items():
            for name, bridge in bridges(folder).items():
                yield line(job, name, *measured(bridge, make, size))
            if with_spark:
                yield spark(job, make, size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--spark", action="store_true", help="Spark too")
    parser.add_argument("--write", action="store_true", help="into docs/frames.md")
    given = parser.parse_args()
    datasets.disable_progress_bars()
    told(table(given.spark), PAGE if given.write else None, "cores")


if __name__ == "__main__":
    main()
