"""Training on Spark: `train_on_spark` gives the bytes that ``arnorm train`` gives on the same text.

Executors number the words of blocks of lines, once, and keep the blocks on their disks; there they are counted
and sampled. To the driver come the different words and pairs with their counts, the sampled places, and one line
in fifty for the judge; it adds up and fits with the code of the local trainer.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import Any

from arnorm.extras import require
from arnorm.integrations._spark_blocks import numbered
from arnorm.integrations._spark_stream import SparkStream
from arnorm.spelling.model import shelves
from arnorm.spelling.training import fitting

np = require("numpy", "spark")
sql = require("pyspark.sql", "spark")
f = require("pyspark.sql.functions", "spark")
DISK = require("pyspark", "spark").StorageLevel.DISK_ONLY

__all__ = ["train_on_spark"]


def train_on_spark(
    corpus: Sequence[str | PathLike[str] | Any],
    out: str | PathLike[str],
    *,
    spark: Any = None,
    progress: fitting.Tell | None = None,
    hold_out: float = 0.0,
    least: int = 6,
) -> None:
    """Train on *corpus* and write the model to *out*, a file of the driver. *spark* is a session; the active one.

    Each of it is a path, or a frame whose first column has one paragraph a row, in the order of its rows. A path is
    anything that Spark reads as text, one paragraph a line; .xz and .zst are read by one task each and must be
    where every executor can open them. For *progress*, *hold_out* and *least* see `arnorm.spelling.train`: the
    same text gives the same bytes, however it is partitioned. Raises `ValueError` when there is no Arabic text.
    """
    spark = spark or sql.SparkSession.builder.getOrCreate()
    tell = progress or (lambda stage, done: None)
    tell("count", 0.0)
    blocks = numbered(spark, corpus, hold_out).persist(DISK)
    try:
        fitting.fit(_Clustered(blocks, len(corpus)), out, tell, least)
    finally:
        blocks.unpersist()


class _Clustered:
    """A `fitting.Text` in blocks."""

    def __init__(self, blocks: Any, files: int) -> None:
        self._blocks = blocks
        rows = blocks.select("file", "line", (f.octet_length("stream") / 4).cast("long"), "kept").collect()
        self._lengths = sorted(row[:3] for row in rows)
        self.kept: list[list[str]] = [[] for _ in range(files)]
        for file, _, _, kept in sorted(rows):
            self.kept[file] += kept
        ids = {name: number for number, name in enumerate(shelves.RESERVED)}
        words = self._words()
        for word in words.column("word").to_pylist():
            ids.setdefault(word, len(ids))
        self.names = list(ids)
        self.counts = [np.zeros(len(ids), np.int64) for _ in range(files)]
        for word, file, count in zip(*(words.column(n).to_pylist() for n in ("word", "file", "n")), strict=True):
            self.counts[file][ids[word]] = count

    def _words(self) -> Any:
        """Every word of every file with its count, in the order in which they first occur."""
        each = self._blocks.select("file", "line", f.posexplode(f.arrays_zip("words", "counts")))
        by = each.groupBy("file", f.col("col.words").alias("word"))
        found = by.agg(f.sum("col.counts").alias("n"), f.min(f.struct("line", "pos")).alias("first")).toArrow()
        first = found.column("first").combine_chunks()
        order = np.lexsort([first.field("pos"), first.field("line"), found.column("file")])
        return found.take(order)

    def stream(self, tables: Sequence[Any]) -> SparkStream:
        """The running text, its words in the numbers of *tables*."""
        numbers = [
            {name: int(i) for name, i in zip(self.names, table, strict=True) if i != shelves.UNKNOWN}
            for table in tables
        ]
        return SparkStream(self._blocks, self._lengths, numbers)
