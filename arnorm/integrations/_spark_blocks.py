"""From the text of a corpus to blocks of numbered words, on the executors of Spark; see `spark_training`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from os import PathLike, fspath
from typing import Any

from arnorm.extras import require
from arnorm.spelling.training import counting

np = require("numpy", "spark")
pa = require("pyarrow", "spark")
sql = require("pyspark.sql", "spark")
f = require("pyspark.sql.functions", "spark")

__all__ = ["numbered"]

#: How `monotonically_increasing_id` packs the number of a partition and that of a row in it.
_ROW_BITS = 33
_BLOCK = "file int, line long, words array<string>, counts array<long>, stream binary, kept array<string>"


def numbered(spark: Any, corpus: Sequence[str | PathLike[str] | Any], hold_out: float) -> Any:
    """The blocks of texts, which are paths or frames.

    Each has the number of its file and of its first line there, its different words and their counts, its running
    text in their numbers, and the lines that are kept for the judge.
    """
    lines = reduce(sql.DataFrame.unionAll, (_lines(spark, file, i) for i, file in enumerate(corpus)))
    parts = lines.groupBy("file", f.shiftright("at", _ROW_BITS)).count().collect()
    totals = [sum(count for s, _, count in parts if s == file) for file in range(len(corpus))]
    begins, at = {}, [-int(total * hold_out) for total in totals]
    every = [counting.judge_every(total + below) for total, below in zip(totals, at, strict=True)]
    for file, part, count in sorted(parts):
        begins[file, part] = at[file]
        at[file] += count

    def run(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in filter(len, batches):
            rows = batch.column("at").to_numpy()
            # Spark may put a partition of one file behind that of another.
            for low, high in pairwise([0, *np.flatnonzero(np.diff(rows) != 1) + 1, len(rows)]):
                file, first = batch.column("file")[low].as_py(), int(rows[low])
                line = begins[file, first >> _ROW_BITS] + first % (1 << _ROW_BITS)
                yield _block(file, line, [t or "" for t in batch.column("line")[low:high].to_pylist()], every[file])

    return lines.mapInArrow(run, _BLOCK)


def _lines(spark: Any, text: Any, file: int) -> Any:
    """The lines of a text, each with the number of its partition and of its row there."""
    if not isinstance(text, str | PathLike):
        frame = text.localCheckpoint()  # what comes out of a shuffle need not come in the same order twice
    elif fspath(text).endswith((".xz", ".zst")):
        frame = spark.range(0, 1, 1, 1).mapInArrow(_opened(fspath(text)), "value string")
    else:
        frame = spark.read.text(fspath(text))
    line = f.col(frame.columns[0]).alias("line")
    return frame.select(f.lit(file).alias("file"), f.monotonically_increasing_id().alias("at"), line)


def _opened(path: str) -> Callable[[Iterable[Any]], Iterator[Any]]:
    def run(_: Iterable[Any]) -> Iterator[Any]:
        with counting.open_text(path) as file:
            while lines := file.readlines(1 << 22):
                yield pa.RecordBatch.from_pydict({"value": [line.removesuffix("\n") for line in lines]})

    return run


def _block(file: int, line: int, texts: list[str], every: int) -> Any:
    """Number the words of lines, of which the first is *line*, those below zero being held out."""
    lines = [text + "\n" for text in texts[max(0, -line) :]]
    counted, kept = counting.shared_out(lines, max(line, 0), every)
    types = counting.Types()
    stream = counting.number("".join(counted), types)
    counts = np.bincount(stream, minlength=len(types.names)).tolist()
    values = [file], [line], [types.names], [counts], [stream.tobytes()], [kept]
    strings = pa.list_(pa.string())
    kinds = pa.int32(), pa.int64(), strings, pa.list_(pa.int64()), pa.binary(), strings
    names = "file", "line", "words", "counts", "stream", "kept"
    return pa.RecordBatch.from_arrays([*map(pa.array, values, kinds)], names)
