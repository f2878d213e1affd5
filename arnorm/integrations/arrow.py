"""Arrow columns: `normalize`, `repair` and `trace` for `pyarrow.Array` and `pyarrow.ChunkedArray`.

They take ``string``, ``large_string``, ``string_view`` and dictionaries of these, and give the same type, with the
same chunks; nulls stay null, and equal values are computed once, over all chunks. A column in which nothing changes
comes back as the same object. Any other type is a `TypeError`.

>>> import pyarrow as pa
>>> normalize(pa.array(["إِلَى المَدْرَسَةِ", None]), "search").to_pylist()
['الي المدرسه', None]
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from arnorm.core import Composable
from arnorm.integrations import pipeline_of
from arnorm.integrations._arrow import distinct_of, mapped, pa, places_of, plain, spread
from arnorm.integrations._columns import EDIT_FIELDS, traces
from arnorm.names import PolicyName, ProfileName
from arnorm.repairer import Repairer
from arnorm.spelling.policy import Policy

_TYPES = {int: pa.int64(), float: pa.float64(), str: pa.string(), list[str]: pa.list_(pa.string())}
#: The type of a trace: the text, and its edits in order. Offsets count code points.
TRACE = pa.struct(
    {"text": pa.large_string(), "edits": pa.list_(pa.struct({k: _TYPES[t] for k, t in EDIT_FIELDS.items()}))}
)


def normalize(array: Any, profile: ProfileName | Composable = "clean") -> Any:
    """*array* normalized by a *profile*, given by name or as any pass or pipeline.

    >>> words = pa.array(["أب", "اب", "أب"]).dictionary_encode()
    >>> normalize(words, "search").dictionary.to_pylist()  # equal entries become one
    ['اب']
    """
    return mapped(array, pipeline_of(profile))


def repair(
    array: Any,
    policy: PolicyName | Policy = "safe",
    lexicon: Iterable[str] | None = None,
    model: str | None = None,
) -> Any:
    """*array* with its spelling repaired; the arguments are those of `arnorm.Repairer`.

    >>> repair(pa.array(["ذهب الى المدرسه"])).to_pylist()
    ['ذهب إلى المدرسة']
    """
    return mapped(array, Repairer(policy, lexicon, model))


def trace(array: Any, profile: ProfileName | Composable = "clean") -> Any:
    """What a *profile* makes of each text and how: an array of structs of type `TRACE`, null where *array* is.

    >>> trace(pa.array(["أب"]), "search")[0].as_py()["edits"][0]["after"]
    'ا'
    """
    pipeline, texts = pipeline_of(profile), plain(array)
    distinct = distinct_of(texts)
    made = pa.array(traces(pipeline, distinct.to_pylist()), TRACE)
    return spread(made, places_of(texts, distinct), array, TRACE)
