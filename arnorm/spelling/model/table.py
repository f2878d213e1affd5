"""What words may have been meant to be, worked out when the model is made.

The rivals of a word follow from the lexicon and the rules alone. Three of four words of the lexicon have none, and for
the others it takes a hundred times as long to work them out as to read them here. The commonest words are also kept as
careless writers spell them («الاسلام», «مدرسه»), which is what most unknown words of comments are. After a change of
the rules or of the lexicon the table has to be made again:

    python -m arnorm.spelling.training.tabulate arnorm/data/spelling.model
"""

from __future__ import annotations

import re
import struct
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from arnorm.chars import ARABIC
from arnorm.spelling.kinds import KINDS
from arnorm.spelling.model import Packed, in_planes
from arnorm.spelling.model.shelves import ID_BYTES, RESERVED, Shelves

#: Rows of so many words are counted together, to find where those of a word begin.
_BLOCK = 256
#: Far above any cost in nats that the rules come to.
_DEAREST = 100.0
#: A row names its cost by a byte.
_MOST_COSTS = 256
_RIVALS = re.compile(rf"(?:[{ARABIC}]++(?: (?=[{ARABIC}])|\n(?=[{ARABIC}])|\Z))*+")
#: Marks the row of another ending, of which only the sentence can tell.
_INFLECTED = 0x80


class Row(NamedTuple):
    """A rival of a word: its spelling, cost and kind, and whether it is only another ending."""

    text: str
    cost: float
    kind: str
    inflected: bool


class RivalTable:
    """The rivals of words, the likeliest first."""

    def __init__(self, packed: Packed, shelves: Shelves) -> None:
        self._shelves = shelves
        more = packed.text("rivals_more")
        if not _RIVALS.fullmatch(more):
            raise ValueError("some of the rivals are no Arabic words")
        self._more = more.split("\n") if more else []
        careless = packed.text("rivals_careless")
        spellings = careless.split("\n") if careless else []
        size = len(RESERVED) + shelves.count
        total = size + len(spellings)
        self._careless = dict(zip(spellings, range(size, total), strict=True))
        self._counts = packed.blob("rivals_counts")
        self._texts = packed.numbers("rivals_texts", "I", planes=ID_BYTES)
        self._prices = packed.blob("rivals_prices")
        self._kinds = packed.blob("rivals_kinds")
        costs = packed.blob("rivals_costs")
        self._costs = [cost for (cost,) in struct.iter_unpack("<d", costs)]
        blocks = [sum(self._counts[at : at + _BLOCK]) for at in range(0, total, _BLOCK)]
        self._starts = list(accumulate(blocks, initial=0))
        rows = self._starts[-1]
        if len(self._counts) != total or not len(self._texts) == len(self._prices) == len(self._kinds) == rows:
            raise ValueError("the table of rivals is not whole")
        known = bytes(range(min(len(self._costs), _MOST_COSTS)))
        if self._prices.translate(None, known) or max(self._texts, default=-1) >= shelves.count + len(self._more):
            raise ValueError("the table of rivals names words or costs that are not there")
        if not all(0 <= cost <= _DEAREST for cost in self._costs):
            raise ValueError("the costs of rivals are out of bounds")
        if any(kind & ~_INFLECTED >= len(KINDS) for kind in set(self._kinds)):
            raise ValueError("the table of rivals names kinds of error that there are not")

    def find(self, word: str, number: int | None) -> list[Row] | None:
        """Return the rivals of a word, given its id if it has one; None if they have to be worked out."""
        if number is None:
            number = self._careless.get(word)
            if number is None:
                return None
        count = self._counts[number]
        if not count:
            return []
        block = number // _BLOCK
        start = self._starts[block] + sum(self._counts[block * _BLOCK : number])
        return [self._row(at) for at in range(start, start + count)]

    def _row(self, at: int) -> Row:
        text, kind = self._texts[at], self._kinds[at]
        known = self._shelves.count
        spelling = self._shelves.at(text) if text < known else self._more[text - known]
        return Row(spelling, self._costs[self._prices[at]], KINDS[kind & ~_INFLECTED], kind >= _INFLECTED)


def dump(rivals: Iterable[Sequence[Row]], places: Mapping[str, int], careless: Sequence[str]) -> dict[str, bytes]:
    """Return the sections of a table, given the rivals of words in the order of their ids and of careless spellings.

    Raises `ValueError` where the rules ask for more different costs than the table has room for.
    """
    counts, kinds, prices = bytearray(), bytearray(), bytearray()
    texts = array("I")
    more: dict[str, int] = {}
    costs: dict[float, int] = {}
    for rows in rivals:
        counts.append(len(rows))
        for text, cost, kind, inflected in rows:
            place = places.get(text)
            texts.append(len(places) + more.setdefault(text, len(more)) if place is None else place)
            prices.append(costs.setdefault(cost, len(costs)))
            kinds.append(KINDS.index(kind) | _INFLECTED * inflected)
    return {
        "rivals_careless": zlib.compress("\n".join(careless).encode(), 9),
        "rivals_more": zlib.compress("\n".join(more).encode(), 9),
        "rivals_counts": bytes(counts),
        "rivals_texts": in_planes(texts.tobytes(), texts.itemsize, ID_BYTES),
        "rivals_prices": bytes(prices),
        "rivals_kinds": bytes(kinds),
        "rivals_costs": struct.pack(f"<{len(costs)}d", *costs),
    }
