"""Arrow columns: `normalize`, `repair` and `trace` for `pyarrow.Array` and `pyarrow.ChunkedArray`.

They take ``string``, ``large_string``, ``string_view`` and dictionaries of these, and give the same type, with the
same chunks; nulls stay null, and equal values are computed once, over all chunks. A column in which nothing changes
comes back as the same object. Any other type is a `TypeError`.

>>> import pyarrow as pa
>>> normalize(pa.array(["إِلَى المَدْرَسَةِ", None]), "search").to_pylist()
['الي المدرسه', None]
"""

from __future__ import annotations

from itertools import accumulate, compress, pairwise
from typing import TYPE_CHECKING, Any

from arnorm.core import Composable
from arnorm.integrations import require
from arnorm.integrations._columns import EDIT_FIELDS, changes, pipeline_of, repair_pass, traces

if TYPE_CHECKING:
    from arnorm.spelling.policy import Policy
    from arnorm.spelling.repairer import Repairer

pa = require("pyarrow", "arrow")
pc = require("pyarrow.compute", "arrow")

_TYPES = {int: pa.int64(), float: pa.float64(), str: pa.string(), list[str]: pa.list_(pa.string())}
_FAR = 2**31 - 1  # no offset of ``string`` is greater, in a slice neither
#: The type of a trace: the text, and its edits in order. Offsets count code points.
TRACE = pa.struct(
    {"text": pa.large_string(), "edits": pa.list_(pa.struct({k: _TYPES[t] for k, t in EDIT_FIELDS.items()}))}
)


def normalize(array: Any, profile: str | Composable = "clean") -> Any:
    """*array* normalized by a *profile*, given by name or as any pass or pipeline.

    >>> words = pa.array(["أب", "اب", "أب"]).dictionary_encode()
    >>> normalize(words, "search").dictionary.to_pylist()  # equal entries become one
    ['اب']
    """
    return _mapped(array, pipeline_of(profile))


def repair(array: Any, policy: str | Policy = "safe", repairer: Repairer | None = None) -> Any:
    """*array* with its spelling repaired, by the model that comes with arnorm or a *repairer* of yours.

    >>> repair(pa.array(["ذهب الى المدرسه"])).to_pylist()
    ['ذهب إلى المدرسة']
    """
    return _mapped(array, repair_pass(policy, repairer))


def trace(array: Any, profile: str | Composable = "clean") -> Any:
    """What a *profile* makes of each text and how: an array of structs of type `TRACE`, null where *array* is.

    >>> trace(pa.array(["أب"]), "search")[0].as_py()["edits"][0]["after"]
    'ا'
    """
    pipeline, texts = pipeline_of(profile), _plain(array)
    distinct = texts.unique()
    made = pa.array(traces(pipeline, distinct.to_pylist()), TRACE)
    return _spread(made, _places(texts, distinct), array, TRACE)


def _plain(array: Any) -> Any:
    """*array* as ``large_string``: its offsets do not overflow where texts grow, and every kernel knows it."""
    kind = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    if str(kind) not in ("string", "large_string", "string_view", "null"):
        raise TypeError(f"a column of text is needed, not of {array.type}; cast it to string first")
    return array.cast(kind).cast(pa.large_string())


def _mapped(array: Any, pipeline: Composable) -> Any:
    if pa.types.is_dictionary(array.type):
        return _with_new_dictionaries(array, pipeline)
    texts = _plain(array)
    distinct = texts.unique()
    done, differs = changes(pipeline, distinct.to_pylist())
    if True not in differs:
        return array
    if 2 * sum(differs) > len(done):
        made = pa.array(done, pa.large_string())
    else:  # encoding a text costs much of normalizing it
        made = pc.replace_with_mask(distinct, pa.array(differs), pa.array(compress(done, differs), pa.large_string()))
    return _spread(made, _places(texts, distinct), array, array.type)


def _places(texts: Any, distinct: Any) -> Any:
    """Where each text is in *distinct*, which is in order of first appearance; None where that is its own place."""
    return None if len(distinct) == len(texts) else pc.index_in(texts, value_set=distinct)


def _spread(values: Any, places: Any, like: Any, kind: Any) -> Any:
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


def _with_new_dictionaries(array: Any, pipeline: Composable) -> Any:
    chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
    before = pa.chunked_array([chunk.dictionary for chunk in chunks], array.type.value_type)
    after = _mapped(before, pipeline)
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
