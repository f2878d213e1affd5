"""The running text of a corpus on Spark, as `arnorm.spelling.counting.Stream` has one in memory.

Every line ends with a border, and nothing that is counted reaches past one, so that blocks of lines can be looked at
by themselves, between borders. Random numbers are those of the local trainer: a generator is wound forward to the
place where a block begins.
"""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial, reduce
from itertools import accumulate
from typing import Any

from arnorm.integrations import require
from arnorm.spelling.counting import MARGIN, pairs
from arnorm.spelling.lexicon import BORDER, UNKNOWN

np = require("numpy", "spark")
pa = require("pyarrow", "spark")
f = require("pyspark.sql.functions", "spark")

__all__ = ["SparkStream"]

#: How much text comes along with a sampled place, before it and after it.
REACH = 5
#: Where a block begins in the running text, and the ids of its words.
Block = tuple[int, Any]


class SparkStream:
    """What the models are fitted to, asked of blocks of numbered words on the executors.

    *lengths* has source, first line and number of words of each block, in order; *numbers* is by source.
    """

    def __init__(self, blocks: Any, lengths: Sequence[tuple[int, int, int]], numbers: Sequence[dict[str, int]]) -> None:
        ends = list(accumulate(length for _, _, length in lengths))
        begins = {(source, line): end - length for (source, line, length), end in zip(lengths, ends, strict=True)}
        self._length = ends[-1]
        self._blocks = blocks.select("source", "line", "words", "stream")
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

    def summed(self, look: Callable[..., tuple[Any, ...]], rng: Any) -> tuple[Any, ...]:
        """See `counting.Stream.summed`."""
        # The sums are large, and each task has one: as few tasks as run at once.
        swept = self._swept(partial(added, look=look, rng=rng, length=self._length), "total binary", few=True)
        return reduce(_sum, (pickle.loads(row[0]) for row in swept.toLocalIterator()), _nothing(look, rng))

    def _swept(self, look: Callable[[Iterator[Block]], Iterator[Any]], schema: str, *, few: bool = False) -> Any:
        known, names = self._known, [field.partition(" ")[0] for field in schema.split(", ")]

        def run(batches: Iterable[Any]) -> Iterator[Any]:
            for row in look(_ids(batches, *known.value)):
                yield pa.RecordBatch.from_arrays([*map(pa.array, row)], names)

        blocks = self._blocks.coalesce(self._context.defaultParallelism) if few else self._blocks
        return blocks.mapInArrow(run, schema)


def _ids(batches: Iterable[Any], begins: dict[tuple[int, int], int], numbers: list[dict[str, int]]) -> Iterator[Block]:
    for batch in batches:
        for source, line, words, stream in zip(*batch.columns, strict=True):
            number = numbers[source.as_py()]
            ids = np.array([number.get(word, UNKNOWN) for word in words.as_py()], np.int32)
            yield begins[source.as_py(), line.as_py()], ids[np.frombuffer(stream.as_buffer(), np.int32)]


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
        at = at[(begin + at > 8) & (begin + at < length - 8)]
        yield [begin], [np.pad(ids, REACH)[at[:, None] + np.arange(2 * REACH + 1)].tobytes()]


def added(blocks: Iterable[Block], look: Callable[..., tuple[Any, ...]], rng: Any, length: int) -> Iterator[Any]:
    """Yield the sum of what *look* finds in the blocks, pickled."""
    total = _nothing(look, rng)
    for begin, ids in blocks:
        low, high = max(MARGIN, begin), min(length - MARGIN, begin + len(ids))
        if low < high:
            draws = copy.deepcopy(rng)
            draws.bit_generator.advance((low - MARGIN) // 2)  # a step makes two floats of 32 bits
            draws.random((low - MARGIN) % 2, dtype=np.float32)
            total = _sum(total, look(np.pad(ids, MARGIN), low - begin + MARGIN, high - begin + MARGIN, draws))
    yield ([pickle.dumps(total)],)


def _nothing(look: Callable[..., tuple[Any, ...]], rng: Any) -> tuple[Any, ...]:
    return look(np.zeros(2 * MARGIN, np.int32), MARGIN, MARGIN, rng)


def _sum(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))
