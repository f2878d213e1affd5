"""How a pipeline goes over an Arrow column: its distinct texts are normalized, and put where they belong."""

from __future__ import annotations

from itertools import accumulate, compress, pairwise
from typing import Any

from arnorm.core import Composable
from arnorm.extras import require
from arnorm.integrations._columns import changes

pa = require("pyarrow", "arrow")
pc = require("pyarrow.compute", "arrow")

_BLOCK = 2**24  # bytes that are Python strings at a time, however long the column
_START = 32  # bytes by which most long texts differ, which costs less to find out than with all of them
_FAR = 2**31 - 1  # no offset of ``string`` is greater, in a slice neither


def is_text(kind: Any) -> bool:
    """Whether a column of this type holds text, by itself or in a dictionary."""
    return str(kind.value_type if pa.types.is_dictionary(kind) else kind) in _TEXT


_TEXT = ("string", "large_string", "string_view")


def plain(array: Any) -> Any:
    """*array* as ``large_string``: its offsets do not overflow where texts grow, and every kernel knows it."""
    kind = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    if str(kind) not in (*_TEXT, "null"):
        raise TypeError(f"a column of text is needed, not of {array.type}; cast it to string first")
    texts = array.cast(kind).cast(pa.large_string())
    return texts.chunk(0) if isinstance(texts, pa.ChunkedArray) and texts.num_chunks == 1 else texts


def mapped(array: Any, pipeline: Composable, processes: int | None = None) -> Any:
    """*array* normalized, in its own type and chunks; the same object when nothing changes."""
    if pa.types.is_dictionary(array.type):
        return _with_new_dictionaries(array, pipeline, processes)
    texts = plain(array)
    distinct = distinct_of(texts)
    starts = range(0, len(distinct), len(distinct) * _BLOCK // (distinct.nbytes + 1) + 1)
    blocks = [distinct[start : start + starts.step] for start in starts]
    made = [_normalized(block, pipeline, processes) for block in blocks]
    if all(new is old for new, old in zip(made, blocks, strict=True)):
        return array
    return spread(made[0] if len(made) == 1 else pa.concat_arrays(made), places_of(texts, distinct), array, array.type)


def distinct_of(texts: Any) -> Any:
    """The distinct *texts*, in order of first appearance."""
    if isinstance(texts, pa.Array) and texts.nbytes > 8 * _START * len(texts):
        starts = pc.binary_slice(texts.cast(pa.large_binary()), 0, _START)
        if len(starts.unique()) == len(texts):
            return texts
    return texts.unique()


def _normalized(texts: Any, pipeline: Composable, processes: int | None) -> Any:
    """An Arrow array of *texts*, normalized; the same array where nothing changes."""
    done, differs = changes(pipeline, texts.to_pylist(), processes)
    changed = sum(differs)
    if 2 * changed > len(done):
        return pa.array(done, pa.large_string())
    if not changed:
        return texts
    # Encoding a text costs much of normalizing it: what stays is taken from the column.
    return pc.replace_with_mask(texts, pa.array(differs), pa.array(compress(done, differs), pa.large_string()))


def places_of(texts: Any, distinct: Any) -> Any:
    """Where each text is in *distinct*, which is in order of first appearance; None where that is its own place."""
    return None if len(distinct) == len(texts) else pc.index_in(texts, value_set=distinct)


def spread(values: Any, places: Any, like: Any, kind: Any) -> Any:
    """The *values* at these *places*, as *kind*, in the chunks of *like*."""
    if isinstance(places, pa.ChunkedArray):
        places = places.combine_chunks()
    elif places is None and values.nbytes > _FAR:
        places = pa.array(range(len(values)))

    def piece(start: int, end: int) -> Any:
        return (values[start:end] if places is None else values.take(places[start:end])).cast(kind)

    if isinstance(like, pa.Array):
        return piece(0, len(like))
    ends = list(accumulate(map(len, like.chunks), initial=0))
    return pa.chunked_array([piece(start, end) for start, end in pairwise(ends)], kind)


def _with_new_dictionaries(array: Any, pipeline: Composable, processes: int | None) -> Any:
    chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
    before = pa.chunked_array([chunk.dictionary for chunk in chunks], array.type.value_type)
    after = mapped(before, pipeline, processes)
    if after is before:
        return array
    made = [_recoded(chunk, dictionary) for chunk, dictionary in zip(chunks, after.chunks, strict=True)]
    return pa.chunked_array(made, array.type) if isinstance(array, pa.ChunkedArray) else made[0]


def _recoded(array: Any, dictionary: Any) -> Any:
    """*array* with another dictionary, in which equal entries become one."""
    indices, distinct = array.indices, dictionary.unique()
    if len(distinct) < len(dictionary):
        indices = pc.index_in(dictionary, value_set=distinct).cast(indices.type).take(indices)
    return pa.DictionaryArray.from_arrays(indices, distinct, ordered=array.type.ordered)
