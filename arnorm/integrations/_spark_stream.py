"""The running text of a corpus on Spark, as `arnorm.spelling.training.counting.Stream` has one in memory.

Every line ends with a border, and nothing that is counted reaches past one, so that blocks of lines can be looked at
by themselves, between borders. Random numbers are those of the local trainer: a generator is wound forward to the
place where a block begins.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import Any

from arnorm.extras import require
from arnorm.spelling.model.company import REACH
from arnorm.spelling.model.shelves import BORDER, UNKNOWN
from arnorm.spelling.training.counting import pairs

np = require("numpy", "spark")
pa = require("pyarrow", "spark")
f = require("pyspark.sql.functions", "spark")

__all__ = ["SparkStream"]

#: Where a block begins in the running text, and the ids of its words.
Block = tuple[int, Any]


class SparkStream:
    """What the models are fitted to, asked of blocks of numbered words on the executors.

    *lengths* has file, first line and number of words of each block, in order; *numbers* is by file.
    """

    def __init__(self, blocks: Any, lengths: Sequence[tuple[int, int, int]], numbers: Sequence[dict[str, int]]) -> None:
        ends = list(accumulate(length for _, _, length in lengths))
        begins = {(file, line): end - length for (file, line, length), end in zip(lengths, ends, strict=True)}
        self._length = ends[-1]
        self._blocks = blocks.select("file", "line", "words", "stream")
        self._context = blocks.sparkSession.sparkContext
        self._known = self._context.broadcast((begins, numbers))

    def pairs(self, size: int) -> tuple[Any, Any]:
        """See `counting.Stream.pairs`."""
        found = self._swept(partial(counted, size=size), "pair long, n long").groupBy("pair").agg(f.sum("n").alias("n"))
        table = found.where("n > 1").toArrow().sort_by("pair")
        return table.column("pair").to_numpy(), table.column("n").to_numpy()

    def sample(self, chances: Any, rng: Any) -> tuple[Any, Any]:
        """See `counting.Stream.sample`; the text is the places with what is around them, one after another."""
        look = partial(sampled, chances=chances, rng=rng, length=self._length)
        rows = sorted(self._swept(look, "begin long, text binary").collect())
        rng.bit_generator.advance(self._length)
        text = np.frombuffer(b"".join(row[1] for row in rows), np.int32)
        return text, np.arange(REACH, len(text), 2 * REACH + 1)

    def tallied(self, look: Callable[[Any, int, int], Any], size: int) -> Any:
        """See `counting.Stream.tallied`."""
        looked = partial(seen, look=look, length=self._length)
        found = self._swept(looked, "number long, n long").groupBy("number").agg(f.sum("n").alias("n")).toArrow()
        total = np.zeros(size, np.int32)
        total[found.column("number").to_numpy()] = found.column("n").to_numpy()
        return total

    def _swept(self, look: Callable[[Iterator[Block]], Iterator[Any]], schema: str) -> Any:
        known, names = self._known, [field.partition(" ")[0] for field in schema.split(", ")]

        def run(batches: Iterable[Any]) -> Iterator[Any]:
            for row in look(_ids(batches, *known.value)):
                yield pa.RecordBatch.from_arrays([*map(pa.array, row)], names)

        return self._blocks.mapInArrow(run, schema)


def _ids(batches: Iterable[Any], begins: dict[tuple[int, int], int], numbers: list[dict[str, int]]) -> Iterator[Block]:
    for batch in batches:
        for file, line, words, stream in zip(*batch.columns, strict=True):
            number = numbers[file.as_py()]
            ids = np.array([number.get(word, UNKNOWN) for word in words.as_py()], np.int32)
            yield begins[file.as_py(), line.as_py()], ids[np.frombuffer(stream.as_buffer(), np.int32)]


def counted(blocks: Iterable[Block], size: int) -> Iterator[tuple[Any, Any]]:
    """Yield the pairs of each block and their counts."""
    for begin, ids in blocks:
        yield pairs(np.concatenate([np.full(int(begin > 0), BORDER, np.int32), ids]), size)


def sampled(blocks: Iterable[Block], chances: Any, rng: Any, length: int) -> Iterator[tuple[list[int], list[bytes]]]:
    """Yield the beginning of each block, and the chosen places with what is around them, one after another."""
    for begin, ids in blocks:
        draws = copy.deepcopy(rng)
        draws.bit_generator.advance(begin)
        at = np.flatnonzero(chances[ids] > draws.random(len(ids)))
        at = at[(begin + at >= REACH) & (begin + at < length - REACH)]
        yield [begin], [np.pad(ids, REACH)[at[:, None] + np.arange(2 * REACH + 1)].tobytes()]


def seen(blocks: Iterable[Block], look: Callable[[Any, int, int], Any], length: int) -> Iterator[tuple[Any, Any]]:
    """Yield the numbers that *look* returns for each block, and how often."""
    for begin, ids in blocks:
        low, high = max(REACH, begin), min(length - REACH, begin + len(ids))
        if low < high:
            yield np.unique(look(np.pad(ids, REACH), low - begin + REACH, high - begin + REACH), return_counts=True)
