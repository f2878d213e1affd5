"""``python -m benchmarks.frames``: columns of data frames beside `Pipeline.many` on a list of the same texts.

Everything is measured in one run, functions in turns. The time of a column is from column to column: from its own
encoding, UTF-8 in all but pandas' objects, to Python strings, through the pipeline, and back.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

import arnorm.integrations.pandas
import arnorm.integrations.polars  # noqa: F401
from arnorm import Composable, profile
from arnorm.integrations import arrow
from arnorm.integrations.duckdb import register
from benchmarks.__main__ import header, row
from benchmarks.contestants import FOLDING
from benchmarks.texts import paragraphs, text

Run = Callable[[Any, Composable], Any]


def titles(count: int, seed: int) -> list[str]:
    """Texts of 15 to 60 characters."""
    choose = random.Random(seed)
    return [text(choose.randint(15, 60), seed * 100_003 + i) for i in range(count)]


def repeated(count: int, distinct: list[str], seed: int) -> list[str]:
    """*count* texts out of *distinct*, some of them much more often than others."""
    choose = random.Random(seed)
    return [distinct[int(choose.random() ** 3 * len(distinct))] for _ in range(count)]


def in_duckdb(texts: list[str]) -> Any:
    con = duckdb.connect()
    con.register("given", pa.table({"t": texts}))
    con.execute("CREATE TABLE texts AS FROM given")
    return con


def asked(con: Any, pipeline: Composable) -> None:
    register(con, {"mine": pipeline})
    con.execute("CREATE OR REPLACE TABLE done AS SELECT arnorm_normalize(t, 'mine') AS t FROM texts")


def lazily(column: Any, pipeline: Composable) -> Any:
    return column.to_frame("t").lazy().select(pl.col("t").arnorm.normalize(pipeline)).collect(engine="streaming")


def accessor(column: Any, pipeline: Composable) -> Any:
    return column.arnorm.normalize(pipeline)


#: How a column is made of a list, outside the clock, and normalized.
COLUMNS: dict[str, tuple[Callable[[list[str]], Any], Run]] = {
    "`many`": (list, lambda texts, pipeline: list(pipeline.many(texts))),
    "pandas, object": (lambda texts: pd.Series(texts, dtype=object), accessor),
    "pandas, str": (lambda texts: pd.Series(texts, dtype="str"), accessor),
    "pandas, category": (lambda texts: pd.Series(texts, dtype="category"), accessor),
    "polars": (pl.Series, accessor),
    "polars, streaming": (pl.Series, lazily),
    "pyarrow": (pa.array, arrow.normalize),
    "pyarrow, dictionary": (lambda texts: pa.array(texts).dictionary_encode(), arrow.normalize),
    "DuckDB": (in_duckdb, asked),
}


def speeds(texts: list[str], pipeline: Composable, rounds: int = 5) -> dict[str, float]:
    """Median seconds of each kind of column."""
    times: dict[str, list[float]] = {name: [] for name in COLUMNS}
    for _ in range(rounds):
        for name, (make, run) in COLUMNS.items():
            column = make([(text + "x")[:-1] for text in texts])  # no string that has its hash or UTF-8 form yet
            gc.collect()
            gc.disable()
            start = process_time()
            run(column, pipeline)
            times[name].append(process_time() - start)
            gc.enable()
    return {name: median(values) for name, values in times.items()}


def main() -> None:
    short = titles(50_000, 1)
    samples = {
        "paragraphs, bare": paragraphs(5_000, 2),
        "paragraphs, vocalized": paragraphs(5_000, 3, vocalized=True),
        "titles": short,
        "100,000 of 2,000 titles": repeated(100_000, short[:2_000], 4),
    }
    pipelines: dict[str, Composable] = {"clean": profile("clean"), "search": profile("search"), "one table": FOLDING}
    print("Speed beside `many` on a list, which is 1×: above, the column is quicker.")
    header("texts", "pipeline", "`many`, ns/char", *list(COLUMNS)[1:])
    for kind, texts in samples.items():
        for name, pipeline in pipelines.items():
            times = speeds(texts, pipeline)
            base = times.pop("`many`")
            row(kind, name, f"{base * 1e9 / sum(map(len, texts)):.1f}", *(f"{base / t:.2f}×" for t in times.values()))


if __name__ == "__main__":
    main()
